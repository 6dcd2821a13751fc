"""What is said when an alert is updated, over, or was wrong."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import cast

from stadtdraht.domain.crisis.alert import AlertKind
from stadtdraht.texts.languages import language_of
from stadtdraht.texts.sentences import FollowUp

LABELS = MappingProxyType(
    {
        AlertKind.UPDATE: "Aktualisierung",
        AlertKind.ALL_CLEAR: "Entwarnung",
        AlertKind.FALSE_ALARM: "Fehlalarm",
        AlertKind.REPEAT: "Wiederholung",
    }
)
"""For staff and for the public page, in German."""


def follow_up(kind: AlertKind, language: str) -> FollowUp:
    """How a kind of alert that follows another says it. A repetition says the same again."""
    if kind is AlertKind.REPEAT:
        return FollowUp("{was}")
    return cast("Mapping[str, FollowUp]", language_of(language).follow_ups)[kind]
