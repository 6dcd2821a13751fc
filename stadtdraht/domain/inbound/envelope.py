"""Takes an envelope of Meta's apart: every update of it becomes one value with a key of its own, whatever it is.

Nothing here raises for content: what is not understood is kept as it came. Source: Meta, Webhooks, 2026-09.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from stadtdraht.domain.delivery.delivery import DeliveryKey, Status, StatusReport
from stadtdraht.domain.errors import NotADeliveryKey
from stadtdraht.domain.identifiers import message_id, text_digest, town_of
from stadtdraht.domain.inbound.inbox import UNROUTED, InboxUpdate, UpdateKind
from stadtdraht.domain.message import KINDS
from stadtdraht.domain.retention import UPDATE_AS_IT_CAME

LARGEST_RAW_BYTES = 350_000  # a row holds 400 KB, and no real update comes near it
LONGEST_KEY_BYTES = 500  # a sort key holds 1,024, and real ids are far shorter
LONGEST_NUMBER = 40
DEEPEST = 100  # Meta's own updates reach 12
CODE_DIGITS = 9  # Meta's codes have up to 7; a table's number holds 38
SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")
# A text whose escaped surrogates all stand in pairs, as those of an emoji do. Each branch takes what no other does.
IN_PAIRS = re.compile(
    r"(?:[^\\]++|\\[^u]|\\u(?![dD][89a-fA-F])|\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2})*+"
)
KEPT_S = int(UPDATE_AS_IT_CAME.total_seconds())
PLAUSIBLE_AGE = timedelta(days=8)  # Meta redelivers for 7; a later time is not believed
UNIX_DIGITS = 10  # of seconds, from 2001 to 2286
OF_A_STATUS = ("status", "timestamp", "pricing")  # what is kept of one that is not ours: not whom it is about
ABOUT_NOTHING = {"messaging_product", "metadata", "contacts"}
OF_MESSAGES = ABOUT_NOTHING | {"messages", "statuses"}
# What Meta documents, whether we act on it or only keep it.
OUR_CALL = "BUSINESS_INITIATED"
FIELDS = frozenset(
    {
        "account_alerts",
        "account_review_update",
        "account_settings_update",
        "account_update",
        "automatic_events",
        "business_capability_update",
        "business_username_update",
        "business_username_updates",
        "calls",
        "flows",
        "group_lifecycle_update",
        "group_participants_update",
        "group_settings_update",
        "group_status_update",
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
_AS_JSON = json.JSONEncoder(ensure_ascii=False, sort_keys=True)  # one for all: json.dumps makes one for each
TownOf = Callable[[str], str | None]


@dataclass(slots=True)
class ParsedEnvelope:
    """What an envelope held."""

    updates: list[InboxUpdate] = field(default_factory=list)
    statuses: list[tuple[str, StatusReport]] = field(default_factory=list)
    """Each with its town."""
    orphans: list[InboxUpdate] = field(default_factory=list)
    """Statuses without a key of ours."""
    unknown: int = 0
    """How many updates have a field, a part or a kind of message that Meta did not document when this was written.
    They are kept like all others; somebody should read what is new.
    """

    @property
    def is_empty(self) -> bool:
        """Whether it held nothing: Meta sends none such; who looks after the deployment does, for the signature."""
        return not (self.updates or self.statuses or self.orphans)


def parse_envelope(raw: bytes, now: datetime, *, town_of_number: TownOf, town_of_account: TownOf) -> ParsedEnvelope:
    """Every update of the envelope. `now` only stands in where an update carries no believable time."""
    town_of_number, town_of_account = cache(town_of_number), cache(town_of_account)
    try:
        entries = _listed(_parsed(raw)["entry"])
        changes = [(entry, change) for entry in entries for change in _listed(entry["changes"])]
        found = ParsedEnvelope()
        for entry, change in changes:
            _take(found, UNROUTED, change, now, _change, entry, town_of_number, town_of_account)
    except (ValueError, KeyError, TypeError, RecursionError):
        return ParsedEnvelope([_unparsed(UNROUTED, raw.decode("utf-8", "backslashreplace"), now)])
    return found


def _listed(value: Any) -> list[Any]:
    """Raises TypeError for anything else: what holds no list would seem to hold nothing, and be lost."""
    if not isinstance(value, list):
        raise TypeError("expected a list")
    return value


def _parsed(raw: bytes) -> Any:
    """JSON, without the halves of surrogate pairs that it may hold and no table takes."""
    text = raw.decode("utf-8", "replace")
    try:
        value = json.loads(text, parse_int=_integer)
    except RecursionError:
        value = json.loads(_shallow(text), parse_int=_integer)
    if SURROGATE.search(text) and not IN_PAIRS.fullmatch(text):
        value = json.loads(json.dumps(value, ensure_ascii=False).encode("utf-8", "replace"))
    return value


def _integer(digits: str) -> int | str:
    """A number with more digits than any of Meta's stays a text: Python refuses to read the longest."""
    return int(digits) if len(digits) <= LONGEST_NUMBER else digits


