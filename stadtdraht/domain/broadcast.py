"""A newsletter: what it says, whom it is for, and the states it goes through."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from stadtdraht.domain.citizen import Recipient
from stadtdraht.domain.errors import StadtdrahtError
from stadtdraht.domain.town import Mode, Town

TITLE_CHARACTERS = 60
TEASER_CHARACTERS = 500  # with title, link and frame it stays below the 1,024 of a template's body
FORBIDDEN_IN_PARAMETERS = ("\n", "\t", "    ")  # Meta refuses them in template parameters (132012)


class BroadcastState(StrEnum):
    """RELEASED: may start. RUNNING: slices are with the senders. HALTED: the number or template cannot send."""

    RELEASED = "released"
    SCHEDULED = "scheduled"
    RUNNING = "running"
    STOPPED = "stopped"
    HALTED = "halted"


@dataclass(frozen=True, slots=True)
class Broadcast:
    """One newsletter of one teaser. `topic` and `district`: only to these; "" to all.

    planned: people it was for when it started; each of `lanes` lanes is cut into `slices_per_lane` equal ranges. All
    three are written before the first slice, so that planning again cuts alike.
    planned_cost_eur: what the plan said then, as a decimal; "" before.
    released_at: who joins later gets nothing of it.
    """

    broadcast_id: str
    town: str
    title: str
    teaser: str
    link: str
    template: str
    state: BroadcastState
    released_at: datetime
    topic: str = ""
    district: str = ""
    starts_at: datetime | None = None
    planned: int = 0
    lanes: int = 0
    slices_per_lane: int = 0
    halted_by: int = 0
    planned_cost_eur: str = ""

    def reaches(self, recipient: Recipient) -> bool:
        """Whether it is meant for this person. Who named no topic takes all of them."""
        return (
            recipient.since <= self.released_at
            and (not self.topic or not recipient.topics or self.topic in recipient.topics)
            and (not self.district or recipient.district == self.district)
        )


class NewsletterNotFit(StadtdrahtError):
    """The newsletter cannot go out as written; the text says what to change."""


def check(title: str, teaser: str, link: str, town: Town) -> None:
    """Raises NewsletterNotFit with the first thing to correct."""
    if not title or len(title) > TITLE_CHARACTERS:
        raise NewsletterNotFit(f"the title needs 1 to {TITLE_CHARACTERS} characters; it has {len(title)}")
    if not teaser or len(teaser) > TEASER_CHARACTERS:
        raise NewsletterNotFit(f"the teaser needs 1 to {TEASER_CHARACTERS} characters; it has {len(teaser)}")
    if not link.startswith("https://"):
        raise NewsletterNotFit("the link must begin with https://")
    for text in (title, teaser, link):
        if any(mark in text for mark in FORBIDDEN_IN_PARAMETERS):
            raise NewsletterNotFit("line breaks, tabs and rows of spaces are not allowed by WhatsApp; use one line")
    if town.mode is Mode.ONE_WAY and "?" in title + teaser:
        raise NewsletterNotFit(f"{town.name} publishes one way: a newsletter must not ask a question")
