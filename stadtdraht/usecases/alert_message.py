"""The one message a person gets of an alert: the approved template, filled with the alert's own words."""

from collections.abc import Mapping
from typing import Any

from stadtdraht.domain.alert import Alert
from stadtdraht.domain.alert_lint import NOTHING
from stadtdraht.domain.citizen import Recipient
from stadtdraht.domain.delivery import DeliveryKey
from stadtdraht.domain.errors import NoTemplate
from stadtdraht.domain.town import Town
from stadtdraht.usecases.alert_wording import frame
from stadtdraht.usecases.template_message import template_message


class NoCrisisTemplate(NoTemplate):
    """The town has no template for alerts in its settings."""

    def __init__(self, town: str) -> None:
        super().__init__(f"{town} has no crisis template; name one in its town file and apply it")


def alert_message(alert: Alert, town: Town, recipient: Recipient, attempt: int) -> Mapping[str, Any]:
    """The body for Meta's messages route, in the reader's language where alert and template have it.

    Raises NoCrisisTemplate.
    """
    worded, _ = alert.wording_for(recipient.language)
    template = frame(town, worded)
    if template is None:
        raise NoCrisisTemplate(town.id)
    _, parts = alert.wording_for(template.speaks)
    words = {name: parts.get(name) or NOTHING for name in template.variables}
    return template_message(template, words, recipient, DeliveryKey(alert.alert_id, recipient.citizen_id, attempt))
