"""What pages of the console may touch. A page that needs another kind of row adds it here, in one line.

Every page works as this role, assumed for one town with a session policy that leaves the rows and files of that town
(functions/console/web/town_adapters.py): a fault in a page cannot show another town.
"""

from collections.abc import Mapping, Sequence
from typing import Final

from aws_cdk import aws_iam as iam
from constructs import Construct

from infra.blocks.grantee import TakenRole
from infra.blocks.parts import Parts
from infra.blocks.table import GET, PUT, QUERY, UPDATE, Rows
from infra.features.media import Media
from stadtdraht.domain.media.media import SHOWN, THUMBNAIL

READ: Final = (GET, QUERY)
WRITE: Final = (PUT, UPDATE)
CALLS_ON_ROWS: Final[Mapping[Rows, Sequence[str]]] = {
    Rows.AUDIENCE: (*READ, *WRITE),
    Rows.AUDIT: (QUERY, PUT),  # added to, and never changed
    Rows.CALL: (*READ, *WRITE),
    Rows.CALLS: READ,
    Rows.CASE: (*READ, *WRITE),
    Rows.CASES: (*READ, *WRITE),
    Rows.CAUSE: (*READ, *WRITE),
    Rows.CAUSES: (*READ, *WRITE),
    Rows.CITIZEN: (*READ, *WRITE),
    Rows.CLICKS: READ,
    Rows.CONSULTATION: (QUERY, *WRITE),  # marks of a queue, in the transaction of who answers
    Rows.CONSULTATIONS: (*READ, *WRITE),
    Rows.DELIVERY: READ,
    Rows.FIGURES: (QUERY,),
    Rows.HOLDS: READ,
    Rows.IDENTITY: (*READ, *WRITE),
    Rows.LAMP: READ,
    Rows.LOOKING: (QUERY, PUT),
    Rows.NAMES: (*READ, *WRITE),
    Rows.NUMBER: (*READ, UPDATE),  # a newsletter is stopped
    Rows.OPEN_CASES: (*READ, *WRITE),
    Rows.RECENT: (*READ, *WRITE),
    Rows.STANDING: READ,
    Rows.TEXTS: (*READ, PUT),
    Rows.TOWN: READ,
    Rows.UNDELIVERED: (QUERY,),
    Rows.WAITING: (*READ, *WRITE),
    Rows.WINDOWS: (*READ, *WRITE),
}


class OfficeRole(TakenRole):
    """Assumed by the console's function alone, which has none of these rights itself."""

    def __init__(self, scope: Construct, parts: Parts, media: Media, assumed_by: iam.IRole) -> None:
        super().__init__(
            scope,
            "OfficeRole",
            assumed_by=iam.ArnPrincipal(assumed_by.role_arn),
            description="Works for one town at a time, as its session policy says",
        )
        self.role.add_to_policy(parts.key.use())
        for rows, calls in CALLS_ON_ROWS.items():
            parts.table.grant(self, *calls, on=(rows,))
        media.grant(self, "s3:GetObject", SHOWN, THUMBNAIL)
