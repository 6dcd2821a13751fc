"""Six text blocks that a town can take over as they are, and then word as it likes."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

READY: Final[Mapping[str, tuple[str, str, str]]] = MappingProxyType(
    {
        "thanks": (
            "Danke und Rückmeldung",
            "Allgemein",
            "Guten Tag {Name}, vielen Dank für Ihre Nachricht. Wir klären das und melden uns bei Ihnen.",
        ),
        "ask-place": (
            "Wo genau?",
            "Rückfragen",
            (
                "Guten Tag {Name}, können Sie uns bitte noch sagen, wo genau das ist? Am besten mit Straße und Hausnummer "
                "oder über „Standort senden“."
            ),
        ),
        "ask-photo": (
            "Foto erbeten",
            "Rückfragen",
            (
                "Guten Tag {Name}, haben Sie vielleicht ein Foto davon? Das hilft unseren Leuten vor Ort. Bitte "
                "fotografieren Sie keine Gesichter und keine Kennzeichen."
            ),
        ),
        "hours": (
            "Sprechzeiten",
            "Auskünfte",
            "Guten Tag {Name}, wir sind für Sie da: {Sprechzeit}. Alles Weitere finden Sie unter {Link}",
        ),
        "not-us": (
            "Nicht zuständig",
            "Auskünfte",
            (
                "Guten Tag {Name}, dafür ist leider nicht die Stadt zuständig. Wer Ihnen weiterhilft, finden Sie unter "
                "{Link}"
            ),
        ),
        "done": (
            "Erledigt",
            "Allgemein",
            "Guten Tag {Name}, das ist erledigt. Danke, dass Sie uns Bescheid gesagt haben!",
        ),
    }
)
"""Title, topic and words by id."""
