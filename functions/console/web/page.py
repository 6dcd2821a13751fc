"""The frame around every page of a town: its name, who one is, where one can go, and how many wait."""

from dataclasses import dataclass
from typing import Any, Final

from functions.console.web.alone import read_alone
from functions.console.web.answers import console_html, fragment
from functions.console.web.visit import Visit
from stadtdraht.domain.staff.roles import (
    ANSWERS,
    EVERYBODY,
    KEEPS_STAFF,
    READS_CONVERSATIONS,
    SEES_FIGURES,
    WORKS_ON_CASES,
    WRITES_NEWSLETTERS,
    Roles,
)
from stadtdraht.pages.console.render import render_console
from stadtdraht.pages.responses import HttpResponse
from stadtdraht.texts.staff.console.duty import say_duty
from stadtdraht.texts.staff.language import german, say


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the menu."""

    page: str
    icon: str
    long: str
    short: str
    roles: Roles
    is_rest: bool = False
    """Behind "Mehr" on a phone, where not all have room."""
    css: str = ""


MOST_IN_BAR: Final = 5  # at the bottom of a phone

MENU: Final = (
    Entry("", "today", german("Was ist zu tun?"), german("Heute"), EVERYBODY),
    Entry("inbox", "inbox", german("Posteingang"), german("Eingang"), READS_CONVERSATIONS),
    Entry("cases", "case", german("Meldungen"), german("Meldungen"), WORKS_ON_CASES),
    Entry("newsletters", "letter", german("Newsletter"), german("Newsletter"), WRITES_NEWSLETTERS),
    Entry("consultations", "clock", german("Sprechstunde"), german("Sprechstunde"), ANSWERS, True),
    Entry("figures", "chart", german("Zahlen"), german("Zahlen"), SEES_FIGURES, True),
    Entry("staff", "people", german("Personal"), german("Personal"), KEEPS_STAFF, True, "gap"),
)


def page(
    visit: Visit, template: str, title: str, *, here: str, status: int = 200, wide: bool = False, **values: Any
) -> HttpResponse:
    """A whole page from templates/console/. here: the entry of the menu to which it belongs.

    What was done by the press before stands in the address as `done=…`: its sentence is said once, above the page.
    """
    waits = _count_waiting(visit) if visit.may(READS_CONVERSATIONS) else None
    entries = [it for it in MENU if visit.may(it.roles)]
    frame = {
        "title": title,
        "town": visit.town,
        "member": visit.member,
        "persona": visit.town.persona or "Bürgerdraht",
        "others": visit.other_towns,
        "home": visit.url(),
        "duty": say_duty(visit.town, visit.now),
        "initials": "".join(word[0] for word in visit.member.name.split()[:2]).upper(),
        "menu": [_entry(visit, it, here, waits) for it in entries],
        "has_rest": len(entries) > MOST_IN_BAR,
        "waiting": waits.count if waits else 0,
        "tab_counts": _counts(waits),
        "wide": wide,
        "said": say(DONE[done]) if (done := visit.query.get("done")) in DONE else "",
        "csrf": visit.session.csrf,
        "url": visit.url,
        "visit": visit,
    }
    return console_html(status, render_console(template, **frame, **values))


def part(visit: Visit, template: str, **values: Any) -> HttpResponse:
    """A part of a page, for the script that renews it; 304 when it looks as it did. With it goes what the tab says."""
    frame = {"town": visit.town, "member": visit.member, "csrf": visit.session.csrf, "url": visit.url, "visit": visit}
    answer = fragment(render_console(template, **frame, **values), visit.request)
    if visit.may(READS_CONVERSATIONS):
        answer["headers"]["X-Waits"] = _counts(_count_waiting(visit))
    return answer


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many people wait, and whether one of them may be in need."""

    count: int
    urgent: int


def _count_waiting(visit: Visit) -> Waiting | None:
    """None where it cannot be read: the page stands all the same, without the number."""

    def counted() -> Waiting | None:
        waiting = visit.waiting()
        return Waiting(sum(it.waiting_since is not None for it in waiting), sum(it.is_need for it in waiting))

    return read_alone(visit.town.id, "menu", counted, None)


def _counts(waits: Waiting | None) -> str:
    """For the script: how many wait, how many of them may be in need."""
    return f"{waits.count};{waits.urgent}" if waits else ""


