"""Turns what happens into webhooks: grouped, disturbed on request, put into the queue."""

from collections.abc import Iterable
from typing import Any

from local.whatsapp.config import Config
from local.whatsapp.model.app import App
from local.whatsapp.model.chats import ChatMessage
from local.whatsapp.model.faults import Faults
from local.whatsapp.model.numbers import Number, Numbers
from local.whatsapp.model.statuses import Due, as_status
from local.whatsapp.model.webhook_bytes import envelope, on_the_wire
from local.whatsapp.model.webhook_queue import WebhookQueue

_Update = tuple[Number, str, dict[str, Any], dict[str, Any] | None]  # number, "messages"|"statuses", it, contact


class Announcer:
    """Messages go out one by one, statuses in groups; with the `batch` knob, everything in mixed groups."""

    def __init__(self, config: Config, app: App, numbers: Numbers, faults: Faults, queue: WebhookQueue) -> None:
        self._config = config
        self._app = app
        self._numbers = numbers
        self._faults = faults
        self._queue = queue
        self._gathered: list[_Update] = []

    def incoming(self, message: ChatMessage, wire: dict[str, Any], times: int = 1) -> None:
        """A citizen's message, `times` over when a duplicate is wanted."""
        chat = message.chat
        update: _Update = (chat.number, "messages", wire, chat.person.as_contact())
        if self._faults.knobs.batch:
            self._gathered.extend([update] * times)
            return
        for _ in range(times):
            self._post([update])

    def system(self, number: Number, wire: dict[str, Any]) -> None:
        """A system message: it has no `contacts`."""
        self._post([(number, "messages", wire, None)])

    def field(self, waba_id: str, field: str, value: dict[str, Any], time: float | None) -> None:
        """Any other webhook field, such as `message_template_status_update`."""
        if waba_id not in self._numbers.unsubscribed_wabas and self._app.sends(field):
            change = {"value": value, "field": field}
            self._queue.add(on_the_wire(envelope(waba_id, [change], int(time) if time else None)))

    def statuses(self, due: Iterable[Due]) -> None:
        for one in due:
            if self._faults.happens(self._faults.knobs.drop_statuses):
                continue
            failed = one.tick == "failed"
            contact = None if failed else one.message.chat.person.as_contact()
            update: _Update = (one.message.chat.number, "statuses", as_status(one), contact)
            again = self._faults.happens(self._faults.knobs.duplicate_statuses)
            self._gathered.extend([update, update] if again else [update])

    def flush(self) -> None:
        """Put what has gathered into the queue: 50 statuses of a number per POST, or as `batch` says."""
        gathered, self._gathered = self._gathered, []
        if self._faults.knobs.reorder:
            self._faults.dice.shuffle(gathered)
        if self._faults.knobs.batch:
            self._post_in_groups(gathered, self._faults.knobs.batch)
            return
        of_number: dict[str, list[_Update]] = {}
        for update in gathered:
            of_number.setdefault(update[0].phone_number_id, []).append(update)
        for updates in of_number.values():
            self._post_in_groups(updates, self._config.statuses_per_post)

    def _post_in_groups(self, updates: list[_Update], size: int) -> None:
        for start in range(0, len(updates), size):
            self._post(updates[start : start + size])

    def _post(self, updates: list[_Update]) -> None:
        changes: dict[str, dict[str, dict[str, Any]]] = {}
        for number, kind, update, contact in updates:
            if number.waba_id in self._numbers.unsubscribed_wabas or not self._app.sends("messages"):
                continue
            of_waba = changes.setdefault(number.waba_id, {})
            change = of_waba.setdefault(
                f"{number.phone_number_id} {kind}",
                {
                    "value": {"messaging_product": "whatsapp", "metadata": number.metadata()},
                    "field": "messages",
                },
            )
            if contact is not None:
                contacts = change["value"].setdefault("contacts", {})
                contacts[contact["user_id"]] = contact
            change["value"].setdefault(kind, []).append(update)
        for of_waba in changes.values():
            for change in of_waba.values():
                if "contacts" in change["value"]:
                    change["value"]["contacts"] = list(change["value"]["contacts"].values())
        if not changes:
            return
        payload = {
            "object": "whatsapp_business_account",
            "entry": [{"id": waba_id, "changes": list(of_waba.values())} for waba_id, of_waba in changes.items()],
        }
        self._queue.add(on_the_wire(payload))
