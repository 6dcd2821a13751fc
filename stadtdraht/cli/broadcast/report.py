"""`stadtdraht broadcast report`: what became of a newsletter, counted from its rows."""

from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from stadtdraht.bootstrap import Adapters
from stadtdraht.cli.broadcast.status import lost_of
from stadtdraht.cli.deployment import connected
from stadtdraht.cli.output import AsJson, give, refuse, table
from stadtdraht.domain.broadcast.broadcast import Broadcast
from stadtdraht.domain.delivery.outcome import DeliveryFigures
from stadtdraht.domain.town import Town
from stadtdraht.usecases.broadcast.broadcast_report import BroadcastReport, broadcast_report
from stadtdraht.usecases.broadcast.export_broadcast_report import export_broadcast_report
from stadtdraht.usecases.broadcast.load_broadcast import load_broadcast


@connected
def report(
    adapters: Adapters,
    broadcast_id: Annotated[str, typer.Argument(metavar="ID")],
    to: Annotated[Path | None, typer.Option("--csv", help="Also write it as a table; cells are parted by ;.")] = None,
    as_json: AsJson = False,
) -> None:
    """Who got it, by reason, district and hour; who left because of it; what it cost."""
    broadcast = load_broadcast(broadcast_id, adapters.broadcasts)
    found = report_of(adapters, broadcast, adapters.towns.get(broadcast.town))
    if to:
        try:
            to.write_text(export_broadcast_report(found), encoding="utf-8", newline="")
        except OSError as why:
            refuse(f"{to}: cannot be written ({why.strerror}); name a file in a folder that exists")
    by_district = {name: _with_people(it) for name, it in found.by_district.items()}
    value = asdict(found) | {"figures": _with_people(found.figures), "by_district": by_district}
    value |= {"file": str(to)} if to else {}
    give(value, as_json=as_json, show=lambda out: _show(out, found))


def report_of(adapters: Adapters, broadcast: Broadcast, town: Town) -> BroadcastReport:
    """Counted now."""
    return broadcast_report(
        broadcast,
        town,
        deliveries=adapters.deliveries,
        audience=adapters.audience,
        citizens=adapters.citizens,
        slices=adapters.slices,
        clicks=adapters.clicks,
        lost=lost_of(adapters, broadcast, town),
    )


def _show(out: Console, found: BroadcastReport) -> None:
    out.print(f"{found.title} ({found.broadcast_id}): {found.state}, planned for {found.planned} people")
    out.print(table(FIGURES_HEAD, [_line("all", found.figures)]))
    for name, count in (("still in line", found.waiting), ("never came to their turn", found.left_over)):
        if count:
            out.print(f"{count} people {name}")
    if found.reasons:
        rows = [(it.people, it.what.replace("_", " "), it.reason, it.why) for it in found.reasons]
        out.print(table(("people", "what", "code", "why"), rows))
    if found.by_district:
        out.print(table(FIGURES_HEAD, [_line(name, it) for name, it in found.by_district.items()]))
    hours = [(hour, it.accepted, it.delivered, it.read, it.failed) for hour, it in found.by_hour.items()]
    out.print(table(("hour", "accepted", "delivered", "read", "failed"), hours))
    counted = [(it.item, "not counted" if it.clicks is None else it.clicks, it.link) for it in found.clicks]
    out.print(table(("item", "clicks", "link"), counted))
    out.print(f"Took the news back within 24 hours of it: {found.opt_outs}")
    for line in _costs(found):
        out.print(line)


FIGURES_HEAD = ("", "people", "accepted", "sent", "delivered", "read", "failed", "unknown", "not sent")


def _line(name: str, it: DeliveryFigures) -> tuple[object, ...]:
    return (name, it.planned, it.accepted, it.sent, it.delivered, it.read, it.failed, it.unknown, it.not_sent)


def _with_people(it: DeliveryFigures) -> dict[str, int]:
    """For programs, which know those with a row as "people"."""
    return {"people" if name == "planned" else name: count for name, count in asdict(it).items()}


def _costs(found: BroadcastReport) -> Iterator[str]:
    bill = found.billing
    planned = "unknown" if bill.planned_eur is None else f"{bill.planned_eur} EUR"
    yield f"Cost as planned: {planned}; as Meta marked it: {bill.billed_eur} EUR, without tax."
    yield from (f"  {messages} charged as {kind}" for kind, messages in bill.charged.items())
    yield from (f"  {messages} free as {kind}" for kind, messages in bill.free.items())
    if bill.without_price:
        yield f"  {bill.without_price} of them not in the sum: our list has no price for their country or category."
    if bill.unmarked:
        yield f"  {bill.unmarked} delivered messages came without word of their price."
