"""Each function acts as its own role, so that a missing permission shows on this machine already."""

import asyncio
import time

from local.aws.account import ROOT_KEY, LocalAccount

LIFETIME_S = 3600  # a role's default maximum session
SHARED_FOR_S = 120  # environments that start close together share a session


class RoleCredentials:
    """Temporary credentials by role, as environment variables. Environments are replaced before.

    With `assume_roles=False` every function is the account's root.
    """

    def __init__(self, account: LocalAccount, *, assume_roles: bool = True) -> None:
        self._sts = account.client("sts")
        self._assume_roles = assume_roles
        self._known: dict[str, tuple[float, dict[str, str]]] = {}
        self._lock = asyncio.Lock()

    async def of(self, role_arn: str) -> dict[str, str]:
        """The credentials a new environment of this role starts with."""
        if not self._assume_roles:
            return {"AWS_ACCESS_KEY_ID": ROOT_KEY, "AWS_SECRET_ACCESS_KEY": ROOT_KEY}
        async with self._lock:
            taken_at, variables = self._known.get(role_arn, (0.0, {}))
            if not variables or time.monotonic() - taken_at > SHARED_FOR_S:
                variables = await asyncio.to_thread(self._assume, role_arn)
                self._known[role_arn] = (time.monotonic(), variables)
            return variables

    def _assume(self, role_arn: str) -> dict[str, str]:
        session = self._sts.assume_role(RoleArn=role_arn, RoleSessionName="lambda", DurationSeconds=LIFETIME_S)[
            "Credentials"
        ]
        return {
            "AWS_ACCESS_KEY_ID": session["AccessKeyId"],
            "AWS_SECRET_ACCESS_KEY": session["SecretAccessKey"],
            "AWS_SESSION_TOKEN": session["SessionToken"],
        }
