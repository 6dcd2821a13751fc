"""Sends a newsletter to a few colleagues before anybody else gets it, marked as a test."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from stadtdraht.domain.broadcast.broadcast import Broadcast, NewsletterNotFit
from stadtdraht.domain.broadcast.template_variables import TEST_MARK
from stadtdraht.domain.citizen import Recipient, WireIdentity
from stadtdraht.domain.delivery.delivery import Accepted, Halted, NotSent, Refused, SendOutcome
from stadtdraht.domain.errors import StadtdrahtError
from stadtdraht.domain.town import Tester, Town
from stadtdraht.usecases.broadcast.sending.newsletter_cause import Newsletter
from stadtdraht.usecases.broadcast.writing.release_broadcast import lint_with_links

if TYPE_CHECKING:
    from stadtdraht.ports.delivery import Controls
    from stadtdraht.ports.whatsapp import GraphApi


class NumberIsBusy(StadtdrahtError):
    """Nothing but a warning may go out now, or nothing at all."""


class NoTesters(StadtdrahtError):
    """The town named nobody to try a newsletter on."""

    def __init__(self, town: Town) -> None:
        super().__init__(f"{town.name} has no testers")
        self.town_name = town.name


@dataclass(frozen=True, slots=True)
class SendTestResult:
    """What became of the test for one tester; its fields are the names in JSON."""

    name: str
    """Of the tester."""
    accepted: bool
    """Whether Meta took it."""
    reason: str = ""
    """Why not: Meta's code, or ours."""


async def send_test(
    broadcast: Broadcast,
    town: Town,
    testers: Sequence[Tester],
    now: datetime,
    *,
    graph: GraphApi,
    controls: Controls,
    public_url: str,
) -> Sequence[SendTestResult]:
    """One message to each, in order. It has no delivery key, so that no figure of the newsletter counts it.

    Raises NoTesters, NewsletterNotFit for what Meta would refuse, NumberIsBusy.
    """
    if not testers:
        raise NoTesters(town)
    if found := lint_with_links(broadcast, town, now, links=None, public_url=public_url):
        raise NewsletterNotFit.because(found)
    control = await controls.read(town.id, town.number.phone_number_id)
    if control.crisis_at(now):
        raise NumberIsBusy(f"the number of {town.name} is busy: a warning is going out; try again later")
    marked = Newsletter(_marked(broadcast), town, public_url)
    results = []
    for tester in testers:
        outcome = await graph.send(town.id, town.number.phone_number_id, _body(marked, tester, now))
        results.append(SendTestResult(tester.name, isinstance(outcome, Accepted), _reason(outcome)))
    return results


def _marked(broadcast: Broadcast) -> Broadcast:
    first, *others = broadcast.items
    return replace(broadcast, items=(replace(first, title=f"{TEST_MARK}{first.title}"), *others))


def _body(newsletter: Newsletter, tester: Tester, now: datetime) -> Mapping[str, Any]:
    body = newsletter.body(Recipient("", WireIdentity(phone=tester.phone), now), 1)
    return {name: value for name, value in body.items() if name != "biz_opaque_callback_data"}


def _reason(outcome: SendOutcome) -> str:
    match outcome:
        case Accepted():
            return ""
        case Refused() | Halted() | NotSent():
            return str(outcome.code)
        case _:
            return "no clear answer"
