"""Who is granted something: a function by its own role, or a role that a function takes."""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from aws_cdk import aws_iam as iam


class Grantee(Protocol):
    """Every right is written where it is given."""

    role: iam.Role

    def allow(
        self, *actions: str, on: str | Sequence[str], when: Mapping[str, Any] | None = None
    ) -> iam.PolicyStatement:
        """One grant."""
        ...
