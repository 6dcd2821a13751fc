"""A person in the words of the town's staff: known again by their number's end, never rung by it."""

from collections.abc import Sequence

from stadtdraht.domain.citizen import Citizen
from stadtdraht.domain.phone_numbers import masked
from stadtdraht.domain.town import Town
from stadtdraht.texts.languages import german_name

NO_NUMBER = "ohne Nummer"  # who withholds it is known by their user id alone


def number_shown(citizen: Citizen) -> str:
    """The masked number, or that there is none."""
    return masked(citizen.identity.phone) if citizen.identity.phone else NO_NUMBER


def person_rows(citizen: Citizen, town: Town, cases: Sequence[str]) -> Sequence[tuple[str, str]]:
    """What staff have to know of a person, by its German name; `cases`: numbers of their reports."""
    offers = [it.label for it in town.offers if citizen.takes(it.offer)]
    topics = [it.label for it in town.topics if it.id in citizen.topics]
    districts = {it.id: it.label for it in town.districts}
    rows = (
        ("Kennung", citizen.citizen_id),
        ("Name", citizen.name),
        ("Nummer", number_shown(citizen)),
        ("Nutzerkennung", citizen.identity.user_id or ""),
        ("Sprache", german_name(citizen.language)),
        ("Ortsteil", districts.get(citizen.district, citizen.district)),
        ("Angebote", ", ".join(offers) or "keine"),
        ("Themen", ", ".join(topics)),
        ("Meldungen", ", ".join(cases)),
    )
    return [(name, value) for name, value in rows if value]
