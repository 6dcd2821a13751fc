"""`stadtdraht migrate`: after a deploy, every row in the shape that this version writes."""

from dataclasses import asdict
from datetime import UTC, datetime
from typing import Annotated

import typer

from stadtdraht.bootstrap import Adapters
from stadtdraht.cli.deployment import connected
from stadtdraht.cli.output import REFUSED, AsJson, give
from stadtdraht.ports.migration import Migration
from stadtdraht.usecases.operations.migrate_rows import count_older, migrate_rows


@connected
def migrate(
    adapters: Adapters,
    only_look: Annotated[bool, typer.Option("--dry-run", help="Say how many rows it would be; change none.")] = False,
    as_json: AsJson = False,
) -> None:
    """Bring the rows of earlier versions into the shape of this one.

    Run it after a deploy; everything goes on meanwhile. Broken off, it goes on where it was; run again, it finds
    nothing to do.
    """
    if only_look:
        found = dict(count_older(adapters.stored_rows))
        give(found, as_json=as_json, show=lambda out: out.print(_counted(found) or "Every row has its present shape."))
        return
    done = migrate_rows(
        adapters.stored_rows,
        lambda: datetime.now(UTC),
        lambda at: typer.echo(f"{at.looked_at} rows looked at", err=True),
    )
    give(asdict(done), as_json=as_json, show=lambda out: out.print("\n".join(_said(done))))
    if done.unreadable:
        raise typer.Exit(REFUSED)


def _counted(rows: dict[str, int]) -> str:
    return "\n".join(f"{kind}: {count}" for kind, count in sorted(rows.items()))


def _said(done: Migration) -> list[str]:
    lines = [f"{done.looked_at} rows looked at; every row has the shapes {done.shapes}."]
    if done.renewed:
        lines.append(f"Renewed: {_counted(dict(done.renewed))}")
    if done.overtaken:
        lines.append(f"{done.overtaken} were written by somebody else in that moment; run it again to be sure of them.")
    if done.unreadable:
        keys = "\n".join(done.unreadable)
        lines.append(f"Nobody could read these, and they stay as they are; look at them in DynamoDB's console:\n{keys}")
    return lines
