"""Open311: what anybody may read of reports, and the status back from the town's own system."""

from constructs import Construct

from infra.blocks.job_queue import JobQueue
from infra.blocks.lambda_function import LambdaFunction
from infra.blocks.parts import Parts
from infra.blocks.table import GET, PUT, QUERY, Rows
from infra.features.media import Media
from stadtdraht.domain.media.media import SHOWN

READS_AT_ONCE = 10
UPDATES_AT_ONCE = 5


class Open311(Construct):
    """Two functions: one reads, knows no citizen, and shows photos to whoever has the key; one writes, with the key."""

    def __init__(self, scope: Construct, parts: Parts, answers: JobQueue, media: Media) -> None:
        super().__init__(scope, "Open311")
        self.read = self._read(parts, media)
        self.update = self._update(parts, answers)

    def _read(self, parts: Parts, media: Media) -> LambdaFunction:
        function = parts.function(
            self,
            "open311-read",
            handler="open311/read",
            purpose="Shows reports as far as their town publishes them",
            variables={
                "table_name": parts.table.name,
                "public_url": parts.public_url,
                "media_bucket": media.bucket.bucket_name,
                "open311_secret_prefix": parts.secrets.open311_prefix,
            },
            timeout_s=10,
            reserved_concurrency=parts.deployment.at_once(READS_AT_ONCE),
        )
        parts.table.grant(function, GET, QUERY, on=(Rows.CASES, Rows.TOWN))
        parts.secrets.grant_read_open311_keys(function)
        media.grant(function, "s3:GetObject", SHOWN)
        return function

    def _update(self, parts: Parts, answers: JobQueue) -> LambdaFunction:
        function = parts.function(
            self,
            "open311-update",
            handler="open311/update",
            purpose="Takes the status of a report from the town's own system",
            variables={
                "table_name": parts.table.name,
                "answers_queue_url": answers.url,
                "pepper_secret_id": parts.secrets.pepper.secret_arn,
                "open311_secret_prefix": parts.secrets.open311_prefix,
            },
            timeout_s=20,
            reserved_concurrency=parts.deployment.at_once(UPDATES_AT_ONCE),
        )
        parts.table.grant(function, GET, on=(Rows.CASES, Rows.CITIZEN, Rows.TOWN))
        parts.table.grant(function, PUT, on=(Rows.CASE, Rows.CASES, Rows.CITIZEN, Rows.OPEN_CASES))
        parts.secrets.grant_read(function, parts.secrets.pepper)
        parts.secrets.grant_read_open311_keys(function)
        answers.grant_send(function)
        return function
