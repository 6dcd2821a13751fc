"""Looks at the addresses in a newsletter before its readers do."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from stadtdraht.domain.broadcast.broadcast import Item, NewsletterNotFit
from stadtdraht.domain.broadcast.finding import NewsletterFinding

if TYPE_CHECKING:
    from stadtdraht.domain.broadcast.links import LinkAnswer
    from stadtdraht.ports.broadcast import Links

AT_ONCE = 10  # two addresses for each of five items
QUICKLY_S = 3.0  # for whoever is about to send
PATIENTLY_S = 25.0


class DeadLink(NewsletterNotFit):
    """A page answers that it is not there; the text says which, a line each."""


def trouble_with_links(
    items: Sequence[Item], links: Links, within_s: float, unsound: Collection[tuple[int, str]] = ()
) -> list[tuple[NewsletterFinding, LinkAnswer]]:
    """Every address that readers would not get to. unsound: items and fields that are wrong already."""
    asked = [
        (number, field, address)
        for number, item in enumerate(items, start=1)
        for field, address in (("link", item.link), ("image", item.image_url))
        if address and (number, field) not in unsound
    ]
    with ThreadPoolExecutor(AT_ONCE) as threads:
        answers = list(threads.map(lambda it: links.answer(it[2], within_s), asked))
    return [
        (_finding(number, field, address, answer), answer)
        for (number, field, address), answer in zip(asked, answers, strict=True)
        if answer.trouble
    ]


def look_quickly(items: Sequence[Item], links: Links, *, refuses: bool) -> tuple[NewsletterFinding, ...]:
    """What is to be looked at by whoever sends; they are not held up for a page that is only slow or out of our reach.

    refuses: whether a page that answers with an error is a reason not to send. Raises DeadLink.
    """
    found = trouble_with_links(items, links, QUICKLY_S)
    if dead := [finding for finding, answer in found if answer.is_error and refuses]:
        raise DeadLink.because(dead)
    return tuple(finding for finding, _ in found)


def _finding(number: int, field: str, address: str, answer: LinkAnswer) -> NewsletterFinding:
    facts = {"address": address, "status": answer.status, "trouble": answer.code, "detail": answer.detail}
    code = "link_not_reached" if answer.status is None else "link_answers"
    return NewsletterFinding(number, field, f"{address} {answer.trouble}", code, facts)
