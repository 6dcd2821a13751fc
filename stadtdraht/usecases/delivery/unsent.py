"""Who was claimed and certainly not sent to: in line once more, some of them not before a certain moment."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from stadtdraht.domain.whatsapp.error_codes import PAIR_RATE

PAIR_PAUSE_S = 6.0  # Meta lets one message to the same person through in 6 s


@dataclass(slots=True)
class Leftover:
    """Citizen ids in order, each with the monotonic second before which it rests."""

    _rests_until_s: dict[str, float] = field(default_factory=dict)

    @classmethod
    def of(cls, citizen_ids: Iterable[str]) -> "Leftover":
        return cls(dict.fromkeys(citizen_ids, float("-inf")))

    def add(self, citizen_id: str, code: int, now_s: float) -> None:
        """`code`: of Meta's, for which it was not sent; 0 when nobody was asked."""
        self._rests_until_s[citizen_id] = now_s + PAIR_PAUSE_S if code == PAIR_RATE else float("-inf")

    def take(self, limit: int, now_s: float) -> tuple[str, ...]:
        """Up to `limit` that need not rest; they are in it no more."""
        due = [one for one, until_s in self._rests_until_s.items() if until_s <= now_s][:limit]
        for one in due:
            del self._rests_until_s[one]
        return tuple(due)

    def clear(self) -> None:
        self._rests_until_s.clear()

    def __iter__(self) -> Iterator[str]:
        return iter(self._rests_until_s)

    def __contains__(self, citizen_id: str) -> bool:
        return citizen_id in self._rests_until_s

    def __len__(self) -> int:
        return len(self._rests_until_s)
