"""Figures by district: recipients joined with what became of them, and districts in the words and order of the town."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TypeVar

from stadtdraht.domain.citizen import Recipient
from stadtdraht.domain.town import Town

NO_DISTRICT = "ohne Ortsteil"
T = TypeVar("T")


def merge_join(
    found: Iterable[T], recipients: Iterable[Recipient], citizen_id: Callable[[T], str]
) -> Iterator[tuple[T | None, Recipient | None]]:
    """Pairs what was found with its recipient. Both come in order of citizen id, and memory stays flat.

    The first is None for a recipient of whom nothing was found, the second for a person who is no recipient any more.
    """
    rest = iter(recipients)
    recipient = next(rest, None)
    for it in found:
        who = citizen_id(it)
        while recipient is not None and recipient.citizen_id < who:
            yield None, recipient
            recipient = next(rest, None)
        if recipient is not None and recipient.citizen_id == who:
            yield it, recipient
            recipient = next(rest, None)
        else:
            yield it, None
    while recipient is not None:
        yield None, recipient
        recipient = next(rest, None)


def name_districts(found: Mapping[str, T], town: Town) -> dict[str, T]:
    """By the district's name instead of its id, in the order of the town's own list; last the people without one."""
    labels = {choice.id: choice.label for choice in town.districts}
    known = [district for district in labels if district in found]
    others = sorted(district for district in found if district and district not in labels)
    by_name = {labels.get(district, district): found[district] for district in (*known, *others)}
    return by_name | ({NO_DISTRICT: found[""]} if "" in found else {})
