"""Why a message did not arrive, in the words of the town's staff. Source of the codes: Meta, Error codes, 2026-09."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

WHY_NOT: Final[Mapping[str, str]] = MappingProxyType(
    {
        "opted_out": "Hat die Nachrichten inzwischen abbestellt.",
        "expired": "War nicht mehr aktuell, bevor es an der Reihe war.",
        "stopped": "Der Versand wurde vorher angehalten.",
        "sender ended": "Der Versand wurde in diesem Augenblick unterbrochen; ob die Nachricht ankam, ist offen.",
        "0": "Keine Verbindung zu WhatsApp.",
        "100": "WhatsApp hat eine Angabe in der Nachricht nicht angenommen.",
        "190": "Der Zugang zu WhatsApp ist abgelaufen; die Technik muss ihn erneuern.",
        "368": "WhatsApp hat das Konto vorübergehend gesperrt.",
        "130403": "Diese Person hat die Stadt selbst gesperrt.",
        "130429": "Es wurde schneller gesendet, als die Nummer darf.",
        "130472": "WhatsApp hat diese Person für einen eigenen Versuch ausgenommen; nichts gesendet, nichts berechnet.",
        "130497": "WhatsApp erlaubt Nachrichten in dieses Land nicht.",
        "131000": "WhatsApp meldet einen unbekannten Fehler.",
        "131008": "Der Nachricht fehlte eine Pflichtangabe.",
        "131009": "WhatsApp hat einen Wert in der Nachricht nicht angenommen.",
        "131016": "WhatsApp war nicht erreichbar.",
        "131021": "Empfänger und Absender sind dieselbe Nummer.",
        "131026": "Nicht zustellbar: kein WhatsApp, eine sehr alte Version, oder die Bedingungen sind nicht bestätigt.",
        "131030": "Die Testnummer darf an diese Nummer nicht senden.",
        "131031": "Das Konto bei WhatsApp ist gesperrt.",
        "131042": "Bei WhatsApp fehlt ein gültiges Zahlungsmittel.",
        "131047": "Das letzte Wort der Person ist über 24 Stunden her; dafür braucht es eine Vorlage.",
        "131048": "WhatsApp bremst die Nummer, weil zu viele Menschen sie gemeldet haben.",
        "131049": "WhatsApp begrenzt, wie viel Werbung eine Person bekommt; heute war für sie kein Platz mehr.",
        "131050": "Hat in WhatsApp selbst eingestellt, keine Neuigkeiten der Stadt zu bekommen.",
        "131053": "WhatsApp konnte das Bild nicht annehmen.",
        "131056": "Diese Person hat in kurzer Zeit zu viele Nachrichten von uns bekommen.",
        "131057": "Die Nummer wurde bei WhatsApp gerade gewartet.",
        "131062": "WhatsApp kann diese Vorlage nicht an eine Person ohne Telefonnummer senden.",
        "131064": "WhatsApp bremst das Konto wegen falsch eingeordneter Vorlagen.",
        "132000": "In der Vorlage fehlt ein Wert, oder es ist einer zu viel.",
        "132001": "Die Vorlage gibt es in dieser Sprache nicht.",
        "132005": "Der Text war für die Vorlage zu lang.",
        "132007": "Die Vorlage verstößt gegen WhatsApps Regeln.",
        "132012": "Ein Wert der Vorlage hat nicht die Form, die WhatsApp verlangt.",
        "132015": "WhatsApp hat die Vorlage wegen schlechter Bewertungen angehalten.",
        "132016": "WhatsApp hat die Vorlage auf Dauer abgeschaltet.",
        "135000": "WhatsApp hat die Anfrage nicht verstanden.",
        "": "Es wurde kein Grund genannt.",
    }
)


def why_not(reason: str) -> str:
    """A sentence for an outcome's or a status's reason; one that nobody has worded yet is named as it came."""
    if reason in WHY_NOT:
        return WHY_NOT[reason]
    if reason.isdigit():
        return f"WhatsApp nennt den Fehler {reason}."
    return f"WhatsApp gab keine klare Antwort ({reason}); ob die Nachricht ankam, ist offen."
