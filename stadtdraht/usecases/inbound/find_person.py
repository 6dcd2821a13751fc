"""Finds the person that staff name, by whatever they have in hand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from stadtdraht.domain.cases.case import year_of
from stadtdraht.domain.citizen import Citizen, WireIdentity
from stadtdraht.domain.errors import StadtdrahtError
from stadtdraht.domain.identifiers import CITIZEN_ID_DIGITS
from stadtdraht.domain.phone_numbers import NotANumber, masked, read_typed_number
from stadtdraht.domain.town import Town

if TYPE_CHECKING:
    from stadtdraht.ports.cases import Cases
    from stadtdraht.ports.inbound import Citizens

_ID = re.compile(rf"[0-9a-f]{{{CITIZEN_ID_DIGITS}}}")
_NO_WORDS = "\u200b\u200e\u200f\u202a\u202c\ufeff "  # what copying out of a chat or a table brings along


class NobodyFound(StadtdrahtError):
    """Nobody in this town is known by what was typed. The text says what it was read as, and no number."""

    def __init__(self, town: Town, tried: str) -> None:
        super().__init__(f"{town.name} kennt niemanden unter dieser Angabe; gesucht wurde {tried}.")
        self.town_id = town.id


@dataclass(frozen=True, slots=True)
class PersonPorts:
    """Where people and their reports stand."""

    citizens: Citizens
    cases: Cases


def find_person(town: Town, typed: str, ports: PersonPorts) -> Citizen:
    """By telephone number in any spelling, user id, the id that lists show, or the number of a report of theirs.

    Who turned out to be somebody known already is that person, also by the id from before. Raises NobodyFound.
    """
    words = typed.strip(_NO_WORDS).strip()
    tried = []
    for what, found in _ways(town, words, ports):
        if found is not None:
            return found
        tried.append(what)
    raise NobodyFound(town, " und ".join(tried) or "nichts, denn die Angabe ist leer")


def _ways(town: Town, words: str, ports: PersonPorts) -> Iterator[tuple[str, Citizen | None]]:
    """What it can be read as, and whom that finds."""
    citizens = ports.citizens
    if not words:
        return
    if year_of(words):
        case = ports.cases.get(town.id, words)
        yield f"eine Meldung {words}", citizens.get(town.id, case.citizen_id) if case else None
        return
    if _ID.fullmatch(words.casefold()):
        yield f"die Kennung {words.casefold()}", _by_id(town, words.casefold(), citizens)
        return
    try:
        digits = read_typed_number(words, town.number.display_phone_number)
    except NotANumber:
        yield "eine Nutzerkennung von WhatsApp (wie DE.8123456789)", citizens.find(town.id, WireIdentity(words))
    else:
        yield f"die Telefonnummer {masked(digits)}", citizens.find(town.id, WireIdentity(None, digits))


def _by_id(town: Town, citizen_id: str, citizens: Citizens) -> Citizen | None:
    found = citizens.get(town.id, citizen_id)
    if found is None:
        return None
    known = citizens.find(town.id, found.identity)
    is_merged = known is not None and citizen_id in citizens.merged_ids(town.id, known.citizen_id)
    return known if is_merged else found
