"""Text blocks: what is said of them, and those that every town may begin with."""

from collections.abc import Mapping
from typing import Final

from stadtdraht.domain.staff.text_block import PLACES, TITLE_CHARACTERS, TOPIC_CHARACTERS, WORDS_CHARACTERS, TextBlock

READY: Final = (
    TextBlock(
        "ready-thanks",
        "Danke, wir kümmern uns",
        "Guten Tag {Name}, danke für Ihre Nachricht. Wir kümmern uns darum und melden uns wieder bei Ihnen.",
        "Allgemein",
    ),
    TextBlock(
        "ready-more",
        "Wo genau ist das?",
        "Guten Tag {Name}, danke für den Hinweis. Wo genau ist das? Schicken Sie uns gern einen Standort oder ein Foto.",
        "Meldungen",
    ),
    TextBlock(
        "ready-hours",
        "Unsere Sprechzeiten",
        "Guten Tag {Name}, wir sind zu diesen Zeiten für Sie da:\n{Sprechzeit}",
        "Allgemein",
    ),
    TextBlock(
        "ready-link",
        "Das steht auf unserer Seite",
        "Guten Tag {Name}, alles dazu finden Sie auf unserer Seite: {Link}",
        "Allgemein",
    ),
    TextBlock(
        "ready-gas",
        "Gasgeruch: was tun",
        "Verlassen Sie bitte sofort das Haus, machen Sie kein Licht an und benutzen Sie keine Klingel. "
        "Rufen Sie von draußen die 112 an.",
        "Notfall",
    ),
    TextBlock(
        "ready-not-ours",
        "Dafür sind wir nicht zuständig",
        "Guten Tag {Name}, dafür ist leider nicht die Stadt zuständig. Wir haben Ihre Frage deshalb nicht weitergegeben; "
        "an wen Sie sich wenden können, steht hier: {Link}",
        "Allgemein",
    ),
)
WRONG: Final[Mapping[str, str]] = {
    "no_title": "Geben Sie dem Baustein einen Namen, unter dem Sie ihn wiederfinden.",
    "long_title": f"Ein Name hat höchstens {TITLE_CHARACTERS} Zeichen.",
    "no_words": "Ein Baustein braucht Worte.",
    "long_words": f"Ein Baustein hat höchstens {WORDS_CHARACTERS} Zeichen.",
    "unknown_place": "Diese Platzhalter kennen wir nicht; sie gingen so hinaus, wie sie dastehen. Es gibt "
    + ", ".join(f"{{{it}}}" for it in PLACES)
    + ".",
    "long_topic": f"Ein Thema hat höchstens {TOPIC_CHARACTERS} Zeichen.",
    "no_language": "Diese Sprache gibt es hier nicht.",
    "too_many": "Eine Stadt hat höchstens 200 Bausteine. Entfernen Sie zuerst einen, den niemand braucht.",
}
