"""Pages that anybody may open, and the counted links of newsletters."""

from constructs import Construct

from infra.blocks.lambda_function import LambdaFunction
from infra.blocks.parts import Parts
from infra.blocks.table import GET, UPDATE, Rows


class Console(Construct):
    """Two functions: one reads and writes nothing, one leads on and adds to a counter."""

    def __init__(self, scope: Construct, parts: Parts) -> None:
        super().__init__(scope, "Console")
        self.redirect = self._redirect(parts)
        self.public = parts.function(
            self,
            "public/pages",
            purpose="Shows a town's public pages, and whether an alert is real",
            variables={"table_name": parts.table.name, "public_url": parts.public_url},
            timeout_s=10,
        )
        parts.table.let(self.public, GET, on=(Rows.TOWN, Rows.CAUSE))
        self.functions = (self.public, self.redirect)

    def _redirect(self, parts: Parts) -> LambdaFunction:
        function = parts.function(
            self,
            "broadcast/redirect",
            purpose="Leads a counted link of a newsletter on, and counts the click",
            variables={"table_name": parts.table.name},
            timeout_s=10,
        )
        parts.table.let(function, GET, on=(Rows.TOWN, Rows.CAUSE))
        parts.table.let(function, UPDATE, on=(Rows.CLICKS,))
        return function
