"""How many people a newsletter may reach today: Meta limits the portfolio, and a warning must always fit in.

Meta counts every person once in 24 hours, whatever was sent to them, and nobody whose service window is open (Messaging
limits, 2026-09: "inside open windows nothing counts"). So who had something today, or wrote to the town, costs nothing
more, and who takes warnings sits on a place that is kept for them anyway; everyone else takes one of what is left.
"""

from dataclasses import dataclass, field
from datetime import timedelta

from stadtdraht.domain.broadcast.slicing import BEFORE_ALL
from stadtdraht.domain.identifiers import BEHIND_ALL

DAY = timedelta(hours=24)
MOST_DAYS = 14  # a newsletter that takes longer is old news
LOOK_AGAIN = timedelta(hours=6)  # when a day had no room at all
STAYS_OPEN = timedelta(hours=2)  # a window must, from the start on: the largest limit takes 93 min at the slowest rate


@dataclass(frozen=True, slots=True)
class Room:
    """What a day allows; None: unlimited."""

    people: int | None
    """Of any kind, who had nothing today yet."""
    places: int | None
    """Those among them who take no warnings."""


def allowance(limit: int | None, crisis_audience: int, used_today: int, used_without_crisis: int) -> Room:
    """The room of a day. crisis_audience: everyone who takes warnings, for whom a place each is kept.

    used_today: people who had something in the last 24 hours; used_without_crisis: those of them who take no warnings.
    """
    if limit is None:
        return Room(None, None)
    return Room(max(0, limit - used_today), max(0, limit - crisis_audience - used_without_crisis))


@dataclass(frozen=True, slots=True)
class Share:
    """What one day takes."""

    people: int
    upto: str
    """Citizen id of the last of them; BEHIND_ALL: everyone who is left."""


@dataclass(slots=True)
class Spread:
    """Cuts readers, who come in order of citizen id, into daily shares."""

    first: Room
    """Today's."""
    following: Room
    """Of each day to come."""
    _done: list[Share] = field(default_factory=list)
    _people: int = 0
    _new: int = 0
    _placed: int = 0
    _last: str = BEFORE_ALL
    _stuck: bool = False

    @property
    def on_first_day(self) -> bool:
        """Whether the reader who was added last is reached today."""
        return not self._done

    def add(self, citizen_id: str, *, takes_no_place: bool, warned: bool) -> None:
        """One more reader: whether Meta would not count them today (they had something, or their window is open), and
        whether they take warnings.
        """
        while not self._stuck and not self._fits(takes_no_place=takes_no_place, warned=warned):
            self._stuck = bool(self._done) and self._people == 0
            self._done.append(Share(self._people, self._last))
            self._people = self._new = self._placed = 0
        is_new = self._is_new(takes_no_place=takes_no_place)
        self._new += is_new
        self._placed += is_new and not warned
        self._people += 1
        self._last = citizen_id

    def shares(self) -> tuple[Share, ...] | None:
        """Every day's share, the first perhaps of nobody; None: it never ends, since nothing is allowed."""
        return None if self._stuck else (*self._done, Share(self._people, BEHIND_ALL))

    def _fits(self, *, takes_no_place: bool, warned: bool) -> bool:
        room = self.following if self._done else self.first
        if room.people is None or room.places is None or not self._is_new(takes_no_place=takes_no_place):
            return True
        return self._new < room.people and (warned or self._placed < room.places)

    def _is_new(self, *, takes_no_place: bool) -> bool:
        """Tomorrow nobody has had anything yet, and the windows of today are closed."""
        return bool(self._done) or not takes_no_place
