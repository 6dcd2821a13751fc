"""What people may ask of their data: everything that is stored, and that it be gone."""

from constructs import Construct

from infra.blocks.lambda_function import SENDER_MB, LambdaFunction
from infra.blocks.parts import Parts
from infra.blocks.table import GET, PUT_MANY, QUERY, UPDATE, Rows
from infra.features.media import Media
from stadtdraht.domain.media.media import PARTS, SHOWN

ERASES_WITHIN_S = 60
SWEEPS_WITHIN_S = 900  # 200 towns with 300 people each who sent a file: one query each, 5 ms
HIDDEN_S = 70  # also how often it looks whether the confirming answer went out
ERASES_AT_ONCE = 5
ARCHIVES_AT_ONCE = 5
ATTEMPTS = 12  # ten minutes of waiting, and some for trouble
OF_A_PERSON = (
    Rows.AUDIENCE,
    Rows.CALL,
    Rows.CASE,
    Rows.CASES,
    Rows.CITIZEN,
    Rows.CONVERSATIONS,
    Rows.ERASURES,
    Rows.IDENTITY,
    Rows.INBOX,
    Rows.LOOKING,
    Rows.MEDIA_TROUBLE,
    Rows.NAMES,
    Rows.OPEN_CASES,
    Rows.OPTED_OUT,
    Rows.RECENT,
    Rows.UNDELIVERED,
    Rows.WAITING,
    Rows.WINDOWS,
)
OF_A_RECORD = (
    Rows.CALL,
    Rows.CALLS,
    Rows.CASE,
    Rows.CASES,
    Rows.CAUSE,
    Rows.CAUSES,
    Rows.CITIZEN,
    Rows.DELIVERY,
    Rows.IDENTITY,
    Rows.TOWN,
)
OF_A_HOLD = (Rows.CALL, Rows.CASE, Rows.CASES, Rows.CITIZEN, Rows.OPEN_CASES)


class Privacy(Construct):
    """The functions that may delete, and the only public one that reads a citizen."""

    def __init__(self, scope: Construct, parts: Parts, media: Media) -> None:
        super().__init__(scope, "Privacy")
        self._media = media
        self.waiting = parts.queue(self, "erasures", visibility_s=HIDDEN_S, attempts=ATTEMPTS)
        self.erase = self._erase(parts)
        self.archive = self._archive(parts)
        self.sweep = self._sweep(parts)

    def _erase(self, parts: Parts) -> LambdaFunction:
        function = parts.function(
            self,
            "privacy-erase",
            handler="privacy/erase",
            purpose="Erases people who asked for it",
            variables={
                "table_name": parts.table.name,
                "media_bucket": self._media.bucket.bucket_name,
                "pepper_secret_id": parts.secrets.pepper.secret_arn,
            },
            timeout_s=ERASES_WITHIN_S,
        )
        parts.table.grant(function, GET, QUERY, PUT_MANY, on=OF_A_PERSON)
        parts.table.grant(function, QUERY, UPDATE, on=(Rows.HOLDS,))  # notes that somebody waits for the end of one
        parts.secrets.grant_read(function, parts.secrets.pepper)
        self._media.grant(function, "s3:DeleteObject", *PARTS)
        self._grant_list(function)
        self.waiting.trigger(function, most_at_once=ERASES_AT_ONCE)
        return function

    def _sweep(self, parts: Parts) -> LambdaFunction:
        function = parts.function(
            self,
            "privacy-sweep",
            handler="privacy/sweep",
            purpose="Renews legal holds, and deletes files that no row leads to any more",
            variables={
                "table_name": parts.table.name,
                "media_bucket": self._media.bucket.bucket_name,
                "pepper_secret_id": parts.secrets.pepper.secret_arn,
            },
            timeout_s=SWEEPS_WITHIN_S,
        )
        parts.table.grant(function, GET, QUERY, on=(Rows.CITIZEN, Rows.DIRECTORY, Rows.IDENTITY, Rows.TOWN))
        parts.table.grant(function, QUERY, on=(Rows.CASE, Rows.HOLDS))
        parts.table.grant(function, UPDATE, on=OF_A_HOLD)
        parts.table.grant(function, PUT_MANY, on=(Rows.SWEEPS,))
        parts.secrets.grant_read(function, parts.secrets.pepper)
        self._media.grant(function, "s3:DeleteObject", *PARTS)
        self._media.grant(function, "s3:GetObject", *PARTS)
        self._media.grant(function, "s3:PutObject", *PARTS)
        self._grant_list(function)
        # Holds live for 90 days from their last renewal; the next night begins with another town.
        function.alarm_on("SweepUnfinished", "a night was too short for the sweep of every town", urgent=False)
        return function

    def _archive(self, parts: Parts) -> LambdaFunction:
        function = parts.function(
            self,
            "privacy-archive",
            handler="privacy/archive",
            purpose="Gives people what is stored about them",
            variables={
                "table_name": parts.table.name,
                "media_bucket": self._media.bucket.bucket_name,
                "pepper_secret_id": parts.secrets.pepper.secret_arn,
                "public_url": parts.public_url,
            },
            timeout_s=25,
            memory_mb=SENDER_MB,
            reserved_concurrency=parts.deployment.at_once(ARCHIVES_AT_ONCE),
        )
        parts.table.grant(function, GET, QUERY, on=OF_A_RECORD)
        parts.secrets.grant_read(function, parts.secrets.pepper)
        self._media.grant(function, "s3:GetObject", SHOWN)
        self._grant_list(function)
        return function

    def _grant_list(self, function: LambdaFunction) -> None:
        files = {"StringLike": {"s3:prefix": [f"{part}/*" for part in PARTS]}}
        function.allow("s3:ListBucket", on=self._media.bucket.bucket_arn, when=files)
