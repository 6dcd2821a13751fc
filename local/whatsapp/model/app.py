"""The one Meta app that the numbers belong to: where its webhooks go and which, and the tokens that it gives."""

import time
from dataclasses import dataclass, field
from typing import Any, Final

from local.whatsapp.config import Config

NAME: Final = "Stadt am Draht"
ID: Final = "700000000000001"
SCOPES: Final = ("business_management", "whatsapp_business_management", "whatsapp_business_messaging")
EVERY_FIELD: Final = frozenset(
    {
        "account_alerts",
        "account_review_update",
        "account_settings_update",
        "account_update",
        "business_capability_update",
        "business_username_update",
        "calls",
        "flows",
        "history",
        "message_echoes",
        "message_template_components_update",
        "message_template_quality_update",
        "message_template_status_update",
        "messages",
        "partner_solutions",
        "payment_configuration_update",
        "phone_number_name_update",
        "phone_number_quality_update",
        "security",
        "smb_app_state_sync",
        "smb_message_echoes",
        "template_category_update",
        "user_id_update",
        "user_preferences",
    }
)


@dataclass(slots=True)
class App:
    """It begins with its callback verified and every field subscribed."""

    secret: str
    callback_url: str
    active: bool = True
    fields: frozenset[str] = EVERY_FIELD
    scopes: tuple[str, ...] = SCOPES
    token_expires_at: int = 0
    """Of every town's token, in Unix seconds; 0: never."""
    overrides: dict[str, str] = field(default_factory=dict)
    """By account: another address for what concerns messages."""

    @classmethod
    def of(cls, config: Config) -> "App":
        return cls(config.app_secret, config.webhook_url)

    @property
    def own_token(self) -> str:
        """By which the app asks about itself."""
        return f"{ID}|{self.secret}"

    def sends(self, name: str) -> bool:
        """Whether webhooks of a field go out."""
        return self.active and name in self.fields

    def as_node(self) -> dict[str, Any]:
        return {"name": NAME, "id": ID}

    def as_subscriptions(self) -> list[dict[str, Any]]:
        """`GET /{app_id}/subscriptions`."""
        if not self.callback_url:
            return []
        fields = [{"name": name, "version": "v26.0"} for name in sorted(self.fields)]
        kind = "whatsapp_business_account"
        return [{"object": kind, "callback_url": self.callback_url, "active": self.active, "fields": fields}]

    def as_token(self, *, known: bool) -> dict[str, Any]:
        """`GET /debug_token`. A token that is not `known` is told to be invalid, and why."""
        ended = bool(self.token_expires_at) and self.token_expires_at <= time.time()
        facts: dict[str, Any] = {
            "app_id": ID,
            "application": NAME,
            "type": "SYSTEM_USER",
            "is_valid": known and not ended,
            "expires_at": self.token_expires_at,
            "data_access_expires_at": 0,
            "scopes": list(self.scopes) if known else [],
        }
        if not facts["is_valid"]:
            facts["error"] = {"code": 190, "message": "Error validating access token", "subcode": 463 if ended else 460}
        return facts
