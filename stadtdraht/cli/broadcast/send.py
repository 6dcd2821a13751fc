"""`stadtdraht broadcast …`: newsletters, from the plan to the figures."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import wraps
from typing import Annotated, Any, get_type_hints

import typer

from stadtdraht.bootstrap import Adapters
from stadtdraht.cli.broadcast.made_and_due import made_and_due, made_and_due_words
from stadtdraht.cli.broadcast.plan_text import plan_as_json, plan_in_words
from stadtdraht.cli.deployment import connected
from stadtdraht.cli.options import TownOption, later, operator
from stadtdraht.cli.output import USAGE, AsJson, ask, give, refuse, table, wants_json
from stadtdraht.domain.broadcast.broadcast import Broadcast, BroadcastState, Item
from stadtdraht.domain.broadcast.colleague import Colleague
from stadtdraht.domain.broadcast.draft import DraftOptions
from stadtdraht.domain.broadcast.promise import TooOften
from stadtdraht.domain.identifiers import new_random
from stadtdraht.texts.staff.account import in_words
from stadtdraht.texts.staff.broadcast import newsletters as texts
from stadtdraht.texts.staff.broadcast.newsletter_lint import in_place, promise_broken
from stadtdraht.texts.staff.moments import moment
from stadtdraht.usecases.broadcast.load_broadcast import load_broadcast
from stadtdraht.usecases.broadcast.planning.plan_broadcast import PlanPorts, plan_newsletter
from stadtdraht.usecases.broadcast.reporting.broadcast_status import broadcast_state
from stadtdraht.usecases.broadcast.sending.send_newsletter import (
    SendPorts,
    blocked_by,
    prepare_newsletter,
    send_newsletter,
    write_newsletter,
)
from stadtdraht.usecases.broadcast.sending.stop_and_resume import (
    Resumed,
    ResumeResult,
    ResumesLate,
    RunPorts,
    resume_newsletter,
    stop_newsletter,
)
from stadtdraht.usecases.broadcast.writing.look_at_links import DeadLink, look_quickly

app = typer.Typer()

Topic = Annotated[
    list[str] | None,
    typer.Option(help="Nur an wen dieses Thema oder alle bestellt hat; mehrfach möglich (only this topic)"),
]
District = Annotated[
    list[str] | None, typer.Option(help="Nur an diesen Ortsteil; mehrfach möglich (only this district)")
]
BeyondPromise = Annotated[
    bool,
    typer.Option("--beyond-promise", help="Auch wenn es mehr Newsletter werden als versprochen (beyond the promise)"),
]
Unchecked = Annotated[
    bool,
    typer.Option(
        "--unchecked-links",
        help="Nicht prüfen, ob Links antworten, etwa bevor die Meldung online ist (do not check links)",
    ),
]
BroadcastId = Annotated[
    str, typer.Argument(metavar="ID", help="Kennung, wie in `broadcast list` (id of the newsletter)")
]


@dataclass(frozen=True, slots=True)
class NamedNewsletter:
    """What a command is about: a draft by its id, or a newsletter of one story that is typed in the command."""

    broadcast_id: Annotated[
        str,
        typer.Argument(metavar="[ID]", help="Ein Entwurf; sonst schreiben Sie ihn hier (a draft; else write it here)"),
    ] = ""
    town: Annotated[str, typer.Option("--town", help="Kennung der Stadt, wie in `town list` (id of the town)")] = ""
    title: Annotated[str, typer.Option(help="Höchstens 60 Zeichen (at most 60 characters)")] = ""
    teaser: Annotated[str, typer.Option(help="Ein oder zwei Sätze, höchstens 500 Zeichen (one or two sentences)")] = ""
    link: Annotated[str, typer.Option(help="Die ganze Meldung; beginnt mit https:// (the whole story)")] = ""
    topic: Topic = None
    district: District = None
    at: Annotated[str, typer.Option(help="Später, in der Zeit der Stadt: 2026-12-01T09:00 (later, town time)")] = ""
    unchecked_links: Unchecked = False

    def check_usage(self) -> None:
        """Ends the command unless either a draft is named, or all of a newsletter is given."""
        whole = self.title and self.teaser and self.link
        if bool(self.broadcast_id) == bool(self.town) or not (self.broadcast_id or whole):
            refuse(texts.NAME_ONE, USAGE)

    def broadcast(self, adapters: Adapters, now: datetime) -> Broadcast:
        """The one that is stored, or the typed one, which is not."""
        if self.broadcast_id:
            return load_broadcast(self.broadcast_id, adapters.broadcasts)
        town = adapters.towns.get(self.town)
        return write_newsletter(
            town,
            Item(self.title, self.teaser, self.link),
            DraftOptions(topics=self.topic or (), districts=self.district or ()),
            Colleague(operator()),
            now,
            new_random(),
            starts_at=later(self.at, town, now) if self.at else None,
            public_url=adapters.settings.public_url,
        )

    def links_to_look_at(self, adapters: Adapters, broadcast: Broadcast) -> tuple[str, ...]:
        """Of the typed one; a draft's were asked when it was released. Raises DeadLink."""
        if self.broadcast_id or self.unchecked_links:
            return ()
        found = look_quickly(broadcast.items, adapters.links, refuses=adapters.settings.dead_links_refuse)
        return tuple(map(in_place, found))


