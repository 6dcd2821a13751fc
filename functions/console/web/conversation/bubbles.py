"""The lines of a conversation as bubbles, notes and events, with days between them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from stadtdraht.domain.cases.case import is_on_earth
from stadtdraht.domain.conversation import DID_NOT_ARRIVE, Line, StaffAct
from stadtdraht.domain.media.media import MediaFailure, MediaKind, MediaState
from stadtdraht.domain.text_changes import Part, changes
from stadtdraht.domain.town import Town
from stadtdraht.texts.staff.broadcast.delivery_reasons import why_not
from stadtdraht.texts.staff.console.talk import (
    FORGOTTEN,
    ICONS,
    MARKS,
    STATE_ICONS,
    kind_words,
    say_act,
    say_full_day,
    say_length,
)
from stadtdraht.texts.staff.conversation import STATE_WORDS, writers
from stadtdraht.texts.staff.language import language_read, say
from stadtdraht.texts.staff.media import WHY_NO_FILE
from stadtdraht.texts.staff.moments import moment

QUOTED_CHARACTERS: Final = 160
KINDS_OF_FILES: Final = frozenset(MediaKind)
LABELLED: Final = frozenset({"location", "contacts", "call", "unsupported", "order"})


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
    length: str = ""
    """Of a voice message: "0:42"."""
    file_state: str = ""
    """Why there is none, in words."""
    label: str = ""
    """What it is, where it has no words of its own."""
    link: str = ""
    """To the report that an event is about."""
    place: str = ""
    """Degrees, "52.1,7.2"; "" without a pin."""
    is_gone: bool = False
    after: str = ""
    """What the person did with it since, such as "bearbeitet"."""
    changes: tuple[tuple[Part, str], ...] = ()
    """What who released it took out and put in."""


def bubbles(town: Town, lines: Sequence[Line], now: datetime) -> Iterator[Bubble]:
    """Oldest first, a day before the first of each."""
    last_day = ""
    for line in lines:
        day = say_full_day(town, line.at, now)
        if day != last_day:
            yield Bubble("day", day)
            last_day = day
        yield _bubble(town, line)


def _bubble(town: Town, line: Line) -> Bubble:
    at, exactly = f"{line.at.astimezone(town.zone):%-H:%M}", moment(line.at, town)
    if line.who == "note":
        if line.act is StaffAct.NOTE:
            return Bubble("note", line.text, at, exactly, by=line.by)
        number = line.text if line.act in (StaffAct.REPORTED, StaffAct.ATTACHED) else ""
        link = f"cases/{number}" if number else ""
        return Bubble("event", say_act(line), at, exactly, by=line.by, link=link)
    if line.who == "citizen":
        return _theirs(line, at, exactly)
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
        state=say(STATE_WORDS.get(line.state, "")),
        why=why_not(line.reason) if missed else "",
        answer_id=line.answer_id if missed else "",
        after=_after(line),
        changes=changes(line.put_forward, line.text) if line.put_forward else (),
    )


def _theirs(line: Line, at: str, exactly: str) -> Bubble:
    if line.kind == "forgotten":
        return Bubble("say", say(FORGOTTEN), at, exactly, is_gone=True)
    place, is_there = _place(line), line.state == MediaState.STORED
    pin = f"{line.latitude}, {line.longitude}"
    return Bubble(
        "say",
        line.text.removesuffix(pin).strip() if place else line.text,
        at,
        exactly,
        quote=_cut(line.quotes),
        mark=say(MARKS.get(line.kind, "")) or _forwarded(line),
        kind=line.kind,
        icon=ICONS.get(line.kind, ""),
        owner=line.owner,
        file=line.file if is_there else "",
        length=say_length(line.seconds),
        file_state=_no_file(line),
        label=kind_words(line.kind) if line.kind in LABELLED else "",
        place=place,
        after=_after(line),
    )


def _no_file(line: Line) -> str:
    """Why a photo or a file is not to be seen."""
    if line.kind not in KINDS_OF_FILES or line.state == MediaState.STORED:
        return ""
    what = kind_words(line.kind)
    if line.state == MediaState.PENDING:
        return say("{kind} wird geladen …", kind=what)
    return f"{what}: {WHY_NO_FILE[language_read()][MediaFailure(line.file_why)]}" if line.file_why else what


def _place(line: Line) -> str:
    """The degrees of a pin, as addresses of maps take them; "" for what is nowhere on earth."""
    try:
        latitude, longitude = float(line.latitude), float(line.longitude)
    except ValueError:
        return ""
    return f"{latitude:.6f},{longitude:.6f}" if is_on_earth(latitude, longitude) else ""


def _forwarded(line: Line) -> str:
    if line.often_forwarded:
        return say("oft weitergeleitet")
    return say("weitergeleitet") if line.forwarded else ""


def _after(line: Line) -> str:
    """What the person did with it since."""
    reactions = " ".join(line.reactions)
    edited = say("Bearbeitet").lower() if line.is_edited else ""
    return " · ".join(filter(None, [edited, say("Reaktion {reactions}", reactions=reactions) if reactions else ""]))


def _by(line: Line) -> str:
    return say("automatischer Hinweis") if line.is_automatic and not line.by else writers(line)


def _cut(words: str) -> str:
    return words if len(words) <= QUOTED_CHARACTERS else f"{words[:QUOTED_CHARACTERS].rstrip()} …"
