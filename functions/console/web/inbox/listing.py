"""The inbox: who waits, longest first and need above all; what is mine, what waits for release, chain messages, all."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Any, Final
from urllib.parse import quote

from functions.console.web.colleagues import away_for, colleagues
from functions.console.web.inbox.rows import any_voice, found_rows, lengths_of, listed, rows
from functions.console.web.page import page, part
from functions.console.web.visit import Visit
from stadtdraht.domain.conversation import ListedConversation
from stadtdraht.domain.staff.roles import ANSWERS
from stadtdraht.pages.responses import HttpResponse
from stadtdraht.texts.staff.console.duty import say_moment
from stadtdraht.texts.staff.console.talk import who_shown
from stadtdraht.texts.staff.language import german, say
from stadtdraht.usecases.inbound.find_person import PersonPorts
from stadtdraht.usecases.inbound.list_conversations import PAGE, Colleague, Tab, in_tab, list_recent
from stadtdraht.usecases.inbound.office.search_people import search_people
from stadtdraht.usecases.inbound.release_answer import releases_in
from stadtdraht.usecases.inbound.work_at_desk import who_reads

MISSED_FOR: Final = timedelta(days=1)
MOST_TYPED: Final = 100  # characters of a search


class View(StrEnum):
    """What the address calls each tab."""

    WAITING = "waiting"
    MINE = "mine"
    RELEASE = "release"
    CHAIN = "chain"
    ALL = "all"
    MISSED = "missed"
    """Whose answers did not arrive; a tab only while it is looked at, since the start page leads there."""


LABELS: Final = {
    View.WAITING: german("Wartet"),
    View.MINE: german("Mir zugewiesen"),
    View.RELEASE: german("Zur Freigabe"),
    View.CHAIN: german("Kettenbriefe"),
    View.ALL: german("Alle"),
    View.MISSED: german("Nicht angekommen"),
}
NOTHING: Final = {
    View.WAITING: german("Niemand wartet."),
    View.MINE: german("Ihnen ist nichts zugewiesen."),
    View.RELEASE: german("Kein Entwurf wartet auf Freigabe."),
    View.CHAIN: german("Keine Kettenbriefe."),
    View.ALL: german("Hier hat noch niemand geschrieben."),
    View.MISSED: german("In den letzten 24 Stunden kam jede Antwort an."),
}


@dataclass(frozen=True, slots=True)
class TabShown:
    """A tab with how many stand in it; None for what nobody counts."""

    view: str
    label: str
    count: int | None
    is_here: bool


def show(visit: Visit) -> HttpResponse:
    """The list of one tab, or what a search found; one person found is opened at once."""
    typed = visit.query.get("q").strip()[:MOST_TYPED]
    if not typed:
        return page(
            visit, "inbox/list.html", say("Posteingang"), here="inbox", wide=True, **_frame(visit), **_listed(visit)
        )
    ports = PersonPorts(visit.adapters.citizens, visit.adapters.cases)
    found = search_people(visit.town, typed, ports, visit.adapters.conversations)
    if len(found.people) == 1:
        return visit.to(f"conversations/{found.people[0].citizen_id}")
    values = _frame(visit) | {"typed": typed, "more_found": found.more}
    shown = found_rows(visit.town, found.people, visit.now)
    return page(
        visit, "inbox/found.html", say("Suche: {typed}", typed=typed), here="inbox", wide=True, rows=shown, **values
    )


def show_rows(visit: Visit) -> HttpResponse:
    """For the script: the rows, and with them the tabs and the title."""
    return part(visit, "inbox/renewed.html", may_act=visit.may(ANSWERS), **_listed(visit))


def _frame(visit: Visit) -> dict[str, Any]:
    may_act = visit.may(ANSWERS)
    staff = [(it.staff_id, it.name) for it in colleagues(visit)] if may_act else []
    return {"may_act": may_act, "staff": staff, "typed": "", "more_found": False}


def _listed(visit: Visit) -> dict[str, Any]:
    waiting = visit.waiting()
    view = View(visit.query.get("tab")) if visit.query.get("tab") in set(View) else View.WAITING
    chosen, further = _all(visit) if view is View.ALL else _some(visit, view, waiting)
    reading = who_reads(visit.town.id, visit.now, visit.adapters.desk, but=visit.member.staff_id)
    lengths = lengths_of(visit.town.id, chosen, visit.adapters.media_rows) if any_voice(chosen) else None
    shown = rows(visit.town, chosen, visit.now, reading, lengths)
    return {
        "rows": shown,
        "view": view,
        "tabs": [_tab(visit, it, waiting, view) for it in View if it is not View.MISSED or it is view],
        "further": further,
        "place": _place(visit, view),
        "at": say_moment(visit.town, visit.now, visit.now),
        "waits": sum(it.waiting_since is not None for it in waiting),
        "nothing": "" if shown else say(NOTHING[view]),
        "last_heard": "" if shown or view is not View.WAITING else _last_heard(visit),
    }


def _some(visit: Visit, view: View, waiting: Sequence[ListedConversation]) -> tuple[Sequence[ListedConversation], str]:
    """A part of a small list, and what the address of the next part is told."""
    found, given = _in(visit, view, waiting), visit.query.get("from")
    begin = int(given) if given.isdecimal() and given.isascii() and len(given) < len("100000") else 0
    begin = begin if begin < len(found) else 0  # whoever stood there was answered meanwhile
    return found[begin : begin + PAGE], f"from={begin + PAGE}" if begin + PAGE < len(found) else ""


def _place(visit: Visit, view: View) -> str:
    """Where in a list of several pages this one begins, for the script that renews it; "" at the first."""
    name = "before" if view is View.ALL else "from"
    given = visit.query.get(name)
    return f"{name}={quote(given, safe='')}" if given else ""


def _all(visit: Visit) -> tuple[Sequence[ListedConversation], str]:
    found = list_recent(visit.town.id, visit.now, visit.adapters.conversations, before=visit.query.get("before"))
    return found.conversations, f"before={quote(found.next, safe='')}" if found.next else ""


def _in(visit: Visit, view: View, waiting: Sequence[ListedConversation]) -> Sequence[ListedConversation]:
    if view is View.RELEASE:
        return releases_in(waiting)
    if view is View.MISSED:
        return _missed(visit)
    return in_tab(waiting, Tab(view), _who_asks(visit) if view is View.MINE else None)


def _missed(visit: Visit) -> Sequence[ListedConversation]:
    """Whose answers of the last day did not arrive, the newest first."""
    found = visit.adapters.undelivered.since(visit.town.id, visit.now - MISSED_FOR)
    people = (visit.adapters.citizens.get(visit.town.id, it) for it in dict.fromkeys(m.citizen_id for m in found[::-1]))
    return [listed(it, visit.now) for it in people if it]


def _who_asks(visit: Visit) -> Colleague:
    return Colleague(visit.member.name, visit.member.staff_id, away_for(visit))


def _tab(visit: Visit, view: View, waiting: Sequence[ListedConversation], here: View) -> TabShown:
    count = None if view in (View.ALL, View.MISSED) else len(_in(visit, view, waiting))
    return TabShown(view, say(LABELS[view]), count, view is here)


def _last_heard(visit: Visit) -> str:
    """Who wrote last, where nobody waits."""
    found = list_recent(visit.town.id, visit.now, visit.adapters.conversations, limit=1).conversations
    if not found:
        return ""
    name = who_shown(found[0].name, found[0].number)
    return say(
        "Zuletzt schrieb {name}, {moment} Uhr.",
        name=name,
        moment=say_moment(visit.town, found[0].conversation.last_at, visit.now),
    )
