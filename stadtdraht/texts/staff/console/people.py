"""People as the pages of the console name them: by what they call themselves, never by a whole number."""

from stadtdraht.domain.citizen import Citizen
from stadtdraht.texts.staff.console.talk import who_shown


def name_shown(citizen: Citizen | None) -> str:
    """Such as "Ayşe Demirel", "Bürger/in …711"."""
    if citizen is None:
        return "jemand, dessen Daten gelöscht sind"
    return who_shown(citizen.name, citizen.identity.phone or "")
