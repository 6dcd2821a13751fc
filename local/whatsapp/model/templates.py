"""The accounts' message templates: made, found, changed, paused, deleted."""

import secrets
from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final

from local.whatsapp.model.errors import Refused
from local.whatsapp.model.template_rules import check_components, check_new_template, check_ttl, judged_category
from local.whatsapp.model.template_shape import Status, Template

_NAME_BLOCKED_S: Final = 30 * 24 * 3600  # after a deletion; Meta, Template management, 2026-01
_TEMPLATES_PER_WABA: Final = 6000  # verified portfolio; Meta, Template management, 2026-01
Check = Callable[[list[dict[str, Any]]], None]
_EDITABLE: Final = {"APPROVED", "REJECTED", "PAUSED"}


class Templates:
    """All templates, found by id or by (account, name, language)."""

    def __init__(self, approval_s: float) -> None:
        self._approval_s = approval_s
        self._by_id: dict[str, Template] = {}
        self._by_name: dict[tuple[str, str, str], Template] = {}
        self._deleted_at: dict[tuple[str, str], float] = {}
        self._unannounced: list[str] = []

    def all(self) -> list[Template]:
        return list(self._by_id.values())

    def put(self, template: Template) -> Template:
        self._by_id[template.id] = template
        self._by_name[template.waba_id, template.name, template.language] = template
        return template

    def find(self, waba_id: str, name: str, language: str) -> Template | None:
        return self._by_name.get((waba_id, name, language))

    def get(self, template_id: str) -> Template | None:
        return self._by_id.get(template_id)

    def of_waba(self, waba_id: str) -> list[Template]:
        return [template for template in self._by_id.values() if template.waba_id == waba_id]

    def create(self, waba_id: str, body: dict[str, Any], now: float, check: Check = lambda _: None) -> Template:
        """Raises `Refused` for a breach of the rules, a name taken, or one deleted within 30 days.

        check: of the examples of its components.
        """
        check_new_template(body)
        check(body["components"])
        name, language = str(body["name"]), str(body["language"])
        if self.find(waba_id, name, language):
            raise Refused(100, f"There is already {language} content for template {name}.")
        deleted_at = self._deleted_at.get((waba_id, name))
        if deleted_at is not None and now < deleted_at + _NAME_BLOCKED_S:
            raise Refused(100, f"Template {name} was deleted less than 30 days ago; take another name.")
        if len(self.of_waba(waba_id)) >= _TEMPLATES_PER_WABA:
            raise Refused(2388019, f"At most {_TEMPLATES_PER_WABA} templates per account.")
        category = judged_category(body)
        template = Template(
            id="168" + str(secrets.randbelow(10**13)).zfill(13),
            waba_id=waba_id,
            name=name,
            language=language,
            category=category,
            parameter_format=str(body.get("parameter_format", "POSITIONAL")).upper(),
            components=body["components"],
            approved_at=now + self._approval_s,
            message_send_ttl_seconds=(
                body.get("message_send_ttl_seconds") if category == str(body["category"]).upper() else None
            ),
        )
        self._unannounced.append(template.id)
        return self.put(template)

    def edit(self, template: Template, body: dict[str, Any], now: float, check: Check = lambda _: None) -> Template:
        """New components or TTL; back to review. The category of an approved template stays."""
        status = template.status(now)
        if status not in _EDITABLE:
            raise Refused(2388039, f"A template that is {status} cannot be edited.")
        wanted = str(body.get("category", template.category)).upper()
        if status == "APPROVED" and wanted != template.category:
            raise Refused(2388039, "The category of an approved template cannot be changed.")
        components = body.get("components", template.components)
        check_components(components, named=template.parameter_format == "NAMED")
        if "components" in body:
            check(components)
        ttl_s = body.get("message_send_ttl_seconds", template.message_send_ttl_seconds)
        check_ttl(wanted, ttl_s)
        self._unannounced.append(template.id)
        return self.put(
            replace(
                template,
                category=wanted,
                components=components,
                message_send_ttl_seconds=ttl_s,
                approved_at=now + self._approval_s,
                forced_status=None,
            )
        )

    def force(self, template: Template, status: Status) -> Template:
        return self.put(template.with_status(status))

    def delete(self, waba_id: str, name: str, template_id: str | None, now: float) -> None:
        """One language by id, else every language of the name."""
        doomed = [
            template
            for template in self.of_waba(waba_id)
            if template.name == name and template_id in {None, template.id}
        ]
        if not doomed:
            raise Refused(100, f"No message template {name} was found.")
        if any(template.status(now) == "DISABLED" for template in doomed):
            raise Refused(2388039, "A disabled template cannot be deleted.")
        for template in doomed:
            del self._by_id[template.id]
            del self._by_name[waba_id, template.name, template.language]
        self._deleted_at[waba_id, name] = now

    def newly_approved(self, now: float) -> list[Template]:
        """Templates whose approval has not been told by webhook yet."""
        ready = [
            template
            for template_id in self._unannounced
            if (template := self._by_id.get(template_id)) and now >= template.approved_at
        ]
        done = {template.id for template in ready}
        self._unannounced = [name for name in self._unannounced if name in self._by_id and name not in done]
        return ready


def status_update(template: Template, event: str, title: str | None = None) -> dict[str, Any]:
    """`message_template_status_update`: here the id is an integer."""
    value: dict[str, Any] = {
        "event": event,
        "message_template_id": int(template.id),
        "message_template_name": template.name,
        "message_template_language": template.language,
        "message_template_category": template.category,
        "reason": "NONE",
    }
    if title:
        value["other_info"] = {"title": title, "description": "Changed on request of the simulation."}
    return value
