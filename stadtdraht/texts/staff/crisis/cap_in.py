"""Another authority's CAP message as `stadtdraht crisis cap-in` tells it to whoever may warn."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from stadtdraht.domain.crisis.cap import PUBLIC, CapMessage, CapStatus, CapType, Proposal, Step
from stadtdraht.domain.town import Town
from stadtdraht.texts.staff.moments import moment

DO: Final[Mapping[Step, str]] = MappingProxyType(
    {
        Step.WARN: "Vergleichen Sie es mit dem, was Sie wissen. Um zu warnen, öffnen Sie Ihren Krisenlink, mit dieser Auswahl am Ende:",
        Step.EXERCISE: "Zum Üben öffnen Sie Ihren ÜBUNGSLINK, mit dieser Auswahl am Ende:",
        Step.UPDATE: "Es ändert eine frühere Warnung: Öffnen Sie diese auf der Krisenseite, und sagen Sie dort, was neu ist.",
        Step.END: "Wenn Sie davor gewarnt haben: Öffnen Sie die Warnung auf der Krisenseite, und geben Sie dort Entwarnung.",
        Step.NOTHING: "Es gibt nichts, was die Öffentlichkeit erfahren müsste.",
    }
)
STATUS: Final[Mapping[str, str]] = MappingProxyType(
    {
        CapStatus.ACTUAL: "Ernstfall",
        CapStatus.EXERCISE: "Übung",
        CapStatus.SYSTEM: "für Systeme",
        CapStatus.TEST: "Technischer Test",
        CapStatus.DRAFT: "Entwurf",
    }
)
TYPES: Final[Mapping[str, str]] = MappingProxyType(
    {
        CapType.ALERT: "Warnung",
        CapType.UPDATE: "Aktualisierung",
        CapType.CANCEL: "Aufhebung",
        CapType.ACK: "Bestätigung",
        CapType.ERROR: "Fehlermeldung",
    }
)
#: Why a file is not read, by the code of its error.
NOT_CAP: Final[Mapping[str, str]] = MappingProxyType(
    {
        "root": "Das ist keine Meldung in CAP 1.2: Außen muss ein alert in {namespace} stehen.",
        "missing": "Die Meldung ist kein gültiges CAP 1.2: {name} fehlt.",
        "missing_in_info": "Die Meldung ist kein gültiges CAP 1.2: In einem info fehlt {name}.",
        "no_moment": "Die Meldung ist kein gültiges CAP 1.2: {name} ist kein Zeitpunkt.",
        "no_zone": "Die Meldung ist kein gültiges CAP 1.2: {name} nennt keine Zeitzone.",
        "unknown": "Die Meldung ist kein gültiges CAP 1.2: {name} muss eines von diesen sein: {known}.",
        "too_large": "Die Datei hat mehr als {most_bytes} Bytes; so groß ist keine Warnung.",
        "too_many_elements": "Die Datei hat mehr oder tiefer verschachtelte Elemente, als eine Warnung hat.",
        "doctype": "Die Datei erklärt einen Dokumenttyp oder Entitäten; das dient nur Angriffen und wird abgelehnt.",
        "no_xml": "Die Datei ist kein XML ({wrong}).",
    }
)
SENDER: Final = "von"
IS: Final = "das ist"
EVENT: Final = "Ereignis"
WHERE: Final = "wo"
BEGINS: Final = "beginnt"
UNTIL: Final = "gilt bis"
HOW_BAD: Final = "wie schlimm (CAP)"
WHAT: Final = "was"
TO_DO: Final = "was zu tun ist"
ALSO: Final = "auch"
NOT_SAID: Final = "nicht gesagt"
NOT_OURS: Final = "ES NENNT WEDER DIE STADT NOCH EINEN ORTSTEIL: Geht es Sie etwas an?"
LATER: Final = "Lesen Sie es noch einmal ein, wenn es so weit ist."
EARLIER: Final = "  die frühere Warnung: {alert_id}"
PAGE_REFUSES: Final = "  Das lehnt die Seite ab: {why}"
INSTEAD: Final = "  Nicht auf {language}: Wer das liest, bekommt es auf {other}."
CHOOSE: Final = "  Kein vorbereiteter Wortlaut passt sicher: Wählen Sie auf der Seite, was geschehen ist."
NOTHING_SENT: Final = "Es wurde nichts gesendet."


def kind_of(message: CapMessage, proposal: Proposal, town: Town) -> str:
    """What it is, for whom, and since when it matters."""
    said = f"{STATUS.get(message.status, message.status)}, {TYPES.get(message.type, message.type)}"
    if message.scope != PUBLIC:
        said += f"; NICHT FÜR DIE ÖFFENTLICHKEIT ({message.restriction or message.scope})"
    if proposal.step is Step.END:
        said += "; eine Gefahr ist vorbei, oder eine frühere Meldung ist zurückgenommen"
    if proposal.begins_at:
        said += f"; ERST SPÄTER: Es beginnt am {moment(proposal.begins_at, town)}"
    return said
