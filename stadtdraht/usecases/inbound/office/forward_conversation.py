"""Hands a conversation to a department: a mail with a link, and a word to the citizen while that is possible."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any

from stadtdraht.domain.citizen import Citizen
from stadtdraht.domain.conversation import LEFT_OF_WINDOW, Conversation, StaffAct
from stadtdraht.domain.staff.mail import Mail
from stadtdraht.domain.town import Department, Town
from stadtdraht.domain.whatsapp.choices import WordsWithChoices
from stadtdraht.texts.replies import or_in_ours, text
from stadtdraht.texts.staff.forwarding import mail_about_conversation
from stadtdraht.usecases.inbound.work_on_conversation import (
    AlreadyDone,
    CannotAnswer,
    Changed,
    StaffContext,
    WroteMeanwhile,
    change_conversation,
)


@dataclass(frozen=True, slots=True)
class Forwarded:
    """What is left to do: the mail, which whoever calls sends once it is stored."""

    department: Department
    mail: Mail | None
    """None where the department has no address."""
    is_told: bool
    """Whether the citizen hears of it on WhatsApp."""


def forward_to_department(
    staff: StaffContext, citizen_id: str, department_id: str, link: str, *, press: str
) -> Forwarded:
    """Gives it to a department. The citizen waits on, and is told who has it now while the window is open.

    link: of the conversation's page, which asks whoever opens it to sign in; the mail holds nothing else of anybody.
    Raises CannotAnswer for a department that there is not, AlreadyDone.
    """
    department = _department(staff.town, department_id)
    if department is None:
        raise CannotAnswer("Dieses Amt gibt es nicht (mehr)")
    told: list[bool] = []

    def change(citizen: Citizen, it: Conversation) -> Changed:
        is_open = citizen.window_open(staff.now + LEFT_OF_WINDOW)
        told.append(is_open)
        body = _told(staff.town, citizen.language, department) if is_open else None
        after = replace(it, assigned_to=department.label, assigned_to_id="")
        return Changed(after, body, staff.noted(StaffAct.FORWARDED, department.label))

    change_conversation(staff, citizen_id, change, press)
    return Forwarded(department, _mail(staff.town, department, link), told[-1])


def mail_still_due(staff: StaffContext, citizen_id: str, department_id: str, link: str, *, press: str) -> Mail | None:
    """What a press that broke off did not send: it was handed over, and `note_mailed` was not said of it.

    None where the department has no address, or has the conversation no more.
    """
    department = _department(staff.town, department_id)
    if department is None or not press or staff.citizens.pressed(staff.town.id, citizen_id, _mailed(press)) is not None:
        return None
    citizen = staff.citizens.get(staff.town.id, citizen_id)
    has_it = citizen and citizen.conversation and citizen.conversation.had_by == department.label
    return _mail(staff.town, department, link) if has_it else None


def note_mailed(staff: StaffContext, citizen_id: str, press: str) -> None:
    """That the mail of this press went out, so that the same press again sends none."""
    if press:
        with suppress(AlreadyDone, WroteMeanwhile):  # the mail went; at worst it goes once more
            change_conversation(staff, citizen_id, lambda _, it: Changed(it), _mailed(press))


def _mailed(press: str) -> str:
    return f"{press}.mailed"


def _department(town: Town, department_id: str) -> Department | None:
    return next((it for it in town.departments if it.id == department_id), None)


def _mail(town: Town, department: Department, link: str) -> Mail | None:
    subject, words = mail_about_conversation(town, link)
    return Mail(department.email, subject, words) if department.email else None


def words_of_forwarding(town: Town, language: str, department: Department | None) -> WordsWithChoices:
    """What the citizen hears. Raises one of UNFILLED for own wording that nothing can fill."""
    label = department.label if department else town.name
    return WordsWithChoices(text(town, language, "conversation_forwarded").format(department=label))


def _told(town: Town, language: str, department: Department) -> Mapping[str, Any]:
    said, _ = or_in_ours(lambda it: words_of_forwarding(it, language, department), town)
    return said.message()
