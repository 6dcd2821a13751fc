"""A conversation in the console: what each bubble says beside its words, and until when one may write."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Final

from stadtdraht.domain.conversation import SERVICE_WINDOW, Flag, Line, StaffAct
from stadtdraht.domain.town import Town
from stadtdraht.texts.dates import day as say_date
from stadtdraht.texts.dates import full_day
from stadtdraht.texts.staff.console.duty import say_day, say_moment, say_span
from stadtdraht.texts.staff.inbox import FLAGS, KINDS
from stadtdraht.texts.staff.moments import WEEKDAYS

SOON: Final = timedelta(hours=3)  # from then on the end of free writing is told in amber


@dataclass(frozen=True, slots=True)
class Tag:
    """A word on a coloured ground."""

    words: str
    look: str
    """bad, warn or ""."""


TAGS: Final[Mapping[Flag, Tag]] = MappingProxyType(
    {
        Flag.EMERGENCY: Tag("Notfall?", "bad"),
        Flag.DESPAIR: Tag("Verzweifelt?", "bad"),
        Flag.VIOLENCE: Tag("Gewalt?", "bad"),
        Flag.ABUSE: Tag("Beleidigung?", "warn"),
        Flag.SENSITIVE: Tag("vertraulich", ""),
        Flag.CHAIN: Tag("Kettenbrief?", ""),
    }
)
LIFTED: Final[Mapping[Flag, str]] = MappingProxyType(
    {
        Flag.EMERGENCY: "Kein Notfall",
        Flag.DESPAIR: "Nicht verzweifelt",
        Flag.VIOLENCE: "Keine Gewalt",
        Flag.ABUSE: "Keine Beleidigung",
        Flag.SENSITIVE: "Nicht vertraulich",
        Flag.CHAIN: "Kein Kettenbrief",
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
STATE_WORDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "waiting": "in der Warteschlange",
        "claimed": "wird gesendet",
        "unknown": "unklar, ob es ankam",
        "accepted": "gesendet",
        "sent": "gesendet",
        "delivered": "zugestellt",
        "read": "gelesen",
    }
)
MARKS: Final[Mapping[str, str]] = MappingProxyType(
    {"edit": "hat die Nachricht geändert", "reaction": "hat so reagiert", "revoke": "hat eine Nachricht zurückgenommen"}
)
FORGOTTEN: Final = "auf Wunsch gelöscht"


def who_shown(name: str, number: str) -> str:
    """A name; without one the end of the number, which is enough to know somebody again."""
    if name:
        return name
    end = "".join(sign for sign in number if sign.isdigit())[-3:]
    return f"Bürger/in …{end}" if end else "Bürger/in ohne Nummer"


def kind_words(kind: str) -> str:
    """What came without words, such as "Foto"; "" for text."""
    return (
        ""
        if kind == "text"
        else {"call": "Anruf", "edit": "geändert", "order": "Bestellung"}.get(kind, KINDS.get(kind, kind))
    )


def say_full_day(town: Town, at: datetime, now: datetime) -> str:
    """Such as "Heute", "Gestern", "Dienstag, 17. November"; with the year when it is another one."""
    near = say_day(town, at, now)
    if near in ("heute", "gestern"):
        return near.capitalize()
    local = at.astimezone(town.zone)
    written = say_date if local.year == now.astimezone(town.zone).year else full_day
    return f"{WEEKDAYS[local.weekday()]}, {written(at, town, 'de')}"


def say_act(line: Line) -> str:
    """What staff did, without who and when: those stand behind it."""
    match line.act:
        case StaffAct.ASSIGNED if not line.text:
            return "Wieder freigegeben"
        case StaffAct.ASSIGNED if line.text == line.by:
            return "Übernommen"
        case StaffAct.ASSIGNED:
            return f"{line.text} zugewiesen"
        case StaffAct.CLOSED:
            return "Abgeschlossen"
        case StaffAct.UNFLAGGED:
            return f"Nicht mehr gekennzeichnet als {FLAGS.get(line.text, line.text)}"
        case StaffAct.OPENED:
            return "Zum ersten Mal geöffnet"
        case StaffAct.ASKED_RELEASE:
            return f"Bittet {line.text} um Freigabe" if line.text else "Bittet um Freigabe"
        case StaffAct.SENT_BACK:
            return f"Antwort zurückgegeben: {line.text}" if line.text else "Bitte um Freigabe zurückgenommen"
        case StaffAct.FORWARDED:
            return f"Weitergeleitet an: {line.text}"
        case StaffAct.REPORTED:
            return f"Als Meldung {line.text} aufgenommen"
        case StaffAct.ATTACHED:
            return f"Zur Meldung {line.text} gelegt"
        case StaffAct.REVEALED:
            return f"Telefonnummer angezeigt: {line.text}"
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
            until_words=f"{say_day(town, until, now)}, {until.astimezone(town.zone):%-H:%M} Uhr",
            left=say_span(left),
            left_minutes=max(0, int(left.total_seconds() // 60)),
        )


def say_until(town: Town, until: datetime, now: datetime) -> str:
    """In a row: "bis morgen 10:36"; "nur Vorlage" when it is over."""
    if until <= now:
        return "nur Vorlage"
    moment = say_moment(town, until, now)
    return f"bis heute {moment}" if " " not in moment else f"bis {moment}"
