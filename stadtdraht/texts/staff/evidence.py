"""The evidence folder in the words of those who file it."""

from types import MappingProxyType

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
