"""Reads what a decision needs beside the citizen, and no more: most messages need nothing of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from stadtdraht.domain.cases.case import Case
from stadtdraht.domain.citizen import Citizen
from stadtdraht.domain.contests.contest_words import takes_back
from stadtdraht.domain.crisis.alert import Alert, AlertValidity
from stadtdraht.domain.dialogue import Asked, Question
from stadtdraht.domain.identifiers import keyed_hash, message_id
from stadtdraht.domain.inbound.decision import UserInput
from stadtdraht.domain.inbound.passed_on import chain_messages
from stadtdraht.domain.inbound.passed_on.alert_copy import Frame
from stadtdraht.domain.inbound.passed_on.forwarded_alert import Verdict, linked_in, may_be_a_copy, verdict_on
from stadtdraht.domain.inbound.reply import MessageContext
from stadtdraht.domain.message import IncomingMessage
from stadtdraht.domain.town import Offer, Town
from stadtdraht.domain.understanding.reading import Command, Kind, Reading

if TYPE_CHECKING:
    from stadtdraht.ports.cases import Cases
    from stadtdraht.ports.consultations import Consultations
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
    consultations: Consultations
    pepper: bytes


def load_context(
    town: Town, citizen: Citizen, message: IncomingMessage, said: UserInput, ports: InboundPorts, *, is_new: bool
) -> MessageContext:
    """What is known around a message."""
    reading, question = said.reading, citizen.dialogue.asks(message.at)
    is_open = not said.action and not _is_only_a_command(reading)
    deletes = _to_delete(message, said, question)
    is_of_contest = _is_of_contest(said, question, is_open=is_open) or bool(takes_back(message.text) or deletes)
    contest = ports.contests.current(town.id, message.at) if is_of_contest else None
    accepted = ports.contests.accepted(town.id, contest.id, citizen.citizen_id) if contest else None
    entries = ports.contests.entries_of(town.id, contest.id, citizen.citizen_id) if contest and accepted else ()
    compared = same_text_of(town, message, ports.pepper) if is_open else ""
    senders = ports.citizens.senders_of(town.id, compared, but=citizen.citizen_id) if compared else 0
    asks_all = reading.command is Command.STATUS and not reading.case_number
    return MessageContext(
        is_new=is_new,
        same_text_senders=senders,
        case=_edited_case(citizen, message, ports)
        if message.kind == "edit"
        else _case(town, citizen, said, question, ports.cases, is_open=is_open),
        cases=tuple(ports.cases.of_citizen(town.id, citizen.citizen_id))[:STATES_SHOWN] if asks_all else (),
        contest=contest,
        accepted_terms=accepted.terms_version if accepted else "",
        contest_entries=tuple(entries),
        pending_entries=tuple(
            it
            for wamid in _pending_entries(citizen, said, question)
            if (it := _message(citizen, wamid, ports.citizens))
        ),
        to_delete=_message(citizen, deletes, ports.citizens),
        on_hold=_deletes(message, said, question) and _on_hold(citizen, ports),
        live_alert=_live_alert(town, message, reading, ports.alerts),
        warning=None if said.action else check_alert_copy(town, message, ports.alerts),
        consultation=None if said.action else ports.consultations.open_at(town.id, message.at),
        pepper=ports.pepper,
    )


def check_alert_copy(town: Town, message: IncomingMessage, alerts: Alerts) -> Verdict | None:
    """Whether a message is a copy of a warning, of ours or of somebody else's; None for an ordinary one.

    The message's own time decides whether an alert still holds.
    """
    link = linked_in(message.text)
    linked = alerts.get(link) if link else None
    if not link and not may_be_a_copy(message):
        return None
    recent = () if linked else alerts.recent(town.id, limit=COMPARED_WITH)
    return verdict_on(message, linked, recent, message.at, Frame.of(town))


def same_text_of(town: Town, message: IncomingMessage, pepper: bytes) -> str:
    """Keyed hash of a long text; "" for a short one."""
    text = chain_messages.sameness(message.text)
    return keyed_hash(pepper, f"{town.id}\n{text}", SAME_TEXT_DIGITS) if text else ""


def _is_only_a_command(reading: Reading) -> bool:
    """Whether nothing is left of it that a rule about concerns looks at: most messages need nothing read."""
    if reading.is_concern or reading.about_contest or reading.about_danger:
        return False
    is_known = reading.need.is_sure or reading.leaving or reading.name or reading.joins or reading.command
    return bool(is_known or reading.social or (reading.answer is not None and not reading.sensitive))


def _is_of_contest(said: UserInput, question: Question | None, *, is_open: bool) -> bool:
    is_asked = question is not None and question.asked in (Asked.CALL_TERMS, Asked.CALL_WITHDRAW)
    asks_all = said.reading.command is Command.STATUS and not said.reading.case_number  # of their entry, perhaps
    return is_open or said.action.startswith("call_") or is_asked or asks_all


def _case(
    town: Town, citizen: Citizen, said: UserInput, question: Question | None, cases: Cases, *, is_open: bool
) -> Case | None:
    """The one that they named, were asked about, or added to last."""
    reading, number = said.reading, said.reading.case_number
    if said.action in ("kinds", "kind", "rate"):
        number = said.argument.partition(":")[0]
    elif not number and question and question.asked is Asked.RATE:
        number = question.about
    elif not number and Offer.REPORTS in town.offers_of():
        deletes = said.action == "forget" or (question and question.asked is Asked.FORGET)
        is_used = is_open or reading.answer is not None or deletes
        number = citizen.dialogue.last_case if is_used else ""
    return cases.get(town.id, number) if number else None


def _edited_case(citizen: Citizen, message: IncomingMessage, ports: InboundPorts) -> Case | None:
    """The report that has the message whose words were changed, however old it is and whatever came since."""
    everyone = (citizen.citizen_id, *ports.citizens.merged_ids(citizen.town, citizen.citizen_id))
    cases = (case for who in everyone for case in ports.cases.of_citizen(citizen.town, who))
    return next((case for case in cases if message.in_reply_to in map(message_id, case.message_ids)), None)


def _deletes(message: IncomingMessage, said: UserInput, question: Question | None) -> bool:
    asks = said.action in ("erase", "forget") or said.reading.command is Command.ERASE
    says_yes = _says_yes(said, question, Asked.ERASE) or _says_yes(said, question, Asked.FORGET)
    return asks or says_yes or message.kind == "revoke"


def _says_yes(said: UserInput, question: Question | None, asked: Asked) -> bool:
    return question is not None and question.asked is asked and said.reading.answer is True


def _on_hold(citizen: Citizen, ports: InboundPorts) -> bool:
    everyone = (citizen.citizen_id, *ports.citizens.merged_ids(citizen.town, citizen.citizen_id))
    return bool(ports.holds.of(citizen.town, everyone))


def _pending_entries(citizen: Citizen, said: UserInput, question: Question | None) -> tuple[str, ...]:
    is_yes = said.action == "call_yes" or _says_yes(said, question, Asked.CALL_TERMS)
    return citizen.dialogue.held_entries if is_yes else ()


def _to_delete(message: IncomingMessage, said: UserInput, question: Question | None) -> str:
    if said.action == "forget":
        return said.argument
    if question and _says_yes(said, question, Asked.FORGET):
        return question.about
    return message.in_reply_to if message.kind == "revoke" else ""


def _live_alert(town: Town, message: IncomingMessage, reading: Reading, alerts: Alerts) -> Alert | None:
    """The newest that holds, for whoever asks something; most messages ask nothing."""
    if not reading.about_danger and reading.kind is not Kind.QUESTION:
        return None
    recent = alerts.recent(town.id, limit=COMPARED_WITH)
    valid = (it for it in recent if it.is_public(message.at) and it.validity(message.at) is AlertValidity.VALID)
    return next(valid, None)


def _message(citizen: Citizen, wamid: str, citizens: Citizens) -> IncomingMessage | None:
    return citizens.message(citizen.town, citizen.citizen_id, wamid) if wamid else None
