"""The languages that we speak: a file each, in the order in which people choose.

Whoever says anything imports all of them: types included, eight cost a cold start 4 to 5 ms of CPU when compiled
(measured 2026-11-30), of 250 to 350 ms that a function's imports take. Too little to choose among them.
"""

from collections.abc import Mapping
from importlib import import_module
from types import MappingProxyType
from typing import Final

from stadtdraht.domain.languages import KNOWN_LANGUAGES
from stadtdraht.texts.sentences import Language

LANGUAGES: Final[Mapping[str, Language]] = MappingProxyType(
    {tag: import_module(f"{__name__}.{tag.replace('-', '_')}").LANGUAGE for tag in KNOWN_LANGUAGES}
)


def language_of(tag: str) -> Language:
    """German for a tag that we do not speak."""
    return LANGUAGES.get(tag, LANGUAGES["de"])


def german_name(tag: str) -> str:
    """As staff call it; a tag that we do not speak is given back."""
    return LANGUAGES[tag].german_name if tag in LANGUAGES else tag
