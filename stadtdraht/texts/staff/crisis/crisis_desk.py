"""Warnings and links as `stadtdraht crisis` tells duty officers and those who hand links out."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from stadtdraht.texts.staff.crisis.evidence import FACTS

WARNING: Final = "Warnung"
YES: Final = "ja"
NO: Final = "nein"
FIELDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        **FACTS,
        "alert_id": "Kennung",
        "town": "Stadt",
        "raised_at": "Ausgelöst",
        "sends_at": "Geht hinaus",
        "undone_at": "Zurückgenommen",
        "waiting": "Noch an der Reihe",
        "given_up": "Liegen gebliebene Teile",
        "finished": "Fertig",
    }
)
LIVE_LINK: Final = "Krisenlink"
DRILL_LINK: Final = "Übungslink"
LINK: Final = "{kind} für {holder} in {town}, gilt bis {ends} Uhr:"
PIN_STAYS: Final = "PIN: unverändert; sie ist dort schon bekannt"
TWO_WAYS: Final = "Geben Sie Link und PIN auf zwei verschiedenen Wegen weiter. So beenden Sie den Link:"
LINKS_HEAD: Final = ("Link", "Inhaber", "Art", "gilt bis", "Schlüssel")
REVOKED: Final = "Beendet: {link} ({mode}) von {holder}"
OTHER_TOWNS: Final = (
    "Andere Städte behalten ihre Links mit dem Schlüssel {key}, bis er aus dem Geheimnis genommen wird."
)
NO_LIVE_LINK: Final = "{town} hat jetzt keinen Krisenlink mehr; einen neuen macht `stadtdraht crisis link`."
NAME_ONE: Final = "Nennen Sie eines davon: einen Link, --holder oder --key."
NO_SUCH_LINK: Final = "{town} hat diesen Link nicht; `stadtdraht crisis links --town {town}` zeigt, welche es gibt."
NO_ALERT: Final = "Eine Warnung {alert_id} gibt es nicht; `stadtdraht crisis list --town …` zeigt die Kennungen."
FOLLOW: Final = "Verfolgen: stadtdraht crisis status {alert_id}"
INSTEAD: Final = "Nicht auf {language}: Wer das liest, bekommt es auf {other}."
LINK_ENDED: Final = "Dieser Link galt bis {day}; einen neuen macht `stadtdraht crisis link`."
KEY_GONE: Final = "Den Schlüssel {key}, mit dem dieser Link signiert ist, gibt es nicht mehr; einen neuen Link macht `stadtdraht crisis link`."
CARD: Final = "Karte für {holder} in {town}: {file}"
CARD_IS_LINK: Final = (
    "Wer sie hat, hat den Link. Drucken Sie sie, und löschen Sie dann die Datei; die PIN geht einen anderen Weg."
)
NOT_PUBLIC: Final = "Von {alert_id} ging nichts hinaus: Die Warnung ist zurückgenommen oder kann es noch werden; niemand außerhalb darf davon erfahren."
WRITTEN: Final = "Geschrieben: {file}"
NO_OFFER: Final = "{town} bietet keine Warnungen an; tragen Sie zuerst das Angebot `crisis` in die Stadtdatei ein."
READY_HEAD: Final = ("Ampel", "was", "gefunden", "was zu tun ist")
LIGHTS: Final[Mapping[str, str]] = MappingProxyType({"green": "grün", "yellow": "gelb", "red": "rot"})
FOR_OPERATORS: Final = "Für den Betrieb (for operators):"
ONE_PLACE: Final = "--district und --whole-town: Nennen Sie nur eines davon."


def cell(value: object) -> str:
    """As a person reads it; nothing for what is not there."""
    match value:
        case None:
            return ""
        case bool():
            return YES if value else NO
        case Mapping():
            return "; ".join(f"{name}: {it}" for name, it in value.items())
        case list() | tuple():
            return ", ".join(map(str, value))
    return str(value)
