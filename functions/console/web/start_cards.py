"""The cards of the start page: one look at a time, in order of urgency."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from functions.console.web import start_newsletters
from functions.console.web.alone import read_alone
from functions.console.web.card import Card
from functions.console.web.visit import Visit
from stadtdraht.domain.cases.case_list import Due, is_due
from stadtdraht.domain.conversation import ListedConversation
from stadtdraht.domain.crisis.alert import AlertValidity
from stadtdraht.domain.crisis.alert_count import AlertCount
from stadtdraht.domain.crisis.readiness import Level, Readiness
from stadtdraht.domain.figures.day import Signal, SignalKind
from stadtdraht.domain.opening import open_time
from stadtdraht.domain.staff.roles import (
    ANSWERS,
    EVERYBODY,
    KEEPS_STAFF,
    READS_CONVERSATIONS,
    SEES_FIGURES,
    WORKS_ON_CASES,
    WRITES_NEWSLETTERS,
    Role,
    Roles,
)
from stadtdraht.domain.town import Offer
from stadtdraht.domain.whatsapp.account_problems import account_troubles
from stadtdraht.texts.scenarios import SCENARIOS
from stadtdraht.texts.staff.account import in_words
from stadtdraht.texts.staff.amounts import grouped
from stadtdraht.texts.staff.console.duty import say_day, say_moment, say_span
from stadtdraht.texts.staff.console.talk import SOON
from stadtdraht.texts.staff.crisis.readiness import ADVICE, STALE, UNKNOWN
from stadtdraht.texts.staff.figures import ASK_FOR_HELP, say_signal
from stadtdraht.texts.staff.language import german, say, say_many
from stadtdraht.usecases.inbound.release_answer import releases_in

SEES_WARNINGS: Final[Roles] = frozenset({Role.CRISIS, Role.ADMIN, Role.MAYOR})


@dataclass(frozen=True, slots=True)
class Look:
    """One thing that is looked after. name: in the sentence that says it could not be read."""

    name: str
    roles: Roles
    find: Callable[[Visit], Card | None]


def _alert(visit: Visit) -> Card | None:
    """What every citizen asks about while it holds; the console itself fires nothing."""
    valid = [
        it
        for it in visit.adapters.alerts.recent(visit.town.id, limit=5)
        if it.validity(visit.now) is AlertValidity.VALID
    ]
    if not valid:
        return None
    alert = valid[0]
    until = say_moment(visit.town, alert.ends_at, visit.now)
    words = say("Sie gilt bis {until} Uhr. Aktualisieren und entwarnen kann, wer einen Krisenlink hat.", until=until)
    title = say("Eine Warnung läuft: {scenario}", scenario=say(SCENARIOS[alert.scenario].label))
    return Card("", title, " ".join(filter(None, (_reach(visit, alert.alert_id), words))), hot=True)


def _reach(visit: Visit, alert_id: str) -> str:
    """As it was counted last for whoever warns: counting anew takes seconds. "" where that is not kept or readable."""
    nobody_counted: AlertCount | None = None
    found = read_alone(visit.town.id, "reach", lambda: visit.adapters.alert_counts.latest(alert_id), nobody_counted)
    if found is None:
        return ""
    return say(
        "Bei {arrived} von {planned} Menschen angekommen, Stand {moment} Uhr.",
        arrived=grouped(found.total.delivered),
        planned=grouped(found.total.planned),
        moment=say_moment(visit.town, found.counted_at, visit.now),
    )


def _in_need(visit: Visit) -> Card | None:
    urgent = [it for it in visit.waiting() if it.is_need]
    if not urgent:
        return None
    many = len(urgent) > 1
    title = say_many(len(urgent), "Eine Nachricht klingt nach einem Notfall", "Nachrichten klingen nach einem Notfall")
    words = say("Der Hinweis auf die 112 ging sofort hinaus. Bitte lesen Sie nach, ob jemand Hilfe braucht.")
    where = "inbox" if many else f"conversations/{urgent[0].citizen_id}"
    return Card(str(len(urgent)), title, words, say("Jetzt ansehen"), where, hot=True)


def _waiting(visit: Visit) -> Card | None:
    waiting = [it for it in visit.waiting() if it.waiting_since]
    if not waiting:
        return None
    longest = min(it.waiting_since for it in waiting if it.waiting_since)
    waited = open_time(visit.town, longest, visit.now)
    words = (
        say("Am längsten seit {span} Dienstzeit.", span=say_span(waited))
        if waited
        else say("Alle schrieben, seit zuletzt Sprechzeit war.")
    )
    if soon := _windows_ending(waiting, visit):
        ends = say_many(
            soon,
            "Bei einem Menschen endet das freie Schreiben in den nächsten drei Stunden.",
            "Bei {number} endet das freie Schreiben in den nächsten drei Stunden.",
        )
        words = f"{words} {ends}"
    title = say_many(len(waiting), "Ein Mensch wartet auf Antwort", "Menschen warten auf Antwort")
    return Card(str(len(waiting)), title, words, say("Zum Posteingang"), "inbox")


def _windows_ending(waiting: list[ListedConversation], visit: Visit) -> int:
    return sum(visit.now < it.window_until <= visit.now + SOON for it in waiting)


def _answers_asked(visit: Visit) -> Card | None:
    """Answers of colleagues that this person may let out."""
    me = visit.member
    asked = [
        it
        for it in releases_in(visit.waiting())
        if it.conversation.release and not it.conversation.release.is_by(me.name, me.staff_id)
    ]
    if not asked:
        return None
    many = len(asked) > 1
    title = say_many(len(asked), "Eine Antwort wartet auf Freigabe", "Antworten warten auf Freigabe")
    by = asked[0].conversation.release.by if asked[0].conversation.release else ""
    where = "inbox?tab=release" if many else f"conversations/{asked[0].citizen_id}"
    return Card(str(len(asked)), title, say("Zuerst gebeten hat {name}.", name=by), say("Ansehen"), where, icon="pen")


def _consultation(visit: Visit) -> Card | None:
    if (now := visit.adapters.consultations.open_at(visit.town.id, visit.now)) is None:
        return None
    until = say_moment(visit.town, now.consultation.closes_at, visit.now)
    words = say(
        "{host}, noch bis {until} Uhr; {ahead} in der Warteliste.",
        host=now.consultation.host,
        until=until,
        ahead=now.ahead,
    )
    where = f"consultations/{now.consultation.id}"
    return Card("", say("Die Bürgersprechstunde läuft"), words, say("Zur Warteliste"), where, "clock")


def _cases(visit: Visit) -> Card | None:
    found = list(visit.adapters.cases.open(visit.town.id))
    late = [it for it in found if it.is_overdue(visit.now)]
    today = sum(is_due(it, Due.TODAY, visit.town, visit.now) and not it.is_overdue(visit.now) for it in found)
    if not late:
        return _cases_of_today(today) if today else None
    title = say_many(len(late), "Eine Meldung ist überfällig", "Meldungen sind überfällig")
    oldest = min(late, key=lambda it: it.due_at)
    last_day = oldest.due_at - timedelta(seconds=1)  # it is the midnight after it
    words = say(
        "Am längsten {number}: fällig war sie {day}.",
        number=oldest.number,
        day=say_day(visit.town, last_day, visit.now),
    )
    if today:
        words = f"{words} {say_many(today, 'Eine weitere ist heute fällig.', '{number} weitere sind heute fällig.')}"
    return Card(str(len(late)), title, words, say("Ansehen"), "cases?overdue=1")


def _cases_of_today(number: int) -> Card:
    title = say_many(number, "Eine Meldung ist heute fällig", "Meldungen sind heute fällig")
    return Card(str(number), title, say("Überfällig ist keine."), say("Ansehen"), "cases?due=today", icon="case")


def _undelivered(visit: Visit) -> Card | None:
    found = visit.adapters.undelivered.since(visit.town.id, visit.now - timedelta(days=1))
    if not found:
        return None
    title = say_many(len(found), "Eine Antwort ist nicht angekommen", "Antworten sind nicht angekommen")
    words = say("In den letzten 24 Stunden. Warum, steht im Gespräch.")
    several = len({it.citizen_id for it in found}) > 1
    where = "inbox?tab=missed" if several else f"conversations/{found[-1].citizen_id}"
    return Card(str(len(found)), title, words, say("Grund ansehen"), where)


def readiness_of(visit: Visit) -> Readiness | None:
    """As it was checked last: a card says what is wrong, and the facts beside the cards that all is well."""
    return visit.once("readiness", lambda: visit.adapters.latest_readiness.get(visit.town.id))


def _readiness(visit: Visit) -> Card | None:
    if Offer.CRISIS not in visit.town.offers_of():
        return None
    found = readiness_of(visit)
    if found is None or found.stale(visit.now):
        return Card("", say("Ob gewarnt werden kann, ist unklar"), say(UNKNOWN if found is None else STALE))
    if found.level is Level.GREEN:
        return None
    worst = [it for it in found.checks if it.level is found.level]
    is_red = found.level is Level.RED
    title = say("Warnungen: nicht bereit") if is_red else say("Warnungen: bereit, mit einem Hinweis")
    return Card("", title, " ".join(say(ADVICE[it.name]) for it in worst[:2]), hot=is_red)


def _account(visit: Visit) -> Card | None:
    snapshots = visit.adapters.account_snapshots
    found = account_troubles(visit.town, snapshots.get(visit.town.id), snapshots.notices(visit.town.id), visit.now)
    return Card(str(len(found)), say("WhatsApp meldet etwas zum Konto"), in_words(found[0])) if found else None


def _nobody_writes(visit: Visit) -> Card | None:
    """As the night's figures say."""
    found = _of_last_night(visit, SignalKind.NOBODY_WRITES)
    if found is None:
        return None
    _, words = say_signal(found)
    return Card(str(found.count), say("Tage, seit jemand geschrieben hat"), words, say("Zahlen ansehen"), "figures")


