"""What `make run` says when everything is up."""

from collections.abc import Mapping
from typing import Any

from rich.console import Console
from rich.table import Table


def show(run: Mapping[str, Any], *, simulated: bool, console: Console) -> None:
    """Addresses and first things to try; `run` is the content of run.json."""
    rows = Table(show_header=False, box=None, padding=(0, 2, 0, 2))
    if simulated:
        rows.add_row("Phones", run["graph"], "write “Hallo” to a town, press its buttons")
    else:
        rows.add_row("Graph API", run["graph"], "the one you named; the simulated phones are off")
    for town in run["towns"]:
        rows.add_row(town, f"{run['app']}/t/{town}", run["towns"][town]["display_phone_number"])
    for town, crisis in run["crisis"].items():
        rows.add_row("Crisis", crisis["url"], f"{town}, {crisis['holder']}, PIN {crisis['pin']}")
    rows.add_row("Office", ".venv/bin/stadtdraht --help", "for example: stadtdraht town list")
    console.print()
    console.print(rows, soft_wrap=True)
    console.print("\n  Ctrl-C ends everything; the state is kept. `make clean` forgets it.\n")
