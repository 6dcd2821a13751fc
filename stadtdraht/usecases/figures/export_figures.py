"""Figures as a table for a spreadsheet: a line for each day and thing, so that it can be filtered and summed."""

from collections.abc import Iterator, Mapping

from stadtdraht.domain.figures.day import DayFigures
from stadtdraht.domain.figures.hidden import Cell, shown, shown_groups, shown_parts
from stadtdraht.domain.figures.span import answer_times
from stadtdraht.domain.spreadsheet import table_lines
from stadtdraht.domain.town import Offer, Town
from stadtdraht.texts.staff import figures as words
from stadtdraht.texts.staff.case_desk import KINDS
from stadtdraht.texts.staff.language import german, say
from stadtdraht.usecases.figures.read_figures import FiguresView

HEAD = (german("Tag"), german("Was"), german("Angebot oder Art"), german("Feld"), german("Zahl"))
Line = tuple[object, ...]


def export_figures(town: Town, view: FiguresView) -> Iterator[str]:
    """The lines of a CSV file. Fields of fewer than five people hold no number."""
    return table_lines([say(it) for it in HEAD], (line for it in view.days for line in _lines(town, it)))


def _lines(town: Town, it: DayFigures) -> Iterator[Line]:
    day = it.day.isoformat()
    for offer in Offer:
        if offer in it.offers:
            yield from ((day, *line) for line in _offer_lines(town, it, offer))
    yield (day, say("Anfragen"), "", "", it.asked)
    yield (day, say("Nachrichten"), "", "", it.heard)
    yield (day, say("Zum ersten Mal geschrieben"), "", "", _cell(shown(it.first_contacts)))
    times = answer_times([it])
    yield (day, say("Erste Antworten"), "", "", times.answered)
    yield (day, say("Erste Antworten"), "", say("in der Zeit, die sich die Stadt gibt"), times.in_target)
    if times.median_minutes is not None:
        yield (day, say("Erste Antwort, Minuten Dienstzeit"), "", say("Mitte"), times.median_minutes)
        yield (day, say("Erste Antwort, Minuten Dienstzeit"), "", say("9 von 10"), times.most_minutes)
    if it.waiting is not None:
        yield (day, say("Warten um Mitternacht"), "", "", it.waiting)
    titles = {sent.broadcast_id: sent.title for sent in it.sent}
    for sent in it.sent:
        yield (day, say("Newsletter gesendet"), sent.title, say("Menschen"), sent.planned)
    for newsletter, cell in shown_parts(it.opt_outs).items():
        yield (
            day,
            say("Abbestellt nach Newsletter"),
            titles.get(newsletter, newsletter or say("keinem")),
            "",
            _cell(cell),
        )
    for kind, cases in it.cases.items():
        counts = {
            say("neu"): cases.opened,
            say("beantwortet"): cases.answered,
            say("überfällig"): cases.overdue,
            say("offen"): cases.open,
        }
        for name, count in counts.items():
            yield (day, say("Meldungen"), say(KINDS[kind]), name, count)


def _offer_lines(town: Town, it: DayFigures, offer: Offer) -> Iterator[Line]:
    of, name = it.offers[offer], say(words.OFFERS[offer])
    yield (say("Abonnements"), name, "", _cell(shown(of.people)))
    yield (say("Dazugekommen"), name, "", _cell(shown(of.joined)))
    yield (say("Gegangen"), name, "", _cell(shown(of.left)))
    topics = {it.id: it.label for it in town.topics}
    districts = {it.id: it.label for it in town.districts}
    yield from _named(say("Nach Thema"), name, shown_groups(of.by_topic, of.people), topics)
    yield from _named(say("Nach Ortsteil"), name, shown_parts(of.by_district), districts)
    yield from _named(say("Nach Sprache"), name, shown_parts(of.by_language), {})


def _named(what: str, offer: str, cells: Mapping[str, Cell], labels: Mapping[str, str]) -> Iterator[Line]:
    for field, cell in cells.items():
        yield (what, offer, labels.get(field, field) or say(words.UNNAMED), _cell(cell))


def _cell(value: Cell) -> str | int:
    """A number as a spreadsheet takes it, without points."""
    return value if isinstance(value, int) else say(words.CELLS[value])
