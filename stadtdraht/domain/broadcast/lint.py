"""What must be mended before a newsletter may go out; each finding names the item and the field."""

import re
from collections.abc import Iterator
from datetime import datetime
from urllib.parse import parse_qsl, urlsplit

from stadtdraht.domain.broadcast.broadcast import (
    MOST_ITEMS,
    TEASER_CHARACTERS,
    TITLE_CHARACTERS,
    Broadcast,
    BroadcastKind,
    Item,
    NewsletterNotFit,
)
from stadtdraht.domain.broadcast.finding import NewsletterFinding
from stadtdraht.domain.broadcast.neutrality import election_ahead
from stadtdraht.domain.broadcast.template_variables import TEST_MARK, has_room_for, too_long_by
from stadtdraht.domain.town import Mode, Offer, Template, Town
from stadtdraht.domain.whatsapp.template_limits import BODY_CHARACTERS, may_fill_a_template

# Names of parameters that stand for one reader: a forwarded message would show the next one that reader's page.
_PERSONAL = re.compile(
    r"e-?mail|mail|(mobile|tele)?phone|tel|name|(access|auth|login)?_?token|auth|jwt|otp|pin|password|signature|sig|"
    r"u(ser)?_?id|user(name)?|(p|j|php)?_?sess(ion)?_?(id)?|sid|jsessionid|phpsessid|"
    r"(citizen|subscriber|contact|recipient|person|member|customer)(_?id)?|mc_eid|_hsenc|_hsmi|fbclid|gclid|igshid|"
    r"wamid|bsuid|mkt_tok|vero_id|ml_subscriber.*",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"[A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=%-]+")  # RFC 3986; nothing that looks otherwise than it is
_PERSON_IN_VALUE = re.compile(r"[^\s@]@[^\s@]{1,255}\.[a-z]{2,}|^\+?49\d{8,}$|^eyJ[\w-]+\.[\w-]+\.", re.IGNORECASE)
_PLACEHOLDER = re.compile(r"\{{1,2}[^{}]*\}{1,2}|\[(vor|nach)?name\]|%(first|last)?name%", re.IGNORECASE)


def lint(broadcast: Broadcast, town: Town, links: tuple[str, ...], now: datetime) -> tuple[NewsletterFinding, ...]:
    """Everything to correct, in reading order. links: of the items, as they would stand in the message."""
    return tuple(_findings(broadcast, town, links, now))


def check(broadcast: Broadcast, town: Town, links: tuple[str, ...], now: datetime) -> None:
    """Raises NewsletterNotFit with everything to correct, a line each."""
    if found := lint(broadcast, town, links, now):
        raise NewsletterNotFit.because(found)


def _findings(broadcast: Broadcast, town: Town, links: tuple[str, ...], now: datetime) -> Iterator[NewsletterFinding]:
    if Offer.NEWS not in town.offers_of():
        yield NewsletterFinding(0, "town", f"{town.name} does not offer news", "no_news", {"town": town.name})
    if not 1 <= len(broadcast.items) <= MOST_ITEMS:
        yield NewsletterFinding(
            0,
            "items",
            f"a newsletter has 1 to {MOST_ITEMS} items; this one has {len(broadcast.items)}",
            "items",
            {"most": MOST_ITEMS, "has": len(broadcast.items)},
        )
        return
    if broadcast.kind is BroadcastKind.INVITATION and not broadcast.districts:
        yield NewsletterFinding(
            0,
            "districts",
            "an invitation is for the people of a district; name one or more",
            "invitation_without_district",
        )
    if broadcast.kind is not BroadcastKind.DIGEST and len(broadcast.items) > 1:
        yield NewsletterFinding(
            0,
            "kind",
            f"{broadcast.kind} has one item; with {len(broadcast.items)} it is a digest",
            "not_a_digest",
            {"kind": str(broadcast.kind), "has": len(broadcast.items)},
        )
    at = max(now, broadcast.goes_at)
    yield from _of_choices(broadcast, town, at)
    if town.mode is Mode.ONE_WAY and "?" in broadcast.subject:
        yield _asks(0, "subject", town)
    if broadcast.persona and (election := election_ahead(town, at)):
        yield NewsletterFinding(
            0,
            "persona",
            f"{election:%Y-%m-%d} is an election; until then nothing is signed personally",
            "election",
            {"day": f"{election:%d.%m.%Y}"},
        )
    for number, item in enumerate(broadcast.items, start=1):
        yield from _of_item(number, item, town, at)
    yield from _of_template(broadcast, town, links)


def _of_choices(broadcast: Broadcast, town: Town, at: datetime) -> Iterator[NewsletterFinding]:
    there = {topic.id for topic in town.at(at).topics}
    for topic in town.topics:
        if topic.id in broadcast.topics - there:
            days = " ".join(f"{word} {day}" for word, day in (("from", topic.starts), ("until", topic.ends)) if day)
            yield NewsletterFinding(
                0,
                "topics",
                f"{topic.id} is there {days}; it would go out on another day",
                "topic_not_there",
                {"topic": topic.id, "starts": topic.starts, "ends": topic.ends},
            )
    for field, chosen, known in (
        ("topics", broadcast.topics, {it.id for it in town.topics}),
        ("districts", broadcast.districts, {it.id for it in town.districts}),
        ("languages", broadcast.languages, set(town.languages)),
    ):
        if unknown := sorted(chosen - known):
            expected = ", ".join(sorted(known)) or "(the town has none)"
            yield NewsletterFinding(
                0,
                field,
                f"{', '.join(unknown)}: expected one of {expected}",
                "unknown_choice",
                {"given": ", ".join(unknown), "known": ", ".join(sorted(known)) or "–"},
            )


