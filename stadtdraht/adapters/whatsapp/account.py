"""Port WhatsAppAccount on the Graph API's management routes: templates, subscription, facts of a number.

Called by the operator's command and the watch, never while sending. Source: Meta, Business Management API, 2026-09.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from stadtdraht.adapters.whatsapp.management import ask
from stadtdraht.domain.media.sample_picture import SamplePicture
from stadtdraht.domain.town import Template
from stadtdraht.domain.whatsapp.account import NumberFacts, TemplateSnapshot

PAGE = 100
THROUGHPUT_MPS = {"STANDARD": 80, "HIGH": 1000}  # Meta, Throughput, 2026-05-21
TEMPLATE_FIELDS = "id,name,language,status,category,components,message_send_ttl_seconds,quality_score"
NUMBER_FIELDS = (
    "display_phone_number,verified_name,quality_rating,throughput,"
    "whatsapp_business_manager_messaging_limit,health_status"
)


@dataclass(frozen=True, slots=True)
class GraphAccount:
    """One town's WhatsApp Business Account."""

    token: str
    url: str
    version: str

    def number(self, phone_number_id: str) -> NumberFacts:
        found = self._ask("read the number", "GET", phone_number_id, params={"fields": NUMBER_FIELDS})
        level = str((found.get("throughput") or {}).get("level", "")).upper()
        return NumberFacts(
            display_phone_number=str(found.get("display_phone_number", "")),
            quality=str(found.get("quality_rating", "UNKNOWN")),
            rate_mps=THROUGHPUT_MPS.get(level),
            portfolio_limit=str(found.get("whatsapp_business_manager_messaging_limit") or ""),
            health=str((found.get("health_status") or {}).get("can_send_message", "")),
        )

    def templates(self, waba_id: str) -> Sequence[TemplateSnapshot]:
        asked: dict[str, Any] = {"fields": TEMPLATE_FIELDS, "limit": PAGE}
        found = []
        while True:
            page = self._ask("list templates", "GET", f"{waba_id}/message_templates", params=asked)
            found += [_standing(entry) for entry in page["data"]]
            if not (page.get("paging") or {}).get("next"):
                return found
            asked["after"] = page["paging"]["cursors"]["after"]

    def upload_sample(self, sample: SamplePicture) -> str:
        """In one piece, with the application that the token belongs to.

        Source: Meta, Resumable Upload API. Held against the simulated WhatsApp only, not yet against a live account.
        """
        app = self._ask("read the application", "GET", "app")
        asked = {
            "file_name": sample.file_name,
            "file_length": len(sample.content),
            "file_type": sample.mime_type,
        }
        begun = self._ask("begin the upload of the picture", "POST", f"{app['id']}/uploads", params=asked)
        headers = {"Authorization": f"OAuth {self.token}", "file_offset": "0"}
        done = self._ask("upload the picture", "POST", str(begun["id"]), headers=headers, content=sample.content)
        return str(done["h"])

    def create_template(self, waba_id: str, template: Template, sample_handle: str = "") -> str:
        body = {"name": template.name, "language": template.language, **_form(template, sample_handle)}
        made = self._ask(f"create template {template.name}", "POST", f"{waba_id}/message_templates", json=body)
        return str(made.get("status", "PENDING"))

    def edit_template(self, template_id: str, template: Template, sample_handle: str = "") -> None:
        self._ask(f"edit template {template.name}", "POST", template_id, json=_form(template, sample_handle))

    def subscribed(self, waba_id: str) -> bool:
        return bool(self._ask("read the subscription", "GET", f"{waba_id}/subscribed_apps")["data"])

    def subscribe(self, waba_id: str) -> None:
        self._ask("subscribe to webhooks", "POST", f"{waba_id}/subscribed_apps")

    def _ask(self, what: str, method: str, path: str, **rest: Any) -> Mapping[str, Any]:
        return ask(what, method, f"{self.url}/{self.version}/{path}", self.token, **rest)


def _form(template: Template, sample_handle: str) -> dict[str, Any]:
    """A template as Meta takes it for creating and editing."""
    body: dict[str, Any] = {"type": "BODY", "text": template.body}
    if template.variables:
        examples = dict(template.examples)
        body["example"] = {
            "body_text_named_params": [{"param_name": name, "example": examples[name]} for name in template.variables]
        }
    header = {"type": "HEADER", "format": "IMAGE", "example": {"header_handle": [sample_handle]}}
    components = [header, body] if template.picture else [body]
    if template.footer:
        components.append({"type": "FOOTER", "text": template.footer})
    if template.quick_replies:
        buttons = [{"type": "QUICK_REPLY", "text": text} for text in template.quick_replies]
        components.append({"type": "BUTTONS", "buttons": buttons})
    lives: dict[str, Any] = {"message_send_ttl_seconds": template.ttl_s} if template.ttl_s else {}
    return {"category": template.category, "parameter_format": "NAMED", "components": components, **lives}


def _standing(entry: Mapping[str, Any]) -> TemplateSnapshot:
    components = entry.get("components", ())
    texts = {_kind(part): str(part.get("text", "")) for part in components}
    header = next((str(part.get("format", "")).upper() for part in components if _kind(part) == "HEADER"), "")
    buttons = next((part.get("buttons", ()) for part in components if _kind(part) == "BUTTONS"), ())
    others = [f"button {it.get('type')}: {it.get('text', '')}" for it in buttons if it.get("type") != "QUICK_REPLY"]
    shown = [] if header in ("", "IMAGE") else [f"header {header}: {texts['HEADER']}"]
    ttl_s = entry.get("message_send_ttl_seconds")
    return TemplateSnapshot(
        template_id=str(entry["id"]),
        name=str(entry["name"]),
        language=str(entry["language"]),
        status=str(entry.get("status", "")),
        category=str(entry.get("category", "")),
        body=texts.get("BODY", ""),
        footer=texts.get("FOOTER", ""),
        ttl_s=int(ttl_s) if ttl_s and int(ttl_s) > 0 else None,  # -1 stands for Meta's 30 days
        quick_replies=tuple(str(it.get("text", "")) for it in buttons if it.get("type") == "QUICK_REPLY"),
        quality=str((entry.get("quality_score") or {}).get("score", "UNKNOWN")),
        picture=header == "IMAGE",
        more=(*shown, *others),
    )


def _kind(part: Mapping[str, Any]) -> str:
    return str(part.get("type", "")).upper()
