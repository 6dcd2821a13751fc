"""Hands a conversation to a department: a mail with a link, and a word to the citizen while that is possible."""

from __future__ import annotations

from collections.abc import Mapping
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
    CannotAnswer,
    Changed,
    StaffContext,
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
    department = next((it for it in staff.town.departments if it.id == department_id), None)
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
    subject, words = mail_about_conversation(staff.town, link)
    mail = Mail(department.email, subject, words) if department.email else None
    return Forwarded(department, mail, told[-1])


def words_of_forwarding(town: Town, language: str, department: Department | None) -> WordsWithChoices:
    """What the citizen hears. Raises one of UNFILLED for own wording that nothing can fill."""
    label = department.label if department else town.name
    return WordsWithChoices(text(town, language, "conversation_forwarded").format(department=label))


def _told(town: Town, language: str, department: Department) -> Mapping[str, Any]:
    said, _ = or_in_ours(lambda it: words_of_forwarding(it, language, department), town)
    return said.message()
