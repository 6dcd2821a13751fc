"""Identifiers: opaque for people, readable for causes, and how people appear in logs."""

import hashlib
import hmac
import re
import secrets
from datetime import datetime
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:  # the webhook needs ids, and neither citizens nor towns: 30 ms of its start
    from stadtdraht.domain.citizen import WireIdentity

BROADCAST: Final = "n"  # newsletter
ALERT: Final = "a"
CONTEST: Final = "c"  # a contest
DRILL: Final = "d"  # an alert that is exercised: the whole path, without a wire to WhatsApp
CITIZEN_ID_DIGITS = 20  # hex digits, 80 bits: a million citizens collide with a chance of 1 in 10^12
SHARDS = "0123456789abcdef"
BEHIND_ALL = "g"  # sorts behind every citizen id: the end of their range
READ_ALOUD = "abcdefghjkmnpqrstuvwxyz23456789"  # without those that are heard or read wrong on the telephone

TOWN_CHARACTERS = 40
_MESSAGE_ID = re.compile(r"[0-9a-f]{24}")
_TOWN = re.compile(r"[a-z]{1,40}(?:-[a-z]{1,40}){0,20}")
_CAUSE = re.compile(r"(?P<town>[a-z-]{1,40})-[nacd]-\d{8}-[a-z0-9]{1,20}", re.ASCII)


def citizen_id(pepper: bytes, town: str, identity: "WireIdentity", owners_before: int = 0) -> str:
    """The id of a person first met under this identity; the same whoever computes it and however often.

    owners_before: how many others had the same number before them, and are still known.
    """
    nth = f"\n{owners_before}" if owners_before else ""
    return keyed_hash(pepper, f"{town}\n{identity.primary}{nth}", CITIZEN_ID_DIGITS)


def keyed_hash(pepper: bytes, value: str, digits: int = 12) -> str:
    """How a person, number or text appears in logs and marks: not to be undone without the pepper."""
    return hmac.new(pepper, value.encode(), "sha256").hexdigest()[:digits]


def text_digest(text: str) -> str:
    """24 hex digits that stand for a text in keys; their first is the shard of a person's updates."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:24]


def short_digest(text: str) -> str:
    """12 hex digits that stand for a text in ids and logs, where it names nobody: a digest, a cause, a keyed hash."""
    return text_digest(text)[:12]


def message_id(wamid: str) -> str:
    """What a message is called here: a digest, since a wamid holds the number of the other side. One stays as it is."""
    return wamid if not wamid or _MESSAGE_ID.fullmatch(wamid) else text_digest(wamid)


def shard_of(citizen_id: str) -> str:
    """The partition shard of a citizen's rows: the first digit, so that order by id is order by shard."""
    return citizen_id[0]


def new_cause(town: str, kind: str, now: datetime, random: str) -> str:
    """Id of a broadcast or alert, e.g. "neu-ulm-n-20261124-4f7k2p"; `random` comes from `new_random`."""
    return f"{town}-{kind}-{now:%Y%m%d}-{random}"


def new_random() -> str:
    """The end of a cause's id: six letters and digits that nobody guesses, and anybody can read out."""
    return "".join(secrets.choice(READ_ALOUD) for _ in range(6))


def kind_of(cause: str) -> str:
    """BROADCAST, ALERT or DRILL; "" for anything else."""
    match cause.rsplit("-", 3):
        case [_, kind, date, _] if date.isdigit():
            return kind
    return ""


def town_of(cause: str) -> str:
    """The town in a cause's id; "" for anything else."""
    match cause.rsplit("-", 3):
        case [town, _, date, _] if date.isdigit():
            return town
    return ""


def is_town_id(text: str) -> bool:
    """Whether a town can be called so; whatever else somebody puts into an address is looked up nowhere."""
    return len(text) <= TOWN_CHARACTERS and bool(_TOWN.fullmatch(text))


def is_cause_id(text: str) -> bool:
    """Whether a broadcast, alert or drill can be called so."""
    found = _CAUSE.fullmatch(text)
    return found is not None and is_town_id(found["town"])
