"""A draft is put before a colleague, who releases it with one press or gives it back with a reason."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final

from functions.console.web.answers import not_found
from functions.console.web.colleagues import colleague, colleagues
from functions.console.web.newsletters.draft import seen_of
from functions.console.web.newsletters.knows import its_broadcast, plan_of, test_of, who
from functions.console.web.newsletters.phone import phone
from functions.console.web.newsletters.times import PAST, NotATime, schedule_ports, typed_time, why_not_then
from functions.console.web.newsletters.versions import too_late
from functions.console.web.page import page, part
from functions.console.web.visit import Values, Visit
from stadtdraht.domain.broadcast.broadcast import (
    WEEKLY,
    Broadcast,
    BroadcastState,
    StateForbids,
    Verb,
    demand,
)
from stadtdraht.domain.broadcast.colleague import Colleague, ReleaseRequest
from stadtdraht.domain.broadcast.four_eyes import author, has_written
from stadtdraht.domain.broadcast.promise import PromiseBroken
from stadtdraht.domain.errors import StadtdrahtError
from stadtdraht.domain.staff.roles import WRITES_NEWSLETTERS
from stadtdraht.pages.responses import HttpResponse
from stadtdraht.texts.staff.amounts import grouped
from stadtdraht.texts.staff.console import newsletters as words
from stadtdraht.texts.staff.language import say
from stadtdraht.texts.staff.moments import weekday
from stadtdraht.usecases.broadcast.load_broadcast import ChangedMeanwhile
from stadtdraht.usecases.broadcast.sending.release_and_send import release_and_send
from stadtdraht.usecases.broadcast.writing.ask_release import ask_release, send_back
from stadtdraht.usecases.broadcast.writing.look_at_links import look_quickly
from stadtdraht.usecases.broadcast.writing.schedule_newsletter import Timing, schedule_newsletter

FIELDS: Final = ("of", "when", "day", "hour", "why")


@dataclass(frozen=True, slots=True)
class Refused:
    """A press that did nothing: what was typed, and why."""

    typed: Mapping[str, str] = field(default_factory=dict)
    error: str = ""
    at: str = ""
    """Field that it is about; "": the whole form."""
    too_often: bool = False
    """Whether only the town's promise stands in the way."""


def show(visit: Visit) -> HttpResponse:
    broadcast = its_broadcast(visit)
    if broadcast is None:
        return not_found()
    if broadcast.state is not BroadcastState.DRAFT:
        return visit.to(f"newsletters/{broadcast.broadcast_id}")
    return show_release(visit, broadcast)


def show_release(visit: Visit, broadcast: Broadcast, refused: Refused | None = None, status: int = 200) -> HttpResponse:
    """The numbers, and what the visitor may do: decide, or ask somebody to."""
    town, me, request = visit.town, who(visit), broadcast.asked
    mine, plan = has_written(broadcast, me), plan_of(visit, broadcast)
    summary, refused = plan["summary"], refused or Refused()
    decides = not (mine and town.two_person_release)
    asks = mine or request is None
    proposed = request.starts_at if request else None
    people = words.people(summary.planned) if summary and not plan["outdated"] else ""
    return page(
        visit,
        "newsletters/release.html",
        broadcast.title,
        here="newsletters",
        status=status,
        broadcast=broadcast,
        heading=_heading(visit, broadcast, people, mine=mine),
        asked=say("Zur Freigabe gegeben {at}", at=words.ago(request.at, town, visit.now)) if request else "",
        **_numbers(visit, broadcast, plan),
        test=test_of(visit, broadcast),
        decides=decides,
        asks=asks,
        askable=[(it.staff_id, it.name) for it in _others(visit, broadcast)],
        proposal=words.when(proposed, request.repeat if request else "", town) if request else "",
        starts=proposed,
        typed=_typed(visit, refused, proposed),
        error=refused.error,
        error_at=refused.at,
        too_often=refused.too_often,
        seen=_stand_of(broadcast),
        step=2 if request is None else 3,
        phone=phone(visit, broadcast, visit.query.get("lang", "de")),
    )


def show_numbers(visit: Visit) -> HttpResponse:
    """The numbers, and whether they are there to decide on, for the script that renews them."""
    broadcast = its_broadcast(visit)
    if broadcast is None or broadcast.state is not BroadcastState.DRAFT:
        return not_found()  # the script loads the page anew, which says what became of it
    values = _numbers(visit, broadcast, plan_of(visit, broadcast))
    return part(visit, "newsletters/numbers_renewed.html", broadcast=broadcast, **values)


