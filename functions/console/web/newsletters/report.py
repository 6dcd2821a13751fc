"""What became of a newsletter: kept, so that no look at it reads its rows."""

from datetime import datetime, timedelta

from functions.console.web.answers import not_found
from functions.console.web.newsletters.figures import big_of, reasons_of
from functions.console.web.newsletters.knows import errand_ports, its_broadcast
from functions.console.web.page import page
from functions.console.web.visit import Visit
from stadtdraht.domain.broadcast.broadcast import Broadcast
from stadtdraht.domain.broadcast.errand import ErrandNote
from stadtdraht.pages.console.charts import Chart, Point, bars
from stadtdraht.pages.responses import HttpResponse, csv
from stadtdraht.texts.staff.amounts import grouped
from stadtdraht.texts.staff.console import newsletters as words
from stadtdraht.texts.staff.language import german, say
from stadtdraht.texts.staff.moments import written
from stadtdraht.usecases.broadcast.errands.ask_errand import latest_report
from stadtdraht.usecases.broadcast.errands.kept_report import kept_report
from stadtdraht.usecases.broadcast.reporting.broadcast_report import BroadcastReport
from stadtdraht.usecases.broadcast.reporting.export_broadcast_report import export_broadcast_report

SHOWN_DISTRICTS = 40
SHOWN_HOURS = 24


def show_report(visit: Visit, broadcast: Broadcast) -> HttpResponse:
    town, note = visit.town, latest_report(broadcast, visit.now, errand_ports(visit), is_over=True)
    report = _report(note)
    result = note.result
    return page(
        visit,
        "newsletters/report.html",
        broadcast.title,
        here="newsletters",
        broadcast=broadcast,
        sub=_sub(visit, broadcast),
        report=report,
        trouble=words.trouble_words(result),
        counted=words.ago(result.at, town, visit.now) if result else "",
        final=bool(result and result.final),
        under_way=note.is_under_way(visit.now),
        step=4,
        big=_big(report) if report else [],
        items=_items(broadcast, report) if report else [],
        counts=any(it.clicks is not None for it in report.clicks) if report else False,
        missed=grouped(report.figures.failed + report.figures.not_sent) if report else "",
        reasons=reasons_of(report) if report else [],
        all_have_it=bool(report and report.figures.delivered >= report.planned),
        chart=_chart(report) if report else None,
        districts=_districts(report) if report else [],
    )


def export(visit: Visit) -> HttpResponse:
    """The same as a table, at once."""
    broadcast = its_broadcast(visit)
    if broadcast is None:
        return not_found()
    report = _report(latest_report(broadcast, visit.now, errand_ports(visit), is_over=True))
    if report is None:
        return visit.to(f"newsletters/{broadcast.broadcast_id}")
    return csv(f"newsletter-{broadcast.broadcast_id}.csv", export_broadcast_report(report))


def _report(note: ErrandNote) -> BroadcastReport | None:
    return kept_report(note.result.value) if note.result and note.result.value else None


def _sub(visit: Visit, broadcast: Broadcast) -> str:
    at = words.day_and_hour(broadcast.begun_at, visit.town)
    sent = say("gesendet {at} Uhr an {people}", at=at, people=words.people(broadcast.planned))
    if not broadcast.released_by:
        return sent
    released = say("freigegeben von {name}", name=broadcast.released_by)
    return f"{sent} · {released}"


def _big(report: BroadcastReport) -> list[tuple[str, str, str]]:
    delivered, read, _, opted_out = big_of(report)
    clicks = sum(it.clicks or 0 for it in report.clicks)
    bill = report.billing
    shown = [delivered, read]
    if any(it.clicks is not None for it in report.clicks):
        shown.append((say("Links geöffnet"), grouped(clicks), ""))
    planned = say("geplant {amount}", amount=words.euros(bill.planned_eur)) if bill.planned_eur is not None else ""
    return [*shown, opted_out, (say("Kosten"), words.euros(bill.billed_eur, to_the_cent=True), planned)]


def _items(broadcast: Broadcast, report: BroadcastReport) -> list[tuple[str, str]]:
    clicks = {it.item: it.clicks for it in report.clicks}
    return [
        (it.title, grouped(count) if (count := clicks.get(number)) is not None else "–")
        for number, it in enumerate(broadcast.items, start=1)
    ]


def _chart(report: BroadcastReport) -> Chart | None:
    """How many had it and had read it by the end of each hour; of a run over days, of some hours each."""
    delivered: list[Point] = []
    read: list[Point] = []
    for begins, hour in report.by_hour.items():
        ends = datetime.fromisoformat(begins) + timedelta(hours=1)
        name = say("{day} {hour} Uhr", day=written(ends, german("%-d.%-m.")), hour=ends.hour)
        delivered.append(Point(name, hour.delivered + (delivered[-1].value or 0 if delivered else 0)))
        read.append(Point(name, hour.read + (read[-1].value or 0 if read else 0)))
    if not read:
        return None
    every = -(-len(read) // SHOWN_HOURS)
    last_first = slice(len(read) - 1, None, -every)
    shown = [it[last_first][::-1] for it in (delivered, read)]
    names = (say("Zugestellt"), say("Gelesen"))
    return bars(say("Bis wann er ankam und gelesen wurde"), say("Menschen"), *shown, names=names)


def _districts(report: BroadcastReport) -> list[tuple[str, str, str]]:
    rows = sorted(report.by_district.items(), key=lambda it: -it[1].planned)[:SHOWN_DISTRICTS]
    return [(name, words.few(it.delivered), words.few(it.read)) for name, it in rows]