def _shallow(text: str) -> str:
    """JSON with null for what lies deeper than anything of Meta's: one such value costs itself only."""
    kept, depth, in_text, escaped = [], 0, False, False
    for sign in text:
        if in_text:
            in_text = escaped or sign != '"'
            escaped = not escaped and sign == "\\"
        elif sign == '"':
            in_text = True
        elif sign in "[{":
            depth += 1
            if depth == DEEPEST + 1:
                kept.append("null")
        if depth <= DEEPEST:
            kept.append(sign)
        if not in_text and sign in "]}":
            depth -= 1
    return "".join(kept)


def _take(found: ParsedEnvelope, town: str, part: Any, now: datetime, how: Callable[..., None], *more: Any) -> None:
    """One poison update never holds back its neighbours: it is kept as it came, and they go on."""
    try:
        how(found, town, part, now, *more)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        found.updates.append(_unparsed(town, _json(part), now))


def _change(
    found: ParsedEnvelope,
    otherwise: str,
    change: Any,
    now: datetime,
    entry: Any,
    town_of_number: TownOf,
    town_of_account: TownOf,
) -> None:
    value = change["value"]
    about = value.get("waba_info")  # of partners' events, whose entry is the partner's own portfolio
    account = str((isinstance(about, Mapping) and about.get("waba_id")) or entry.get("id", ""))
    metadata = value.get("metadata") or {}
    number = str(metadata.get("phone_number_id", ""))
    town = (town_of_number(number) if number else town_of_account(account)) or otherwise
    field = str(change.get("field") or _field_of(value))
    if not field:
        found.updates.append(_unparsed(town, _json(change), now))
        return
    if field == "calls":
        value = {"metadata": metadata, "contacts": value.get("contacts"), "messages": list(_rings(value))}
    elif field != "messages":
        found.unknown += field not in FIELDS
        found.updates += _of_field(town, field, value, entry, now)
        return
    if value.keys() <= ABOUT_NOTHING:
        raise KeyError("messages")
    contacts = _by_name(value.get("contacts"))
    for message in _listed(value.get("messages", [])):
        _take(found, town, message, now, _message, contacts, metadata)
    for status in _listed(value.get("statuses", [])):
        _take(found, town, status, now, _status)
    if rest := {name: part for name, part in value.items() if name not in OF_MESSAGES}:
        text = _json(rest)
        found.unknown += not rest.keys() <= {"errors"}
        found.updates.append(_row(town, UpdateKind.EVENT, f"messages#{account}#{text_digest(text)}", text, now))


def _field_of(value: Mapping[str, Any]) -> str:
    """The field of a change that does not name it, by what it holds; "" when that says nothing."""
    if value.get("field"):
        return str(value["field"])
    held = {"messages": "messages", "statuses": "messages", "calls": "calls", "user_preferences": "user_preferences"}
    return next((field for part, field in held.items() if part in value), "account_update" if "event" in value else "")


