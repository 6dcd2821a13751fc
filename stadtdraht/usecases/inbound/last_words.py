"""Beside each conversation of a list: who it is with, and what they wrote last."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from stadtdraht.domain.citizen import Citizen
from stadtdraht.domain.conversation import WaitingConversation
from stadtdraht.domain.text import one_line, shorten

if TYPE_CHECKING:
    from stadtdraht.ports.inbound import Citizens

LAST_WORDS_CHARACTERS = 80
SIDE_BY_SIDE = 8  # people read at the same time


@dataclass(frozen=True, slots=True)
class ListedConversation:
    """A line of the list that staff work through."""

    conversation: WaitingConversation
    citizen: Citizen | None
    """None for somebody who was erased a moment ago."""
    last_words: str = ""
    """Cut between words; "" where nothing is kept."""
    said_at: datetime | None = None


def with_last_words(
    town_id: str, waiting: Sequence[WaitingConversation], citizens: Citizens
) -> Sequence[ListedConversation]:
    """Read when the list is, and kept in no row of it: what a person takes back is gone here, too."""

    def look(it: WaitingConversation) -> ListedConversation:
        message = citizens.last_message(town_id, it.citizen_id)
        said = shorten(one_line(message.as_read), LAST_WORDS_CHARACTERS) or f"[{message.kind}]" if message else ""
        return ListedConversation(it, citizens.get(town_id, it.citizen_id), said, message.at if message else None)

    with ThreadPoolExecutor(SIDE_BY_SIDE) as hands:
        return list(hands.map(look, waiting))
