"""What who keeps the staff does to a place in the town: invite, roles, absence, a new access, the end of one."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Final

from functions.console.web.answers import not_found
from functions.console.web.page import page
from functions.console.web.staff.listing import listed, of_member, roles_typed
from functions.console.web.visit import Visit
from stadtdraht.domain.staff.errors import LastAdmin, NotOfStaff, RenewedAlready, WrongInvitation
from stadtdraht.domain.staff.member import Absence
from stadtdraht.domain.staff.roles import KEEPS_STAFF
from stadtdraht.pages.responses import HttpResponse, see_other
from stadtdraht.texts.staff.language import say, say_why
from stadtdraht.usecases.staff import keep_staff
from stadtdraht.usecases.staff.keep_staff import Invited, StaffPorts

DOOR: Final = "/console"


def invite(visit: Visit) -> HttpResponse:
    """By mail; where none can be sent, the first password is shown once."""
    try:
        found = keep_staff.invite(
            visit.town,
            visit.form.get("name"),
            visit.form.get("email"),
            roles_typed(visit),
            visit.by,
            visit.now,
            ports(visit),
        )
    except WrongInvitation as wrong:
        return listed(visit, wrong=wrong)
    return _told(visit, found)


def change_roles(visit: Visit) -> HttpResponse:
    roles = roles_typed(visit)
    return _done(
        visit,
        lambda who: keep_staff.change_roles(visit.town, who, roles, visit.by, visit.now, ports(visit)),
        "" if roles & KEEPS_STAFF or not _is_oneself(visit) else visit.url("me?done=saved"),
    )


def change_absence(visit: Visit) -> HttpResponse:
    return _done(visit, lambda who: set_absence(visit, who))


def renew(visit: Visit) -> HttpResponse:
    """For who has forgotten the password or lost the phone. Of two passwords in two mails, only one would hold."""
    who, press = visit.path["member"], visit.form.get("press")
    try:
        found = keep_staff.renew(visit.town, who, visit.by, visit.now, ports(visit), press)
    except NotOfStaff:
        return not_found()
    except RenewedAlready:
        return visit.to(f"staff/{who}?done=renewed-already")
    return _told(visit, found, "renewed")


def remove(visit: Visit) -> HttpResponse:
    """Only with the box that says so: there is no way back but an invitation."""
    if visit.form.get("sure") != "1":
        return of_member(visit, errors={"sure": say("Bitte ankreuzen, wenn der Zugang wirklich enden soll.")})
    return _done(
        visit,
        lambda who: keep_staff.remove_member(visit.town, who, visit.by, visit.now, ports(visit)),
        DOOR if _is_oneself(visit) else visit.url("staff?done=access-ended"),
    )


def set_absence(visit: Visit, who: str) -> None:
    """As typed into the form; `back`: somebody is there again. Raises NotOfStaff, WrongInvitation."""
    absence = None if visit.form.get("back") else _absence(visit)
    keep_staff.set_absence(visit.town, who, absence, visit.by, visit.now, ports(visit))


def ports(visit: Visit) -> StaffPorts:
    it = visit.adapters
    return StaffPorts(it.accounts, it.staff, it.sessions, it.mails, it.audit, f"{it.settings.public_url}{DOOR}")


def _done(visit: Visit, act: Callable[[str], None], then: str = "") -> HttpResponse:
    who = visit.path["member"]
    try:
        act(who)
    except NotOfStaff:
        return not_found()
    except LastAdmin as why:
        return of_member(visit, problem=say_why(why))
    except WrongInvitation as wrong:
        return of_member(visit, errors={wrong.field: say_why(wrong)})
    return see_other(then or visit.url(f"staff/{who}?done=saved"))


def _is_oneself(visit: Visit) -> bool:
    """Whoever takes their own access away finds this page no more."""
    return visit.path["member"] == visit.member.staff_id


def _told(visit: Visit, found: Invited, done: str = "invited") -> HttpResponse:
    if not found.why_no_mail:
        return visit.to(f"staff?done={done}")
    return page(
        visit, "staff/by_hand.html", say("Zugang übergeben"), here="staff", found=found, address=ports(visit).url
    )


def _absence(visit: Visit) -> Absence:
    since, until = _midnight(visit, "since"), _midnight(visit, "until", timedelta(days=1))
    return Absence(since, until, visit.form.get("deputy"))


def _midnight(visit: Visit, field: str, after: timedelta = timedelta()) -> datetime:
    try:
        day = date.fromisoformat(visit.form.get(field)) + after
    except (ValueError, OverflowError):
        raise WrongInvitation(field, "Bitte einen Tag wählen, zum Beispiel 24.12.2026.") from None
    return datetime.combine(day, time(), visit.town.zone)
