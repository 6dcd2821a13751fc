"""Port Secrets on AWS Secrets Manager. Values live in memory for some minutes, and nowhere else.

Shapes: docs/operations/deploy.md. Nothing here logs, and no error carries a value.
"""

import json
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from stadtdraht.domain.errors import NoSecret
from stadtdraht.settings import Settings

if TYPE_CHECKING:
    from mypy_boto3_secretsmanager import SecretsManagerClient

KEPT_S = 300  # a rotated secret is known everywhere after five minutes; during that time both old and new hold
FRESH_FOR_S = 1  # a key that does not fit is looked up again, and whoever guesses costs one read a second


@dataclass(frozen=True, slots=True)
class SecretsManagerSecrets:
    """Each secret is read when it is first needed. Raises NoSecret when it is missing or has another shape."""

    client: "SecretsManagerClient"
    settings: Settings
    _kept: dict[str, tuple[float, Mapping[str, Any]]] = field(default_factory=dict, repr=False)

    def app_secrets(self) -> Sequence[str]:
        return list(self._part(self.settings.meta_app_secret_id, "app_secrets"))

    def verify_token(self) -> str:
        return str(self._part(self.settings.meta_app_secret_id, "verify_token"))

    def pepper(self) -> bytes:
        with _in_its_shape(self.settings.pepper_secret_id, "pepper"):
            return bytes.fromhex(self._part(self.settings.pepper_secret_id, "pepper"))

    def link_keys(self) -> Mapping[str, bytes]:
        with _in_its_shape(self.settings.link_keys_secret_id, "keys"):
            entries = self._part(self.settings.link_keys_secret_id, "keys")
            return {str(entry["kid"]): bytes.fromhex(entry["key"]) for entry in entries}

    def access_token(self, town: str, *, fresh: bool = False) -> str:
        secret_id = f"{self.settings.town_secret_prefix}{town}"
        if fresh:
            self._kept.pop(secret_id, None)
        return str(self._part(secret_id, "access_token"))

    def access_token_at_hand(self, town: str) -> str | None:
        token = self._at_hand(f"{self.settings.town_secret_prefix}{town}").get("access_token")
        return None if token is None else str(token)

    def save_access_token(self, town: str, token: str) -> None:
        """Creates the town's secret, or gives it a new value."""
        secret_id = f"{self.settings.town_secret_prefix}{town}"
        self._save(secret_id, f"WhatsApp access token of {town}", {"access_token": token})

    def open311_key(self, town: str, *, fresh: bool = False) -> str:
        kept_s = FRESH_FOR_S if fresh else KEPT_S
        return str(self._part(f"{self.settings.open311_secret_prefix}{town}", "key", kept_s))

    def save_open311_key(self, town: str, key: str) -> None:
        secret_id = f"{self.settings.open311_secret_prefix}{town}"
        self._save(secret_id, f"Open311 key of the own system of {town}", {"key": key})

    def _save(self, secret_id: str, description: str, value: Mapping[str, str]) -> None:
        text = json.dumps(value)
        try:
            self.client.put_secret_value(SecretId=secret_id, SecretString=text)
        except self.client.exceptions.ResourceNotFoundException:
            self.client.create_secret(Name=secret_id, Description=description, SecretString=text)
        self._kept.pop(secret_id, None)

    def _part(self, secret_id: str, part: str, kept_s: float = KEPT_S) -> Any:
        value = self._at_hand(secret_id, kept_s)
        if not value:
            since_s = time.monotonic()
            value = self._read(secret_id)
            self._kept[secret_id] = (since_s, value)
        if part not in value:
            raise NoSecret(secret_id, part)
        return value[part]

    def _at_hand(self, secret_id: str, kept_s: float = KEPT_S) -> Mapping[str, Any]:
        """Empty when nothing was read, or too long ago."""
        since_s, value = self._kept.get(secret_id, (float("-inf"), {}))
        return value if time.monotonic() - since_s <= kept_s else {}

    def _read(self, secret_id: str) -> Mapping[str, Any]:
        try:
            text = self.client.get_secret_value(SecretId=secret_id)["SecretString"]
        except self.client.exceptions.ResourceNotFoundException as missing:
            raise NoSecret(secret_id) from missing
        with _in_its_shape(secret_id):
            value: Mapping[str, Any] = json.loads(text)
            return dict(value)


@contextmanager
def _in_its_shape(secret_id: str, part: str = "") -> Iterator[None]:
    """Raises NoSecret for a value that somebody stored in another shape; its error would quote it."""
    try:
        yield
    except (ValueError, TypeError, LookupError):
        raise NoSecret(secret_id, part) from None
