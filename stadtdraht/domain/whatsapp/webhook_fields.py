"""The webhook fields that the product acts on: the app at Meta has to be subscribed to each of them.

docs/operations/deploy.md names them, usecases/operations/look_at_meta.py looks for them at Meta, and tests hold both,
and whoever acts on a field, to this list. Meta sends nothing of a field that the app is not subscribed to, and says
nothing of it.
"""

from collections.abc import Mapping
from typing import Final

ACTED_ON: Final[Mapping[str, str]] = {
    "messages": "what citizens write, and what became of what the town sent",
    "calls": "a citizen rings: nobody picks up, so that a text answers",
    "user_preferences": "who stops marketing messages in WhatsApp's own settings",
    "message_template_status_update": "a template is approved, paused or disabled",
    "message_template_quality_update": "people block or report a template",
    "message_template_components_update": "Meta changed the wording of a template",
    "template_category_update": "Meta moves a template to another category, at another price",
    "phone_number_quality_update": "the number's messaging limit",
    "account_update": "the account is restricted, banned or gone",
    "account_alerts": "Meta warns of the account",
    "business_capability_update": "what the portfolio may send in a day",
    "security": "somebody asks for the number's PIN, or changed it",
}
