"""Pages that anybody may open."""

from constructs import Construct

from infra.constructs.parts import Parts
from infra.constructs.table import GET, Rows


class Console(Construct):
    """One function that reads, and writes nothing."""

    def __init__(self, scope: Construct, parts: Parts) -> None:
        super().__init__(scope, "Console")
        self.public = parts.function(
            self,
            "console/public",
            purpose="Shows a town's public pages, and whether an alert is real",
            variables={"table_name": parts.table.name, "public_url": parts.public_url},
            timeout_s=10,
        )
        parts.table.let(self.public, GET, on=(Rows.TOWN, Rows.CAUSE))
        self.functions = (self.public,)
