"""`stadtdraht broadcast report`: what became of a newsletter, counted from its rows."""

from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from stadtdraht.bootstrap import Adapters
from stadtdraht.cli.broadcast.status import lost_of
from stadtdraht.cli.deployment import connected
from stadtdraht.cli.output import AsJson, cannot_use, give, refuse, table
from stadtdraht.domain.broadcast.broadcast import Broadcast
from stadtdraht.domain.broadcast.errand import Errand
from stadtdraht.domain.delivery.outcome import DeliveryFigures
from stadtdraht.domain.town import Town
from stadtdraht.texts.staff.broadcast import newsletters as words
from stadtdraht.texts.staff.moments import moment
from stadtdraht.usecases.broadcast.errands.kept_report import kept_report
from stadtdraht.usecases.broadcast.load_broadcast import load_broadcast
from stadtdraht.usecases.broadcast.reporting.broadcast_report import BroadcastReport, broadcast_report
from stadtdraht.usecases.broadcast.reporting.export_broadcast_report import export_broadcast_report


@connected
def report(
    adapters: Adapters,
    broadcast_id: Annotated[
        str, typer.Argument(metavar="ID", help="Kennung, wie in `broadcast list` (id of the newsletter)")
    ],
    to: Annotated[
        Path | None, typer.Option("--csv", help="Auch als Tabelle schreiben, mit ; getrennt (also write a table)")
    ] = None,
    recount: Annotated[bool, typer.Option("--recount", help="Neu zählen, auch wenn er feststeht (count anew)")] = False,
    as_json: AsJson = False,
) -> None:
    """Wer ihn bekam, nach Grund, Ortsteil und Stunde; wer deshalb abbestellt hat; was er kostete. (who got it, who
    left, what it cost)
    """
    broadcast = load_broadcast(broadcast_id, adapters.broadcasts)
    town = adapters.towns.get(broadcast.town)
    kept = None if recount else adapters.errands.get(broadcast_id, Errand.REPORT).result
    is_kept = kept is not None and kept.final
    found = kept_report(kept.value) if kept and is_kept else report_of(adapters, broadcast, town)
    if to:
        try:
            to.write_text(export_broadcast_report(found), encoding="utf-8", newline="")
        except OSError as why:
            refuse(cannot_use(to, why))
    by_district = {name: _with_people(it) for name, it in found.by_district.items()}
    value = asdict(found) | {"figures": _with_people(found.figures), "by_district": by_district}
    value |= {"file": str(to)} if to else {}
    value |= {"counted_at": kept.at if kept and is_kept else datetime.now(UTC), "final": is_kept}

    def show(out: Console) -> None:
        _show(out, found)
        if kept and is_kept:
            out.print(words.STILL_COUNTED.format(at=moment(kept.at, town)))

    give(value, as_json=as_json, show=show)


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
    out.print(
        words.REPORT.format(
            title=found.title,
            broadcast_id=found.broadcast_id,
            state=words.STATES[found.state],
            people=words.people(found.planned),
        )
    )
    out.print(table(words.FIGURES_HEAD, [_line(words.ALL, found.figures)]))
    for name, count in ((words.STILL_IN_LINE, found.waiting), (words.LEFT_OVER, found.left_over)):
        if count:
            out.print(name.format(people=words.people(count)))
    if found.reasons:
        rows = [(it.people, words.FATES[it.what], it.reason, it.why) for it in found.reasons]
        out.print(table(words.REASONS_HEAD, rows))
    if found.by_district:
        out.print(table(words.FIGURES_HEAD, [_line(name, it) for name, it in found.by_district.items()]))
    hours = [(_hour(hour), it.accepted, it.delivered, it.read, it.failed) for hour, it in found.by_hour.items()]
    out.print(table(words.HOURS_HEAD, hours))
    counted = [(it.item, words.NOT_COUNTED if it.clicks is None else it.clicks, it.link) for it in found.clicks]
    out.print(table(words.CLICKS_HEAD, counted))
    out.print(words.OPT_OUTS.format(people=words.people(found.opt_outs)))
    for line in _costs(found):
        out.print(line)


def _hour(hour: str) -> str:
    """Of a key such as 2026-11-30T10:00+01:00; the offset tells the two apart when the clocks go back."""
    at = datetime.fromisoformat(hour)
    return f"{at:%d.%m.%Y, %H:%M} (UTC{at:%z})"


def _line(name: str, it: DeliveryFigures) -> tuple[object, ...]:
    return (name, it.planned, it.accepted, it.sent, it.delivered, it.read, it.failed, it.unknown, it.not_sent)


def _with_people(it: DeliveryFigures) -> dict[str, int]:
    """For programs, which know those with a row as "people"."""
    return {"people" if name == "planned" else name: count for name, count in asdict(it).items()}


def _costs(found: BroadcastReport) -> Iterator[str]:
    bill = found.billing
    planned = words.COST_UNKNOWN if bill.planned_eur is None else f"{bill.planned_eur} EUR"
    yield words.COST.format(planned=planned, billed=bill.billed_eur)
    yield from (words.CHARGED.format(messages=messages, kind=kind) for kind, messages in bill.charged.items())
    yield from (words.FREE.format(messages=messages, kind=kind) for kind, messages in bill.free.items())
    if bill.without_price:
        yield words.WITHOUT_PRICE.format(messages=bill.without_price)
    if bill.unmarked:
        yield words.UNMARKED.format(messages=bill.unmarked)