def about_a_newsletter(command: Callable[..., None]) -> Callable[..., None]:
    """For commands: the options that name a newsletter come as one value, the command's first parameter."""
    hints = get_type_hints(command, include_extras=True) | get_type_hints(NamedNewsletter, include_extras=True)
    named = inspect.signature(NamedNewsletter).parameters
    own = list(inspect.signature(command).parameters.values())[1:]

    @wraps(command)
    def gathered(**given: Any) -> None:
        newsletter = NamedNewsletter(**{name: given.pop(name) for name in named})
        newsletter.check_usage()
        command(newsletter, **given)

    parameters = [it.replace(annotation=hints[it.name]) for it in (*named.values(), *own)]
    gathered.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    gathered.__annotations__ = {it.name: it.annotation for it in parameters}
    return gathered


@app.command("plan")
@about_a_newsletter
@connected
def show_plan(adapters: Adapters, newsletter: NamedNewsletter, as_json: AsJson = False) -> None:
    """Wen er erreicht, wie lange es dauert, was es kostet. Sendet nichts. (reach, time and cost)"""
    now = datetime.now(UTC)
    broadcast = newsletter.broadcast(adapters, now)
    if broadcast.has_begun:
        refuse(texts.HAS_BEGUN.format(broadcast_id=broadcast.broadcast_id))
    town = adapters.towns.get(broadcast.town)
    found = plan_newsletter(broadcast, town, now, plan_ports(adapters))
    held = blocked_by(broadcast, town, now, plan_ports(adapters))
    blocked = tuple(promise_broken(it) if isinstance(it, TooOften) else in_words(it) for it in held)
    try:
        doubtful = newsletter.links_to_look_at(adapters, broadcast)
    except DeadLink as dead:
        doubtful, blocked = (), (*blocked, *map(in_place, dead.findings))
    refused = "".join(texts.REFUSED.format(why=it) for it in blocked)
    value = plan_as_json(found) | {"blocked_by": blocked, "warnings": doubtful}
    words = plan_in_words(found, town) + _to_look_at(doubtful) + refused
    give(value, as_json=as_json, show=lambda out: out.print(words))


@app.command()
@about_a_newsletter
@connected
def send(
    adapters: Adapters,
    newsletter: NamedNewsletter,
    beyond_promise: BeyondPromise = False,
    yes: Annotated[bool, typer.Option("--yes", help="Nicht nachfragen (do not ask)")] = False,
    as_json: AsJson = False,
) -> None:
    """Einen Newsletter jetzt oder zur genannten Zeit senden. Ein Entwurf wird mit seiner Kennung genannt und vorher
    freigegeben. (send now, or later)
    """
    now, ports = datetime.now(UTC), send_ports(adapters)
    prepared = prepare_newsletter(newsletter.broadcast(adapters, now), now, ports, beyond_promise=beyond_promise)
    broadcast, found = prepared.broadcast, prepared.plan
    doubtful = newsletter.links_to_look_at(adapters, broadcast)
    if not yes:
        if wants_json(as_json):
            refuse(texts.ASK_YES)
        typer.echo(plan_in_words(found, prepared.town) + _to_look_at(doubtful))
        ask(texts.SEND_IT)
    send_newsletter(prepared, ports)
    value = {
        "broadcast_id": broadcast.broadcast_id,
        "planned": found.audience.planned,
        "days": found.portions.days,
        "state": str(broadcast.state),
        "warnings": doubtful,
    }
    words = f"{broadcast.broadcast_id}{_to_look_at(doubtful)}"
    words += f"\n{texts.FOLLOW.format(broadcast_id=broadcast.broadcast_id)}"
    give(value, as_json=as_json, show=lambda out: out.print(words))


