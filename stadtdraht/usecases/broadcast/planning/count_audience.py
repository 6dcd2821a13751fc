"""Whom a newsletter reaches, by reason, by day within Meta's limit, and by what Meta charges for them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING

from stadtdraht.domain.broadcast.broadcast import Broadcast
from stadtdraht.domain.broadcast.daily_limit import STAYS_OPEN, Share, Spread, allowance
from stadtdraht.domain.citizen import Recipient
from stadtdraht.domain.town import Offer, Town
from stadtdraht.domain.whatsapp.prices import Rate, country_of, free_in_window

if TYPE_CHECKING:
    from stadtdraht.ports.broadcast import Audience


@dataclass(frozen=True, slots=True)
class CountedAudience:
    """People, as they were when they were counted."""

    planned: int
    """To whom it goes."""
    consented: int
    """Who take the news."""
    excluded: Mapping[str, int]
    """To whom it does not go, by reason."""
    window_open: int
    """Of the first day, whose service window stays open for STAYS_OPEN from the start on, so surely until their turn:
    they take no place in Meta's limit."""
    used_today: int
    """Had something in the last 24 hours; Meta counts each person once."""
    crisis_reserve: int
    """Places kept free for people who take warnings and are neither readers nor among `used_today`."""
    shares: tuple[Share, ...] | None
    """By day, as Meta's limit allows; None: there is never room."""
    charged: Mapping[Rate, int]
    """Messages that Meta charges, by category of the template in the reader's language, and country."""
    free: Mapping[Rate, int]
    """Messages that a rule of that day makes free, since the window is open."""
    readers: CountedReaders
    """Of everybody who takes the news, whoever this newsletter is for."""
    planned_by_language: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class CountedReaders:
    """How many people each choice of staff would reach."""

    by_topic: Mapping[str, int]
    """Of each topic of the town; who named none takes all of them."""
    by_district: Mapping[str, int]
    by_language: Mapping[str, int]


def count_audience(
    broadcast: Broadcast, town: Town, starts_at: datetime, after: str, *, audience: Audience, used: AbstractSet[str]
) -> CountedAudience:
    """Reads the audience once, and those who take warnings twice where Meta sets a limit; memory stays flat.

    used: citizen ids of those who had something in the last 24 hours. after: readers up to this id are served.
    """
    warned = _Warned(town, audience, used)
    limit = town.number.portfolio_limit
    used_only = len(used) - warned.among_used
    spread = Spread(allowance(limit, warned.people, len(used), used_only), allowance(limit, warned.people, 0, 0))
    counted: Counter[str] = Counter()
    charged: Counter[Rate] = Counter()
    free: Counter[Rate] = Counter()
    category = _category_of(broadcast, town)
    free_categories = free_in_window(broadcast.goes_at.date())
    windows = audience.open_windows(town.id, starts_at + STAYS_OPEN)
    reserved_readers = window_open = 0
    languages: Counter[str] = Counter()
    readers = _Readers()
    for recipient in audience.scan(town.id, Offer.NEWS):
        if recipient.left_at is not None:
            counted["left"] += 1
            continue
        readers.add(recipient)
        if not broadcast.reaches(recipient):
            counted["other topic or district, or joined later"] += 1
        elif recipient.citizen_id <= after:
            counted["served before"] += 1
        else:
            counted["planned"] += 1
            languages[recipient.language] += 1
            is_open, is_used = recipient.citizen_id in windows, recipient.citizen_id in used
            is_warned = warned.includes(recipient.citizen_id)
            spread.add(recipient.citizen_id, takes_no_place=is_used or is_open, warned=is_warned)
            is_open = is_open and spread.on_first_day
            window_open += is_open
            reserved_readers += is_warned and not is_used and not is_open
            rate = category(recipient), country_of(recipient.identity)
            (free if is_open and rate[0] in free_categories else charged)[rate] += 1
    planned = counted.pop("planned", 0)
    return CountedAudience(
        planned=planned,
        consented=planned + sum(counted.values()) - counted["left"],
        excluded={reason: count for reason, count in counted.items() if count},
        window_open=window_open,
        used_today=len(used),
        crisis_reserve=0 if limit is None else warned.people - warned.among_used - reserved_readers,
        shares=spread.shares(),
        charged=charged,
        free=free,
        readers=readers.counted(town),
        planned_by_language=languages,
    )


class _Readers:
    """Counts what readers chose."""

    def __init__(self) -> None:
        self.topics: Counter[str] = Counter()
        self.districts: Counter[str] = Counter()
        self.languages: Counter[str] = Counter()
        self.of_all_topics = 0

    def add(self, recipient: Recipient) -> None:
        self.topics.update(recipient.topics)
        self.of_all_topics += not recipient.topics
        self.districts[recipient.district] += 1
        self.languages[recipient.language] += 1

    def counted(self, town: Town) -> CountedReaders:
        topics = {topic.id: self.topics[topic.id] + self.of_all_topics for topic in town.topics}
        return CountedReaders(topics, {it.id: self.districts[it.id] for it in town.districts}, dict(self.languages))


class _Warned:
    """People who take warnings, counted, and then asked for in order of citizen id. Nobody where there is no limit."""

    def __init__(self, town: Town, audience: Audience, used: AbstractSet[str]) -> None:
        self.people = self.among_used = 0
        for citizen_id in _ids_warned(town, audience):
            self.people += 1
            self.among_used += citizen_id in used
        self._rest = _ids_warned(town, audience)
        self._next = next(self._rest, None)

    def includes(self, citizen_id: str) -> bool:
        """To be asked with rising ids."""
        while self._next is not None and self._next < citizen_id:
            self._next = next(self._rest, None)
        return self._next == citizen_id


def _ids_warned(town: Town, audience: Audience) -> Iterator[str]:
    if town.number.portfolio_limit is None or Offer.CRISIS not in town.offers_of():
        return iter(())
    return (person.citizen_id for person in audience.scan(town.id, Offer.CRISIS) if person.left_at is None)


def _category_of(broadcast: Broadcast, town: Town) -> Callable[[Recipient], str]:
    """The category of the template that a reader's language gets."""

    @cache
    def of_language(language: str) -> str:
        template = town.template(broadcast.template, language)
        return template.category if template else ""

    return lambda recipient: of_language(recipient.language)
