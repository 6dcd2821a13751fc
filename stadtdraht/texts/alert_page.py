"""What the public page of an alert says first, in every language but German, which the page itself speaks."""

from collections.abc import Mapping
from typing import cast

from stadtdraht.domain.crisis.alert import AlertValidity
from stadtdraht.texts.languages import LANGUAGES


def page_sentence(validity: AlertValidity, language: str) -> str:
    """With {until} where the alert holds; "" in German, and in a language that we do not speak."""
    spoken = LANGUAGES.get(language)
    page = cast("Mapping[str, str] | None", spoken.alert_page if spoken else None)
    return page[validity] if page else ""
