"""Figures as the page shows them: sentences, big numbers, charts and tables."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Final

from functions.console.web.visit import Values
from stadtdraht.domain.cases.case import CaseKind
from stadtdraht.domain.figures.hidden import Cell, Hidden, shown
from stadtdraht.domain.figures.span import BY_MONTH, BY_WEEK, Bucket, change, quarter_of
from stadtdraht.domain.town import Offer, Town
from stadtdraht.pages.console.charts import Chart, Point, bars, heat_class, line, lying_bars, shares
from stadtdraht.texts.languages import german_name
from stadtdraht.texts.staff import figures as words
from stadtdraht.texts.staff.amounts import grouped
from stadtdraht.texts.staff.case_desk import KINDS
from stadtdraht.texts.staff.language import german, say
from stadtdraht.texts.staff.moments import MONTHS, SHORT_WEEKDAYS, written
from stadtdraht.usecases.figures.read_figures import BANDS, FiguresView, OfferFigures

MOST_LETTERS: Final = 10
A_WEEK: Final = 7
A_MONTH: Final = 31


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
        "answered": _answered(town, view) if view.answers.answered else (),
        "heat": _heat(view),
        "offer": _offer(chosen) if chosen else None,
        "newsletters": [
            (it.newsletter.title, words.day(it.day), grouped(it.newsletter.planned), words.cell(it.opt_outs))
            for it in view.newsletters[:MOST_LETTERS]
        ],
        "left_otherwise": say("Abbestellt ohne Newsletter davor: {people}.", people=words.cell(view.left_otherwise)),
        "cases": [
            (say(KINDS[CaseKind(kind)]), *(grouped(count) for count in (it.opened, it.answered, it.overdue, it.open)))
            for kind, it in view.cases.items()
        ],
    }


def _covers(view: FiguresView) -> str:
    missing = (view.last - view.first).days + 1 - len(view.days)
    pattern = german("%-d.%-m.%Y")
    span = {"first": written(view.first, pattern), "last": written(view.last, pattern)}
    if not missing:
        return say("Vom {first} bis zum {last}.", **span)
    return say("Vom {first} bis zum {last}; gezählt sind davon {days} Tage.", days=len(view.days), **span)


def _big(town: Town, view: FiguresView) -> list[dict[str, str]]:
    answers, target = view.answers, words.minutes(town.answer_target_minutes)
    grown = change(view.asked, view.asked_before) if view.asked_before is not None else None
    last = view.days[-1]
    found = [
        {"name": say(words.OFFERS[it.offer]), "words": words.cell(it.people), "sub": _grown(it)} for it in view.offers
    ]
    found += [
        {"name": say("Anfragen"), "words": grouped(view.asked), "sub": "" if grown is None else words.growth(grown)},
        {"name": say("Nachrichten"), "words": grouped(view.messages), "sub": ""},
        {"name": say("Zum ersten Mal geschrieben"), "words": words.cell(view.first_contacts), "sub": ""},
    ]
    if answers.median_minutes is not None and answers.most_minutes is not None and answers.share is not None:
        found += [
            {
                "name": say("Erste Antwort, Mitte"),
                "words": words.minutes(answers.median_minutes),
                "sub": say("9 von 10 in {time}", time=words.minutes(answers.most_minutes)),
            },
            {
                "name": say("In {target} Dienstzeit", target=target),
                "words": words.percent(answers.share),
                "sub": _share_before(view),
            },
        ]
    if last.waiting is not None:
        found.append({"name": say("Warten auf Antwort"), "words": grouped(last.waiting), "sub": say("um Mitternacht")})
    return found


def _grown(it: OfferFigures) -> str:
    return "" if it.grown is None else words.signed(it.grown)


def _share_before(view: FiguresView) -> str:
    before = view.answers_before
    if before is None or before.share is None:
        return ""
    return say("zuvor {share}", share=words.percent(before.share))


def _asked(view: FiguresView) -> Chart:
    points = [Point(_name(it, view), it.asked if it.days else None) for it in view.buckets]
    return bars(say("Anfragen {each}", each=_each(view.buckets)), say("Anfragen"), points)


def _people(view: FiguresView) -> Chart:
    points = [
        _point(_name(it, view), shown(it.people)) if it.people is not None else Point(_name(it, view), None)
        for it in view.buckets
    ]
    return line(say("Abonnements"), say("Abonnements"), points)


def _moved(view: FiguresView) -> Chart:
    joined = [
        _point(_name(it, view), shown(it.joined)) if it.days else Point(_name(it, view), None) for it in view.coarse
    ]
    left = [_point(_name(it, view), shown(it.left)) if it.days else Point(_name(it, view), None) for it in view.coarse]
    names = (say("dazugekommen"), say("gegangen"))
    title = say("Dazugekommen und gegangen {each}", each=_each(view.coarse))
    return bars(title, say("Abonnements"), joined, left, names=names)


def _answered(town: Town, view: FiguresView) -> tuple[Chart, Chart]:
    """How long people waited for a first answer, with the line that the town holds itself against; and how many of
    them no longer than that.
    """
    aim, each = town.answer_target_minutes, _each(view.coarse)
    points = [Point(_name(it, view), it.answers.median_minutes) for it in view.coarse]
    parts = [(_name(it, view), it.answers.in_target, it.answers.answered - it.answers.in_target) for it in view.coarse]
    names = (say("im Ziel"), say("später"))
    title = say("Erste Antwort {each} in Minuten, Ziel {aim}", each=each, aim=aim)
    waited = bars(title, say("Mitte"), points, aim=aim)
    return waited, shares(say("Im Ziel beantwortet, in Prozent"), names, parts)


def _heat(view: FiguresView) -> Values:
    counts = [it for row in view.heat for it in row if isinstance(it, int)]
    most = max(counts, default=0)
    rows = [
        (say(name), [_heat_cell(it, most) for it in row]) for name, row in zip(SHORT_WEEKDAYS, view.heat, strict=True)
    ]
    heads = [f"{begin}–{end}" for begin, end in pairwise(BANDS)]
    return {
        "title": say("Wann geschrieben wird, letzte {days} Tage", days=view.heat_days),
        "heads": heads,
        "rows": rows,
    }


def _heat_cell(cell: Cell, most: int) -> dict[str, str]:
    if isinstance(cell, Hidden):
        if cell is Hidden.FEW:
            return {"words": "<5", "said": "", "css": ""}
        hidden = say("verdeckt")
        return {"words": "–", "said": f" {hidden}", "css": ""}
    return {"words": grouped(cell), "said": "", "css": heat_class(cell, most)}


def _offer(it: OfferFigures) -> Values:
    charts = []
    if len(it.by_district) > 1:
        charts.append(lying_bars(say("Nach Ortsteil"), say("Menschen"), _points(it.by_district)))
    if it.by_topic:
        charts.append(lying_bars(say("Nach Thema"), say("Menschen"), _points(it.by_topic)))
    if it.by_language:
        languages = {say(german_name(tag)): cell for tag, cell in it.by_language.items()}
        charts.append(lying_bars(say("Nach Sprache"), say("Menschen"), _points(languages)))
    months = [(words.month(it.month), words.cell(shown(it.joined)), words.cell(it.still)) for it in it.by_month]
    return {"charts": charts, "months": months}


def _points(cells: Mapping[str, Cell]) -> list[Point]:
    return [_point(name or say(words.UNNAMED), cell) for name, cell in cells.items()]


def _point(name: str, cell: Cell) -> Point:
    return Point(name, None, words.cell(cell)) if isinstance(cell, Hidden) else Point(name, cell)


def _each(some: Sequence[Bucket]) -> str:
    longest = max((it.last - it.first).days for it in some)
    if longest == 0:
        return say("je Tag")
    if longest < A_WEEK:
        return say("je Woche")
    return say("je Monat") if longest < A_MONTH else say("je Quartal")


def _name(it: Bucket, view: FiguresView) -> str:
    length = (view.last - view.first).days + 1
    if length > BY_MONTH:
        return f"Q{quarter_of(it.first)} {it.first:%y}"
    if length > BY_WEEK:
        year = f" {it.first:%y}" if it.first.month == 1 or it.first == view.first else ""
        return f"{say(MONTHS[it.first.month - 1])[:3]}{year}"
    return words.day(it.first)
