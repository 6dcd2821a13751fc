"""Reads what a decision needs beside the citizen, and no more: most messages need nothing of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from stadtdraht.domain.cases.case import Case
from stadtdraht.domain.citizen import Citizen
from stadtdraht.domain.identifiers import keyed_hash
from stadtdraht.domain.inbound import chain_messages
from stadtdraht.domain.inbound.decision import Said
from stadtdraht.domain.inbound.reply import Situation
from stadtdraht.domain.inbound.understanding import Meaning
from stadtdraht.domain.message import IncomingMessage
from stadtdraht.domain.town import Offer, Town
from stadtdraht.usecases.inbound.real_or_not import real_or_not

if TYPE_CHECKING:
    from stadtdraht.ports.cases import Cases
    from stadtdraht.ports.contests import Contests
    from stadtdraht.ports.crisis import Alerts
    from stadtdraht.ports.inbound import Citizens
    from stadtdraht.ports.privacy import Holds

STATES_SHOWN = 3  # of one's own reports, in one answer
SAME_TEXT_DIGITS = 24


@dataclass(frozen=True, slots=True)
class Sources:
    """Where it is read."""

    citizens: Citizens
    cases: Cases
    contests: Contests
    alerts: Alerts
    holds: Holds
    pepper: bytes


def situation_of(
    town: Town, citizen: Citizen, message: IncomingMessage, said: Said, sources: Sources, *, is_new: bool
) -> Situation:
    """What is known around a message."""
    is_concern = not said.action and said.words.meaning is Meaning.OTHER
    contest = sources.contests.current(town.id, message.at) if is_concern or said.action.startswith("call_") else None
    accepted = sources.contests.accepted(town.id, contest.id, citizen.citizen_id) if contest else None
    entries = sources.contests.entries_of(town.id, contest.id, citizen.citizen_id) if contest and accepted else ()
    compared = same_text_of(town, message, sources.pepper) if is_concern else ""
    senders = sources.citizens.senders_of(town.id, compared, but=citizen.citizen_id) if compared else 0
    asks_all = said.words.meaning is Meaning.CASE_STATUS and not said.words.case_number
    return Situation(
        is_new=is_new,
        same_text_senders=senders,
        case=_case(town, citizen, said, sources.cases, is_concern=is_concern),
        cases=tuple(sources.cases.of_citizen(town.id, citizen.citizen_id))[:STATES_SHOWN] if asks_all else (),
        contest=contest,
        accepted_terms=accepted.terms_version if accepted else "",
        contest_entries=len(entries),
        held=_held(citizen, message, said, sources.citizens),
        on_hold=_deletes(message, said) and _on_hold(citizen, sources),
        warning=None if said.action else real_or_not(town.id, message, alerts=sources.alerts),
        pepper=sources.pepper,
    )


def same_text_of(town: Town, message: IncomingMessage, pepper: bytes) -> str:
    """Keyed hash of a long text; "" for a short one."""
    text = chain_messages.sameness(message.text)
    return keyed_hash(pepper, f"{town.id}\n{text}", SAME_TEXT_DIGITS) if text else ""


def _case(town: Town, citizen: Citizen, said: Said, cases: Cases, *, is_concern: bool) -> Case | None:
    if said.action in ("kinds", "kind", "rate"):
        number = said.named.partition(":")[0]
    elif (is_concern or _is_short(said)) and Offer.REPORTS in town.offers_of():
        number = citizen.dialogue_data.get("case", "")
    else:
        number = said.words.case_number
    return cases.get(town.id, number) if number else None


def _is_short(said: Said) -> bool:
    """A yes or no, which may be the answer to what staff asked about a case."""
    return not said.action and said.words.meaning in (Meaning.YES, Meaning.NO)


def _deletes(message: IncomingMessage, said: Said) -> bool:
    asks = said.action in ("erase", "forget") or (not said.action and said.words.meaning is Meaning.ERASE)
    return asks or message.kind == "revoke"


def _on_hold(citizen: Citizen, sources: Sources) -> bool:
    everyone = (citizen.citizen_id, *sources.citizens.joined(citizen.town, citizen.citizen_id))
    return bool(sources.holds.of(citizen.town, everyone))


def _held(citizen: Citizen, message: IncomingMessage, said: Said, citizens: Citizens) -> IncomingMessage | None:
    match said.action:
        case "call_yes":
            wamid = citizen.dialogue_data.get("held", "")
        case "forget":
            wamid = said.named
        case _:
            wamid = message.in_reply_to if message.kind == "revoke" else ""
    return citizens.message(citizen.town, citizen.citizen_id, wamid) if wamid else None
