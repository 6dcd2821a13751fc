"""`stadtdraht trace`: the way of one message, from the webhook to the last status of its answer."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any

import typer
from rich.console import Console

from stadtdraht.bootstrap import Adapters
from stadtdraht.cli.deployment import connected
from stadtdraht.cli.operations.trace_advice import advice_for
from stadtdraht.cli.output import REFUSED, AsJson, give
from stadtdraht.domain.operations.trace import Subject
from stadtdraht.usecases.operations.trace.follow import Trace, TracePorts, follow

MOST_DAYS = 90  # that logs are kept; infra/blocks/lambda_function.py
LONGEST_WHAT = 30  # characters that the next column waits for
LONG = ("function_request_id", "api_request_id", "request")  # joins lines; --json says it


@connected
def trace(
    adapters: Adapters,
    message: Annotated[
        str,
        typer.Argument(
            metavar="WAMID|UPDATE|DELIVERY",
            help="A wamid of either way; an update's id (24 hex digits); a delivery as CAUSE:CITIZEN_ID or "
            "sd1:…; or the `correlation` of a log line.",
        ),
    ],
    days: Annotated[int, typer.Option(min=1, max=MOST_DAYS, help="How far back the logs are read.")] = 3,
    as_json: AsJson = False,
) -> None:
    """Print the way of one message, from logs and rows: received, stored, followed up, answered, sent or refused,
    reported on. Says nothing of who it was or what was written.
    """
    now = datetime.now(UTC)
    found = follow(Subject.parse(message), now, now - timedelta(days=days), _ports(adapters))
    gaps = [{"what": gap.what, "next": advice_for(gap)} for gap in found.gaps]
    give({**asdict(found), "gaps": gaps}, as_json=as_json, show=lambda out: _show(found, out))
    if not found.steps:
        raise typer.Exit(REFUSED)


def _ports(it: Adapters) -> TracePorts:
    return TracePorts(it.towns, it.logs, it.trail, it.citizens, it.broadcasts, it.alerts, it.slices, it.deliveries)


def _show(found: Trace, out: Console) -> None:
    """A line for each step, however narrow the window is, so that it can be searched and pasted."""
    if not found.steps:
        out.print("Nothing was found.")
    where = max((len(step.where) for step in found.steps), default=0)
    what = min(LONGEST_WHAT, max((len(step.what) for step in found.steps), default=0))
    for step in found.steps:
        at = f"{step.at:%Y-%m-%d %H:%M:%S}.{step.at.microsecond // 1000:03}" if step.at else "-".ljust(23)
        line = f"{at}  {step.source}  {step.where:{where}}  {step.what:{what}}  {_said(step.facts)}"
        out.print(line.rstrip())
    for gap in found.gaps:
        out.print(f"\n{gap.what}\n  {advice_for(gap)}")


def _said(facts: Mapping[str, Any]) -> str:
    return "  ".join(f"{name}={value}" for name, value in facts.items() if name not in LONG and value not in (None, ""))
