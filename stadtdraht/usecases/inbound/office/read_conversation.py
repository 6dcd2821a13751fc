"""A conversation as staff read it: the newest lines, those before them page by page, templates in their words."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from stadtdraht.domain.conversation import LinePage
from stadtdraht.domain.inbound.words_of_templates import in_words
from stadtdraht.domain.town import Town

if TYPE_CHECKING:
    from stadtdraht.ports.inbound import Citizens, Conversations

PAGE = 50


def read_conversation(
    town: Town,
    citizen_id: str,
    citizens: Citizens,
    conversations: Conversations,
    *,
    before: datetime | None = None,
    limit: int = PAGE,
) -> LinePage:
    """The newest lines before a moment, oldest first; of everybody who turned out to be this person."""
    ids = (citizen_id, *citizens.merged_ids(town.id, citizen_id))
    page = conversations.lines(town.id, ids, before=before, limit=limit)
    return replace(page, lines=tuple(in_words(page.lines, town)))
