"""The cards of the start page: one look at a time, in order of urgency."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from functions.console.web.visit import Visit
from stadtdraht.domain.broadcast.broadcast import Broadcast, BroadcastState
from stadtdraht.domain.broadcast.colleague import Colleague
from stadtdraht.domain.broadcast.four_eyes import has_written
from stadtdraht.domain.conversation import ListedConversation
from stadtdraht.domain.crisis.alert import AlertValidity
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
from stadtdraht.texts.staff.console.duty import say_day, say_moment, say_span
from stadtdraht.texts.staff.console.newsletters import SILENT_DAYS
from stadtdraht.texts.staff.console.talk import SOON
from stadtdraht.texts.staff.crisis.readiness import ADVICE, STALE, UNKNOWN
from stadtdraht.texts.staff.figures import ASK_FOR_HELP, say_signal
from stadtdraht.usecases.broadcast.reporting.broadcast_status import broadcast_state
from stadtdraht.usecases.inbound.release_answer import releases_in

RUNNING_LOOKED_AT: Final = 3  # newsletters of which the slices are read
SEES_WARNINGS: Final[Roles] = frozenset({Role.CRISIS, Role.ADMIN, Role.MAYOR})


@dataclass(frozen=True, slots=True)
class Card:
    """A sentence with a number and one button. figure: a number, or "" for the icon."""

    figure: str
    title: str
    words: str
    button: str = ""
    page: str = ""
    icon: str = "alert"
    hot: bool = False
    lost: bool = False


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
    words = f"Sie gilt bis {until} Uhr. Aktualisieren und entwarnen kann, wer einen Krisenlink hat."
    return Card("", f"Eine Warnung läuft: {SCENARIOS[alert.scenario].label}", words, hot=True)


def _in_need(visit: Visit) -> Card | None:
    urgent = [it for it in visit.waiting() if it.is_need]
    if not urgent:
        return None
    many = len(urgent) > 1
    title = "Nachrichten klingen nach einem Notfall" if many else "Eine Nachricht klingt nach einem Notfall"
    words = "Der Hinweis auf die 112 ging sofort hinaus. Bitte lesen Sie nach, ob jemand Hilfe braucht."
    where = "inbox" if many else f"conversations/{urgent[0].citizen_id}"
    return Card(str(len(urgent)), title, words, "Jetzt ansehen", where, hot=True)


def _waiting(visit: Visit) -> Card | None:
    waiting = [it for it in visit.waiting() if it.waiting_since]
    if not waiting:
        return None
    longest = min(it.waiting_since for it in waiting if it.waiting_since)
    words = f"Am längsten seit {say_span(open_time(visit.town, longest, visit.now))} Dienstzeit."
    if soon := _windows_ending(waiting, visit):
        words += (
            f" Bei {'einem Menschen' if soon == 1 else soon} endet das freie Schreiben in den nächsten drei Stunden."
        )
    title = "Menschen warten auf Antwort" if len(waiting) > 1 else "Ein Mensch wartet auf Antwort"
    return Card(str(len(waiting)), title, words, "Zum Posteingang", "inbox")


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
    title = "Antworten warten auf Freigabe" if many else "Eine Antwort wartet auf Freigabe"
    by = asked[0].conversation.release.by if asked[0].conversation.release else ""
    where = "inbox?tab=release" if many else f"conversations/{asked[0].citizen_id}"
    return Card(str(len(asked)), title, f"Zuerst gebeten hat {by}.", "Ansehen", where, icon="pen")


def _consultation(visit: Visit) -> Card | None:
    if (now := visit.adapters.consultations.open_at(visit.town.id, visit.now)) is None:
        return None
    until = say_moment(visit.town, now.consultation.closes_at, visit.now)
    words = f"{now.consultation.host}, noch bis {until} Uhr; {now.ahead} in der Warteliste."
    where = f"consultations/{now.consultation.id}"
    return Card("", "Die Bürgersprechstunde läuft", words, "Zur Warteliste", where, "clock")


def _cases(visit: Visit) -> Card | None:
    late = [it for it in visit.adapters.cases.open(visit.town.id) if it.is_overdue(visit.now)]
    if not late:
        return None
    title = "Meldungen sind überfällig" if len(late) > 1 else "Eine Meldung ist überfällig"
    oldest = min(late, key=lambda it: it.due_at)
    last_day = oldest.due_at - timedelta(seconds=1)  # it is the midnight after it
    words = f"Am längsten {oldest.number}: fällig war sie {say_day(visit.town, last_day, visit.now)}."
    return Card(str(len(late)), title, words, "Ansehen", "cases?overdue=1")


def _undelivered(visit: Visit) -> Card | None:
    found = visit.adapters.undelivered.since(visit.town.id, visit.now - timedelta(days=1))
    if not found:
        return None
    title = "Antworten sind nicht angekommen" if len(found) > 1 else "Eine Antwort ist nicht angekommen"
    where = f"conversations/{found[-1].citizen_id}"
    return Card(str(len(found)), title, "In den letzten 24 Stunden. Warum, steht im Gespräch.", "Grund ansehen", where)


def _newsletter_running(visit: Visit) -> Card | None:
    stored = [it for it in _recent(visit) if it.state is BroadcastState.RUNNING][:RUNNING_LOOKED_AT]
    slices = visit.adapters.slices  # the stored state says running for good; the slices know when all is done
    newest = next((it for it in stored if broadcast_state(it, slices) is BroadcastState.RUNNING), None)
    if newest is None:
        return None
    words = f"Begonnen {say_moment(visit.town, newest.begun_at, visit.now)} Uhr."
    return Card(
        "", f"Der Newsletter „{newest.title}“ läuft", words, "Zusehen", f"newsletters/{newest.broadcast_id}", "letter"
    )


def _newsletter_asked(visit: Visit) -> Card | None:
    """Of those that wait for a release, the ones that this person may release and wrote nothing of."""
    me = Colleague(visit.by, visit.member.staff_id)
    waiting = [it for it in _recent(visit) if it.state is BroadcastState.DRAFT and it.asked and not has_written(it, me)]
    if not waiting:
        return None
    title = "Newsletter warten auf Freigabe" if len(waiting) > 1 else "Ein Newsletter wartet auf Freigabe"
    oldest = waiting[-1]
    words = f"„{oldest.title}“ von {oldest.created_by}."
    page = f"newsletters/{oldest.broadcast_id}" if len(waiting) == 1 else "newsletters"
    return Card(str(len(waiting)), title, words, "Ansehen", page)


def _silence(visit: Visit) -> Card | None:
    """A town that says nothing for two weeks loses its readers."""
    sent = [it.begun_at for it in _recent(visit) if it.has_begun]
    if not sent or (days := (visit.now - max(sent)).days) < SILENT_DAYS:
        return None
    words = "Wer lange nichts hört, vergisst, dass es Sie gibt."
    return Card(str(days), "Tage ohne Newsletter", words, "Newsletter schreiben", "newsletters/new", "letter")


def _recent(visit: Visit) -> Sequence[Broadcast]:
    return visit.once("newsletters", lambda: visit.adapters.broadcasts.recent(visit.town.id))


def readiness_of(visit: Visit) -> Readiness | None:
    """As it was checked last: a card says what is wrong, and the facts beside the cards that all is well."""
    return visit.once("readiness", lambda: visit.adapters.latest_readiness.get(visit.town.id))


def _readiness(visit: Visit) -> Card | None:
    if Offer.CRISIS not in visit.town.offers_of():
        return None
    found = readiness_of(visit)
    if found is None or found.stale(visit.now):
        return Card("", "Ob gewarnt werden kann, ist unklar", UNKNOWN if found is None else STALE)
    if found.level is Level.GREEN:
        return None
    worst = [it for it in found.checks if it.level is found.level]
    title = "Warnungen: nicht bereit" if found.level is Level.RED else "Warnungen: bereit, mit einem Hinweis"
    return Card("", title, " ".join(ADVICE[it.name] for it in worst[:2]), hot=found.level is Level.RED)


def _account(visit: Visit) -> Card | None:
    snapshots = visit.adapters.account_snapshots
    found = account_troubles(visit.town, snapshots.get(visit.town.id), snapshots.notices(visit.town.id), visit.now)
    return Card(str(len(found)), "WhatsApp meldet etwas zum Konto", in_words(found[0])) if found else None


def _nobody_writes(visit: Visit) -> Card | None:
    """As the night's figures say."""
    found = _of_last_night(visit, SignalKind.NOBODY_WRITES)
    if found is None:
        return None
    _, words = say_signal(found)
    return Card(str(found.count), "Tage, seit jemand geschrieben hat", words, "Zahlen ansehen", "figures")


