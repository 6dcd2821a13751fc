"""Staff write text blocks, and put them into answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from stadtdraht.domain.citizen import Citizen
from stadtdraht.domain.errors import StadtdrahtError
from stadtdraht.domain.staff.text_block import (
    MOST,
    TITLE_CHARACTERS,
    TOPIC_CHARACTERS,
    WORDS_CHARACTERS,
    TextBlock,
)
from stadtdraht.domain.town import Town
from stadtdraht.texts.hours import word_hours

if TYPE_CHECKING:
    from stadtdraht.ports.text_blocks import TextBlocks

HOURS = "{Sprechzeit}"


class TextBlockNotFit(StadtdrahtError):
    """It cannot be kept so. wrong: what, by field."""

    def __init__(self, wrong: Mapping[str, str]) -> None:
        super().__init__(f"a text block cannot be kept so: {', '.join(sorted(wrong.values()))}")
        self.wrong = wrong


@dataclass(frozen=True, slots=True)
class Writer:
    """Who writes, and when."""

    town: Town
    by: str
    now: datetime


def write_text_block(block: TextBlock, writer: Writer, blocks: TextBlocks) -> TextBlock:
    """Keeps it under its id. Raises TextBlockNotFit."""
    standing = blocks.of_town(writer.town.id)
    if wrong := _wrong(
        block, writer.town, is_full=len(standing) >= MOST and block.id not in {it.id for it in standing}
    ):
        raise TextBlockNotFit(wrong)
    kept = TextBlock(block.id, block.title, block.words, block.topic, block.language, writer.by, writer.now)
    blocks.put(writer.town.id, kept)
    return kept


def insert_text_block(typed: str, block_id: str, town: Town, citizen: Citizen, blocks: TextBlocks) -> str:
    """What was typed with the block below it, filled for this person; as it was for one that is gone."""
    block = blocks.get(town.id, block_id)
    if block is None:
        return typed
    blocks.count_use(town.id, block_id)
    hours = word_hours(town, block.language) if HOURS in block.words else ""
    words = block.filled(name=citizen.name, hours=hours, link=town.website)
    return f"{typed.rstrip()}\n\n{words}" if typed.strip() else words


def _wrong(block: TextBlock, town: Town, *, is_full: bool) -> dict[str, str]:
    found = {}
    if not block.title or len(block.title) > TITLE_CHARACTERS:
        found["title"] = "long_title" if block.title else "no_title"
    if not block.words.strip() or len(block.words) > WORDS_CHARACTERS:
        found["words"] = "long_words" if block.words.strip() else "no_words"
    elif block.unknown_places:
        found["words"] = "unknown_place"
    if len(block.topic) > TOPIC_CHARACTERS:
        found["topic"] = "long_topic"
    if block.language not in town.languages:
        found["language"] = "no_language"
    if is_full:
        found["title"] = "too_many"
    return found
