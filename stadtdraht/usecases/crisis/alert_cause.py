"""An alert as the delivery loop needs it: whom it is for, and by which route it goes while Meta pauses templates.

First the templates in the person's language that stood as approved at the last look; then free words, where the person
wrote within 24 hours; then templates in German; at last those that did not stand as approved, since a last look may be
old. What Meta refuses while it is sent counts at once, for everybody after. Source: Meta, Error codes, 2026-09.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from stadtdraht.domain.citizen import Recipient
from stadtdraht.domain.crisis.alert import Alert
from stadtdraht.domain.delivery.delivery import BY_TEXT
from stadtdraht.domain.errors import NoTemplate
from stadtdraht.domain.town import Offer, Template, Town
from stadtdraht.domain.whatsapp.account import AccountSnapshot
from stadtdraht.domain.whatsapp.error_codes import TEMPLATE_REFUSED, WINDOW_CLOSED
from stadtdraht.domain.whatsapp.template_drift import doubtful_templates
from stadtdraht.usecases.crisis.alert_message import alert_message, alert_text
from stadtdraht.usecases.crisis.alert_wording import frames_of
from stadtdraht.usecases.delivery.protocol import Message, NoRouteLeft

if TYPE_CHECKING:
    from stadtdraht.ports.broadcast import Audience


class NoCrisisTemplate(NoTemplate):
    """The town has no template for alerts in its settings."""

    def __init__(self, town: str) -> None:
        super().__init__(f"{town} has no template for warnings")


@dataclass(slots=True)
class AlertToSend:
    """Goes to everyone with the crisis consent in its districts; remembers what one sender learned of its routes."""

    alert: Alert
    town: Town
    snapshot: AccountSnapshot | None
    """What Meta said of the town's account at the last look; None: nobody has looked."""
    audience: Audience
    now: Callable[[], datetime]
    no_route_left: int = 0
    """Meta's code, once somebody could be reached by no route."""
    _refused: dict[tuple[str, str], int] = field(default_factory=dict)  # Meta's code, by name and language
    _closed: set[str] = field(default_factory=set)  # whose window Meta says is closed
    _doubtful: frozenset[tuple[str, str]] = frozenset()

    def __post_init__(self) -> None:
        self._doubtful = doubtful_templates(self.town, self.snapshot)

    @property
    def offer(self) -> Offer:
        return Offer.CRISIS

    @property
    def released_at(self) -> datetime:
        return self.alert.raised_at

    def reaches(self, recipient: Recipient) -> bool:
        return self.alert.reaches(recipient)

    def over(self, now: datetime) -> bool:
        return self.alert.over(now)

    async def message(self, recipient: Recipient, attempt: int) -> Message:
        """The next route to this person. Raises NoCrisisTemplate, and NoRouteLeft once Meta has refused all."""
        choices = frames_of(self.alert, self.town, recipient.language)
        if not choices:
            raise NoCrisisTemplate(self.town.id)
        sound = [it for it in choices if _named(it) not in self._doubtful and _named(it) not in self._refused]
        own = choices[0].speaks
        template = next((it for it in sound if it.speaks == own), None)
        if template is None and await self._may_be_written_to(recipient):
            text = alert_text(self.alert, choices[0], recipient, attempt)
            return Message(text, BY_TEXT, partial(self._is_window_closed, recipient))
        template = template or next(self._in_order(choices, sound), None)
        if template is None:
            self.no_route_left = self._refused[_named(choices[0])]
            raise NoRouteLeft(self.no_route_left, choices[0].name)
        body = alert_message(self.alert, template, recipient, attempt)
        return Message(body, template.name, partial(self._is_template_refused, template))

    def _is_template_refused(self, template: Template, code: int) -> bool:
        if code in TEMPLATE_REFUSED:
            self._refused[_named(template)] = code
        return code in TEMPLATE_REFUSED

    def _is_window_closed(self, recipient: Recipient, code: int) -> bool:
        self._closed.add(recipient.citizen_id)
        return code == WINDOW_CLOSED

    def _in_order(self, choices: list[Template], sound: list[Template]) -> Iterator[Template]:
        yield from sound
        yield from (it for it in choices if _named(it) not in self._refused)

    async def _may_be_written_to(self, recipient: Recipient) -> bool:
        who = recipient.citizen_id
        return who not in self._closed and await self.audience.window_is_open(self.town.id, who, self.now())


def _named(template: Template) -> tuple[str, str]:
    return template.name, template.language
