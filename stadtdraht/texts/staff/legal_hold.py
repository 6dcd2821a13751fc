"""What is kept for a procedure, in words of staff."""

from typing import Final

from stadtdraht.domain.privacy.legal_hold import Hold
from stadtdraht.texts.staff.moments import counted

HEAD: Final = ("Bürger/in", "Meldung", "seit", "von", "warum", "will gelöscht werden seit")
NOTHING: Final = "Zurzeit wird für kein Verfahren etwas festgehalten."
SAY_WHY: Final = "Nennen Sie mit --why das Verfahren, das es braucht: Die Person hat ein Recht, es zu erfahren."
RELEASED: Final = (
    "Nicht mehr festgehalten. Alles hat wieder das Ende, das es hatte; was darüber hinaus ist, geht in zwei Tagen."
)
WROTE_SINCE: Final = (
    " Die Person wollte am {wished} gelöscht werden, hat aber seither wieder geschrieben: Fragen Sie, ob sie das noch will; dann "
    "`stadtdraht citizen erase --town {town} …`."
)
ERASED: Final = "Nicht mehr festgehalten, und gelöscht, wie die Person es verlangt hatte; Nachweis {proof}."


def held(rows: int) -> str:
    kept = counted(rows, "Eintrag hat", "Einträge haben")
    return f"Festgehalten: {kept} kein Ende mehr. Jede Nacht kommt dazu, was neu ist, bis Sie es mit `release` beenden."


def still(others: int) -> str:
    keep = "hält ein anderes Verfahren" if others == 1 else f"halten {others} andere Verfahren"
    return f"Beendet; diese Person {keep} noch fest: stadtdraht citizen holds"


def named(hold: Hold) -> str:
    """One of several in a sentence."""
    return f"{hold.case or 'die Person'} seit {hold.since:%d.%m.%Y}: {hold.why}"
