"""Cases as a table for the system that the town has already: what, where and how far, and nobody's name."""

from collections.abc import Iterable
from datetime import datetime

from stadtdraht.domain.cases.case import Case, due_day
from stadtdraht.domain.spreadsheet import table_lines
from stadtdraht.domain.staff.member import StaffLanguage
from stadtdraht.domain.town import Town
from stadtdraht.texts.staff.language import german, language_read, say

RECEIVED = "Eingang"  # the inbox has the same name in German
HEAD = (
    german("Nummer"),
    german("Art"),
    german("Stand"),
    RECEIVED,
    german("Rückmeldung bis"),
    german("Erste Rückmeldung"),
    german("Abgeschlossen"),
    german("Stelle"),
    german("Bearbeitung"),
    german("Ortsteil"),
    german("Adresse"),
    german("Breite"),
    german("Länge"),
    german("Text"),
    german("Fotos"),
    german("Aufgegangen in"),
    german("Zufriedenheit"),
)


def export_cases(cases: Iterable[Case], town: Town) -> str:
    """CSV with semicolons, oldest first; times are the town's own."""
    rows = (tuple(_cells(case, town)) for case in sorted(cases, key=lambda it: it.number))
    return "".join(table_lines([_head(it) for it in HEAD], rows))


def _head(words: str) -> str:
    english = language_read() is StaffLanguage.ENGLISH
    return say("Eingegangen") if english and words == RECEIVED else say(words)


def _cells(case: Case, town: Town) -> Iterable[str]:
    departments = {it.id: it.label for it in town.departments}
    districts = {it.id: it.label for it in town.districts}
    yield from (case.number, str(case.kind), str(case.state))
    yield _local(case.opened_at, town)
    yield due_day(case.due_at, town).isoformat()
    for at in (case.first_feedback_at, case.over_at):
        yield _local(at, town)
    yield departments.get(case.department, case.department)
    yield case.assigned_to
    yield districts.get(case.district, case.district)
    yield case.place.address
    for degrees in (case.place.latitude, case.place.longitude):
        yield "" if degrees is None else f"{degrees:.6f}"
    yield from (case.description, str(len(case.photo_ids)), case.merged_into, str(case.rating or ""))


def _local(at: datetime | None, town: Town) -> str:
    return f"{at.astimezone(town.zone):%Y-%m-%d %H:%M}" if at else ""
