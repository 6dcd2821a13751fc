"""The lines of a conversation as bubbles, notes and events, with days between them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from stadtdraht.domain.conversation import DID_NOT_ARRIVE, Line, StaffAct
from stadtdraht.domain.media.media import Media, MediaKind, MediaState
from stadtdraht.domain.town import Town
from stadtdraht.texts.staff.broadcast.delivery_reasons import why_not
from stadtdraht.texts.staff.console.talk import (
    FORGOTTEN,
    ICONS,
    MARKS,
    STATE_ICONS,
    STATE_WORDS,
    kind_words,
    say_act,
    say_full_day,
)
from stadtdraht.texts.staff.media import WHY_NO_FILE
from stadtdraht.texts.staff.moments import moment

QUOTED_CHARACTERS: Final = 160
KINDS_OF_FILES: Final = frozenset(MediaKind)


@dataclass(frozen=True, slots=True)
class Bubble:
    """One entry of the thread, ready to be shown."""

    look: str
    """day, event, note, say or "say ours", the latter with " failed" where it did not arrive."""
    words: str
    at: str = ""
    """By the clock."""
    exactly: str = ""
    """With its day."""
    by: str = ""
    quote: str = ""
    mark: str = ""
    """What it is instead of a message: a change, a reaction."""
    kind: str = ""
    icon: str = ""
    state: str = ""
    why: str = ""
    """Why it did not arrive."""
    answer_id: str = ""
    file: str = ""
    """Id of the message whose file is there to be seen; "" for none."""
    owner: str = ""
    """Whose file it is."""
    file_state: str = ""
    """Why there is none, in words."""
    label: str = ""
    """What it is, where it has no words of its own."""
    link: str = ""
    link_words: str = ""
    """To the report that an event is about."""
    place: str = ""
    """Degrees, "52.1,7.2"; "" without a pin."""
    is_gone: bool = False


def bubbles(town: Town, lines: Sequence[Line], now: datetime, files: Mapping[str, Media]) -> Iterator[Bubble]:
    """Oldest first, a day before the first of each. files: by the message they came with."""
    last_day = ""
    for line in lines:
        day = say_full_day(town, line.at, now)
        if day != last_day:
            yield Bubble("day", day)
            last_day = day
        yield _bubble(town, line, files.get(line.message_id))


def _bubble(town: Town, line: Line, media: Media | None) -> Bubble:
    at, exactly = f"{line.at.astimezone(town.zone):%-H:%M}", moment(line.at, town)
    if line.who == "note":
        if line.act is StaffAct.NOTE:
            return Bubble("note", line.text, at, exactly, by=line.by)
        return Bubble("event", say_act(line), at, exactly, by=line.by)
    if line.who == "citizen":
        return _theirs(line, at, exactly, media)
    missed = line.state in DID_NOT_ARRIVE
    return Bubble(
        "say ours failed" if missed else "say ours",
        line.text,
        at,
        exactly,
        by=_by(line),
        quote=_cut(line.quotes),
        kind=kind_words(line.kind) if line.kind == "template" else "",
        icon=STATE_ICONS.get(line.state, ""),
        state=STATE_WORDS.get(line.state, ""),
        why=why_not(line.reason) if missed else "",
        answer_id=line.answer_id if missed else "",
    )


def _theirs(line: Line, at: str, exactly: str, media: Media | None) -> Bubble:
    if line.kind == "forgotten":
        return Bubble("say", FORGOTTEN, at, exactly, is_gone=True)
    return Bubble(
        "say",
        line.text,
        at,
        exactly,
        quote=_cut(line.quotes),
        mark=MARKS.get(line.kind, ""),
        kind=line.kind,
        icon=ICONS.get(line.kind, ""),
        owner=media.citizen_id if media else "",
        file=media.wamid if media and media.state is MediaState.STORED else "",
        file_state=_no_file(line, media),
    )


def _no_file(line: Line, media: Media | None) -> str:
    """Why a photo or a file is not to be seen."""
    if line.kind not in KINDS_OF_FILES or (media and media.state is MediaState.STORED):
        return ""
    what = kind_words(line.kind)
    if media is None or media.state is MediaState.PENDING:
        return f"{what} wird geladen …" if media else what
    return f"{what}: {WHY_NO_FILE['de'][media.why]}" if media.why else f"{what}: nicht geladen"


def _by(line: Line) -> str:
    if line.is_automatic and not line.by:
        return "automatischer Hinweis"
    if line.released_by and line.released_by != line.by:
        return f"{line.by or '?'}, freigegeben von {line.released_by}"
    return line.by


def _cut(words: str) -> str:
    return words if len(words) <= QUOTED_CHARACTERS else f"{words[:QUOTED_CHARACTERS].rstrip()} …"
