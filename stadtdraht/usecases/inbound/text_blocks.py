"""A town's text blocks: listed, kept, put into an answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from stadtdraht.domain.citizen import Citizen
from stadtdraht.domain.errors import ToldToStaff, german
from stadtdraht.domain.identifiers import new_random
from stadtdraht.domain.inbound.text_blocks import HOURS, LINK, NAME, TextBlock
from stadtdraht.domain.text import plain
from stadtdraht.domain.town import Town
from stadtdraht.texts.hours import word_hours
from stadtdraht.texts.staff.ready_blocks import READY

if TYPE_CHECKING:
    from stadtdraht.ports.inbound import TextBlocks


class NoSuchTextBlock(ToldToStaff):
    """Somebody removed it, or it never was."""

    def __init__(self, block_id: str) -> None:
        super().__init__(german("Diesen Textbaustein gibt es nicht mehr"))
        self.block_id = block_id


def list_blocks(town_id: str, blocks: TextBlocks) -> Sequence[TextBlock]:
    """By topic and title."""
    return sorted(blocks.all(town_id), key=lambda it: (plain(it.topic), plain(it.title), it.id))


def save_block(block: TextBlock, blocks: TextBlocks) -> TextBlock:
    """Keeps it; one without id is new and gets one. Raises TextBlockNotFit, NoSuchTextBlock."""
    block.check()
    if not block.id:
        block = replace(block, id=new_random(), used=0)
    elif (known := blocks.get(block.town, block.id)) is None:
        raise NoSuchTextBlock(block.id)
    else:
        block = replace(block, used=known.used)
    blocks.save(block)
    return block


def remove_block(town_id: str, block_id: str, now: datetime, blocks: TextBlocks) -> None:
    """Raises NoSuchTextBlock."""
    if blocks.get(town_id, block_id) is None:
        raise NoSuchTextBlock(block_id)
    blocks.remove(town_id, block_id, now)


def ready_blocks(town_id: str, owner: str = "") -> Sequence[TextBlock]:
    """Six that a town can take over."""
    return [TextBlock(town_id, key, title, words, topic, owner=owner) for key, (title, topic, words) in READY.items()]


def take_over_ready(town_id: str, owner: str, blocks: TextBlocks) -> int:
    """Takes over those of the six that the town has not; one that it worded anew stays. Returns how many."""
    known = {it.id for it in blocks.all(town_id)}
    new = [it for it in ready_blocks(town_id, owner) if it.id not in known]
    for block in new:
        blocks.save(block)
    return len(new)


def put_in(block_id: str, town: Town, citizen: Citizen | None, blocks: TextBlocks) -> str:
    """The words for an answer to this person, with everything filled in; counted as used. Raises NoSuchTextBlock."""
    block = blocks.get(town.id, block_id)
    if block is None:
        raise NoSuchTextBlock(block_id)
    blocks.save(replace(block, used=block.used + 1))
    return block.filled(values_for(town, citizen, block.language))


def values_for(town: Town, citizen: Citizen | None, language: str = "de") -> Mapping[str, str]:
    """What stands in place of each placeholder."""
    hours = "; ".join(line.removeprefix("• ") for line in word_hours(town, language).splitlines())
    return {NAME: citizen.name if citizen else "", HOURS: hours, LINK: town.website}
