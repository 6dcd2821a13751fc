"""Rows of the inbox: who wrote what, how long they wait, until when one may write freely, and who has it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from stadtdraht.domain.citizen import Citizen
from stadtdraht.domain.conversation import SERVICE_WINDOW, Conversation, Flag, ListedConversation
from stadtdraht.domain.media.media import MediaKind
from stadtdraht.domain.opening import is_open, open_time
from stadtdraht.domain.phone_numbers import masked
from stadtdraht.domain.town import Town
from stadtdraht.texts.staff.console.duty import say_moment, say_span
from stadtdraht.texts.staff.console.people import language_spoken
from stadtdraht.texts.staff.console.talk import (
    FORGOTTEN,
    ICONS,
    SOON,
    Tag,
    kind_words,
    say_length,
    say_until,
    tag_of,
    who_shown,
)
from stadtdraht.texts.staff.language import say

if TYPE_CHECKING:
    from stadtdraht.ports.media import MediaRows

FLAG_ORDER = tuple(Flag)
MOST_VOICES: Final = 20  # of a page, so that a town of voice messages waits no longer; the others stand without


@dataclass(frozen=True, slots=True)
class Row:
    """One conversation, ready to be shown."""

    citizen_id: str
    who: str
    language: str
    """Such as "türkisch"; "" for German."""
    case: str
    tags: tuple[Tag, ...]
    icon: str
    kind: str
    """Such as "Foto"; "" for text."""
    words: str
    waits: str
    """Office time, or since when while there was none yet; "" where nobody waits."""
    heard: str
    """When they wrote last."""
    is_late: bool
    until: str
    """"" for who never wrote."""
    until_look: str
    """soon, shut or ""."""
    has_it: str
    reads: str
    """Who of the staff reads it now."""
    is_urgent: bool
    draft: str
    """Whose answer waits for a release."""
    pick: str = ""
    """What a tick tells: whose it is, the newest message that was shown, and who had it (`several.Picked`)."""


def rows(
    town: Town,
    listed: Sequence[ListedConversation],
    now: datetime,
    reading: Mapping[str, Sequence[str]] | None = None,
    lengths: Mapping[str, int] | None = None,
) -> list[Row]:
    """reading: names of who reads, by citizen id. lengths: seconds of a voice message that was heard last."""
    found = (_row(town, it, now, (reading or {}).get(it.citizen_id, ())) for it in listed)
    return [_with_length(it, (lengths or {}).get(it.citizen_id, 0)) for it in found]


def _with_length(row: Row, seconds: int) -> Row:
    return replace(row, kind=f"{row.kind} {say_length(seconds)}") if seconds else row


def any_voice(listed: Sequence[ListedConversation]) -> bool:
    """Whether a voice message is what was heard last of somebody."""
    return any(it.conversation.last and it.conversation.last.kind == MediaKind.AUDIO for it in listed)


def lengths_of(town_id: str, listed: Sequence[ListedConversation], media: "MediaRows") -> Mapping[str, int]:
    """Seconds by citizen id, of those whom a voice message was heard of last: few, and a short look for each."""
    voices = ((it.citizen_id, it.conversation.last) for it in listed)
    asked = [(who, last.message_id) for who, last in voices if last and last.kind == MediaKind.AUDIO]
    files = ((who, media.load(town_id, who, message)) for who, message in asked[:MOST_VOICES])
    return {who: file.seconds for who, file in files if file and file.seconds}


def found_rows(town: Town, people: Sequence[Citizen], now: datetime) -> list[Row]:
    """Of people that a search found; some of them never wrote."""
    return [_row(town, listed(it, now), now, (), wrote=it.last_inbound_at is not None) for it in people]


def _row(town: Town, it: ListedConversation, now: datetime, reads: Sequence[str], *, wrote: bool = True) -> Row:
    talk, since = it.conversation, it.waiting_since
    waited = open_time(town, since, now) if since else timedelta()
    last = talk.last
    kind = last.kind if last else "text"
    look = "shut" if it.window_until <= now else "soon" if it.window_until - now <= SOON else ""
    return Row(
        it.citizen_id,
        who_shown(it.name, it.number),
        language_spoken(it.language),
        talk.case,
        tuple(tag_of(flag) for flag in FLAG_ORDER if flag in talk.flags),
        ICONS.get(kind, ""),
        "" if kind == "forgotten" else kind_words(kind),
        say(FORGOTTEN)
        if kind == "forgotten"
        else last.words
        if last
        else ""
        if wrote
        else say("hat noch nie geschrieben"),
        _wait(town, since, waited, now) if since else "",
        say_moment(town, talk.last_at, now) if wrote else "",
        since is not None and waited > timedelta(minutes=town.answer_target_minutes),
        say_until(town, it.window_until, now) if wrote else "",
        look if wrote else "",
        it.assigned_to,
        reads[0].partition(" ")[0] if reads else "",
        it.is_need,
        say("Entwurf von {name} wartet auf Freigabe.", name=talk.release.by) if talk.release else "",
        f"{it.citizen_id} {talk.last_at.isoformat()} {talk.had_by}",
    )


def _wait(town: Town, since: datetime, waited: timedelta, now: datetime) -> str:
    if waited or is_open(town, now):
        return say_span(waited)
    return say("seit {moment}", moment=say_moment(town, since, now))


def listed(citizen: Citizen, now: datetime) -> ListedConversation:
    """The row that a list of those who wait would keep of them."""
    talk = citizen.conversation or Conversation(now, citizen.last_inbound_at or now)
    return ListedConversation(
        citizen.citizen_id,
        citizen.name,
        masked(citizen.identity.phone) if citizen.identity.phone else "",
        citizen.language,
        max(citizen.last_inbound_at or talk.last_at, talk.last_at) + SERVICE_WINDOW,
        talk,
    )
