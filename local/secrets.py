"""What must stay secret even here: made once per state folder, and put where the deployed functions look for it."""

import json
import os
import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Self

from local.aws.account import LocalAccount


@dataclass(frozen=True)
class LocalSecrets:
    """Random values that a real deployment gets from Meta or from its operator."""

    app_secret: str  # signs webhooks; Meta's are 32 hex digits
    verify_token: str  # answers Meta's subscription check
    link_key: str  # signs crisis links
    pepper: str  # hashes people in logs

    @classmethod
    def of(cls, state: Path) -> Self:
        """The secrets of a state folder; made on first use, readable by its owner only."""
        file = state / "secrets.json"
        if file.exists():
            return cls(**json.loads(file.read_text()))
        made = cls(secrets.token_hex(16), secrets.token_urlsafe(24), secrets.token_hex(32), secrets.token_hex(32))
        state.mkdir(parents=True, exist_ok=True)
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
            json.dump(asdict(made), out)
        return made

    def store(self, product: Mapping[str, str], account: LocalAccount) -> None:
        """Put them into the local Secrets Manager, as their readers expect them; `product`: its settings. Blocking."""
        client = account.client("secretsmanager")
        shapes = {
            "META_APP_SECRET_ID": {"app_secrets": [self.app_secret], "verify_token": self.verify_token},
            "LINK_KEYS_SECRET_ID": {"keys": [{"kid": "1", "key": self.link_key}]},
            "PEPPER_SECRET_ID": {"pepper": self.pepper},
        }
        for setting, value in shapes.items():
            if secret_id := product.get(setting):
                client.put_secret_value(SecretId=secret_id, SecretString=json.dumps(value))
