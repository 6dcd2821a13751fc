"""`stadtdraht cost`: what a month cost at AWS and at Meta, by town and kind of work."""

import re
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, date, datetime
from typing import Annotated, Any

import typer
from rich.console import Console

from stadtdraht.bootstrap import Adapters
from stadtdraht.cli.deployment import connected
from stadtdraht.cli.output import USAGE, AsJson, give, refuse, table
from stadtdraht.domain.operations.aws_prices import FRANKFURT
from stadtdraht.domain.operations.cost import idle
from stadtdraht.domain.retention import DELIVERY
from stadtdraht.domain.whatsapp.prices import list_at, warning_of_age
from stadtdraht.usecases.operations.cost_of_month import CONVERSATIONS, CostLine, CostPorts, Month, cost_of_month

HEAD = ("town", "kind", "runs", "messages", "statuses", "AWS, USD", "Meta, EUR", "without a price")


@connected
def cost(
    adapters: Adapters,
    month: Annotated[str, typer.Option("--month", help="Which one, as 2026-11, by each town's own clock")],
    town_id: Annotated[str, typer.Option("--town", help="Only this town")] = "",
    as_json: AsJson = False,
) -> None:
    """What a month cost at AWS and at Meta, by town and kind, from what was counted. Invoices prevail."""
    now = datetime.now(UTC)
    asked = _month(month, now)
    everyone = adapters.towns.all()
    towns = [adapters.towns.get(town_id)] if town_id else everyone
    ports = CostPorts(
        adapters.broadcasts, adapters.alerts, adapters.deliveries, adapters.audience, adapters.figure_days
    )
    lines = [line for town in towns for line in cost_of_month(town, asked, ports)]
    standing = idle(len(everyone), FRANKFURT)
    give(
        {
            "month": month,
            "lines": [_value(it) for it in lines],
            "standing_usd": {part: round(usd, 2) for part, usd in standing.items()},
            "aws_prices_of": FRANKFURT.seen_on,
            "meta_prices_checked": list_at(asked.last).checked,
        },
        as_json=as_json,
        show=lambda out: _show(out, lines, sum(standing.values()), asked.last, now.date()),
    )


def _month(typed: str, now: datetime) -> Month:
    if not re.fullmatch(r"20\d\d-(0[1-9]|1[0-2])", typed):
        refuse(f"--month {typed}: a month like 2026-11 is expected", USAGE)
    month = Month(date.fromisoformat(f"{typed}-01"))
    if month.first > now.date():
        refuse(f"--month {typed}: it has not begun")
    if month.first < (now - DELIVERY).date():
        refuse(
            f"--month {typed}: what was sent is kept for {DELIVERY.days} days, so that it cannot be counted any more"
        )
    return month


def _value(line: CostLine) -> dict[str, Any]:
    counted = {name: value for name, value in asdict(line).items() if name != "work"}
    usd = line.work.usd(FRANKFURT)
    return {
        **counted,
        "aws_usd": round(sum(usd.values()), 4),
        "aws_usd_by_part": {k: round(v, 4) for k, v in usd.items()},
    }


def _show(out: Console, lines: Sequence[CostLine], standing_usd: float, last: date, today: date) -> None:
    rows = [
        (
            it.town,
            it.kind,
            it.runs,
            it.messages,
            it.statuses,
            f"{sum(it.work.usd(FRANKFURT).values()):.3f}",
            "not counted" if it.kind == CONVERSATIONS else it.meta_eur,
            it.without_price or "",
        )
        for it in lines
    ]
    out.print(table(HEAD, rows, nothing="No town is set up."))
    out.print(f"\nBeside it the whole deployment costs about {standing_usd:.2f} USD a month when nothing happens.")
    prices = list_at(last)
    out.print(f"AWS: list prices of {FRANKFURT.region}, seen on {FRANKFURT.seen_on}, a status in a POST of its own.")
    out.print(f"{prices.source}; without tax. Answers within 24 hours: 1,000 a month and number are free.")
    if warning := warning_of_age(prices, today):
        out.print(warning)
