"""A town sends a message: every rule between the request and "accepted"."""

from dataclasses import dataclass
from typing import Any

from local.whatsapp.graph.message_rules import check_message
from local.whatsapp.graph.template_fit import check_fit
from local.whatsapp.model.chats import ChatMessage
from local.whatsapp.model.errors import Refused
from local.whatsapp.model.ledger import Entry
from local.whatsapp.model.numbers import Number
from local.whatsapp.model.people import FAILS_LATER, Person, digits_of, is_bsuid
from local.whatsapp.model.statuses import price
from local.whatsapp.model.template_shape import Template
from local.whatsapp.model.world import World, new_wamid

_TYPING_S = 25.0  # Meta, Typing indicators, 2026-09-11


@dataclass(frozen=True, slots=True)
class Recipient:
    """Who a message is for. `given` as sent; `wa_id` is None when it was addressed by BSUID."""

    person: Person
    given: str
    wa_id: str | None


def accept(world: World, number: Number, body: dict[str, Any], now: float) -> dict[str, Any]:
    """Take a message into the ledger and answer as Meta does; raises `Refused` and keeps nothing else."""
    kind = check_message(body)
    recipient = _recipient(world, number, body)
    chat = world.chats.between(number, recipient.person)
    template = None
    if kind == "template":
        template = _template(world, number, body["template"], recipient, now)
    elif not chat.window_is_open(now):
        raise Refused(131047, "More than 24 hours have passed since the recipient last wrote: send a template message.")
    _check_references(world, kind, body, now)
    _check_rates(world, number, recipient.person, now)

    message = ChatMessage(
        id=new_wamid(recipient.wa_id or recipient.person.user_id),
        chat=chat,
        from_town=True,
        time=now,
        body=body,
        template=template,
        recipient_id=recipient.wa_id,
        opaque=body.get("biz_opaque_callback_data"),
        error_code=131026 if (recipient.wa_id or "").startswith(FAILS_LATER) else None,
    )
    message.pricing = price(message, now)
    chat.typing_until = 0.0
    number.traffic.sent(now)
    world.pairs.sent((number.phone_number_id, recipient.person.key), now)
    world.chats.keep(message)
    world.ledger.accept(
        Entry(
            message.id,
            number.phone_number_id,
            recipient.given,
            recipient.person.wa_id,
            recipient.person.user_id,
            now,
            body,
        )
    )
    world.statuses.plan(message, now)
    world.live.moved(recipient.person.user_id, number.town)
    return _answer(message, recipient)


def mark_read(world: World, number: Number, body: dict[str, Any], now: float) -> dict[str, Any]:
    """`status: read`, with or without a typing indicator."""
    if body.get("messaging_product") != "whatsapp":
        raise Refused(100, 'messaging_product must be "whatsapp".')
    message = world.chats.find(str(body.get("message_id", "")))
    if body.get("status") != "read" or message is None or message.from_town:
        raise Refused(131009, "message_id must be a message that this number has received.")
    if message.chat.number.phone_number_id != number.phone_number_id:
        raise Refused(131009, "message_id belongs to another phone number.")
    for earlier in message.chat.messages:
        if not earlier.from_town:
            earlier.climb("read")
        if earlier is message:
            break
    if isinstance(body.get("typing_indicator"), dict):
        message.chat.typing_until = now + _TYPING_S
    world.live.moved(message.chat.person.user_id, number.town)
    return {"success": True}


def _recipient(world: World, number: Number, body: dict[str, Any]) -> Recipient:
    """`to` wins over `recipient`. Without "+", Meta puts the business's country code in front.

    Source: Meta, Business-scoped user IDs, 2026-05-07.
    """
    to, bsuid = body.get("to"), body.get("recipient")
    if to:
        if not isinstance(to, str) or is_bsuid(to) or not digits_of(to):
            raise Refused(131009, "to must be a phone number with + and country code.")
        own = digits_of(number.display_phone_number)
        digits = digits_of(to) if to.strip().startswith("+") else own[:2] + digits_of(to)
        if digits == own:
            raise Refused(131021, "The recipient is the sender.")
        person = world.people.recipient(digits)
        if person is None:
            raise Refused(131026, f"Not on WhatsApp, or not a number: read as +{digits[:4]}… from to.")
        return Recipient(person, to, digits)
    if not bsuid:
        raise Refused(100, "The parameter to is required.")
    if not isinstance(bsuid, str) or not is_bsuid(bsuid):
        raise Refused(131009, "recipient must be a business-scoped user id such as DE.123.")
    person = world.people.find(bsuid)
    if person is None:
        raise Refused(131026, "No such business-scoped user id in this portfolio.")
    return Recipient(person, bsuid, None)


def _template(world: World, number: Number, part: dict[str, Any], recipient: Recipient, now: float) -> Template:
    name, language = str(part["name"]), str(part["language"]["code"])
    template = world.templates.find(number.waba_id, name, language)
    if template is None:
        raise Refused(132001, f"template name ({name}) does not exist in {language}.")
    paused = world.faults.knobs.pause_template
    status = "PAUSED" if paused in {name, "*"} else template.status(now)
    if status == "PAUSED":
        raise Refused(132015, f"template {name} is paused because of its quality.")
    if status == "DISABLED":
        raise Refused(132016, f"template {name} is disabled for good.")
    if status != "APPROVED":
        raise Refused(132001, f"template {name} ({language}) is {status}, not approved.")
    check_fit(template, part.get("components") or [])
    if template.category == "AUTHENTICATION" and recipient.wa_id is None:
        raise Refused(131062, "Authentication templates need a phone number.")
    stopped = number.phone_number_id in recipient.person.stopped_marketing_of
    if template.category == "MARKETING" and stopped:
        raise Refused(131050, "The recipient has chosen to stop receiving marketing messages from you.")
    return template


def _check_references(world: World, kind: str, body: dict[str, Any], now: float) -> None:
    """Media by id and the target of a reaction must exist."""
    part = body[kind]
    media_id = part.get("id")
    if media_id and kind in {"image", "video", "audio", "document", "sticker"}:
        if world.media.find(str(media_id), now) is None:
            raise Refused(131009, f"{kind}.id: no such media, or it has expired.")
    elif kind == "reaction" and world.chats.find(part["message_id"]) is None:
        raise Refused(131009, "reaction.message_id: no such message.")


def _check_rates(world: World, number: Number, person: Person, now: float) -> None:
    rate_mps = world.faults.rate_of(number.phone_number_id, number.rate_mps)
    throttling = world.faults.is_throttling(number.phone_number_id)
    if throttling or not number.traffic.has_room(now, rate_mps):
        raise Refused(130429, f"Cloud API message throughput has been reached ({rate_mps} per second).")
    if not world.pairs.has_room((number.phone_number_id, person.key), now):
        raise Refused(131056, "Too many messages to this recipient in a short time: 1 per 6 s, 45 in advance.")


def _answer(message: ChatMessage, recipient: Recipient) -> dict[str, Any]:
    contact = {"input": recipient.given}
    if recipient.wa_id:
        contact["wa_id"] = recipient.wa_id
    else:
        contact["user_id"] = recipient.person.user_id
    accepted = {"id": message.id}
    if message.template is not None:
        accepted["message_status"] = "accepted"
    return {"messaging_product": "whatsapp", "contacts": [contact], "messages": [accepted]}