def _of_item(number: int, item: Item, town: Town, at: datetime) -> Iterator[NewsletterFinding]:
    for field, text, most in (("title", item.title, TITLE_CHARACTERS), ("teaser", item.teaser, TEASER_CHARACTERS)):
        if not text.strip() or len(text) > most:
            yield NewsletterFinding(
                number,
                field,
                f"needs 1 to {most} characters; it has {len(text)}",
                "characters",
                {"most": most, "has": len(text)},
            )
        if not may_fill_a_template(text):
            yield NewsletterFinding(
                number,
                field,
                "line breaks, tabs and rows of spaces are not allowed by WhatsApp; use one line",
                "not_one_line",
            )
        if found := _PLACEHOLDER.search(text):
            yield NewsletterFinding(
                number,
                field,
                f"“{found[0]}” stands for one reader; a newsletter is forwarded, so it names none",
                "placeholder",
                {"found": found[0]},
            )
        if town.mode is Mode.ONE_WAY and "?" in text:
            yield _asks(number, field, town)
    yield from _of_address(number, "link", item.link)
    if item.image_url:
        yield from _of_address(number, "image", item.image_url)
    if item.valid_until is not None and item.valid_until <= at:
        over = item.valid_until.astimezone(town.zone)
        yield NewsletterFinding(
            number,
            "validity",
            f"“{item.title}” is valid until {over:%Y-%m-%d %H:%M}, before it would go out",
            "over_before_it_goes",
            {"title": item.title, "until": f"{over:%d.%m.%Y, %H:%M}"},
        )


def _asks(number: int, field: str, town: Town) -> NewsletterFinding:
    return NewsletterFinding(
        number,
        field,
        f"{town.name} publishes one way: a newsletter must not ask a question",
        "question",
        {"town": town.name},
    )


def _of_address(number: int, field: str, address: str) -> Iterator[NewsletterFinding]:
    try:
        parts = urlsplit(address)
        host = parts.hostname
    except ValueError:
        host = None
    if not address.startswith("https://") or not host or not _ADDRESS.fullmatch(address):
        yield NewsletterFinding(
            number,
            field,
            "must begin with https://, name a host and have no spaces and no letters like ä; copy it from a browser",
            "address",
        )
        return
    if parts.username is not None:
        yield NewsletterFinding(
            number,
            field,
            "holds a name or password; everybody to whom it is forwarded would have it",
            "password_in_address",
        )
    given = [*parse_qsl(parts.query, keep_blank_values=True), *parse_qsl(parts.fragment)]
    given += [parameter for piece in parts.path.split(";")[1:] for parameter in parse_qsl(piece)]
    for name, value in given:
        if _PERSONAL.fullmatch(name) or _PERSON_IN_VALUE.search(value):
            yield NewsletterFinding(
                number,
                field,
                f"the parameter “{name}” stands for one reader; take it out, since messages are forwarded",
                "one_reader_in_address",
                {"parameter": name},
            )


def _of_template(broadcast: Broadcast, town: Town, links: tuple[str, ...]) -> Iterator[NewsletterFinding]:
    template = town.template(broadcast.template)
    if template is None:
        yield NewsletterFinding(
            0,
            "template",
            f"{town.name} has no template “{broadcast.template}”",
            "no_template",
            {"town": town.name, "template": broadcast.template},
        )
        return
    if not has_room_for(template, len(broadcast.items)):
        yield NewsletterFinding(
            0,
            "template",
            f"“{template.name}” does not show exactly {len(broadcast.items)} items with title and link",
            "template_room",
            {"template": template.name, "items": len(broadcast.items)},
        )
        return
    if over := too_long_by(template, broadcast, town, links):
        most = BODY_CHARACTERS - len(TEST_MARK)
        yield NewsletterFinding(
            0,
            "length",
            f"filled in, the message has {most + over} characters; shorten the teasers by {over} together",
            "too_long",
            {"has": most + over, "over": over},
        )
    yield from _of_frame(broadcast, town, template)


def _of_frame(broadcast: Broadcast, town: Town, template: Template) -> Iterator[NewsletterFinding]:
    frame = f"{template.body}\n{template.footer}"
    if "imprint" not in template.variables and town.imprint.provider not in frame and town.imprint.url not in frame:
        yield NewsletterFinding(
            0,
            "imprint",
            f"the template “{template.name}” does not say who publishes; give it {{{{imprint}}}}",
            "no_imprint",
            {"template": template.name},
        )
    if broadcast.persona and "sender" not in template.variables:
        yield NewsletterFinding(
            0,
            "persona",
            f"the template “{template.name}” does not say who writes; give it {{{{sender}}}}, or write as the "
            "administration",
            "no_sender",
            {"template": template.name},
        )
    if "STOP" not in frame:
        yield NewsletterFinding(
            0,
            "opt-out",
            f"the template “{template.name}” does not say how to leave; name STOP in its footer",
            "no_stop",
            {"template": template.name},
        )
    yield from _of_picture(broadcast, template)


def _of_picture(broadcast: Broadcast, template: Template) -> Iterator[NewsletterFinding]:
    """A message has one, above everything."""
    first, *others = broadcast.items
    if first.image_url and not template.picture:
        yield NewsletterFinding(
            1,
            "image",
            f"the template “{template.name}” shows no picture; leave it out",
            "template_without_picture",
            {"template": template.name},
        )
    if template.picture and not first.image_url:
        yield NewsletterFinding(
            1,
            "image",
            f"the template “{template.name}” shows a picture, and none is named",
            "picture_missing",
            {"template": template.name},
        )
    for number, item in enumerate(others, start=2):
        if item.image_url:
            yield NewsletterFinding(
                number,
                "image",
                "a message shows one picture, that of its first item; leave this one out",
                "second_picture",
            )
