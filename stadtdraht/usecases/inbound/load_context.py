"""Reads what a decision needs beside the citizen, and no more: most messages need nothing of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from stadtdraht.domain.cases.case import Case
from stadtdraht.domain.citizen import Citizen
from stadtdraht.domain.identifiers import keyed_hash, message_id
from stadtdraht.domain.inbound import chain_messages
from stadtdraht.domain.inbound.decision import UserInput
from stadtdraht.domain.inbound.forwarded_alert import Verdict, linked_in, may_be_a_copy, verdict_on
from stadtdraht.domain.inbound.reply import MessageContext
from stadtdraht.domain.inbound.understanding import Meaning
from stadtdraht.domain.message import IncomingMessage
from stadtdraht.domain.town import Offer, Town

if TYPE_CHECKING:
    from stadtdraht.ports.cases import Cases
    from stadtdraht.ports.contests import Contests
    from stadtdraht.ports.crisis import Alerts
    from stadtdraht.ports.inbound import Citizens, Inbox
    from stadtdraht.ports.privacy import Erasures, Holds

STATES_SHOWN = 3  # of one's own reports, in one answer
SAME_TEXT_DIGITS = 24
COMPARED_WITH = 10  # the town's newest alerts


@dataclass(frozen=True, slots=True)
class InboundPorts:
    """Where it is read."""

    citizens: Citizens
    cases: Cases
    contests: Contests
    alerts: Alerts
    holds: Holds
    inbox: Inbox
    erasures: Erasures
    pepper: bytes


def load_context(
    town: Town, citizen: Citizen, message: IncomingMessage, said: UserInput, ports: InboundPorts, *, is_new: bool
) -> MessageContext:
    """What is known around a message."""
    is_concern = not said.action and said.words.meaning is Meaning.OTHER
    contest = ports.contests.current(town.id, message.at) if is_concern or said.action.startswith("call_") else None
    accepted = ports.contests.accepted(town.id, contest.id, citizen.citizen_id) if contest else None
    entries = ports.contests.entries_of(town.id, contest.id, citizen.citizen_id) if contest and accepted else ()
    compared = same_text_of(town, message, ports.pepper) if is_concern else ""
    senders = ports.citizens.senders_of(town.id, compared, but=citizen.citizen_id) if compared else 0
    asks_all = said.words.meaning is Meaning.CASE_STATUS and not said.words.case_number
    return MessageContext(
        is_new=is_new,
        same_text_senders=senders,
        case=_edited_case(citizen, message, ports)
        if message.kind == "edit"
        else _case(town, citizen, said, ports.cases, is_concern=is_concern),
        cases=tuple(ports.cases.of_citizen(town.id, citizen.citizen_id))[:STATES_SHOWN] if asks_all else (),
        contest=contest,
        accepted_terms=accepted.terms_version if accepted else "",
        contest_entries=len(entries),
        pending_entry=_message(citizen, _pending_entry(citizen, said), ports.citizens),
        to_delete=_message(citizen, _to_delete(message, said), ports.citizens),
        on_hold=_deletes(message, said) and _on_hold(citizen, ports),
        warning=None if said.action else check_alert_copy(town.id, message, ports.alerts),
        pepper=ports.pepper,
    )


def check_alert_copy(town_id: str, message: IncomingMessage, alerts: Alerts) -> Verdict | None:
    """Whether a message is a copy of a warning, of ours or of somebody else's; None for an ordinary one.

    The message's own time decides whether an alert still holds.
    """
    link = linked_in(message.text)
    linked = alerts.get(link) if link else None
    if not link and not may_be_a_copy(message):
        return None
    recent = () if linked else alerts.recent(town_id, limit=COMPARED_WITH)
    return verdict_on(message, linked, recent, message.at)


def same_text_of(town: Town, message: IncomingMessage, pepper: bytes) -> str:
    """Keyed hash of a long text; "" for a short one."""
    text = chain_messages.sameness(message.text)
    return keyed_hash(pepper, f"{town.id}\n{text}", SAME_TEXT_DIGITS) if text else ""


def _case(town: Town, citizen: Citizen, said: UserInput, cases: Cases, *, is_concern: bool) -> Case | None:
    if said.action in ("kinds", "kind", "rate"):
        number = said.argument.partition(":")[0]
    elif (is_concern or _is_short(said)) and Offer.REPORTS in town.offers_of():
        number = citizen.dialogue_data.get("case", "")
    else:
        number = said.words.case_number
    return cases.get(town.id, number) if number else None


def _edited_case(citizen: Citizen, message: IncomingMessage, ports: InboundPorts) -> Case | None:
    """The report that has the message whose words were changed, however old it is and whatever came since."""
    everyone = (citizen.citizen_id, *ports.citizens.merged_ids(citizen.town, citizen.citizen_id))
    cases = (case for who in everyone for case in ports.cases.of_citizen(citizen.town, who))
    return next((case for case in cases if message.in_reply_to in map(message_id, case.message_ids)), None)


def _is_short(said: UserInput) -> bool:
    """A yes or no, which may be the answer to what staff asked about a case."""
    return not said.action and said.words.meaning in (Meaning.YES, Meaning.NO)


def _deletes(message: IncomingMessage, said: UserInput) -> bool:
    asks = said.action in ("erase", "forget") or (not said.action and said.words.meaning is Meaning.ERASE)
    return asks or message.kind == "revoke"


def _on_hold(citizen: Citizen, ports: InboundPorts) -> bool:
    everyone = (citizen.citizen_id, *ports.citizens.merged_ids(citizen.town, citizen.citizen_id))
    return bool(ports.holds.of(citizen.town, everyone))


def _pending_entry(citizen: Citizen, said: UserInput) -> str:
    return citizen.dialogue_data.get("held", "") if said.action == "call_yes" else ""


def _to_delete(message: IncomingMessage, said: UserInput) -> str:
    if said.action == "forget":
        return said.argument
    return message.in_reply_to if message.kind == "revoke" else ""


def _message(citizen: Citizen, wamid: str, citizens: Citizens) -> IncomingMessage | None:
    return citizens.message(citizen.town, citizen.citizen_id, wamid) if wamid else None
