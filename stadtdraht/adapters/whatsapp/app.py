"""Port MetaApp on the Graph API: what Meta says of the app and its tokens, asked with the app's own token.

Source: Meta, Graph API: application/subscriptions, debug_token; WhatsApp, Webhook overrides, 2026-09. Held against the
simulated WhatsApp only, not yet against a live app.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from stadtdraht.adapters.whatsapp.management import ask
from stadtdraht.domain.operations.meta_app import AppSubscription, TokenFacts

OBJECT = "whatsapp_business_account"


@dataclass(frozen=True, slots=True)
class GraphMetaApp:
    """An app's own token is its id and its secret, so that asking with it also proves the secret."""

    url: str
    version: str

    def app_of(self, token: str) -> str:
        return str(self._ask("read the application", "app", token)["id"])

    def subscription(self, app_id: str, secret: str) -> AppSubscription | None:
        found = self._ask("read the app's subscriptions", f"{app_id}/subscriptions", f"{app_id}|{secret}")
        ours = next((it for it in found.get("data") or () if it.get("object") == OBJECT), None)
        if ours is None:
            return None
        fields = [it.get("name", "") if isinstance(it, Mapping) else it for it in ours.get("fields") or ()]
        return AppSubscription(str(ours.get("callback_url", "")), bool(ours.get("active")), frozenset(map(str, fields)))

    def token(self, app_id: str, secret: str, token: str) -> TokenFacts:
        params = {"input_token": token}
        found = self._ask("look at the access token", "debug_token", f"{app_id}|{secret}", params=params)["data"]
        ends_s = int(found.get("expires_at") or 0)
        return TokenFacts(
            valid=bool(found.get("is_valid")),
            app_id=str(found.get("app_id", "")),
            scopes=frozenset(map(str, found.get("scopes") or ())),
            expires_at=datetime.fromtimestamp(ends_s, UTC) if ends_s else None,
        )

    def callback_override(self, phone_number_id: str, token: str) -> str:
        params = {"fields": "webhook_configuration"}
        found = self._ask("read the number's webhooks", phone_number_id, token, params=params)
        told = found.get("webhook_configuration") or {}
        return str(told.get("phone_number") or told.get("whatsapp_business_account") or "")

    def _ask(self, what: str, path: str, token: str, **rest: Any) -> Mapping[str, Any]:
        return ask(what, "GET", f"{self.url}/{self.version}/{path}", token, **rest)
