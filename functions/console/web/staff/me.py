"""One's own page: name, mail, keys, absence, and the devices on which one is signed in."""

from dataclasses import replace
from typing import Final

from functions.console.web.door import in_language
from functions.console.web.page import page
from functions.console.web.staff.acts import ports, set_absence
from functions.console.web.staff.listing import absence_values
from functions.console.web.visit import Visit
from stadtdraht.domain.staff.errors import WrongInvitation
from stadtdraht.domain.staff.member import StaffLanguage
from stadtdraht.domain.staff.roles import ANSWERS
from stadtdraht.pages.responses import HttpResponse
from stadtdraht.texts.staff.console.duty import say_moment
from stadtdraht.texts.staff.console.invitation import say_roles
from stadtdraht.texts.staff.language import german, language_read, say, say_why
from stadtdraht.usecases.inbound.work_on_conversation import signature_of
from stadtdraht.usecases.staff import keep_staff
from stadtdraht.usecases.staff.keep_staff import NAME_CHARACTERS

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


def _me(visit: Visit, errors: dict[str, str] | None = None) -> HttpResponse:
    staff = visit.adapters.staff.of_town(visit.town.id)
    devices = [
        (say_moment(visit.town, it.since, visit.now), it.key == visit.session.key)
        for it in visit.adapters.sessions.of(visit.member.staff_id)
        if not it.is_over(visit.now)
    ]
    deputies = [("", say("niemand"))] + [(it.staff_id, it.name) for it in staff if it.staff_id != visit.member.staff_id]
    return page(
        visit,
        "staff/me.html",
        say("Mein Konto"),
        here="me",
        status=422 if errors else 200,
        roles=say_roles(visit.member.roles),
        admins=", ".join(it.name for it in staff if it.is_admin and it.staff_id != visit.member.staff_id),
        devices=devices,
        deputies=deputies,
        answers=visit.may(ANSWERS),
        signature=signature_of(visit.town, visit.member.name),
        errors=errors or {},
        **absence_values(visit, visit.member),
    )
