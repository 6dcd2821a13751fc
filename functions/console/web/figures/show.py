"""„Zahlen“: what the days came to. Rows of numbers are read, never people."""

from typing import Final

from functions.console.web.figures.drawn import drawn
from functions.console.web.page import page
from functions.console.web.visit import Values, Visit
from stadtdraht.domain.figures.span import SPANS
from stadtdraht.domain.town import Offer
from stadtdraht.observability import count, error_place, logger
from stadtdraht.pages.responses import HttpResponse, csv
from stadtdraht.texts.staff import figures as words
from stadtdraht.texts.staff.language import say
from stadtdraht.usecases.figures.export_figures import export_figures
from stadtdraht.usecases.figures.read_figures import FiguresView, read_figures

USUAL: Final = 30
log = logger("console-office")


def show(visit: Visit) -> HttpResponse:
    """Of the span that the address names; of a month where it names none."""
    length = _length(visit)
    values: Values = {"lost": False, "empty": False, "nothing_yet": say(words.NOTHING_YET), "foot": say(words.FOOT)}
    values["csv_url"] = visit.url(f"figures.csv?days={length}")
    values["spans"] = [
        {"href": visit.url(f"figures?days={it}"), "words": say(words.SPANS[it]), "here": it == length} for it in SPANS
    ]
    try:
        view = _view(visit, length)
    except Exception as why:  # noqa: BLE001 - the frame stays, and so does the way to another span
        count("ConsolePageFailed")
        log.error("figures failed", town=visit.town.id, why=error_place(why))  # noqa: TRY400
        return page(visit, "figures/show.html", say("Zahlen"), here="figures", **values | {"lost": True, "empty": True})
    if view.is_empty:
        return page(visit, "figures/show.html", say("Zahlen"), here="figures", **values | {"empty": True})
    values |= drawn(visit.town, view, _offer(visit, view))
    values["offers"] = [
        {
            "href": visit.url(f"figures?days={length}&offer={it.offer}"),
            "words": say(words.OFFERS[it.offer]),
            "here": it.offer is _offer(visit, view),
        }
        for it in view.offers
    ]
    return page(visit, "figures/show.html", say("Zahlen"), here="figures", **values)


def export(visit: Visit) -> HttpResponse:
    """Every day of the span in one file."""
    view = _view(visit, _length(visit))
    name = say("zahlen-{town}-{first}-bis-{last}.csv", town=visit.town.id, first=view.first, last=view.last)
    return csv(name, "".join(export_figures(visit.town, view)))


def _view(visit: Visit, length: int) -> FiguresView:
    return read_figures(visit.town, length, visit.now, visit.adapters.figure_days)


def _length(visit: Visit) -> int:
    asked = visit.query.get("days")
    return next((it for it in SPANS if str(it) == asked), USUAL)


def _offer(visit: Visit, view: FiguresView) -> Offer | None:
    """The one that was asked for, or the first."""
    there = [it.offer for it in view.offers]
    return next((it for it in there if it == visit.query.get("offer")), there[0] if there else None)
