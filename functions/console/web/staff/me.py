"""One's own page: name, mail, keys, absence, and the devices on which one is signed in."""

from dataclasses import dataclass, replace
from typing import Final

from functions.console.web.colleagues import everybody
from functions.console.web.door import in_language
from functions.console.web.page import page
from functions.console.web.staff.acts import ports, set_absence
from functions.console.web.staff.listing import absence_values, deputies_of
from functions.console.web.visit import Visit
from stadtdraht.domain.staff.errors import WrongInvitation
from stadtdraht.domain.staff.member import StaffLanguage
from stadtdraht.domain.staff.roles import ANSWERS
from stadtdraht.domain.staff.session import Session
from stadtdraht.pages.responses import HttpResponse
from stadtdraht.texts.staff.console.duty import say_moment
from stadtdraht.texts.staff.console.invitation import say_roles
from stadtdraht.texts.staff.language import german, language_read, say, say_why
from stadtdraht.usecases.inbound.work_on_conversation import signature_of
from stadtdraht.usecases.staff import keep_staff
from stadtdraht.usecases.staff.keep_staff import NAME_CHARACTERS


@dataclass(frozen=True, slots=True)
class Device:
    """On which one is signed in, in words."""

    key: str
    name: str
    times: str
    is_here: bool


NO_NAME: Final = german("Bitte Vor- und Nachname eintragen.")


def show(visit: Visit) -> HttpResponse:
    return _me(visit)


def change(visit: Visit) -> HttpResponse:
    """Name and wishes."""
    name = " ".join(visit.form.get("name").split())
    if not 0 < len(name) <= NAME_CHARACTERS or not name.isprintable():
        return _me(visit, {"name": say(NO_NAME)})
    language = _language(visit)
    mails, signs, keys = (visit.form.get(it) == "1" for it in ("mails", "signs", "keys"))
    wanted = replace(visit.member, name=name, mails=mails, signs=signs, keys=keys, language=language)
    keep_staff.change_profile(visit.member, wanted, visit.now, ports(visit))
    return in_language(language, visit.to("me?done=saved"))


def _language(visit: Visit) -> StaffLanguage:
    """The one that was chosen; as the page was read where none of ours was."""
    chosen = visit.form.get("language")
    return StaffLanguage(chosen) if chosen in set(StaffLanguage) else language_read()


def change_absence(visit: Visit) -> HttpResponse:
    try:
        set_absence(visit, visit.member.staff_id)
    except WrongInvitation as wrong:
        return _me(visit, {wrong.field: say_why(wrong)})
    return visit.to("me?done=saved")


def sign_out_device(visit: Visit) -> HttpResponse:
    """One of one's own, such as a phone that is lost."""
    key = visit.form.get("device")
    if any(it.key == key for it in visit.adapters.sessions.of(visit.member.staff_id)):
        visit.adapters.sessions.end(key, visit.now)
    return visit.to("me?done=signed-out")


def _device(visit: Visit, it: Session) -> Device | None:
    if it.is_over(visit.now):
        return None
    since, seen = (say_moment(visit.town, at, visit.now) for at in (it.since, it.seen))
    said = say("seit {since}, zuletzt {seen}", since=since, seen=seen)
    return Device(it.key, it.device or say("Unbekanntes Gerät"), said, it.key == visit.session.key)


def _me(visit: Visit, errors: dict[str, str] | None = None) -> HttpResponse:
    staff = everybody(visit)
    devices = [_device(visit, it) for it in visit.adapters.sessions.of(visit.member.staff_id)]
    return page(
        visit,
        "staff/me.html",
        say("Mein Konto"),
        here="me",
        status=422 if errors else 200,
        roles=say_roles(visit.member.roles),
        admins=", ".join(it.name for it in staff if it.is_admin and it.staff_id != visit.member.staff_id),
        devices=list(filter(None, devices)),
        deputies=deputies_of(visit, visit.member),
        answers=visit.may(ANSWERS),
        signature=signature_of(visit.town, visit.member.name),
        errors=errors or {},
        **absence_values(visit, visit.member),
    )
