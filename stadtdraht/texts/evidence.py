"""The evidence folder in the words of those who file it."""

from types import MappingProxyType

WHAT = MappingProxyType(
    {
        "raised": "Ausgelöst",
        "pressed_again": "Noch einmal gedrückt; es gilt die erste Auslösung",
        "pin_refused": "Falsche oder gesperrte PIN; nichts gesendet",
        "pin_locked": "Falsche PIN; Inhaber für 15 Minuten gesperrt",
        "undone": "Zurückgenommen, bevor gesendet wurde",
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
        "issuer": "Es warnt",
        "expires_at": "Gilt bis",
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
    return FACTS.get(name, name)


def what(name: str) -> str:
    """What happened; something new is called as it is written."""
    return WHAT.get(name, name)
