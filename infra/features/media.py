"""Files that citizens send: a bucket, a queue, and the one function that fetches them."""

from aws_cdk import Duration, Stack
from aws_cdk import aws_s3 as s3
from constructs import Construct

from infra.acknowledge import acknowledge
from infra.blocks.grantee import Grantee
from infra.blocks.lambda_function import SENDER_MB, LambdaFunction
from infra.blocks.parts import Parts
from infra.blocks.table import GET, PUT, PUT_MANY, QUERY, Rows
from stadtdraht.domain.media.media import ATTEMPTS, PARTS
from stadtdraht.domain.retention import CONVERSATION

FETCHES_WITHIN_S = 240  # a look-up, 90 s of a slow download, and writing what may be 100 MB
HIDDEN_S = 250
MOST_AT_ONCE = 10  # a burst of photos must not take the account's concurrency from an alert
ANY_TOWN = "It serves every town and every person; which one is known only when it runs."
NO_ACCESS_LOG = "Who reads a file is told by CloudTrail; S3's own log would keep addresses of staff in a second bucket."


class Media(Construct):
    """No versions in the bucket: what is erased is gone. What nobody erases ends with the conversation it came in."""

    def __init__(self, scope: Construct, parts: Parts) -> None:
        super().__init__(scope, "Media")
        self.bucket = self._bucket(parts)
        self.waiting = parts.queue(self, "media", visibility_s=HIDDEN_S, attempts=ATTEMPTS + 1)  # one may crash
        self.fetch = self._fetch(parts)

    def grant(self, function: Grantee, action: str, *parts: str) -> None:
        """Grant one call on the files of these parts."""
        function.allow(action, on=[self.bucket.arn_for_objects(f"{part}/*") for part in parts])
        bucket = Stack.of(self).get_logical_id(self.bucket.node.default_child)  # type: ignore[arg-type]
        for part in parts:
            acknowledge(function.role, f"AwsSolutions-IAM5[Resource::<{bucket}.Arn>/{part}/*]", ANY_TOWN)

    def _bucket(self, parts: Parts) -> s3.Bucket:
        bucket = s3.Bucket(
            self,
            "Files",
            encryption=s3.BucketEncryption.KMS,
            encryption_key=parts.key.key,
            bucket_key_enabled=True,
            block_public_access=s3.BlockPublicAccess.BLOCK_ALL,
            object_ownership=s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
            enforce_ssl=True,
            versioned=False,
            lifecycle_rules=[
                s3.LifecycleRule(
                    id="ends-with-the-conversation",
                    expiration=Duration.days(CONVERSATION.days),
                    abort_incomplete_multipart_upload_after=Duration.days(1),
                )
            ],
            removal_policy=parts.deployment.keep,
        )
        acknowledge(bucket, "AwsSolutions-S1", NO_ACCESS_LOG)
        return bucket

    def _fetch(self, parts: Parts) -> LambdaFunction:
        function = parts.function(
            self,
            "media-fetch",
            handler="media/fetch",
            purpose="Fetches what citizens send beside text, and writes photos anew without EXIF",
            variables={
                "table_name": parts.table.name,
                "media_bucket": self.bucket.bucket_name,
                "town_secret_prefix": parts.secrets.town_prefix,
            },
            timeout_s=FETCHES_WITHIN_S,
            memory_mb=SENDER_MB,
        )
        parts.table.grant(function, GET, QUERY, on=(Rows.CITIZEN, Rows.TOWN))
        parts.table.grant(function, PUT, on=(Rows.CITIZEN,))
        parts.table.grant(function, PUT_MANY, on=(Rows.MEDIA_TROUBLE,))
        parts.secrets.grant_read_tokens(function)
        self.grant(function, "s3:PutObject", *PARTS)
        self.grant(function, "s3:DeleteObject", *PARTS)
        self.waiting.trigger(function, most_at_once=MOST_AT_ONCE)
        # Settled, and still not there: WhatsApp keeps a file for seven days only.
        function.alarm_on("MediaGivenUp", "files of citizens could not be fetched from WhatsApp", urgent=False)
        return function
