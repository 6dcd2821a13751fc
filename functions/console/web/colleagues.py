"""Who works in the town, for lists in which somebody is chosen."""

from collections.abc import Sequence

from functions.console.web.visit import Visit
from stadtdraht.domain.staff.member import Member
from stadtdraht.domain.staff.roles import ANSWERS, Roles


def colleagues(visit: Visit, roles: Roles = ANSWERS) -> Sequence[Member]:
    """Everybody of the town who has one of these roles, by name."""
    return [it for it in visit.adapters.staff.of_town(visit.town.id) if it.may(roles)]


def colleague(visit: Visit, staff_id: str, roles: Roles = ANSWERS) -> Member | None:
    """One of them; None for whoever is not."""
    return next((it for it in colleagues(visit, roles) if it.staff_id == staff_id), None)