def _to_look_at(doubtful: Sequence[str]) -> str:
    return "".join(f"\nSehen Sie selbst nach: {it}" for it in doubtful)


@app.command("list")
@connected
def list_latest(adapters: Adapters, town: TownOption, as_json: AsJson = False) -> None:
    """Die neuesten Newsletter einer Stadt. (the latest newsletters)"""
    its_town = adapters.towns.get(town)
    value = [
        {
            "broadcast_id": it.broadcast_id,
            "state": str(broadcast_state(it, adapters.slices)),
            "title": it.title,
            **made_and_due(it),
        }
        for it in adapters.broadcasts.recent(its_town.id)
    ]
    rows = [
        (it["broadcast_id"], texts.STATES[str(it["state"])], *made_and_due_words(it, its_town), it["title"])
        for it in value
    ]
    shown = table(texts.LIST_HEAD, rows, nothing=texts.NONE_YET.format(town=its_town.name))
    give(value, as_json=as_json, show=lambda out: out.print(shown))


@app.command()
@connected
def stop(adapters: Adapters, broadcast_id: BroadcastId, as_json: AsJson = False) -> None:
    """In einer Sekunde anhalten; mit `resume` geht es lückenlos weiter. Nicht bei Entwürfen und fertigen. (stop it)"""
    stop_newsletter(broadcast_id, datetime.now(UTC), _run_ports(adapters))
    value = {"broadcast_id": broadcast_id, "state": str(BroadcastState.STOPPED)}
    words = texts.STOPPED.format(broadcast_id=broadcast_id)
    give(value, as_json=as_json, show=lambda out: out.print(words))


@app.command()
@connected
def resume(
    adapters: Adapters,
    broadcast_id: BroadcastId,
    beyond_promise: BeyondPromise = False,
    yes: Annotated[
        bool, typer.Option("--yes", help="Nach Stunden nicht nachfragen (do not ask when it was held for hours)")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Weiter nach dem Anhalten oder einer Störung bei Meta. Nicht, wenn er fertig oder seine Zeit vorbei ist.
    (go on)
    """
    now, ports = datetime.now(UTC), _run_ports(adapters)
    try:
        done = resume_newsletter(broadcast_id, now, ports, beyond_promise=beyond_promise, although_late=yes)
    except ResumesLate as late:
        if wants_json(as_json):
            raise
        ask(texts.LATE.format_map(vars(late)))
        done = resume_newsletter(broadcast_id, now, ports, beyond_promise=beyond_promise, although_late=True)
    value = {"broadcast_id": broadcast_id, "state": str(done.state), "slices": done.slices}
    give(value, as_json=as_json, show=lambda out: out.print(_resumed(done)))


def _resumed(done: ResumeResult) -> str:
    follow = texts.FOLLOW.format(broadcast_id=done.broadcast.broadcast_id)
    match done.how:
        case Resumed.WEEKLY:
            return texts.WEEKLY_AGAIN
        case Resumed.AT_ITS_HOUR:
            return texts.AT_ITS_HOUR.format(hour=moment(done.broadcast.goes_at, done.town))
        case Resumed.BEGINS:
            return f"{texts.BEGINS} {follow}"
        case Resumed.NEXT_PORTION:
            return f"{texts.NEXT_PORTION} {follow}"
        case Resumed.SLICES:
            going = texts.GO_ON.format(slices=done.slices) if done.slices else texts.AT_WORK
            at = texts.GOES_ON_AT.format(had_turn=done.had_turn, planned=done.broadcast.planned)
            return f"{going} {at} {follow}"


def plan_ports(adapters: Adapters) -> PlanPorts:
    """As this deployment has them."""
    return PlanPorts(
        adapters.broadcasts,
        adapters.audience,
        adapters.alerts,
        adapters.deliveries,
        adapters.account_snapshots,
    )


def send_ports(adapters: Adapters) -> SendPorts:
    """As this deployment has them."""
    url = adapters.settings.public_url
    return SendPorts(adapters.towns, plan_ports(adapters), adapters.schedule, adapters.starter, url)


def _run_ports(adapters: Adapters) -> RunPorts:
    queue = adapters.newsletter_queue
    return RunPorts(send_ports(adapters), adapters.slices, queue, adapters.controls)
