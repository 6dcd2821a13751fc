"""Hands a conversation to a department: a mail with a link and no words, and a word to the person."""

from contextlib import suppress
from time import sleep
from typing import Final

from functions.console.web.answers import not_found
from functions.console.web.colleagues import staff
from functions.console.web.conversation.press import pressed
from functions.console.web.departments import choices, mail_to
from functions.console.web.page import page
from functions.console.web.visit import Visit
from stadtdraht.domain.citizen import Citizen
from stadtdraht.domain.conversation import LEFT_OF_WINDOW
from stadtdraht.domain.errors import StadtdrahtError
from stadtdraht.domain.staff.mail import Mail
from stadtdraht.pages.responses import HttpResponse
from stadtdraht.texts.staff.console.talk import who_shown
from stadtdraht.texts.staff.language import say, say_why
from stadtdraht.usecases.inbound import work_on_conversation
from stadtdraht.usecases.inbound.office.forward_conversation import (
    forward_to_department,
    mail_still_due,
    note_mailed,
    words_of_forwarding,
)
from stadtdraht.usecases.inbound.work_on_conversation import AlreadyDone

LOOKS: Final = 5
PAUSE_S: Final = 0.6  # between looks: a mail is sent in far less than all of them


def show(visit: Visit) -> HttpResponse:
    """To whom, with what the person hears."""
    citizen = visit.adapters.citizens.get(visit.town.id, visit.path["citizen"])
    if citizen is None or citizen.conversation is None:
        return not_found()
    return _form(visit, citizen)


def forward(visit: Visit) -> HttpResponse:
    """Gives it away; a note for colleagues goes beside it."""

    def hand_over(who: str) -> str:
        link = f"{visit.adapters.settings.public_url}{visit.url(f'conversations/{who}')}"
        department, press = visit.form.get("department"), visit.form.get("press")
        try:
            mail = forward_to_department(staff(visit), who, department, link, press=press).mail
        except AlreadyDone:  # whoever pressed first may have died before the note, or before the mail
            _file_note(visit, who)
            if (mail := _left_out(visit, who, department, link)) is None:
                raise
        else:
            _file_note(visit, who)
        if not mail_to(visit, mail):
            return "handed-over-no-mail"
        note_mailed(staff(visit), who, press)
        return "handed-over"

    def told(citizen: Citizen, why: StadtdrahtError) -> HttpResponse:
        return _form(visit, citizen, wrong=f"{say_why(why)}.", status=409)

    return pressed(visit, hand_over, told, already="done-already")


def _left_out(visit: Visit, who: str, department: str, link: str) -> Mail | None:
    """The mail that a press before did not send. Who pressed twice waits for the first, which may still be at it."""
    for left in reversed(range(LOOKS)):
        due = mail_still_due(staff(visit), who, department, link, press=visit.form.get("press"))
        if due is None:
            return None
        if left:
            sleep(PAUSE_S)
    return due


def _file_note(visit: Visit, who: str) -> None:
    """What was typed for colleagues, once."""
    words, press = visit.form.get("note"), visit.form.get("press")
    if words.strip():
        with suppress(AlreadyDone):
            work_on_conversation.note(staff(visit), who, words, press=f"{press}.note" if press else "")


def _form(visit: Visit, citizen: Citizen, *, wrong: str = "", status: int = 200) -> HttpResponse:
    name = who_shown(citizen.name, citizen.identity.phone or "")
    first = visit.town.departments[0] if visit.town.departments else None
    is_told = citizen.window_open(visit.now + LEFT_OF_WINDOW)
    return page(
        visit,
        "conversation/forward.html",
        say("{name} weiterleiten", name=name),
        here="inbox",
        status=status,
        citizen_id=citizen.citizen_id,
        name=name,
        departments=choices(visit.town),
        chosen=visit.form.get("department"),
        noted=visit.form.get("note"),
        told=words_of_forwarding(visit.town, citizen.language, first).words if is_told else "",
        wrong=wrong,
        press=visit.press(),
    )