def _entry(visit: Visit, entry: Entry, here: str, waits: Waiting | None) -> dict[str, Any]:
    counted = {"count": 0, "counted": "", "hot": False}
    if entry.page == "inbox" and waits:
        urgent = say("warten, davon {urgent} Notfall-Verdacht", urgent=waits.urgent) if waits.urgent else say("warten")
        counted = {"count": waits.count, "counted": urgent, "hot": bool(waits.urgent)}
    return {
        "href": visit.url(entry.page),
        "here": entry.page == here,
        "icon": entry.icon,
        "long": say(entry.long),
        "short": say(entry.short),
        "is_rest": entry.is_rest,
        "css": entry.css,
        **counted,
    }


DONE: Final = {
    "sent": german("Gesendet."),
    "sent-already": german("Das war schon gesendet; es ging nicht noch einmal hinaus."),
    "note": german("Die Notiz ist abgelegt. Nur Mitarbeitende sehen sie."),
    "assigned": german("Zugewiesen."),
    "taken": german("Sie haben dieses Gespräch übernommen."),
    "taken-several": german("Die ausgewählten Gespräche sind jetzt bei Ihnen."),
    "assigned-several": german("Die ausgewählten Gespräche sind zugewiesen."),
    "closed-several": german("Die ausgewählten Gespräche sind abgeschlossen."),
    "some-left": german("Nicht alle: Bei einem Teil kam gerade noch etwas dazwischen. Sehen Sie noch einmal nach."),
    "none-ticked": german("Es war kein Baustein angekreuzt."),
    "none-picked": german("Es war kein Gespräch ausgewählt."),
    "closed": german("Abgeschlossen. Es wartet nicht mehr."),
    "saved": german("Gespeichert."),
    "removed": german("Entfernt."),
    "signed-out": german("Dieses Gerät ist abgemeldet."),
    "asked": german("Zur Freigabe gegeben."),
    "planned": german("Festgelegt. Wer in dieser Zeit schreibt, kommt in die Warteliste."),
    "ended": german("Beendet."),
    "templated": german("Die Vorlage ist unterwegs."),
    "reported": german("Als Meldung aufgenommen."),
    "attached": german("Zur Meldung gelegt."),
    "handed-over": german("Weitergeleitet. Das Amt bekommt eine Mail mit einem Link."),
    "handed-over-no-mail": german("Weitergeleitet, aber ohne Mail: Sagen Sie dem Amt selbst Bescheid."),
    "done-already": german("Das war schon geschehen; es geschah nicht noch einmal."),
    "kept": german("Der Entwurf ist gesichert."),
    "taken-back": german("Zurückgenommen. Der Text steht wieder im Feld."),
    "sent-released": german("Freigegeben und gesendet."),
    "sent-changed": german(
        "Geändert, freigegeben und gesendet. Wer den Entwurf schrieb, sieht, was Sie geändert haben."
    ),
    "released": german("Freigegeben."),
    "back": german("Zurückgegeben, mit Ihrem Grund."),
    "forwarded": german("Weitergeleitet."),
    "forwarded-no-mail": german("Weitergeleitet. Eine Mail ging nicht hinaus: Bitte sagen Sie dem Amt Bescheid."),
    "forwarded-untold": german("Weitergeleitet. Auf WhatsApp ging nichts hinaus: Bitte rufen Sie an."),
    "template": german("Gespeichert. Die Vorlage mit Nummer und Stand ist unterwegs."),
    "untold": german("Gespeichert. Auf WhatsApp ging nichts hinaus: Bitte rufen Sie an."),
    "merged": german("Zusammengelegt."),
    "invited": german("Die Einladung ist unterwegs."),
    "renewed": german("Die E-Mail mit dem neuen ersten Passwort ist unterwegs."),
    "renewed-already": german(
        "Der Knopf war schon gedrückt; es geschah nicht noch einmal. Kommt keine E-Mail an, drücken Sie ihn bitte hier."
    ),
    "access-ended": german("Der Zugang ist beendet."),
    "unflagged": german("Die Kennzeichnung ist aufgehoben."),
    "telephoned": german("Als telefonisch erledigt vermerkt."),
    "stopped": german("Angehalten."),
    "over-already": german("Er war schon ganz gesendet; anzuhalten gab es nichts mehr."),
    "moved": german("Verschoben."),
    "resumed": german("Läuft weiter, niemand bekommt ihn doppelt."),
    "tried": german("An die Testpersonen gesendet."),
    "trying": german("Gesichert. Der Test ist unterwegs."),
}
