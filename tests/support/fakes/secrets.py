"""Secrets that everybody may know."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from stadtdraht.domain.errors import NoSecret


@dataclass
class FakeSecrets:
    secrets_of_app: tuple[str, ...] = ("current", "previous")
    tokens: dict[str, str] = field(default_factory=dict)
    open311_keys: dict[str, str] = field(default_factory=dict)

    def app_secrets(self) -> Sequence[str]:
        return list(self.secrets_of_app)

    def verify_token(self) -> str:
        return "verify"

    def pepper(self) -> bytes:
        return b"pepper"

    def link_keys(self) -> Mapping[str, bytes]:
        return {"1": b"first", "2": b"second"}

    def access_token(self, town: str, *, fresh: bool = False) -> str:
        if town not in self.tokens:
            raise NoSecret(f"town/{town}")
        return self.tokens[town]

    def access_token_at_hand(self, town: str) -> str | None:
        return self.tokens.get(town)

    def save_access_token(self, town: str, token: str) -> None:
        self.tokens[town] = token

    def open311_key(self, town: str, *, fresh: bool = False) -> str:
        if town not in self.open311_keys:
            raise NoSecret(f"open311/{town}")
        return self.open311_keys[town]

    def save_open311_key(self, town: str, key: str) -> None:
        self.open311_keys[town] = key
