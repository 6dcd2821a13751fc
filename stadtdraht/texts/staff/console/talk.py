"""A conversation in the console: what each bubble says beside its words, and until when one may write."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Final

from stadtdraht.domain.conversation import CAME_SINCE, SERVICE_WINDOW, Flag, Line, StaffAct
from stadtdraht.domain.town import Town
from stadtdraht.texts.staff.console.duty import days_ahead, say_day, say_moment, say_span
from stadtdraht.texts.staff.inbox import FLAGS, KINDS
from stadtdraht.texts.staff.language import german, say
from stadtdraht.texts.staff.moments import day_and_month, full_day, weekday

SOON: Final = timedelta(hours=3)  # from then on the end of free writing is told in amber


@dataclass(frozen=True, slots=True)
class Tag:
    """A word on a coloured ground."""

    words: str
    look: str
    """bad, warn or ""."""


TAGS: Final[Mapping[Flag, Tag]] = MappingProxyType(
    {
        Flag.EMERGENCY: Tag(german("Notfall?"), "bad"),
        Flag.DESPAIR: Tag(german("Verzweifelt?"), "bad"),
        Flag.VIOLENCE: Tag(german("Gewalt?"), "bad"),
        Flag.ABUSE: Tag(german("Beleidigung?"), "warn"),
        Flag.SENSITIVE: Tag(german("vertraulich"), ""),
        Flag.CHAIN: Tag(german("Kettenbrief?"), ""),
    }
)
LIFTED: Final[Mapping[Flag, str]] = MappingProxyType(
    {
        Flag.EMERGENCY: german("Kein Notfall"),
        Flag.DESPAIR: german("Nicht verzweifelt"),
        Flag.VIOLENCE: german("Keine Gewalt"),
        Flag.ABUSE: german("Keine Beleidigung"),
        Flag.SENSITIVE: german("Nicht vertraulich"),
        Flag.CHAIN: german("Kein Kettenbrief"),
    }
)
ICONS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "image": "photo",
        "sticker": "photo",
        "video": "photo",
        "audio": "voice",
        "location": "case",
        "document": "letter",
        "contacts": "people",
        "call": "call",
    }
)
STATE_ICONS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "waiting": "clock",
        "claimed": "clock",
        "unknown": "alert",
        "accepted": "check",
        "sent": "check",
        "delivered": "checks",
        "read": "checks",
        "refused": "fail",
        "failed": "fail",
    }
)
MARKS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "edit": german("hat die Nachricht geändert"),
        "reaction": german("hat so reagiert"),
        "revoke": german("hat eine Nachricht zurückgenommen"),
    }
)
FORGOTTEN: Final = german("auf Wunsch gelöscht")


def who_shown(name: str, number: str) -> str:
    """A name; without one the end of the number, which is enough to know somebody again."""
    if name:
        return name
    end = "".join(sign for sign in number if sign.isdigit())[-3:]
    return say("Bürger/in …{end}", end=end) if end else say("Bürger/in ohne Nummer")


def tag_of(flag: Flag) -> Tag:
    """In the reader's language."""
    tag = TAGS[flag]
    return replace(tag, words=say(tag.words))


OTHER_KINDS: Final[Mapping[str, str]] = MappingProxyType(
    {"call": german("Anruf"), "edit": german("geändert"), "order": german("Bestellung")}
)


def kind_words(kind: str) -> str:
    """What came without words, such as "Foto"; "" for text."""
    return "" if kind == "text" else say(OTHER_KINDS.get(kind) or KINDS.get(kind, kind))


def say_length(seconds: int) -> str:
    """Of a voice message: "0:42"; "" where nothing says so."""
    return f"{seconds // 60}:{seconds % 60:02}" if seconds else ""


def say_full_day(town: Town, at: datetime, now: datetime) -> str:
    """Such as "Heute", "Gestern", "Dienstag, 17. November"; with the year when it is another one."""
    if days_ahead(town, at, now) in (0, -1):
        return say_day(town, at, now).capitalize()
    local = at.astimezone(town.zone)
    day = day_and_month(local) if local.year == now.astimezone(town.zone).year else full_day(local)
    return f"{weekday(local)}, {day}"


def say_act(line: Line) -> str:
    """What staff did, without who and when: those stand behind it."""
    match line.act:
        case StaffAct.ASSIGNED if not line.text:
            return say("Wieder freigegeben")
        case StaffAct.ASSIGNED if line.text == line.by:
            return say("Übernommen")
        case StaffAct.ASSIGNED:
            return say("{name} zugewiesen", name=line.text)
        case StaffAct.CLOSED:
            return say("Abgeschlossen")
        case StaffAct.UNFLAGGED:
            return say("Nicht mehr gekennzeichnet als {flag}", flag=say(FLAGS.get(line.text, line.text)))
        case StaffAct.OPENED:
            return say("Zum ersten Mal geöffnet")
        case StaffAct.ASKED_RELEASE:
            return say("Bittet {name} um Freigabe", name=line.text) if line.text else say("Bittet um Freigabe")
        case StaffAct.SENT_BACK:
            if not line.text:
                return say("Bitte um Freigabe zurückgenommen")
            return say("Antwort zurückgegeben: {why}", why=say(CAME_SINCE) if line.text == CAME_SINCE else line.text)
        case StaffAct.FORWARDED:
            return say("Weitergeleitet an: {department}", department=line.text)
        case StaffAct.REPORTED:
            return say("Als Meldung {number} aufgenommen", number=line.text)
        case StaffAct.ATTACHED:
            return say("Zur Meldung {number} gelegt", number=line.text)
        case StaffAct.REVEALED:
            return say("Telefonnummer angezeigt: {why}", why=line.text)
    return line.text


@dataclass(frozen=True, slots=True)
class Window:
    """How long the town may write freely, as a line above the field says it."""

    until: datetime | None
    """None for somebody who never wrote."""
    is_open: bool
    is_ending: bool
    until_words: str
    """Such as "morgen, 10:36 Uhr"."""
    left: str
    left_minutes: int

    @classmethod
    def of(cls, town: Town, last_inbound_at: datetime | None, now: datetime) -> "Window":
        if last_inbound_at is None:
            return cls(None, is_open=False, is_ending=False, until_words="", left="", left_minutes=0)
        until = last_inbound_at + SERVICE_WINDOW
        left = until - now
        return cls(
            until,
            is_open=left > timedelta(),
            is_ending=timedelta() < left <= SOON,
            until_words=say("{day}, {time} Uhr", day=say_day(town, until, now), time=_clock(until, town)),
            left=say_span(left),
            left_minutes=max(0, int(left.total_seconds() // 60)),
        )


def say_until(town: Town, until: datetime, now: datetime) -> str:
    """In a row: "bis morgen 10:36"; "nur Vorlage" when it is over."""
    if until <= now:
        return say("nur Vorlage")
    if days_ahead(town, until, now) == 0:
        return say("bis heute {time}", time=_clock(until, town))
    return say("bis {moment}", moment=say_moment(town, until, now))


def _clock(at: datetime, town: Town) -> str:
    return f"{at.astimezone(town.zone):%-H:%M}"
