"""The account that exists only on this machine, and how one talks to it."""

import threading
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

import boto3
from botocore.config import Config

ACCOUNT_ID = "000000000000"
REGION = "eu-central-1"
PARTITION_KEY = "pk"  # of the one table (infra/blocks/table.py)
ROOT_KEY = "test"  # MiniStack's root caller; everything else is an assumed role


class TransactionKeys(StrEnum):
    """What `dynamodb:LeadingKeys` holds when an item of a transaction is judged: AWS says it nowhere."""

    ALL = "all"
    """The keys of all items: whoever may do this may do it under OWN as well."""
    OWN = "own"
    """The key of the item."""
    NONE = "none"
    """Nothing: the condition is absent."""


@dataclass(frozen=True)
class LocalAccount:
    """Where the local AWS answers, as its root user."""

    endpoint: str
    _clients: dict[tuple[Any, ...], Any] = field(default_factory=dict, compare=False, repr=False)
    _making: threading.Lock = field(default_factory=threading.Lock, compare=False, repr=False)
    _session: boto3.Session = field(
        default_factory=lambda: boto3.Session(
            aws_access_key_id=ROOT_KEY, aws_secret_access_key=ROOT_KEY, region_name=REGION
        ),
        compare=False,
        repr=False,
    )

    def close(self) -> None:
        """Let go of every connection."""
        with self._making:
            for client in self._clients.values():
                client.close()
            self._clients.clear()

    def client(self, service: str, *, read_timeout_s: int = 30) -> Any:
        """A boto3 client, made once; many threads may share it."""
        key = (service, read_timeout_s)
        with self._making:
            if key not in self._clients:
                self._clients[key] = self._session.client(
                    service,  # type: ignore[call-overload]
                    endpoint_url=self.endpoint,
                    config=Config(
                        retries={"mode": "standard", "total_max_attempts": 2},
                        max_pool_connections=32,
                        read_timeout=read_timeout_s,
                        s3={"addressing_style": "path"},
                    ),
                )
            return self._clients[key]
