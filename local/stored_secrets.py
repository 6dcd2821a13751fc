"""Puts this machine's secrets where the deployed functions look for them: the local Secrets Manager."""

import json
from collections.abc import Mapping

from local.aws.account import LocalAccount
from local.secrets import LocalSecrets


def store(secrets: LocalSecrets, product: Mapping[str, str], account: LocalAccount) -> None:
    """Write every secret that the stack made, in the shape its reader expects; `product`: its settings. Blocking."""
    client = account.client("secretsmanager")
    shapes = {
        "META_APP_SECRET_ID": {"app_secrets": [secrets.app_secret], "verify_token": secrets.verify_token},
        "LINK_KEYS_SECRET_ID": {"keys": [{"kid": "1", "key": secrets.link_key}]},
        "PEPPER_SECRET_ID": {"pepper": secrets.pepper},
    }
    for setting, value in shapes.items():
        if secret_id := product.get(setting):
            client.put_secret_value(SecretId=secret_id, SecretString=json.dumps(value))
