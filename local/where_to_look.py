"""What `make run` says when everything is up."""

from collections.abc import Mapping
from typing import Any

from rich.console import Console


def show(run: Mapping[str, Any], *, simulated: bool, console: Console) -> None:
    """Addresses and first things to try, one to a line; `run` is the content of run.json."""
    rows = [
        ("Phones", f"{run['graph']}/   write “Hallo” to a town, press its buttons")
        if simulated
        else ("Graph API", f"{run['graph']}   the one you named; the simulated phones are off")
    ]
    rows += [
        (town_id, f"{run['app']}/t/{town_id}   {town['display_phone_number']}")
        for town_id, town in run["towns"].items()
    ]
    for town_id, crisis in run["crisis"].items():
        rows.append((f"Warn {town_id}", f"{crisis['url']}   PIN {crisis['pin']}"))
        rows.append((f"Drill {town_id}", f"{crisis['drill_url']}   the same PIN"))
    rows.append(("Console", f"{run['app']}/console"))
    if simulated:
        rows.append(("Mails", f"{run['graph']}/mails   what the console sends to staff"))
    dashboards = f"{run['graph'] if simulated else run['lambda_host']}/dashboards"
    rows.append(("Dashboards", f"{dashboards}   what rings, and the graphs that AWS would show"))
    for town_id, staff in run["console"].items():
        one = next(it for it in staff if it["role"] == "all")
        rows.append((f"  {town_id}", f"{one['username']}   {one['password']}   key of its codes {one['totp_secret']}"))
    rows.append(("  its code now", ".venv/bin/python -m local.product.totp KEY"))
    rows.append(("Office", ".venv/bin/stadtdraht --help   for example: stadtdraht town list"))
    width = max(len(name) for name, _ in rows)
    lines = [f"  {name.ljust(width)}   {text}" for name, text in rows]
    console.print("\n" + "\n".join(lines), markup=False)
    console.print("\n  Ctrl-C ends everything; the state is kept. `make clean` forgets it.\n", markup=False)
