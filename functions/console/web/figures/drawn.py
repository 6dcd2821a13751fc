"""Figures as the page shows them: sentences, big numbers, charts and tables."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Final

from functions.console.web.visit import Values
from stadtdraht.domain.cases.case import CaseKind
from stadtdraht.domain.figures.hidden import Cell, Hidden, shown
from stadtdraht.domain.figures.span import Bucket, change
from stadtdraht.domain.town import Offer, Town
from stadtdraht.pages.console.charts import Chart, Point, bars, heat_class, line, lying_bars
from stadtdraht.texts.languages import german_name
from stadtdraht.texts.staff import figures as words
from stadtdraht.texts.staff.case_desk import KINDS
from stadtdraht.texts.staff.moments import MONTHS, SHORT_WEEKDAYS
from stadtdraht.usecases.figures.read_figures import BANDS, FiguresView, OfferFigures

MOST_LETTERS: Final = 20
A_WEEK: Final = 7


def drawn(town: Town, view: FiguresView, offer: Offer | None) -> Values:
    """Everything of the page but its links. offer: whose people are shown by topic, district and language."""
    chosen = next((it for it in view.offers if it.offer is offer), None)
    return {
        "signals": [words.say_signal(it) for it in view.signals],
        "covers": _covers(view),
        "forecast": words.say_forecast(view.forecast) if view.forecast else "",
        "big": _big(town, view),
        "asked": _asked(view),
        "people": _people(view),
        "moved": _moved(view),
        "heat": _heat(view),
        "offer": _offer(chosen) if chosen else None,
        "newsletters": [
            (it.newsletter.title, words.day(it.day), words.number(it.newsletter.planned), words.cell(it.opt_outs))
            for it in view.newsletters[:MOST_LETTERS]
        ],
        "left_otherwise": f"Abbestellt ohne Newsletter davor: {words.cell(view.left_otherwise)}.",
        "cases": [
            (KINDS[CaseKind(kind)], *(words.number(count) for count in (it.opened, it.answered, it.overdue, it.open)))
            for kind, it in view.cases.items()
        ],
    }


def _covers(view: FiguresView) -> str:
    missing = (view.last - view.first).days + 1 - len(view.days)
    said = f"Vom {words.day(view.first)}{view.first.year} bis zum {words.day(view.last)}{view.last.year}"
    return f"{said}; gezählt sind davon {len(view.days)} Tage." if missing else f"{said}."


def _big(town: Town, view: FiguresView) -> list[dict[str, str]]:
    answers, target = view.answers, words.minutes(town.answer_target_minutes)
    grown = change(view.asked, view.asked_before) if view.asked_before is not None else None
    last = view.days[-1]
    found = [{"name": words.OFFERS[it.offer], "words": words.cell(it.people), "sub": _grown(it)} for it in view.offers]
    found += [
        {"name": "Anfragen", "words": words.number(view.asked), "sub": "" if grown is None else words.growth(grown)},
        {"name": "Zum ersten Mal geschrieben", "words": words.cell(view.first_contacts), "sub": ""},
    ]
    if answers.median_minutes is not None and answers.most_minutes is not None and answers.share is not None:
        found += [
            {
                "name": "Erste Antwort, Mitte",
                "words": words.minutes(answers.median_minutes),
                "sub": f"9 von 10 in {words.minutes(answers.most_minutes)}",
            },
            {"name": f"In {target} Dienstzeit", "words": words.percent(answers.share), "sub": _share_before(view)},
        ]
    if last.waiting is not None:
        found.append({"name": "Warten auf Antwort", "words": words.number(last.waiting), "sub": "um Mitternacht"})
    return found


def _grown(it: OfferFigures) -> str:
    return "" if it.grown is None else words.signed(it.grown)


def _share_before(view: FiguresView) -> str:
    before = view.answers_before
    return f"zuvor {words.percent(before.share)}" if before and before.share is not None else ""


def _asked(view: FiguresView) -> Chart:
    points = [Point(_name(it), it.asked if it.days else None) for it in view.buckets]
    return bars(f"Anfragen je {_each(view.buckets)}", "Anfragen", points)


def _people(view: FiguresView) -> Chart:
    points = [
        _point(_name(it), shown(it.people)) if it.people is not None else Point(_name(it), None) for it in view.buckets
    ]
    return line("Abonnements", "Abonnements", points)


def _moved(view: FiguresView) -> Chart:
    joined = [_point(_name(it), shown(it.joined)) if it.days else Point(_name(it), None) for it in view.coarse]
    left = [_point(_name(it), shown(it.left)) if it.days else Point(_name(it), None) for it in view.coarse]
    names = ("dazugekommen", "gegangen")
    return bars(f"Dazugekommen und gegangen je {_each(view.coarse)}", "Abonnements", joined, left, names=names)


def _heat(view: FiguresView) -> Values:
    counts = [it for row in view.heat for it in row if isinstance(it, int)]
    most = max(counts, default=0)
    rows = [(name, [_heat_cell(it, most) for it in row]) for name, row in zip(SHORT_WEEKDAYS, view.heat, strict=True)]
    heads = [f"{begin}–{end}" for begin, end in pairwise(BANDS)]
    return {"title": f"Wann geschrieben wird, letzte {view.heat_days} Tage", "heads": heads, "rows": rows}


def _heat_cell(cell: Cell, most: int) -> dict[str, str]:
    if isinstance(cell, Hidden):
        signs = {Hidden.FEW: ("<5", ""), Hidden.COVERED: ("–", " verdeckt"), Hidden.NEARLY_ALL: ("–", " verdeckt")}
        return {"words": signs[cell][0], "said": signs[cell][1], "css": ""}
    return {"words": words.number(cell), "said": "", "css": heat_class(cell, most)}


def _offer(it: OfferFigures) -> Values:
    charts = []
    if len(it.by_district) > 1:
        charts.append(lying_bars("Nach Ortsteil", "Menschen", _points(it.by_district)))
    if it.by_topic:
        charts.append(lying_bars("Nach Thema", "Menschen", _points(it.by_topic)))
    if it.by_language:
        languages = {german_name(tag): cell for tag, cell in it.by_language.items()}
        charts.append(lying_bars("Nach Sprache", "Menschen", _points(languages)))
    months = [(words.month(it.month), words.cell(shown(it.joined)), words.cell(it.still)) for it in it.by_month]
    return {"charts": charts, "months": months}


def _points(cells: Mapping[str, Cell]) -> list[Point]:
    return [_point(name or words.UNNAMED, cell) for name, cell in cells.items()]


def _point(name: str, cell: Cell) -> Point:
    return Point(name, None, words.cell(cell)) if isinstance(cell, Hidden) else Point(name, cell)


def _each(some: Sequence[Bucket]) -> str:
    longest = max((it.last - it.first).days for it in some)
    return "Tag" if longest == 0 else "Woche" if longest < A_WEEK else "Monat"


def _name(it: Bucket) -> str:
    if (it.last - it.first).days < A_WEEK:
        return words.day(it.first)
    return MONTHS[it.first.month - 1][:3]
