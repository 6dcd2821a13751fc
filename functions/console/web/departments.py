"""Departments that staff hand something to: the choice, and the mail that tells them."""

from functions.console.web.visit import Visit
from stadtdraht.domain.staff.errors import MailRefused
from stadtdraht.domain.staff.mail import Mail
from stadtdraht.domain.town import Town
from stadtdraht.observability import count, error_place, logger
from stadtdraht.texts.staff.language import say

log = logger("console-office")


def choices(town: Town) -> list[tuple[str, str]]:
    """Ids and labels, with a word at those that no mail reaches."""
    return [
        (it.id, it.label if it.email else say("{department} (ohne Mail)", department=it.label))
        for it in town.departments
    ]


def mail_to(visit: Visit, mail: Mail | None) -> bool:
    """Whether it went out; what was handed over stays so all the same. None: the department has no address."""
    if mail is None:
        return False
    try:
        visit.adapters.mails.send(mail)
    except MailRefused as why:
        count("DepartmentNotMailed")
        log.error("mail failed", town=visit.town.id, why=error_place(why))  # noqa: TRY400
        return False
    return True