def ask(visit: Visit) -> HttpResponse:
    """Puts it before a colleague, with the hour that the author proposes."""
    broadcast = its_broadcast(visit)
    if broadcast is None:
        return not_found()
    the_id, wanted = broadcast.broadcast_id, visit.form.get("of")
    try:
        starts_at, repeat = _timing(visit, broadcast)
        member = colleague(visit, wanted, WRITES_NEWSLETTERS) if wanted else None
        of = Colleague(member.name, member.staff_id) if member else None
        request = ReleaseRequest(who(visit), visit.now, of, starts_at, repeat)
        if broadcast.asked and _has_read(visit, broadcast) and replace(broadcast.asked, at=visit.now) == request:
            return visit.to(f"newsletters/{the_id}?done=asked")  # pressed twice
        _demand_seen(visit, broadcast)
        ports = schedule_ports(visit)
        _look_at_links(visit, broadcast)
        ask_release(
            broadcast, visit.town, request, broadcasts=ports.broadcasts, links=None, public_url=ports.public_url
        )
    except StateForbids:
        return visit.to(f"newsletters/{the_id}")
    except StadtdrahtError as why:
        return _refused(visit, broadcast, why)
    return visit.to(f"newsletters/{the_id}?done=asked")


def release(visit: Visit) -> HttpResponse:
    """Releases it, and lets it begin now, at its hour, or every week."""
    broadcast = its_broadcast(visit)
    if broadcast is None:
        return not_found()
    here, ports = f"newsletters/{broadcast.broadcast_id}", visit.adapters
    if broadcast.state is not BroadcastState.DRAFT:
        return visit.to(here)  # pressed twice, or by somebody else before: the page says by whom
    beyond = visit.form.get("beyond") == "1"
    try:
        starts_at, repeat = _timing(visit, broadcast)
        _demand_seen(visit, broadcast)
        _look_at_links(visit, broadcast)
        if starts_at is None:
            release_and_send(
                broadcast,
                who(visit),
                visit.now,
                schedule_ports(visit),
                starter=ports.background_starter,
                snapshots=ports.account_snapshots,
                beyond_promise=beyond,
            )
        else:
            timing = Timing(starts_at, repeat)
            the_id = broadcast.broadcast_id
            schedule_newsletter(the_id, timing, who(visit), visit.now, schedule_ports(visit), beyond_promise=beyond)
    except StateForbids:
        return visit.to(here)
    except StadtdrahtError as why:
        return _refused(visit, broadcast, why)
    return visit.to(f"{here}?done=released")


def back(visit: Visit) -> HttpResponse:
    """To its author, who reads the reason."""
    broadcast = its_broadcast(visit)
    if broadcast is None:
        return not_found()
    if broadcast.sent_back and broadcast.sent_back.by.staff_id == visit.member.staff_id and not broadcast.asked:
        return visit.to("newsletters?done=back")
    try:
        demand(broadcast, Verb.RELEASE)
        _demand_seen(visit, broadcast)
        send_back(broadcast, who(visit), visit.form.get("why"), visit.now, broadcasts=visit.adapters.broadcasts)
    except StateForbids:
        why = visit.form.get("why").strip()
        return too_late(visit, broadcast, say("Nicht zurückgegeben"), [(say("Ihr Grund"), why)] if why else ())
    except StadtdrahtError as refused:
        return _refused(visit, broadcast, refused, at="why")
    return visit.to("newsletters?done=back")


def _timing(visit: Visit, broadcast: Broadcast) -> tuple[datetime | None, str]:
    """What is chosen of now, as proposed, at, weekly. Raises NotATime."""
    chosen, request = visit.form.get("when", "now"), broadcast.asked
    if chosen == "proposed" and request:
        if request.starts_at and request.starts_at <= visit.now:
            raise NotATime(PAST)
        return request.starts_at, request.repeat
    if chosen not in ("at", "weekly"):
        return None, ""
    return typed_time(visit), WEEKLY if chosen == "weekly" else ""


def _stand_of(broadcast: Broadcast) -> str:
    """Its words, and what was decided on them: whoever was asked since, or gave it back."""
    asked, back = broadcast.asked, broadcast.sent_back
    moments = (seen_of(broadcast), asked.at.isoformat() if asked else "", back.at.isoformat() if back else "")
    return " ".join(moments).rstrip()


