"""Credentials that reach one town's rows and files, whatever they are used for: the office role, for that town."""

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from stadtdraht.adapters.dynamodb.keys import of_town
from stadtdraht.domain.media.media import PARTS

if TYPE_CHECKING:
    from mypy_boto3_sts import STSClient

LIVE_S: Final = 900  # AWS STS, AssumeRole: no session is shorter


@dataclass(frozen=True, slots=True)
class TownCredentials:
    """What kinds of rows there are to reach is the role's (infra/features/office_role.py), whose is the session's."""

    client: "STSClient"
    role_arn: str
    bucket: str

    def of(self, town: str) -> dict[str, str]:
        """By the names of boto3's parameters; they live for LIVE_S."""
        made = self.client.assume_role(
            RoleArn=self.role_arn,
            RoleSessionName=town,
            DurationSeconds=LIVE_S,
            Policy=session_policy(town, self.bucket),
        )["Credentials"]
        return {
            "aws_access_key_id": made["AccessKeyId"],
            "aws_secret_access_key": made["SecretAccessKey"],
            "aws_session_token": made["SessionToken"],
        }


def session_policy(town: str, bucket: str) -> str:
    """It grants nothing: what a session may do is what its role and this policy both allow."""
    rows = {"ForAllValues:StringLike": {"dynamodb:LeadingKeys": [f"{of_town(town)}*"]}}
    files = [f"arn:aws:s3:::{bucket}/{part}/{town}/*" for part in PARTS]
    statements = [
        {"Effect": "Allow", "Action": "dynamodb:*", "Resource": "*", "Condition": rows},
        {"Effect": "Allow", "Action": "s3:*", "Resource": files},
        {"Effect": "Allow", "Action": "kms:*", "Resource": "*"},
    ]
    return json.dumps({"Version": "2012-10-17", "Statement": statements}, separators=(",", ":"))
