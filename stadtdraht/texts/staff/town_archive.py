"""What stands in the archive that a town takes with it."""

from typing import Final

README: Final = """\
Alles, was {town} in Stadtdraht hat
Stand: {at}

Diese Datei enthält Daten von Bürgerinnen und Bürgern. Bewahren Sie sie so auf, wie es Ihre
Datenschutzbeauftragten vorgeben, und löschen Sie sie, wenn Sie sie nicht mehr brauchen.

stadt.json             Einstellungen der Stadt, ohne Zugangsdaten
abonnenten.csv         Wer welches Angebot bestellt hat, mit dem Nachweis der Einwilligung.
                       Eine Zeile je Person und Angebot; Stadtdraht liest diese Datei wieder ein
                       (stadtdraht citizen import).
einwilligungen.csv     Jede Zustimmung und jeder Widerruf, seit es sie gibt
faelle.csv             Anliegen mit Stand und zuständiger Stelle, ohne Namen
newsletter.csv         Die Newsletter
newsletter/            Zu jedem Newsletter der letzten {delivery_days} Tage ein Bericht
zeilen/                Alle gespeicherten Angaben nach Art, eine JSON-Zeile je Eintrag: auch Gespräche,
                       Einsendungen, Warnungen und ihre Beweismappen, Zustellungen
medien/                Fotos, Sprachnachrichten und Dateien, so wie sie gespeichert sind
manifest.json          Wie viele Einträge jede Datei hat, wie groß sie ist, und ihre Prüfsumme (SHA-256)

Tabellen sind CSV in UTF-8 mit Semikolon; Zeiten in "zeilen" sind UTC.

Nicht enthalten:
- Zugangsdaten, Schlüssel und PINs: Sie gelten nur hier und enden mit dem Vertrag.
- Technische Zwischenstände ({left_out}), die nach Tagen von selbst enden oder
  deren Inhalt oben schon steht.
"""
SUBSCRIBERS: Final = "abonnenten.csv"
CONSENTS: Final = "einwilligungen.csv"
CONSENTS_HEAD: Final = ("Person", "Angebot", "Was", "Wann", "Fassung", "Wie", "Nachricht")
CASES: Final = "faelle.csv"
NEWSLETTERS: Final = "newsletter.csv"
NEWSLETTERS_HEAD: Final = ("Newsletter", "Titel", "Stand", "Beginn", "Geplant", "Beiträge")
