"""The report of a newsletter as CSV: one long table that a spreadsheet can filter."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from stadtdraht.domain.delivery.outcome import DeliveryFigures
from stadtdraht.domain.spreadsheet import table_lines
from stadtdraht.texts.staff.broadcast import broadcast_report as words
from stadtdraht.texts.staff.broadcast.delivery_reasons import why_not
from stadtdraht.texts.staff.language import say
from stadtdraht.usecases.broadcast.reporting.broadcast_report import BroadcastReport

Line = Sequence[object]


def export_broadcast_report(report: BroadcastReport) -> str:
    """CSV with semicolons and a comma in amounts; nobody's name is in it."""
    rows = ([_cell(value) for value in (*line, *[""] * (len(words.HEAD) - len(line)))] for line in _lines(report))
    return "".join(table_lines([say(it) for it in words.HEAD], rows))


def _lines(report: BroadcastReport) -> Iterator[Line]:
    yield (say(words.TOTAL), report.title, *_figures(report.figures))
    yield (say(words.PLANNED), "", report.planned)
    yield (say(words.WAITING), "", report.waiting)
    yield (say(words.LEFT_OVER), "", report.left_over)
    for district, figures in report.by_district.items():
        yield (say(words.DISTRICT), district, *_figures(figures))
    for begins, hour in report.by_hour.items():
        yield (say(words.HOUR), begins, "", hour.accepted, "", hour.delivered, hour.read, hour.failed)
    for reason in report.reasons:
        yield (say(words.REASON[reason.what]), f"{why_not(reason.reason)} [{reason.reason}]", reason.people)
    for opened in report.clicks:
        yield (say(words.ITEM), f"{opened.item}: {opened.link}", *[""] * 8, opened.clicks)
    yield (say(words.OPT_OUTS), "", report.opt_outs)
    yield from _costs(report)


def _costs(report: BroadcastReport) -> Iterator[Line]:
    bill, no_counts = report.billing, [""] * 9
    yield (say(words.COST_PLANNED), "", *no_counts, bill.planned_eur)
    yield (say(words.COST_BILLED), "", *no_counts, bill.billed_eur)
    for kind, messages in bill.charged.items():
        yield (say(words.CHARGED), kind, messages)
    for kind, messages in bill.free.items():
        yield (say(words.FREE), kind, messages)
    yield (say(words.WITHOUT_PRICE), "", bill.without_price)
    yield (say(words.UNMARKED), "", bill.unmarked)


def _figures(it: DeliveryFigures) -> Line:
    return it.planned, it.accepted, it.sent, it.delivered, it.read, it.failed, it.unknown, it.not_sent


def _cell(value: object) -> object:
    return str(value).replace(".", ",") if isinstance(value, Decimal) else value
