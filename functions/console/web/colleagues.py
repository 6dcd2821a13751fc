"""Who works in the town: who acts, and lists in which somebody is chosen."""

from collections.abc import Sequence

from functions.console.web.visit import Visit
from stadtdraht.domain.broadcast.neutrality import election_ahead
from stadtdraht.domain.staff.member import Member, stands_in_for
from stadtdraht.domain.staff.roles import ANSWERS, Roles
from stadtdraht.usecases.inbound.work_on_conversation import StaffContext


def staff(visit: Visit) -> StaffContext:
    """Who acts, as the use cases know it."""
    adapters = visit.adapters
    return StaffContext(
        visit.town,
        visit.by,
        visit.now,
        adapters.citizens,
        adapters.answer_queue,
        visit.member.staff_id,
        signs_as(visit),
        lambda: away_for(visit),
    )


def signs_as(visit: Visit) -> str:
    """Whose name citizens read below an answer; nobody's in the quiet time before an election."""
    return "" if election_ahead(visit.town, visit.now) else visit.member.signs_as


def everybody(visit: Visit) -> Sequence[Member]:
    """Of the town, by name; read once for a page."""
    return visit.once("staff", lambda: visit.adapters.staff.of_town(visit.town.id))


def away_for(visit: Visit) -> frozenset[str]:
    """Ids of those who are away, and whose deputy asks."""
    return frozenset(it.staff_id for it in stands_in_for(visit.member.staff_id, everybody(visit), visit.now))


def colleagues(visit: Visit, roles: Roles = ANSWERS) -> Sequence[Member]:
    """Everybody of the town who has one of these roles, by name."""
    return [it for it in everybody(visit) if it.may(roles)]


def colleague(visit: Visit, staff_id: str, roles: Roles = ANSWERS) -> Member | None:
    """One of them; None for whoever is not."""
    return next((it for it in colleagues(visit, roles) if it.staff_id == staff_id), None)
