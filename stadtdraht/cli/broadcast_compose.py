"""`stadtdraht broadcast …`: how a newsletter comes to be, before anybody gets it."""

from dataclasses import asdict
from typing import Annotated

import typer

from stadtdraht import bootstrap
from stadtdraht.adapters.template_toml import as_toml
from stadtdraht.cli.broadcast import TownOption
from stadtdraht.cli.deployment import connected
from stadtdraht.cli.output import AsJson, give
from stadtdraht.domain.broadcast import MOST_ITEMS
from stadtdraht.domain.newsletter_words import generated

app = typer.Typer()


@app.command("template")
@connected
def show_template(
    town: TownOption,
    items: Annotated[int, typer.Option(min=1, max=MOST_ITEMS, help="How many teasers it shows.")],
    as_json: AsJson = False,
) -> None:
    """A template for so many teasers, to put into the town file; `town apply` hands it in for approval."""
    made = generated(bootstrap.towns().get(town), items)
    give(asdict(made), as_json=as_json, show=lambda out: out.print(as_toml(made), markup=False))
