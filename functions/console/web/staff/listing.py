"""Personal: who works for the town, and one person with what may be changed about them."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from functions.console.web.answers import not_found
from functions.console.web.colleagues import everybody
from functions.console.web.page import page
from functions.console.web.visit import Visit
from stadtdraht.domain.staff.errors import WrongInvitation
from stadtdraht.domain.staff.member import Member
from stadtdraht.domain.staff.roles import Role
from stadtdraht.domain.town import Town
from stadtdraht.pages.responses import HttpResponse
from stadtdraht.texts.staff.console.duty import say_moment
from stadtdraht.texts.staff.console.invitation import MAY, say_roles
from stadtdraht.texts.staff.language import german, say, say_many, say_why
from stadtdraht.texts.staff.moments import written

ALL_ROLES: Final = tuple(MAY.items())


@dataclass(frozen=True, slots=True)
class Row:
    """One person of the list, in words."""

    member: Member
    roles: str
    seen: str
    away: str
    invited: str
    """When, for whoever has not been here yet."""
    is_me: bool


def listed(visit: Visit, *, wrong: WrongInvitation | None = None) -> HttpResponse:
    """Everybody, with what was typed where it makes no invitation."""
    found = everybody(visit)
    admins = sum(it.is_admin for it in found)
    typed = {name: visit.form.get(name) for name in ("name", "email")} if wrong else {"name": "", "email": ""}
    return page(
        visit,
        "staff/list.html",
        say("Personal"),
        here="staff",
        status=422 if wrong else 200,
        rows=[_row(visit, it) for it in found],
        people=f"{say_many(len(found), '{number} Person', '{number} Personen')}, {_say_admins(admins)}",
        may=ALL_ROLES,
        chosen=visit.form.all("role") if wrong else (),
        typed=typed,
        errors={wrong.field: say_why(wrong)} if wrong else {},
    )


def deputies_of(visit: Visit, member: Member) -> list[tuple[str, str]]:
    """Who may stand in for this person, and that nobody does, as a form's choices."""
    return [
        ("", say("niemand")),
        *((it.staff_id, it.name) for it in everybody(visit) if it.staff_id != member.staff_id),
    ]


def of_member(visit: Visit, *, problem: str = "", errors: dict[str, str] | None = None) -> HttpResponse:
    """One person, with why something was not done."""
    member = visit.adapters.staff.get(visit.town.id, visit.path["member"])
    if member is None:
        return not_found()
    deputies = deputies_of(visit, member)
    return page(
        visit,
        "staff/member.html",
        member.name,
        here="staff",
        status=409 if problem else 422 if errors else 200,
        one=_row(visit, member),
        may=ALL_ROLES,
        deputies=deputies,
        problem=problem,
        errors=errors or {},
        **absence_values(visit, member),
    )


def absence_values(visit: Visit, member: Member) -> dict[str, Any]:
    """The fields of the form in which somebody is said to be away."""
    away = member.absence if member.absence and member.absence.until > visit.now else None
    return {
        "away_since": _day(away.since, visit.town) if away else "",
        "away_until": _last_day(away.until, visit.town) if away else "",
        "away_deputy": away.deputy_id if away else "",
        "is_away": away is not None,
    }


def _row(visit: Visit, member: Member) -> Row:
    seen = say_moment(visit.town, member.last_sign_in, visit.now) if member.last_sign_in else ""
    return Row(
        member,
        say_roles(member.roles),
        say("zuletzt {moment}", moment=seen) if seen else say("noch nie hier"),
        _away(visit, member),
        say("eingeladen {moment}", moment=say_moment(visit.town, member.since, visit.now))
        if member.since and not seen
        else "",
        member.staff_id == visit.member.staff_id,
    )


def _away(visit: Visit, member: Member) -> str:
    if not member.is_away(visit.now):
        return ""
    assert member.absence
    deputy = visit.adapters.staff.get(visit.town.id, member.absence.deputy_id) if member.absence.deputy_id else None
    until = written(member.absence.until.astimezone(visit.town.zone), german("%-d.%-m."))
    if deputy:
        return say("abwesend bis {day}, vertreten durch {name}", day=until, name=deputy.name)
    return say("abwesend bis {day}", day=until)


def _say_admins(number: int) -> str:
    return say_many(number, "{number} davon verwaltet die Zugänge", "{number} davon verwalten die Zugänge")


def _day(at: datetime, town: Town) -> str:
    return at.astimezone(town.zone).date().isoformat()


def _last_day(until: datetime, town: Town) -> str:
    """The day before the midnight at which it ends."""
    return (until - timedelta(seconds=1)).astimezone(town.zone).date().isoformat()


def roles_typed(visit: Visit) -> frozenset[Role]:
    """The ticked boxes; what is no role is none."""
    return frozenset(Role(it) for it in visit.form.all("role") if it in set(Role))
