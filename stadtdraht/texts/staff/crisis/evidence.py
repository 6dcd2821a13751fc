"""The evidence folder in the words of those who file it."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from stadtdraht.domain.crisis.evidence import DISTRICT_FACT, ROUTE_FACT
from stadtdraht.domain.delivery.delivery import BY_TEXT

WHAT = MappingProxyType(
    {
        "raised": "Ausgelöst",
        "pressed_again": "Noch einmal gedrückt; es gilt die erste Auslösung",
        "pin_refused": "Falsche oder gesperrte PIN; nichts gesendet",
        "pin_locked": "Falsche PIN; Link für 15 Minuten gesperrt",
        "undone": "Zurückgenommen, bevor etwas gesendet wurde",
        "update": "Aktualisiert",
        "all_clear": "Entwarnung",
        "false_alarm": "Als Fehlalarm gemeldet",
        "repeat": "Nicht Erreichte noch einmal gewarnt",
        "figures": "Zahlen festgehalten",
    }
)
FACTS = MappingProxyType(
    {
        "holder": "Inhaber",
        "link_id": "Link",
        "key_id": "Schlüssel",
        "mode": "Art",
        "scenario": "Lage",
        "districts": "Ortsteile",
        "detail": "Genauer Ort / Hinweis",
        "issuer": "Es warnt",
        "expires_at": "Gilt bis",
        "sends_at": "Zurückzunehmen bis",
        "undone": "Zurückgenommen wurde",
        "languages": "Sprachen",
        "wording": "Prüfsumme des Wortlauts",
        "kind": "Meldung",
        "follows": "Folgt auf",
        "followed_by": "Gefolgt von",
        "planned": "Vorgesehen",
        "accepted": "Von WhatsApp angenommen",
        "sent": "Gesendet",
        "delivered": "Zugestellt",
        "read": "Gelesen",
        "failed": "Fehlgeschlagen",
        "unknown": "Unklar",
        "not_sent": "Nicht gesendet",
        "resent": "Noch einmal gesendet",
        "first_accepted_ms": "Erste Annahme nach ms",
        "half_accepted_ms": "Hälfte angenommen nach ms",
        "last_accepted_ms": "Letzte Annahme nach ms",
    }
)
MODES = MappingProxyType({"live": "Ernstfall", "drill": "Übung"})

ABOUT: Final[Mapping[str, str]] = MappingProxyType(
    {
        "alert": "Kennung",
        "what": "Ereignis und Ort",
        "detail": "Genauer Ort / Hinweis",
        "holder": "ausgelöst von",
        "times": "ausgelöst, gilt bis",
        "languages": "Wortlaut auf",
    }
)
CHAIN_HEAD: Final = ("Nr.", "wann", "was", "Angaben", "Siegel")
FAILURES_HEAD: Final = ("Menschen", "was", "Code", "warum")
FATES: Final[Mapping[str, str]] = MappingProxyType(
    {"failed": "fehlgeschlagen", "unknown": "ungewiss", "not_sent": "nicht gesendet"}
)
MONTH_EXPECTED: Final = "--month: Jahr und Monat werden erwartet, zum Beispiel 2026-11; da steht „{month}“."
NAME_ONE: Final = "Nennen Sie eine Warnung, oder --town und --month (dann ohne --html)."
OF_MONTH: Final = "Einträge aus {month} in {town}, die zu keiner Warnung gehören: {entries}"
FIGURES: Final = "Zahlen vom {at}"
NO_FIGURES: Final = "Zahlen: Nach 90 Tagen sind die Zustellungen gelöscht, und niemand hat die Mappe vorher geöffnet."
FOLLOWED: Final = "{what}: {at}, {holder}, {alert_id}"
NOT_BEGUN: Final = "KEIN EINTRAG SAGT, WER DIESE WARNUNG AUSGELÖST HAT: Er wurde nicht festgehalten oder entfernt."
OTHER_WORDING: Final = "DER GESPEICHERTE WORTLAUT IST NICHT DER, DER AUSGELÖST WURDE."
WHOLE: Final = "Der Nachweis ist unversehrt: Kein Eintrag wurde geändert, vertauscht oder entfernt."
BROKEN: Final = "DER NACHWEIS IST AB EINTRAG {entry} VERLETZT: VON DORT AN WURDE ER GEÄNDERT."
LAST_SEAL: Final = "Letztes Siegel (legen Sie es zu einem Ausdruck): {seal}"
NO_SEAL: Final = "keines"


def fact(name: str) -> str:
    """What an entry's fact is called; one that is new is called as it is written."""
    if name.startswith(ROUTE_FACT):
        route = name.removeprefix(ROUTE_FACT)
        return "Erreicht mit freien Worten" if route == BY_TEXT else f"Erreicht mit der Vorlage {route}"
    if name == DISTRICT_FACT:
        return "Ohne Ortsteil"
    if name.startswith(DISTRICT_FACT):
        return f"Ortsteil {name.removeprefix(DISTRICT_FACT)}"
    return FACTS.get(name, name)


def said(name: str, value: str) -> tuple[str, str]:
    """What a fact is called and says: "planned 10, read 4" of a district becomes "Vorgesehen 10, Gelesen 4"."""
    if not name.startswith(DISTRICT_FACT):
        return fact(name), value
    counts = (one.partition(" ") for one in value.split(", "))
    return fact(name), ", ".join(f"{fact(which)} {people}" for which, _, people in counts)


def what(name: str) -> str:
    """What happened; something new is called as it is written."""
    return WHAT.get(name, name)