def _has_read(visit: Visit, broadcast: Broadcast) -> bool:
    return visit.form.get("seen").partition(" ")[0] == seen_of(broadcast)


def _demand_seen(visit: Visit, broadcast: Broadcast) -> None:
    """Nobody decides about words that they have not read, or over a colleague of whose decision they know nothing."""
    if visit.form.get("seen") != _stand_of(broadcast):
        raise ChangedMeanwhile(broadcast.broadcast_id)


def _look_at_links(visit: Visit, broadcast: Broadcast) -> None:
    """Raises DeadLink for a page that says that it is not there; nobody waits for one that is slow."""
    look_quickly(broadcast.items, visit.adapters.links, refuses=visit.adapters.settings.dead_links_refuse)


def _refused(visit: Visit, broadcast: Broadcast, why: StadtdrahtError, at: str = "") -> HttpResponse:
    typed = {name: visit.form.get(name) for name in FIELDS if name in visit.form}
    if isinstance(why, ChangedMeanwhile):
        latest = its_broadcast(visit) or broadcast
        return show_release(visit, latest, Refused(typed, _meanwhile(visit, latest)), 409)
    said = why_not_then(why, broadcast)
    where = "hour" if isinstance(why, NotATime) else at
    return show_release(visit, broadcast, Refused(typed, said, where, isinstance(why, PromiseBroken)), 422)


def _meanwhile(visit: Visit, latest: Broadcast) -> str:
    """What a colleague did since the page was read."""
    if not _has_read(visit, latest):
        return say("Der Newsletter wurde inzwischen geändert. Sehen Sie ihn noch einmal an, und entscheiden Sie neu.")
    if back := latest.sent_back:
        return say(
            "{name} hat ihn inzwischen zurückgegeben: „{why}“ Entscheiden Sie neu.", name=back.by.name, why=back.why
        )
    return say("Er wurde inzwischen zur Freigabe gegeben. Entscheiden Sie neu.")


def _others(visit: Visit, broadcast: Broadcast) -> list[Colleague]:
    """Who may be asked: whoever wrote none of it."""
    found = [Colleague(it.name, it.staff_id) for it in colleagues(visit, WRITES_NEWSLETTERS)]
    return [it for it in found if not has_written(broadcast, it) and it.staff_id != visit.member.staff_id]


def _heading(visit: Visit, broadcast: Broadcast, people: str, *, mine: bool) -> str:
    request = broadcast.asked
    if request is None or mine:
        return broadcast.title
    at = request.starts_at
    if request.repeat and at:
        when = say("jeden {weekday}", weekday=weekday(at.astimezone(visit.town.zone)))
    else:
        when = say("am {moment}", moment=words.in_full(at, visit.town)) if at else say("jetzt")
    name = author(broadcast).name
    if not people:
        return say("{name} möchte diesen Newsletter {when} senden", name=name, when=when)
    return say("{name} möchte diesen Newsletter {when} an {people} senden", name=name, when=when, people=people)


def _numbers(visit: Visit, broadcast: Broadcast, plan: Values) -> Values:
    town, found = visit.town, plan["summary"]
    told = (words.promise_words(town), words.limit_words(found) if found else "")
    return {
        "plan": plan,
        "big": _big(visit, broadcast, plan),
        "told": " ".join(filter(None, told)),
        "may_press": found is not None and found.possible and found.planned > 0,
    }


def _big(visit: Visit, broadcast: Broadcast, plan: Values) -> list[tuple[str, str]]:
    found = plan["summary"]
    if found is None:
        return []
    at = broadcast.asked.starts_at if broadcast.asked else None
    return [
        (say("Menschen"), grouped(found.planned)),
        (say("Kosten, etwa"), words.euros(found.cost_eur)),
        (say("Beginn"), words.day_and_hour(at, visit.town) if at else say("jetzt")),
        (say("Dauer"), words.lasts_short(found.last_after_s)),
    ]


def _typed(visit: Visit, refused: Refused, proposed: datetime | None) -> Values:
    start = "proposed" if proposed else "now"
    local = proposed.astimezone(visit.town.zone) if proposed else None
    day, hour = (f"{local:%Y-%m-%d}", f"{local:%H:%M}") if local else ("", "")
    return {"of": "", "when": start, "day": day, "hour": hour, "why": "", **refused.typed}