def _rings(value: Any) -> Iterator[Any]:
    """Calls that a citizen began, as messages of kind "call": nobody picks up, so that a text has to answer."""
    for call in value.get("calls") or []:
        if not isinstance(call, Mapping) or (call.get("event") == "connect" and call.get("direction") != OUR_CALL):
            yield {**call, "type": "call"} if isinstance(call, Mapping) else call


def _message(
    found: ParsedEnvelope, town: str, message: Any, now: datetime, contacts: Mapping[str, Any], metadata: Any
) -> None:
    message = _typed(message)
    contact = _contact_of(message, contacts)
    raw = _json({"message": message, "contact": contact, "metadata": metadata})
    found.unknown += str(message.get("type")) not in KINDS
    person = next(_names(message, contact), "")
    if not (message.get("id") and person) or _is_too_large(raw):
        found.updates.append(_unparsed(town, raw, now))
        return
    key = message_id(str(message["id"]))
    if message.get("group_id") or _is_late(message.get("timestamp"), now):  # said to others, or long ago: that it came
        kept = _json({name: message.get(name) for name in ("type", "timestamp")})
        found.updates.append(_row(town, UpdateKind.EVENT, f"message#{key}", kept, now))
        return
    at = _time(message.get("timestamp"), now)
    found.updates.append(_row(town, UpdateKind.MESSAGE, key, raw, at, of=person))


def _typed(message: Any) -> Any:
    """With its type, which older senders leave out, and a voice note of theirs as the audio that it is."""
    match message.get("type"):
        case "voice":
            return {**message, "type": "audio", "audio": message.get("voice")}
        case None | "":
            kind = next((kind for kind in sorted(KINDS) if message.get(kind)), "")
            return {**message, "type": kind} if kind else message
    return message


def _names(message: Any, contact: Any) -> Iterator[str]:
    """Whatever says who wrote, the stable one first; without any, no try can ever follow it up."""
    system = message.get("system")
    told = (message, contact or {}, system if isinstance(system, Mapping) else {})
    return (str(part[name]) for part in told for name in ("from_user_id", "from", "user_id", "wa_id") if part.get(name))


def _is_late(value: Any, now: datetime) -> bool:
    """Whether it is older than anything that Meta still delivers: nobody waits for an answer any more."""
    digits = str(value)
    return digits.isdecimal() and len(digits) == UNIX_DIGITS and int(digits) < (now - PLAUSIBLE_AGE).timestamp()


def _by_name(contacts: Any) -> Mapping[str, Any]:
    """The contacts of a change by number and by BSUID; under "" the only one, for a message that names nobody."""
    known = [contact for contact in contacts or () if isinstance(contact, Mapping)]
    by_name = {str(name): it for it in reversed(known) for name in (it.get("user_id"), it.get("wa_id")) if name}
    return {**by_name, "": known[0]} if len(known) == 1 else by_name


def _contact_of(message: Any, contacts: Mapping[str, Any]) -> Any:
    """Who wrote: the contact with the sender's number or BSUID."""
    names = [str(name) for name in (message.get("from"), message.get("from_user_id")) if name] or [""]
    if found := next((contacts[name] for name in names if name in contacts), None):
        return found
    only = contacts.get(
        ""
    )  # under another spelling of the number, as in Brazil: its name is theirs, its ids may not be
    return {"profile": only.get("profile")} if only else None


def _status(found: ParsedEnvelope, town: str, status: Any, now: datetime) -> None:
    """Ours when it brings back a key of this very town, or of an answer; else filed by its wamid."""
    wamid, at = str(status["id"]), _time(status.get("timestamp"), now)
    try:
        key = _key_of(town, str(status.get("biz_opaque_callback_data") or ""))
        kind = Status(status["status"])
    except (NotADeliveryKey, ValueError):
        name = f"{message_id(wamid)}#{status.get('status', '')}"
        codes = [it.get("code") for it in status.get("errors") or ()]
        kept = {**{part: status.get(part) for part in OF_A_STATUS}, "codes": codes}
        found.orphans.append(_row(town, UpdateKind.EVENT, name, _json(kept), at))
        return
    errors, pricing = status.get("errors") or [{}], status.get("pricing") or {}
    report = StatusReport(
        key=key,
        status=kind,
        at=at,
        wamid=wamid,
        code=_whole_number(errors[0].get("code")),
        pricing_category=str(pricing.get("category", "")),
        pricing_type=str(pricing.get("type", "")),
    )
    if _is_longer(f"{wamid}{report.pricing_category}{report.pricing_type}", LONGEST_KEY_BYTES):
        raise ValueError("a status with a text that no row takes")
    found.statuses.append((town, report))
    if key.one_name and (names := _both_names(status)):
        pair = text_digest("\n".join(names.values()))
        found.updates.append(_row(town, UpdateKind.NAMES, pair, _json({"names": names}), at, of=names["user_id"]))


