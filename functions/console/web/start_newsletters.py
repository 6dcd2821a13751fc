"""The cards of newsletters: what is asked for, what runs, what comes next, and that nothing came for long."""

from collections.abc import Sequence
from typing import Final

from functions.console.web.card import Card
from functions.console.web.newsletters.times import next_start
from functions.console.web.visit import Visit
from stadtdraht.domain.broadcast.broadcast import Broadcast, BroadcastState
from stadtdraht.domain.broadcast.colleague import Colleague
from stadtdraht.domain.broadcast.four_eyes import has_written
from stadtdraht.texts.staff.console.duty import say_moment
from stadtdraht.texts.staff.console.newsletters import SILENT_DAYS
from stadtdraht.texts.staff.language import say, say_many
from stadtdraht.usecases.broadcast.reporting.broadcast_status import is_finished, left_behind

RUNNING_LOOKED_AT: Final = 3  # newsletters of which the slices are read


def running(visit: Visit) -> Card | None:
    stored = [it for it in _recent(visit) if it.state is BroadcastState.RUNNING][:RUNNING_LOOKED_AT]
    for it in stored:  # the stored state says running for good; the slices know when all is done, or nobody is at it
        snapshots = visit.adapters.slices.snapshots(it.broadcast_id)
        if is_finished(it, [one.progress.state for one in snapshots]):
            continue
        words = say("Begonnen {moment} Uhr.", moment=say_moment(visit.town, it.begun_at, visit.now))
        still = left_behind(it, visit.town, snapshots, visit.now) is not None
        title = say("Der Newsletter „{title}“ steht" if still else "Der Newsletter „{title}“ läuft", title=it.title)
        button = say("Ansehen" if still else "Zusehen")
        return Card("", title, words, button, f"newsletters/{it.broadcast_id}", "letter")
    return None


def asked(visit: Visit) -> Card | None:
    """Of those that wait for a release, the ones that this person may release and wrote nothing of."""
    me = Colleague(visit.by, visit.member.staff_id)
    waiting = [it for it in _recent(visit) if it.state is BroadcastState.DRAFT and it.asked and not has_written(it, me)]
    if not waiting:
        return None
    title = say_many(len(waiting), "Ein Newsletter wartet auf Freigabe", "Newsletter warten auf Freigabe")
    oldest = waiting[-1]
    words = say("„{title}“ von {name}.", title=oldest.title, name=oldest.created_by)
    page = f"newsletters/{oldest.broadcast_id}" if len(waiting) == 1 else "newsletters"
    return Card(str(len(waiting)), title, words, say("Ansehen"), page)


def planned(visit: Visit) -> Card | None:
    """What goes out next by itself."""
    stored = [it for it in _recent(visit) if it.state is BroadcastState.SCHEDULED]
    ahead = [(at, it) for it in stored if (at := next_start(visit, it)) and at > visit.now]
    if not ahead:
        return None
    at, first = min(ahead, key=lambda it: it[0])
    title = say("Der Newsletter „{title}“ ist geplant", title=first.title)
    words = say("Nächster Versand: {moment} Uhr.", moment=say_moment(visit.town, at, visit.now))
    return Card("", title, words, say("Ansehen"), f"newsletters/{first.broadcast_id}", "letter")


def silence(visit: Visit) -> Card | None:
    """A town that says nothing for two weeks loses its readers."""
    sent = [it.begun_at for it in _recent(visit) if it.has_begun]
    if not sent or (days := (visit.now - max(sent)).days) < SILENT_DAYS:
        return None
    words = say("Wer lange nichts hört, vergisst, dass es Sie gibt.")
    title, button = say("Tage ohne Newsletter"), say("Newsletter schreiben")
    return Card(str(days), title, words, button, "newsletters/new", "letter")


def _recent(visit: Visit) -> Sequence[Broadcast]:
    return visit.once("newsletters", lambda: visit.adapters.broadcasts.recent(visit.town.id))
