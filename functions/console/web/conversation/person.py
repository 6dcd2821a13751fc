"""Who somebody is, in the box beside their conversation."""

from dataclasses import dataclass

from functions.console.web.visit import Visit
from stadtdraht.domain.citizen import Citizen
from stadtdraht.domain.conversation import Flag
from stadtdraht.domain.phone_numbers import masked
from stadtdraht.texts.staff.case_desk import KINDS, STATES
from stadtdraht.texts.staff.console.people import language_name, say_writes
from stadtdraht.texts.staff.console.talk import LIFTED, Tag, tag_of, who_shown
from stadtdraht.texts.staff.language import say
from stadtdraht.texts.staff.moments import full_day

MOST_CASES = 6


@dataclass(frozen=True, slots=True)
class CaseLine:
    """One of their reports."""

    number: str
    words: str
    is_overdue: bool


@dataclass(frozen=True, slots=True)
class Flagged:
    """Something that staff must see, and how it is taken away."""

    flag: str
    tag: Tag
    lifted: str


@dataclass(frozen=True, slots=True)
class Person:
    """As the page shows them."""

    citizen_id: str
    name: str
    number: str
    language: str
    writes: str
    """In the head, such as "schreibt türkisch"; "" for German."""
    district: str
    offers: str
    topics: str
    since: str
    cases: tuple[CaseLine, ...]
    more_cases: int
    assigned_to: str
    is_mine: bool
    """Whether whoever reads has it; two colleagues may have one name."""
    flags: tuple[Flagged, ...]


def person(visit: Visit, citizen: Citizen) -> Person:
    """With what the town knows of them. Their number is shown by its end only."""
    town, talk = visit.town, citizen.conversation
    number = masked(citizen.identity.phone) if citizen.identity.phone else ""
    began = min((it.since for it in citizen.consents.values() if it.granted), default=None)
    found = sorted(visit.adapters.cases.of_citizen(town.id, citizen.citizen_id), key=lambda it: it.number, reverse=True)
    cases = tuple(
        CaseLine(it.number, f"{say(KINDS.get(it.kind, it.kind))} · {say(STATES[it.state])}", it.is_overdue(visit.now))
        for it in found[:MOST_CASES]
    )
    flags = sorted(talk.flags, key=list(Flag).index) if talk else ()
    return Person(
        citizen.citizen_id,
        who_shown(citizen.name, number),
        number or say("gibt die Person nicht preis"),
        language_name(citizen.language),
        say_writes(citizen.language),
        next((it.label for it in town.districts if it.id == citizen.district), citizen.district),
        ", ".join(it.label for it in town.offers if citizen.takes(it.offer)) or say("nichts"),
        ", ".join(it.label for it in town.topics if it.id in citizen.topics),
        full_day(began.astimezone(town.zone)) if began else "",
        cases,
        max(0, len(found) - MOST_CASES),
        talk.assigned_to if talk else "",
        talk is not None and talk.is_of(visit.by, visit.member.staff_id),
        tuple(Flagged(it, tag_of(it), say(LIFTED[it])) for it in flags),
    )
