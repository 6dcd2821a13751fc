"""Lists of conversations as staff work through them: who waits, what is theirs, chain messages, everybody."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from stadtdraht.domain.conversation import Flag, ListedConversation, RecentPage

if TYPE_CHECKING:
    from stadtdraht.ports.inbound import Conversations

PAGE = 50


class Tab(StrEnum):
    """What of the small list is shown. Everybody is a list of its own: `list_recent`."""

    WAITING = "waiting"
    MINE = "mine"
    CHAIN = "chain"


@dataclass(frozen=True, slots=True)
class Colleague:
    """Who of the staff looks. Whoever works by the command line has a name and no id."""

    name: str
    staff_id: str = ""
    stands_in_for: frozenset[str] = frozenset()
    """Ids of colleagues who are away; what is theirs is this one's meanwhile."""

    def has(self, listed: ListedConversation) -> bool:
        """Whether it was given to them: by id where both have one, else by name."""
        talk = listed.conversation
        return talk.is_of(self.name, self.staff_id) or talk.assigned_to_id in self.stands_in_for


def list_conversations(
    town_id: str, tab: Tab, conversations: Conversations, *, mine: Colleague | None = None
) -> Sequence[ListedConversation]:
    """Need first, then who has waited longest. mine: who asks, for Tab.MINE."""
    return in_tab(conversations.waiting(town_id), tab, mine)


def in_tab(
    found: Sequence[ListedConversation], tab: Tab, mine: Colleague | None = None
) -> Sequence[ListedConversation]:
    """The same of what was read already, so that one reading fills every tab and its number."""
    shown = [it for it in found if _belongs(it, tab, mine)]
    return sorted(shown, key=lambda it: (not it.is_need, it.waiting_since or it.conversation.last_at, it.citizen_id))


def list_recent(
    town_id: str, now: datetime, conversations: Conversations, *, before: str = "", limit: int = PAGE
) -> RecentPage:
    """Everybody who ever wrote, the newest first, page by page. before: `RecentPage.next` of the page above."""
    return conversations.recent(town_id, now, before=before, limit=limit)


def _belongs(listed: ListedConversation, tab: Tab, mine: Colleague | None) -> bool:
    match tab:
        case Tab.WAITING:
            return listed.waiting_since is not None or bool(listed.flags - {Flag.CHAIN})
        case Tab.MINE:
            return mine is not None and mine.has(listed)
        case Tab.CHAIN:
            return listed.is_chain
