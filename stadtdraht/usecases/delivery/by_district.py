"""Figures by district: people beside what became of them, and districts in the words and order of the town."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TypeVar

from stadtdraht.domain.citizen import Recipient
from stadtdraht.domain.town import Town

NO_DISTRICT = "ohne Ortsteil"
T = TypeVar("T")


def beside(
    found: Iterable[T], people: Iterable[Recipient], citizen_id: Callable[[T], str]
) -> Iterator[tuple[T | None, Recipient | None]]:
    """Everyone of whom something was found, and every recipient; both come in order of citizen id, and nothing is held.

    None stands for what was not found, or for somebody who is no recipient any more.
    """
    rest = iter(people)
    person = next(rest, None)
    for one in found:
        who = citizen_id(one)
        while person is not None and person.citizen_id < who:
            yield None, person
            person = next(rest, None)
        if person is not None and person.citizen_id == who:
            yield one, person
            person = next(rest, None)
        else:
            yield one, None
    while person is not None:
        yield None, person
        person = next(rest, None)


def named(found: Mapping[str, T], town: Town) -> dict[str, T]:
    """By the name of the district, in the order of the town's own list; those who named none, or are gone, last."""
    labels = {choice.id: choice.label for choice in town.districts}
    known = [district for district in labels if district in found]
    others = sorted(district for district in found if district and district not in labels)
    by_name = {labels.get(district, district): found[district] for district in (*known, *others)}
    return by_name | ({NO_DISTRICT: found[""]} if "" in found else {})
