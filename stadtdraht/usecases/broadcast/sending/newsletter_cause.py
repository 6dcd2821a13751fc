"""A newsletter as the sender needs it: its town's template, filled with its items."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from stadtdraht.domain.broadcast.broadcast import Broadcast
from stadtdraht.domain.broadcast.clicks import links_in_message
from stadtdraht.domain.broadcast.template_variables import words_of
from stadtdraht.domain.citizen import Recipient
from stadtdraht.domain.delivery.delivery import DeliveryKey
from stadtdraht.domain.errors import NoTemplate
from stadtdraht.domain.town import Offer, Template, Town
from stadtdraht.usecases.delivery.protocol import Message
from stadtdraht.usecases.whatsapp.template_message import template_message

GOOD_FOR = timedelta(days=2)  # from its start, or its latest portion's: what could not be sent until then is old news


class NoNewsletterTemplate(NoTemplate):
    """The town has no template for newsletters."""

    def __init__(self, town: str) -> None:
        super().__init__(f"{town} has no newsletter template; name one in its town file and apply it")


@dataclass(frozen=True, slots=True)
class Newsletter:
    """One broadcast of one town. public_url: where our pages stand; "" puts the plain link into the message."""

    broadcast: Broadcast
    town: Town
    public_url: str = ""
    offer: Offer = Offer.NEWS

    @property
    def released_at(self) -> datetime:
        return self.broadcast.goes_at

    def reaches(self, recipient: Recipient) -> bool:
        return self.broadcast.reaches(recipient)

    @property
    def over_at(self) -> datetime:
        """From then on nothing more of what has begun goes out."""
        return self.broadcast.expires_at or self.broadcast.begun_at + GOOD_FOR

    def over(self, now: datetime) -> bool:
        return now >= self.over_at

    async def message(self, recipient: Recipient, attempt: int) -> Message:
        """Raises NoNewsletterTemplate."""
        return Message(self.body(recipient, attempt))

    def body(self, recipient: Recipient, attempt: int) -> Mapping[str, Any]:
        """Raises NoNewsletterTemplate."""
        template = self._template(recipient.language)
        words = words_of(self.broadcast, self.town, links_in_message(self.broadcast, self.town, self.public_url))
        one_name = not recipient.identity.is_whole
        key = DeliveryKey(self.broadcast.broadcast_id, recipient.citizen_id, attempt, one_name=one_name)
        return template_message(template, words, recipient, key, self.broadcast.items[0].image_url)

    def _template(self, language: str) -> Template:
        template = self.town.template(self.broadcast.template, language)
        if template is None:
            raise NoNewsletterTemplate(self.town.id)
        return template
