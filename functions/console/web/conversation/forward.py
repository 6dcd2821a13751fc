"""Hands a conversation to a department: a mail with a link and no words, and a word to the person."""

from functions.console.web.answers import not_found
from functions.console.web.colleagues import staff
from functions.console.web.page import page
from functions.console.web.visit import Visit
from stadtdraht.domain.citizen import Citizen
from stadtdraht.domain.conversation import LEFT_OF_WINDOW
from stadtdraht.domain.staff.errors import MailRefused
from stadtdraht.observability import count, error_place, logger
from stadtdraht.pages.responses import HttpResponse
from stadtdraht.texts.staff.console.talk import who_shown
from stadtdraht.usecases.inbound import work_on_conversation
from stadtdraht.usecases.inbound.office.forward_conversation import (
    Forwarded,
    forward_to_department,
    words_of_forwarding,
)
from stadtdraht.usecases.inbound.work_on_conversation import (
    AlreadyDone,
    CannotAnswer,
    NoSuchConversation,
    WroteMeanwhile,
)

log = logger("console-office")


def show(visit: Visit) -> HttpResponse:
    """To whom, with what the person hears."""
    citizen = visit.adapters.citizens.get(visit.town.id, visit.path["citizen"])
    if citizen is None or citizen.conversation is None:
        return not_found()
    return _form(visit, citizen)


def forward(visit: Visit) -> HttpResponse:
    """Gives it away; a note for colleagues goes beside it."""
    who = visit.path["citizen"]
    link = f"{visit.adapters.settings.public_url}{visit.url(f'conversations/{who}')}"
    try:
        done = forward_to_department(
            staff(visit), who, visit.form.get("department"), link, press=visit.form.get("press")
        )
        if visit.form.get("note").strip():
            work_on_conversation.note(staff(visit), who, visit.form.get("note"))
    except NoSuchConversation:
        return not_found()
    except AlreadyDone:
        return visit.to(f"conversations/{who}?done=done-already")
    except (CannotAnswer, WroteMeanwhile) as why:
        citizen = visit.adapters.citizens.get(visit.town.id, who)
        return _form(visit, citizen, wrong=f"{why}.", status=409) if citizen else not_found()
    return visit.to(f"conversations/{who}?done={_mail(visit, done)}")


def _mail(visit: Visit, done: Forwarded) -> str:
    """What is said of it: whether a mail went out."""
    if done.mail is None:
        return "handed-over-no-mail"
    try:
        visit.adapters.mails.send(done.mail)
    except MailRefused as why:  # the conversation is handed over all the same
        count("DepartmentNotMailed")
        log.error("mail failed", town=visit.town.id, why=error_place(why))  # noqa: TRY400
        return "handed-over-no-mail"
    return "handed-over"


def _form(visit: Visit, citizen: Citizen, *, wrong: str = "", status: int = 200) -> HttpResponse:
    name = who_shown(citizen.name, citizen.identity.phone or "")
    first = visit.town.departments[0] if visit.town.departments else None
    is_told = citizen.window_open(visit.now + LEFT_OF_WINDOW)
    return page(
        visit,
        "conversation/forward.html",
        f"{name} weiterleiten",
        here="inbox",
        status=status,
        citizen_id=citizen.citizen_id,
        name=name,
        departments=[(it.id, it.label if it.email else f"{it.label} (ohne Mail)") for it in visit.town.departments],
        chosen=visit.form.get("department"),
        noted=visit.form.get("note"),
        told=words_of_forwarding(visit.town, citizen.language, first).words if is_told else "",
        wrong=wrong,
        press=visit.press(),
    )
