"""Consultations by messenger: planned, watched while they run, and ended with a summary without names."""

from datetime import date, datetime, time
from typing import Any

from functions.console.web.answers import not_found
from functions.console.web.newsletters.knows import who
from functions.console.web.page import page, part
from functions.console.web.visit import Values, Visit
from stadtdraht.domain.broadcast.broadcast import NewsletterNotFit
from stadtdraht.domain.consultations.consultation import (
    ANNOUNCED_CHARACTERS,
    HOST_CHARACTERS,
    Consultation,
    ConsultationNotFit,
    ConsultationState,
)
from stadtdraht.domain.conversation import ListedConversation
from stadtdraht.domain.staff.roles import ANNOUNCES
from stadtdraht.pages.responses import HttpResponse
from stadtdraht.texts.consultations import word_end
from stadtdraht.texts.replies import or_in_ours
from stadtdraht.texts.staff.console.consultations import (
    STATES,
    hours_words,
    summary_rows,
    summary_sentence,
    until_words,
)
from stadtdraht.texts.staff.console.duty import say_span
from stadtdraht.texts.staff.console.newsletters import refused
from stadtdraht.texts.staff.console.talk import kind_words, who_shown
from stadtdraht.texts.staff.language import say, say_why
from stadtdraht.usecases.consultations.announce_consultation import announce_consultation
from stadtdraht.usecases.consultations.hold_consultation import (
    ConsultationChanged,
    ConsultationMissing,
    ConsultationPorts,
    PlannedConsultation,
    end_consultation,
    plan_consultation,
    queue_of,
)

FIELDS = ("day", "opens", "closes", "host", "announced")
GONE = frozenset({ConsultationState.ENDED, ConsultationState.CANCELLED})


def show_all(visit: Visit) -> HttpResponse:
    return _all(visit)


def plan(visit: Visit) -> HttpResponse:
    """Pressed twice, it is planned once."""
    typed = {name: visit.form.get(name) for name in FIELDS}
    try:
        opens, closes = (_moment(visit, typed["day"], typed[name]) for name in ("opens", "closes"))
        planned = PlannedConsultation(
            opens, closes, typed["host"], typed["announced"], visit.by, visit.form.get("press") or visit.press()
        )
        plan_consultation(planned, visit.town, visit.now, visit.adapters.consultations)
    except ConsultationNotFit as why:
        return _all(visit, typed, f"{say_why(why)}.", 422)
    return visit.to("consultations?done=planned")


def show(visit: Visit) -> HttpResponse:
    held = _held(visit)
    if held is None:
        return not_found()
    return _one(visit, held)


def queue(visit: Visit) -> HttpResponse:
    """Its queue, for the script that renews it."""
    held = _held(visit)
    return part(visit, "consultation_queue.html", **_shown(visit, held)) if held else not_found()


def confirm_end(visit: Visit) -> HttpResponse:
    """What ending it does, before the press."""
    held = _held(visit)
    if held is None:
        return not_found()
    words, _ = or_in_ours(lambda it: word_end(held.host, it, "de"), visit.town)
    title = say("Bürgersprechstunde beenden")
    return page(visit, "consultation_end.html", title, here="consultations", words=words, **_shown(visit, held))


def end(visit: Visit) -> HttpResponse:
    ports = ConsultationPorts(visit.adapters.consultations, visit.adapters.citizens, visit.adapters.answer_queue)
    name = visit.path["consultation"]
    try:
        end_consultation(name, visit.by, visit.town, visit.now, ports)
    except ConsultationMissing:
        return not_found()
    except ConsultationChanged:
        return visit.to(f"consultations/{name}/end")
    return visit.to(f"consultations/{name}?done=ended")


def announce(visit: Visit) -> HttpResponse:
    """The newsletter about it begins; whoever pressed goes on writing there."""
    held = _held(visit)
    if held is None or held.state(visit.now) in GONE:
        return not_found()
    adapters = visit.adapters
    try:
        made = announce_consultation(
            held, visit.town, who(visit), visit.now, adapters.broadcasts, adapters.settings.public_url
        )
    except NewsletterNotFit as why:
        return _one(visit, held, refused(why), 422)
    return visit.to(f"newsletters/{made.broadcast_id}")


def _one(visit: Visit, held: Consultation, error: str = "", status: int = 200) -> HttpResponse:
    title = say("Bürgersprechstunde {hours}", hours=hours_words(held, visit.town))
    may_announce = visit.may(ANNOUNCES) and held.state(visit.now) not in GONE
    return page(
        visit,
        "consultation.html",
        title,
        here="consultations",
        status=status,
        error=error,
        may_announce=may_announce,
        **_shown(visit, held),
    )


def _held(visit: Visit) -> Consultation | None:
    return visit.adapters.consultations.get(visit.town.id, visit.path["consultation"])


def _all(visit: Visit, typed: dict[str, str] | None = None, error: str = "", status: int = 200) -> HttpResponse:
    found = visit.adapters.consultations.all(visit.town.id)
    now = visit.now
    ahead = sorted((it for it in found if it.state(now) not in GONE), key=lambda it: it.opens_at)
    fresh = {"day": "", "opens": "", "closes": "", "host": found[0].host if found else "", "announced": ""}
    return page(
        visit,
        "consultations.html",
        say("Bürgersprechstunde"),
        here="consultations",
        status=status,
        ahead=[_row(visit, it) for it in ahead],
        before=[_row(visit, it) for it in found if it.state(now) in GONE],
        typed=typed or fresh,
        error=error,
        most_host=HOST_CHARACTERS,
        most_announced=ANNOUNCED_CHARACTERS,
    )


def _row(visit: Visit, held: Consultation) -> Values:
    return {
        "href": visit.url(f"consultations/{held.id}"),
        "hours": hours_words(held, visit.town),
        "host": held.host,
        "announced": held.announced,
        "state": say(STATES[held.state(visit.now)]),
        "is_open": held.state(visit.now) is ConsultationState.OPEN,
        "summary": summary_sentence(held.summary) if held.summary else "",
    }


def _shown(visit: Visit, held: Consultation) -> dict[str, Any]:
    state = held.state(visit.now)
    waiting = [] if state in GONE else queue_of(visit.town, held.id, visit.adapters.citizens)
    return {
        "held": held,
        "hours": hours_words(held, visit.town),
        "until": until_words(held, visit.town, visit.now),
        "is_gone": state in GONE,
        "is_planned": state is ConsultationState.PLANNED,
        "queue": [_waiting(visit, place, it) for place, it in enumerate(waiting, start=1)],
        "summary": summary_rows(held.summary) if held.summary else [],
    }


def _waiting(visit: Visit, place: int, listed: ListedConversation) -> Values:
    last = listed.conversation.last
    return {
        "place": place,
        "name": who_shown(listed.name, listed.number),
        "href": visit.url(f"conversations/{listed.citizen_id}"),
        "words": (last.words or kind_words(last.kind)) if last else "",
        "waits": say_span(visit.now - (listed.waiting_since or visit.now)),
        "with": listed.assigned_to,
    }


def _moment(visit: Visit, day: str, clock: str) -> datetime:
    """Raises ConsultationNotFit for what is no time."""
    try:
        local = datetime.combine(date.fromisoformat(day), time.fromisoformat(clock), visit.town.zone)
    except ValueError as why:
        raise ConsultationNotFit("Sagen Sie Tag, Beginn und Ende") from why
    return local.astimezone(visit.now.tzinfo)
