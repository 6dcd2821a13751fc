"""What further sample people write to the towns, so that the console has something to show on its first day."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final


@dataclass(frozen=True, slots=True)
class Concern:
    """One person and what they send, one after the other: words, or a message as the simulated phone takes it."""

    wa_id: str
    name: str
    sends: Sequence[str | Mapping[str, Any]]
    minutes_ago: int = 0
    """So that they do not all wait equally long."""


PHOTO: Final = {"type": "image", "caption": "Hier liegt seit Samstag Sperrmüll, gleich neben dem Spielplatz."}
PLACE: Final = {"type": "location", "latitude": 52.0383, "longitude": 6.8266, "location_name": "Marktplatz"}
CHAIN: Final = (
    "ACHTUNG! Ab morgen kostet jede Nachricht 37 Cent. Schick das an alle deine Kontakte weiter, sonst wird dein Konto "
    "gesperrt! Das ist kein Scherz!"
)

CONCERNS: Final[Mapping[str, Sequence[Concern]]] = {
    "arnsberg": (
        Concern("4915134560001", "Hanna Muster", ["Warum wurde die Bürgerversammlung am Donnerstag verschoben?"], 52),
        Concern("4915134560002", "Ali Beispiel", ["Merhaba, kış tatilinde belediye açık mı?"], 38),
        Concern("4915134560003", "Jo Muster", ["Bei uns im Keller riecht es stark nach Gas, was soll ich tun?"], 4),
        Concern(
            "4915134560004",
            "Pia Beispiel",
            ["Wo kann ich einen neuen Personalausweis beantragen?", "Und was kostet er?"],
            29,
        ),
        Concern("4915134560005", "Uwe Muster", [PHOTO], 21),
        Concern("4915134560006", "Lena Beispiel", [{"type": "text", "text": CHAIN, "forwarded": True}]),
        Concern("4915134560007", "Olena Beispiel", ["Добрий день, де можна записатися на курс німецької мови?"], 12),
    ),
    "bocholt": (
        Concern("4915145670001", "Ben Muster", ["Ist das Rathaus am Freitagnachmittag offen?"], 47),
        Concern("4915145670002", "Ida Beispiel", ["Wann wird der Weihnachtsmarkt aufgebaut?"], 26),
    ),
    "neu-ulm": (
        Concern("4915123450001", "Eva Muster", ["Kann man am Donauufer mehr Bänke aufstellen?"], 63),
        Concern("4915123450002", "Tom Beispiel", ["Die Ampel an der Augsburger Straße ist viel zu kurz grün."], 17),
    ),
    "vreden": (
        Concern("4915112340001", "Karin Muster", ["Im Mühlenweg 12 ist seit Sonntag die Laterne aus."]),
        Concern("4915112340002", "Paul Beispiel", [PHOTO, PLACE]),
        Concern("4915112340003", "Mia Muster", ["Können Sie am Spielplatz Ringstraße einen Zaun aufstellen?"]),
        Concern("4915112340004", "Jan Beispiel", ["Der Gehweg an der Hauptstraße 3 ist nach dem Regen ganz rutschig."]),
        Concern("4915112340005", "Ute Muster", ["Ein großes Lob an den Bauhof, die Radwege sind wieder frei!"]),
        Concern("4915112340006", "Emre Beispiel", ["Warum ist die Bücherei montags geschlossen?"]),
    ),
}
