"""Who is granted something: a function by its own role, or a role that a function or a person takes."""

from collections.abc import Mapping, Sequence
from typing import Any

from aws_cdk import aws_iam as iam
from constructs import Construct


class Grantee(Construct):
    """Its role is born without rights; every right is written where it is given."""

    role: iam.Role

    def allow(
        self, *actions: str, on: str | Sequence[str], when: Mapping[str, Any] | None = None
    ) -> iam.PolicyStatement:
        """One grant."""
        statement = iam.PolicyStatement(
            actions=list(actions), resources=[on] if isinstance(on, str) else list(on), conditions=when
        )
        self.role.add_to_policy(statement)
        return statement


class TakenRole(Grantee):
    """A role that somebody takes on."""

    def __init__(self, scope: Construct, name: str, *, assumed_by: iam.IPrincipal, description: str) -> None:
        super().__init__(scope, name)
        self.role = iam.Role(self, "Role", assumed_by=assumed_by, description=description)
