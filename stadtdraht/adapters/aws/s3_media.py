"""Port MediaStore on one bucket, encrypted with the deployment's key by the bucket's own default."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from botocore.exceptions import ClientError

from stadtdraht.domain.media.media import PARTS, StoredFile, folder_of

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

LINK_LIVES_S = 300
AT_ONCE = 1000  # DeleteObjects takes no more


class NotAllDeleted(RuntimeError):
    """S3 kept files that were to be deleted; deleting all of them again is harmless."""


@dataclass(frozen=True, slots=True)
class S3MediaStore:
    """Keys as stadtdraht/domain/media/media.py makes them."""

    client: "S3Client"
    bucket: str

    def put(self, key: str, content: bytes, content_type: str) -> None:
        self.client.put_object(Bucket=self.bucket, Key=key, Body=content, ContentType=content_type)

    def get(self, key: str) -> bytes | None:
        try:
            return self.client.get_object(Bucket=self.bucket, Key=key)["Body"].read()
        except ClientError as error:
            if error.response["Error"]["Code"] != "NoSuchKey":
                raise
            return None

    def keys(self, town: str, citizen_id: str) -> Sequence[str]:
        return [file.key for file in self._of_citizen(town, citizen_id)]

    def renew(self, town: str, citizen_id: str, before: datetime) -> int:
        """A copy onto itself: the bucket's rule counts from the day of the copy."""
        old = [file.key for file in self._of_citizen(town, citizen_id) if file.stored_at < before]
        for key in old:
            kind = self.client.head_object(Bucket=self.bucket, Key=key)["ContentType"]
            self.client.copy_object(
                Bucket=self.bucket,
                Key=key,
                CopySource={"Bucket": self.bucket, "Key": key},
                MetadataDirective="REPLACE",  # S3 copies onto itself only what changes
                ContentType=kind,
            )
        return len(old)

    def _of_citizen(self, town: str, citizen_id: str) -> Iterator[StoredFile]:
        for part in PARTS:
            pages = self.client.get_paginator("list_objects_v2").paginate(
                Bucket=self.bucket, Prefix=folder_of(part, town, citizen_id)
            )
            for page in pages:
                yield from (StoredFile(it["Key"], it["LastModified"]) for it in page.get("Contents", ()))

    def of_town(self, town: str) -> Iterator[StoredFile]:
        for part in PARTS:
            pages = self.client.get_paginator("list_objects_v2").paginate(Bucket=self.bucket, Prefix=f"{part}/{town}/")
            for page in pages:
                yield from (StoredFile(it["Key"], it["LastModified"]) for it in page.get("Contents", ()))

    def delete(self, keys: Sequence[str]) -> None:
        for start in range(0, len(keys), AT_ONCE):
            some = [{"Key": key} for key in keys[start : start + AT_ONCE]]
            answer = self.client.delete_objects(
                Bucket=self.bucket,
                Delete={"Objects": some, "Quiet": True},  # type: ignore[typeddict-item]
            )
            if failed := answer.get("Errors"):
                raise NotAllDeleted(f"{len(failed)} of {len(some)} files")

    def erase(self, town: str, citizen_id: str) -> int:
        found = self.keys(town, citizen_id)
        self.delete(found)
        return len(found)

    def link(self, key: str) -> str:
        """Saved as a file and never shown as a page, whatever a citizen put into it."""
        asked = {"Bucket": self.bucket, "Key": key, "ResponseContentDisposition": "attachment"}
        return self.client.generate_presigned_url("get_object", Params=asked, ExpiresIn=LINK_LIVES_S)
