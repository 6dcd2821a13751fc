"""The account that exists only on this machine, and how one talks to it."""

from dataclasses import dataclass
from typing import Any

import boto3
from botocore.config import Config

ACCOUNT_ID = "000000000000"
REGION = "eu-central-1"
ROOT_KEY = "test"  # MiniStack's root caller; everything else is an assumed role


@dataclass(frozen=True)
class LocalAccount:
    """Where the local AWS answers, as its root user."""

    endpoint: str

    def client(self, service: str, **settings: Any) -> Any:
        """A boto3 client. Many threads may share it; `settings` go to botocore's Config."""
        return boto3.Session(
            aws_access_key_id=ROOT_KEY, aws_secret_access_key=ROOT_KEY, region_name=REGION
        ).client(
            service,  # type: ignore[call-overload]
            endpoint_url=self.endpoint,
            config=Config(
                retries={"mode": "standard", "total_max_attempts": 2}, max_pool_connections=32, **settings
            ),
        )