def _waits_pile_up(visit: Visit) -> Card | None:
    """As the night's figures say."""
    found = _of_last_night(visit, SignalKind.WAITS_PILE_UP)
    if found is None:
        return None
    title = "Menschen warteten gestern länger, als die Stadt es möchte"
    return Card(str(found.count), title, f"Sonst sind es {found.usual}. {ASK_FOR_HELP}", "Posteingang öffnen", "inbox")


def _of_last_night(visit: Visit, kind: SignalKind) -> Signal | None:
    """One row of numbers; None as long as the night was not counted."""
    yesterday = visit.now.astimezone(visit.town.zone).date() - timedelta(days=1)
    days = visit.adapters.figure_days.between(visit.town.id, yesterday, yesterday)
    return next((it for day in days for it in day.signals if it.kind is kind), None)


LOOKS: Final = (
    Look("Warnung", EVERYBODY, _alert),
    Look("Notfälle", READS_CONVERSATIONS, _in_need),
    Look("Wer wartet", READS_CONVERSATIONS, _waiting),
    Look("Antworten zur Freigabe", ANSWERS, _answers_asked),
    Look("Bürgersprechstunde", ANSWERS, _consultation),
    Look("Meldungen", WORKS_ON_CASES, _cases),
    Look("Newsletter zur Freigabe", WRITES_NEWSLETTERS, _newsletter_asked),
    Look("Antworten", READS_CONVERSATIONS, _undelivered),
    Look("Newsletter im Versand", WRITES_NEWSLETTERS, _newsletter_running),
    Look("Newsletter", WRITES_NEWSLETTERS, _silence),
    Look("Stille", SEES_FIGURES, _nobody_writes),
    Look("Wartezeiten", ANSWERS, _waits_pile_up),
    Look("Bereitschaft für Warnungen", SEES_WARNINGS, _readiness),
    Look("Konto bei WhatsApp", KEEPS_STAFF, _account),
)