def _waits_pile_up(visit: Visit) -> Card | None:
    """As the night's figures say."""
    found = _of_last_night(visit, SignalKind.WAITS_PILE_UP)
    if found is None:
        return None
    title = say("Menschen warteten gestern länger, als die Stadt es möchte")
    words = f"{say('Sonst sind es {usual}.', usual=found.usual)} {say(ASK_FOR_HELP)}"
    return Card(str(found.count), title, words, say("Posteingang öffnen"), "inbox")


def _of_last_night(visit: Visit, kind: SignalKind) -> Signal | None:
    """One row of numbers; None as long as the night was not counted."""
    yesterday = visit.now.astimezone(visit.town.zone).date() - timedelta(days=1)
    days = visit.adapters.figure_days.between(visit.town.id, yesterday, yesterday)
    return next((it for day in days for it in day.signals if it.kind is kind), None)


LOOKS: Final = (
    Look(german("Warnung"), EVERYBODY, _alert),
    Look(german("Notfälle"), READS_CONVERSATIONS, _in_need),
    Look(german("Wer wartet"), READS_CONVERSATIONS, _waiting),
    Look(german("Antworten zur Freigabe"), ANSWERS, _answers_asked),
    Look(german("Bürgersprechstunde"), ANSWERS, _consultation),
    Look(german("Meldungen"), WORKS_ON_CASES, _cases),
    Look(german("Newsletter zur Freigabe"), WRITES_NEWSLETTERS, start_newsletters.asked),
    Look(german("Antworten"), READS_CONVERSATIONS, _undelivered),
    Look(german("Newsletter im Versand"), WRITES_NEWSLETTERS, start_newsletters.running),
    Look(german("Geplante Newsletter"), WRITES_NEWSLETTERS, start_newsletters.planned),
    Look(german("Newsletter"), WRITES_NEWSLETTERS, start_newsletters.silence),
    Look(german("Stille"), SEES_FIGURES, _nobody_writes),
    Look(german("Wartezeiten"), ANSWERS, _waits_pile_up),
    Look(german("Bereitschaft für Warnungen"), SEES_WARNINGS, _readiness),
    Look(german("Konto bei WhatsApp"), KEEPS_STAFF, _account),
)
