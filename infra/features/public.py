"""Pages that anybody may open."""

from constructs import Construct

from infra.blocks.parts import Parts
from infra.blocks.table import GET, Rows

AT_ONCE = 20  # a ceiling: who opens these pages can take no concurrency from an alert, whatever they do


class Public(Construct):
    """One function: it reads, and writes nothing."""

    def __init__(self, scope: Construct, parts: Parts) -> None:
        super().__init__(scope, "Public")
        self.pages = parts.function(
            self,
            "public-pages",
            handler="public/pages",
            purpose="Shows a town's public pages, and whether an alert is real",
            variables={"table_name": parts.table.name, "public_url": parts.public_url},
            timeout_s=10,
            reserved_concurrency=parts.deployment.at_once(AT_ONCE),
        )
        parts.table.grant(self.pages, GET, on=(Rows.TOWN, Rows.CAUSE))
