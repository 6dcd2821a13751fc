"""Why a message did not arrive, in the words of the town's staff. Source of the codes: Meta, Error codes, 2026-09."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from stadtdraht.texts.staff.language import german, say

WHY_NOT: Final[Mapping[str, str]] = MappingProxyType(
    {
        "opted_out": german("Hat die Nachrichten inzwischen abbestellt."),
        "expired": german("War nicht mehr aktuell, bevor es an der Reihe war."),
        "stopped": german("Der Versand wurde vorher angehalten."),
        "sender ended": german(
            "Der Versand wurde in diesem Augenblick unterbrochen; ob die Nachricht ankam, ist offen."
        ),
        "0": german("Keine Verbindung zu WhatsApp."),
        "100": german("WhatsApp hat eine Angabe in der Nachricht nicht angenommen."),
        "190": german("Der Zugang zu WhatsApp ist abgelaufen; die Technik muss ihn erneuern."),
        "368": german("WhatsApp hat das Konto vorübergehend gesperrt."),
        "130403": german("Diese Person hat die Stadt selbst gesperrt."),
        "130429": german("Es wurde schneller gesendet, als die Nummer darf."),
        "130472": german(
            "WhatsApp hat diese Person für einen eigenen Versuch ausgenommen; nichts gesendet, nichts berechnet."
        ),
        "130497": german("WhatsApp erlaubt Nachrichten in dieses Land nicht."),
        "131000": german("WhatsApp meldet einen unbekannten Fehler."),
        "131008": german("Der Nachricht fehlte eine Pflichtangabe."),
        "131009": german("WhatsApp hat einen Wert in der Nachricht nicht angenommen."),
        "131016": german("WhatsApp war nicht erreichbar."),
        "131021": german("Empfänger und Absender sind dieselbe Nummer."),
        "131026": german(
            "Nicht zustellbar: kein WhatsApp, eine sehr alte Version, oder die Bedingungen sind nicht bestätigt."
        ),
        "131030": german("Die Testnummer darf an diese Nummer nicht senden."),
        "131031": german("Das Konto bei WhatsApp ist gesperrt."),
        "131042": german("Bei WhatsApp fehlt ein gültiges Zahlungsmittel."),
        "131047": german("Das letzte Wort der Person ist über 24 Stunden her; dafür braucht es eine Vorlage."),
        "131048": german("WhatsApp bremst die Nummer, weil zu viele Menschen sie gemeldet haben."),
        "131049": german("WhatsApp begrenzt, wie viel Werbung eine Person bekommt; heute war für sie kein Platz mehr."),
        "131050": german("Hat in WhatsApp selbst eingestellt, keine Neuigkeiten der Stadt zu bekommen."),
        "131053": german("WhatsApp konnte das Bild nicht annehmen."),
        "131056": german("Diese Person hat in kurzer Zeit zu viele Nachrichten von uns bekommen."),
        "131057": german("Die Nummer wurde bei WhatsApp gerade gewartet."),
        "131062": german("WhatsApp kann diese Vorlage nicht an eine Person ohne Telefonnummer senden."),
        "131064": german("WhatsApp bremst das Konto wegen falsch eingeordneter Vorlagen."),
        "132000": german("In der Vorlage fehlt ein Wert, oder es ist einer zu viel."),
        "132001": german("Die Vorlage gibt es in dieser Sprache nicht."),
        "132005": german("Der Text war für die Vorlage zu lang."),
        "132007": german("Die Vorlage verstößt gegen WhatsApps Regeln."),
        "132012": german("Ein Wert der Vorlage hat nicht die Form, die WhatsApp verlangt."),
        "132015": german("WhatsApp hat die Vorlage wegen schlechter Bewertungen angehalten."),
        "132016": german("WhatsApp hat die Vorlage auf Dauer abgeschaltet."),
        "135000": german("WhatsApp hat die Anfrage nicht verstanden."),
        "": german("Es wurde kein Grund genannt."),
    }
)


def why_not(reason: str) -> str:
    """A sentence for an outcome's or a status's reason; one that nobody has worded yet is named as it came."""
    if reason in WHY_NOT:
        return say(WHY_NOT[reason])
    if reason.isdigit():
        return say("WhatsApp nennt den Fehler {code}.", code=reason)
    return say("WhatsApp gab keine klare Antwort ({reason}); ob die Nachricht ankam, ist offen.", reason=reason)
