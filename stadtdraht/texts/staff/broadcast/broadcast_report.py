"""The report of a newsletter as a table for the town's staff."""

from typing import Final

HEAD: Final = (
    "Bereich",
    "Wert",
    "Menschen",
    "Angenommen",
    "Gesendet",
    "Zugestellt",
    "Gelesen",
    "Fehlgeschlagen",
    "Ungewiss",
    "Nicht gesendet",
    "Klicks",
    "Betrag in EUR",
)
TOTAL: Final = "Gesamt"
PLANNED: Final = "Geplant"
WAITING: Final = "Noch an der Reihe"
LEFT_OVER: Final = "Nicht mehr an die Reihe gekommen"
DISTRICT: Final = "Ortsteil"
HOUR: Final = "Stunde"
OPT_OUTS: Final = "Abbestellt innerhalb von 24 Stunden"
ITEM: Final = "Beitrag"
COST_PLANNED: Final = "Kosten laut Plan"
COST_BILLED: Final = "Kosten laut WhatsApp"
CHARGED: Final = "Berechnete Nachrichten"
FREE: Final = "Kostenlose Nachrichten"
WITHOUT_PRICE: Final = "Berechnet, ohne Preis in unserer Liste"
UNMARKED: Final = "Zugestellt, ohne Angabe zum Preis"
REASON: Final = {"failed": "Fehlgeschlagen", "unknown": "Ungewiss", "not_sent": "Nicht gesendet"}
