"""The figures of a newsletter as staff read them."""

from stadtdraht.texts.staff.amounts import grouped
from stadtdraht.texts.staff.broadcast.delivery_reasons import why_not
from stadtdraht.texts.staff.broadcast.newsletters import FATES
from stadtdraht.texts.staff.console import newsletters as words
from stadtdraht.texts.staff.language import say
from stadtdraht.usecases.broadcast.reporting.broadcast_report import BroadcastReport

Figure = tuple[str, str, str]
"""What, how many, and their share."""


def big_of(report: BroadcastReport) -> list[Figure]:
    """The four that everybody asks for."""
    it = report.figures
    missed = it.failed + it.not_sent
    return [
        (say("Zugestellt"), grouped(it.delivered), words.percent(it.delivered, it.accepted)),
        (say("Gelesen"), grouped(it.read), words.percent(it.read, it.delivered)),
        (say("Nicht angekommen"), grouped(missed), words.percent(missed, it.planned)),
        (say("Abgemeldet"), words.few(report.opt_outs), ""),
    ]


def reasons_of(report: BroadcastReport) -> list[tuple[str, str, str]]:
    """Why, what became of them, how many; each small number is hidden, since it could be somebody."""
    return [(why_not(it.reason), say(FATES[it.what]), words.few(it.people)) for it in report.reasons]
