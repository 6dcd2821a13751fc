"""The report of a newsletter as a table for the town's staff."""

from typing import Final

from stadtdraht.texts.staff.language import german

HEAD: Final = (
    german("Bereich"),
    german("Wert"),
    german("Menschen"),
    german("Angenommen"),
    german("Gesendet"),
    german("Zugestellt"),
    german("Gelesen"),
    german("Fehlgeschlagen"),
    german("Ungewiss"),
    german("Nicht gesendet"),
    german("Klicks"),
    german("Betrag in EUR"),
)
TOTAL: Final = german("Gesamt")
PLANNED: Final = german("Geplant")
WAITING: Final = german("Noch an der Reihe")
LEFT_OVER: Final = german("Nicht mehr an die Reihe gekommen")
DISTRICT: Final = german("Ortsteil")
HOUR: Final = german("Stunde")
OPT_OUTS: Final = german("Abbestellt innerhalb von 24 Stunden")
ITEM: Final = german("Beitrag")
COST_PLANNED: Final = german("Kosten laut Plan")
COST_BILLED: Final = german("Kosten laut WhatsApp")
CHARGED: Final = german("Berechnete Nachrichten")
FREE: Final = german("Kostenlose Nachrichten")
WITHOUT_PRICE: Final = german("Berechnet, ohne Preis in unserer Liste")
UNMARKED: Final = german("Zugestellt, ohne Angabe zum Preis")
REASON: Final = {
    "failed": german("Fehlgeschlagen"),
    "unknown": german("Ungewiss"),
    "not_sent": german("Nicht gesendet"),
}
