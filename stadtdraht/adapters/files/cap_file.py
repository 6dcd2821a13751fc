"""Reads a CAP 1.2 message. XML from outside: no DTD, no entity, nothing fetched, and bounds on size and depth.

Expat reads; what makes XML dangerous (entities that grow, entities that fetch) needs a DTD, and a DTD is refused.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import TypeVar
from xml.parsers import expat

from stadtdraht.domain.crisis.cap import CapInfo, CapMessage, CapStatus, CapType
from stadtdraht.domain.errors import StadtdrahtError

NAMESPACE = "urn:oasis:names:tc:emergency:cap:1.2"
YEARS = range(2000, 2201)
MOST_BYTES = 1_000_000
MOST_ELEMENTS = 5_000
DEEPEST = 12
E = TypeVar("E", bound=StrEnum)


class NotCap(StadtdrahtError):
    """The file is no CAP 1.2 message that we read; the text says what is wrong, `code` and `facts` are for words."""

    def __init__(self, text: str, code: str, **facts: object) -> None:
        super().__init__(text)
        self.code = code
        self.facts = facts


@dataclass(slots=True)
class _Element:
    name: str
    text: str = ""
    inside: list["_Element"] = field(default_factory=list)

    def all(self, name: str) -> list["_Element"]:
        return [element for element in self.inside if element.name == name]

    def one(self, name: str) -> str:
        return next((element.text.strip() for element in self.all(name)), "")


def read_cap(raw: bytes) -> CapMessage:
    """Raises NotCap."""
    alert = _tree(raw)
    if alert.name != "alert":
        raise NotCap(f"not CAP 1.2: its root must be an alert in {NAMESPACE}", "root", namespace=NAMESPACE)
    for name in ("identifier", "sender", "sent", "status", "msgType", "scope"):
        if not alert.one(name):
            raise NotCap(f"not valid CAP 1.2: {name} is missing", "missing", name=name)
    return CapMessage(
        identifier=alert.one("identifier"),
        sender=alert.one("sender"),
        sent=_moment(alert.one("sent"), "sent"),
        status=_known(CapStatus, alert.one("status"), "status"),
        type=_known(CapType, alert.one("msgType"), "msgType"),
        scope=alert.one("scope"),
        restriction=alert.one("restriction"),
        references=tuple(_identifiers(alert.one("references"))),
        infos=tuple(_info(element) for element in alert.all("info")),
    )


def _info(element: _Element) -> CapInfo:
    for name in ("category", "event", "urgency", "severity", "certainty"):
        if not element.one(name):
            raise NotCap(f"not valid CAP 1.2: {name} is missing in an info", "missing_in_info", name=name)
    return CapInfo(
        language=element.one("language") or "en-US",
        event=element.one("event"),
        headline=element.one("headline"),
        description=element.one("description"),
        instruction=element.one("instruction"),
        sender_name=element.one("senderName"),
        web=element.one("web"),
        urgency=element.one("urgency"),
        severity=element.one("severity"),
        certainty=element.one("certainty"),
        areas=tuple(area.one("areaDesc") for area in element.all("area") if area.one("areaDesc")),
        expires=_until(element.one("expires"), "expires"),
        onset=_until(element.one("onset") or element.one("effective"), "onset"),
        responses=tuple(response.text.strip() for response in element.all("responseType")),
    )


def _identifiers(references: str) -> Iterator[str]:
    """Each is "sender,identifier,sent"."""
    for reference in references.split():
        match reference.split(","):
            case [_, identifier, _]:
                yield identifier


def _moment(text: str, name: str) -> datetime:
    try:
        at = datetime.fromisoformat(text)
    except ValueError as wrong:
        raise NotCap(f"not valid CAP 1.2: {name} is no date and time", "no_moment", name=name) from wrong
    if at.tzinfo is None:
        raise NotCap(f"not valid CAP 1.2: {name} has no time zone", "no_zone", name=name)
    return at


def _until(text: str, name: str) -> datetime | None:
    """None for none, and for the ends of the calendar, which programs write for none and nobody can reckon with."""
    at = _moment(text, name) if text else None
    return at if at and at.year in YEARS else None


def _known(kind: type[E], text: str, name: str) -> E:
    try:
        return kind(text)
    except ValueError as wrong:
        known = ", ".join(kind)
        raise NotCap(f"not valid CAP 1.2: {name} must be one of {known}", "unknown", name=name, known=known) from wrong


def _tree(raw: bytes) -> _Element:
    if len(raw) > MOST_BYTES:
        raise NotCap(f"larger than {MOST_BYTES:,} bytes; no warning is", "too_large", most_bytes=MOST_BYTES)
    outside = _Element("")
    open_ones, count = [outside], 0
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True

    def begin(name: str, _: dict[str, str]) -> None:
        nonlocal count
        count += 1
        if count > MOST_ELEMENTS or len(open_ones) > DEEPEST:
            raise NotCap("more elements, or deeper ones, than a warning has", "too_many_elements")
        of, _sep, local = name.rpartition(" ")
        element = _Element(local if of == NAMESPACE else f"{of} {local}")
        open_ones[-1].inside.append(element)
        open_ones.append(element)

    def say(text: str) -> None:
        open_ones[-1].text += text

    def refuse(*_: object) -> int:
        raise NotCap("it declares a document type or entities; that is refused, as it serves attacks only", "doctype")

    parser.StartElementHandler = begin
    parser.EndElementHandler = lambda _: open_ones.pop()
    parser.CharacterDataHandler = say
    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    parser.UnparsedEntityDeclHandler = refuse
    parser.ExternalEntityRefHandler = refuse
    try:
        parser.Parse(raw, True)
    except (expat.ExpatError, LookupError, ValueError) as wrong:
        raise NotCap(f"no XML: {wrong}", "no_xml", wrong=wrong) from wrong
    return outside.inside[0]