def _both_names(status: Any) -> Mapping[str, str]:
    """BSUID and number of whom a status is about, as Meta's own updates call them; nothing unless both are there."""
    user_id, phone = str(status.get("recipient_user_id") or ""), str(status.get("recipient_id") or "")
    is_pair = phone.isascii() and phone.isdecimal() and user_id and not user_id.isdecimal()
    return {"user_id": user_id, "wa_id": phone} if is_pair else {}


def _whole_number(value: Any) -> int | None:
    digits = str(value)
    return int(digits) if digits.isdecimal() and len(digits) <= CODE_DIGITS else None


def _key_of(town: str, text: str) -> DeliveryKey:
    """Raises NotADeliveryKey for a key that is not ours, or not this town's: towns never write each other's rows."""
    key = DeliveryKey.parse(text)
    if _is_longer(text, LONGEST_KEY_BYTES):
        raise NotADeliveryKey
    if town == UNROUTED or (not key.cause.startswith("a.") and town_of(key.cause) != town):
        raise NotADeliveryKey
    return key


def _of_field(town: str, name: str, value: Any, entry: Any, now: datetime) -> Iterator[InboxUpdate]:
    """Account and template events, and people's own choice about marketing messages."""
    preferences = value.get("user_preferences") if name == "user_preferences" else None
    if not preferences:
        text = _json({"field": name, "value": value})
        at = _time(entry.get("time"), now)
        yield _row(town, UpdateKind.EVENT, f"{name}#{entry.get('time', '')}#{text_digest(text)}", text, at)
        return
    for preference in preferences:
        person = str(preference.get("user_id") or preference.get("wa_id") or "")
        at = _time(preference.get("timestamp"), now)
        key = f"{text_digest(person)}#{preference.get('category', '')}#{int(at.timestamp())}"
        yield _row(town, UpdateKind.PREFERENCE, key, _json({"preference": preference}), at, of=person)


def _unparsed(town: str, text: str, now: datetime) -> InboxUpdate:
    kept = text.encode()[:LARGEST_RAW_BYTES].decode("utf-8", "ignore")
    return _row(town, UpdateKind.UNPARSED, text_digest(text), kept, now)


def _is_too_large(raw: str) -> bool:
    return _is_longer(raw, LARGEST_RAW_BYTES)


def _is_longer(text: str, bytes_: int) -> bool:
    """In UTF-8, which is only looked at where it can matter: most texts are short, and there are thousands."""
    return len(text) * 4 > bytes_ and len(text.encode()) > bytes_


def _row(town: str, kind: UpdateKind, key: str, raw: str, at: datetime, *, of: str = "") -> InboxUpdate:
    if _is_too_large(raw):
        return _unparsed(town, raw, at)
    if _is_longer(key, LONGEST_KEY_BYTES):
        key = f"{key[:100]}~{text_digest(key)}"
    expires_at_s = int(at.timestamp()) + KEPT_S
    return InboxUpdate(town, kind, text_digest(of or key)[0], key, raw, at, expires_at_s)


def _time(value: Any, now: datetime) -> datetime:
    """Meta's Unix seconds, as text or number; `now` when there are none that can be true."""
    try:
        at = datetime.fromtimestamp(int(value), UTC)
    except (TypeError, ValueError, OverflowError, OSError):
        return now
    return at if abs(now - at) < PLAUSIBLE_AGE else now


def _json(value: Any) -> str:
    return _AS_JSON.encode(value)
