"""Searches people by what staff have in hand; what they wrote is not searched."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from stadtdraht.domain.citizen import Citizen
from stadtdraht.domain.town import Town
from stadtdraht.usecases.inbound.find_person import NobodyFound, PersonPorts, find_person

if TYPE_CHECKING:
    from stadtdraht.ports.inbound import Conversations

MOST = 20
LEAST_LETTERS = 2  # of a name


@dataclass(frozen=True, slots=True)
class FoundPeople:
    """Whom it found, and whether there are more of that name."""

    people: tuple[Citizen, ...]
    more: bool = False


def search_people(town: Town, typed: str, ports: PersonPorts, conversations: Conversations) -> FoundPeople:
    """By telephone number in any spelling, user id, id, number of a report; else by the beginning of a name's word.

    Nobody found is an outcome, no error.
    """
    words = typed.strip()
    if any(sign.isdigit() for sign in words):
        try:
            return FoundPeople((find_person(town, words, ports),))
        except NobodyFound:
            pass  # a name may have a digit in it
    if len(words) < LEAST_LETTERS:
        return FoundPeople(())
    ids = conversations.named(town.id, words, limit=MOST + 1)
    return FoundPeople(tuple(_known(town.id, ids[:MOST], ports)), len(ids) > MOST)


def _known(town_id: str, ids: Sequence[str], ports: PersonPorts) -> Sequence[Citizen]:
    return [citizen for each in ids if (citizen := ports.citizens.get(town_id, each))]
