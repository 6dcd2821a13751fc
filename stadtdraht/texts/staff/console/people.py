"""People as the pages of the console name them: by what they call themselves, never by a whole number."""

from stadtdraht.domain.citizen import Citizen

SHOWN_DIGITS = 4


def name_shown(citizen: Citizen | None) -> str:
    """Such as "Ayşe Demirel", "Bürger/in …4711"."""
    if citizen is None:
        return "jemand, dessen Daten gelöscht sind"
    if citizen.name:
        return citizen.name
    phone = citizen.identity.phone or ""
    return f"Bürger/in …{phone[-SHOWN_DIGITS:]}" if phone else "Bürger/in ohne Nummer"
