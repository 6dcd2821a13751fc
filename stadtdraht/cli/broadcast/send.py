"""`stadtdraht broadcast …`: newsletters, from the plan to the figures."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Annotated

import typer

from stadtdraht import bootstrap
from stadtdraht.cli.broadcast.plan_text import plan_in_words
from stadtdraht.cli.deployment import connected
from stadtdraht.cli.options import later, operator
from stadtdraht.cli.output import USAGE, AsJson, give, local_time, refuse, table, wants_json
from stadtdraht.domain.broadcast.broadcast import Broadcast, BroadcastState, Item
from stadtdraht.domain.broadcast.clicks import links_in_message
from stadtdraht.domain.broadcast.draft import Wish, draft, released
from stadtdraht.domain.broadcast.lint import check
from stadtdraht.domain.broadcast.weekly import next_due
from stadtdraht.domain.delivery.slices import Purpose
from stadtdraht.domain.identifiers import new_random
from stadtdraht.domain.town import Town
from stadtdraht.domain.whatsapp.account_problems import within_meta_s_limit
from stadtdraht.usecases.broadcast.broadcast_status import standing_of
from stadtdraht.usecases.broadcast.keep_promise import keep_promise, promise_trouble
from stadtdraht.usecases.broadcast.plan_broadcast import Plan, plan
from stadtdraht.usecases.broadcast.reached_today import reached_lately
from stadtdraht.usecases.broadcast.release_broadcast import NotReleased
from stadtdraht.usecases.broadcast.resumable import check_resumable, schedule_again
from stadtdraht.usecases.broadcast.start_broadcast import NoSuchBroadcast, TooManyForPortfolio
from stadtdraht.usecases.broadcast.stop_broadcast import resume_broadcast, set_state, stop_broadcast
from stadtdraht.usecases.whatsapp.check_account import check_template, troubles_of_newsletter

app = typer.Typer()

TownOption = Annotated[str, typer.Option("--town", help="Id of the town, as in `stadtdraht town list`.")]
Title = Annotated[str, typer.Option(help="At most 60 characters.")]
Teaser = Annotated[str, typer.Option(help="One or two sentences, at most 500 characters.")]
Link = Annotated[str, typer.Option(help="The whole story; begins with https://.")]
Topic = Annotated[list[str] | None, typer.Option(help="Only to those who take this topic, or all; may be repeated.")]
District = Annotated[list[str] | None, typer.Option(help="Only to this district; may be repeated.")]
At = Annotated[str, typer.Option(help="Later, in the town's own time: 2026-12-01T09:00.")]
BeyondPromise = Annotated[
    bool, typer.Option("--beyond-promise", help="Though readers get more newsletters than the town promised.")
]
OneDrafted = Annotated[str, typer.Argument(metavar="[ID]", help="One that was drafted; else write it here.")]
OfTown = Annotated[str, typer.Option("--town", help="Id of the town, as in `stadtdraht town list`.")]
BroadcastId = Annotated[str, typer.Argument(metavar="ID")]


@dataclass(frozen=True, slots=True)
class Written:
    """A newsletter of one teaser, as it was typed in one command."""

    town: str
    title: str
    teaser: str
    link: str
    topics: Sequence[str]
    districts: Sequence[str]
    at: str

    def checked(self, town: Town) -> Broadcast:
        """Released by who typed it, and checked as far as it can be before anybody gets it."""
        now = datetime.now(UTC)
        starts_at = later(self.at, town, now) if self.at else None
        wish = Wish(topics=self.topics, districts=self.districts)
        item = Item(self.title, self.teaser, self.link)
        drafted = draft(town, (item,), wish, operator(), now, new_random())
        broadcast = released(drafted, operator(), now, starts_at)
        check(broadcast, town, links_in_message(broadcast, town, bootstrap.settings().public_url), now)
        return broadcast


def _named_or_written(broadcast_id: str, written: Written) -> Written:
    """Either a draft is named, or all of a newsletter of one story is given."""
    whole = written.title and written.teaser and written.link
    if bool(broadcast_id) == bool(written.town) or not (broadcast_id or whole):
        refuse("name the ID of a draft, or --town, --title, --teaser and --link", USAGE)
    return written


@app.command("plan")
def show_plan(
    broadcast_id: OneDrafted = "",
    town: OfTown = "",
    title: Title = "",
    teaser: Teaser = "",
    link: Link = "",
    topic: Topic = None,
    district: District = None,
    at: At = "",
    as_json: AsJson = False,
) -> None:
    """Who it would reach, how long it would take, what it would cost. Sends nothing."""
    written = _named_or_written(broadcast_id, Written(town, title, teaser, link, topic or (), district or (), at))
    _show_plan(broadcast_id, written, as_json=as_json)


@connected
def _show_plan(broadcast_id: str, written: Written, *, as_json: bool) -> None:
    drafted = broadcast_of(broadcast_id) if broadcast_id else None
    if drafted and drafted.lanes:
        refuse(f"{broadcast_id} has begun: stadtdraht broadcast status {broadcast_id}")
    of = bootstrap.towns().get(drafted.town if drafted else written.town)
    broadcast = drafted or written.checked(of)
    found = planned(broadcast, of)
    now = datetime.now(UTC)
    begins_at = max(broadcast.goes_at, now)
    blocked = [
        str(it)
        for it in troubles_of_newsletter(of, broadcast.template, begins_at, snapshots=bootstrap.account_snapshots())
    ]
    if too_often := promise_trouble(broadcast, of, begins_at, now, bootstrap.broadcasts()):
        blocked.append(too_often)
    refused = "".join(f"\nWill be refused: {it}" for it in blocked)
    value = asdict(found) | {"blocked_by": blocked}
    give(value, as_json=as_json, show=lambda out: out.print(plan_in_words(found, of) + refused))


@app.command()
def send(
    broadcast_id: OneDrafted = "",
    town: OfTown = "",
    title: Title = "",
    teaser: Teaser = "",
    link: Link = "",
    topic: Topic = None,
    district: District = None,
    at: At = "",
    beyond_promise: BeyondPromise = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    as_json: AsJson = False,
) -> None:
    """Send a newsletter now, or at the time given. One that was drafted is named by its id, and released before."""
    written = _named_or_written(broadcast_id, Written(town, title, teaser, link, topic or (), district or (), at))
    _send(broadcast_id, written, beyond_promise=beyond_promise, yes=yes, as_json=as_json)


@connected
def _send(broadcast_id: str, written: Written, *, beyond_promise: bool, yes: bool, as_json: bool) -> None:
    if broadcast_id:
        broadcast = _released(broadcast_id)
        of = bootstrap.towns().get(broadcast.town)
    else:
        of = bootstrap.towns().get(written.town)
        broadcast = written.checked(of)
        if of.two_person_release:
            refuse(f"{of.name} wants a second person: `stadtdraht broadcast draft`, and somebody else's `release`")
    if not beyond_promise:
        now = datetime.now(UTC)
        keep_promise(broadcast, of, max(broadcast.goes_at, now), now, bootstrap.broadcasts())
    check_template(of, broadcast.template, broadcast.goes_at, snapshots=bootstrap.account_snapshots())
    found = planned(broadcast, of)
    if not found.possible:
        raise TooManyForPortfolio(found)
    if not yes:
        if wants_json(as_json):
            refuse("with --json nobody can be asked; add --yes when it may go out")
        typer.echo(plan_in_words(found, of))
        typer.confirm("Send it?", abort=True)
    if not broadcast_id:
        bootstrap.broadcasts().create(broadcast)
    if broadcast.starts_at:
        bootstrap.schedule().at(broadcast.broadcast_id, of.id, broadcast.starts_at)
    else:
        bootstrap.starter().start(of.id, broadcast.broadcast_id)
    value = {
        "broadcast_id": broadcast.broadcast_id,
        "planned": found.planned,
        "days": found.days,
        "state": str(broadcast.state),
    }
    give(
        value,
        as_json=as_json,
        show=lambda out: out.print(
            f"{broadcast.broadcast_id}\nFollow it: stadtdraht broadcast status {broadcast.broadcast_id}"
        ),
    )


@app.command("list")
@connected
def list_latest(town: TownOption, as_json: AsJson = False) -> None:
    """The latest newsletters of a town."""
    found = bootstrap.broadcasts().recent(bootstrap.towns().get(town).id)
    value = [
        {"broadcast_id": it.broadcast_id, "state": standing_of(it, bootstrap.slices()), "title": it.title}
        for it in found
    ]
    rows = [tuple(it.values()) for it in value]
    give(value, as_json=as_json, show=lambda out: out.print(table(("id", "state", "title"), rows)))


@app.command()
@connected
def stop(broadcast_id: BroadcastId, as_json: AsJson = False) -> None:
    """Stop it within a second; `resume` goes on without a gap."""
    broadcast = broadcast_of(broadcast_id)
    if broadcast.state is BroadcastState.SCHEDULED:
        bootstrap.schedule().cancel(broadcast_id)
    town = bootstrap.towns().get(broadcast.town)
    stop_broadcast(broadcast, town, broadcasts=bootstrap.broadcasts(), controls=bootstrap.controls())
    value = {"broadcast_id": broadcast_id, "state": str(BroadcastState.STOPPED)}
    words = f"Stopped. What is out: stadtdraht broadcast status {broadcast_id}"
    give(value, as_json=as_json, show=lambda out: out.print(words))


@app.command()
@connected
def resume(broadcast_id: BroadcastId, as_json: AsJson = False) -> None:
    """Go on after a stop, or after trouble at Meta was repaired. Refused when it is finished, or past its time."""
    broadcast = broadcast_of(broadcast_id)
    town, now = bootstrap.towns().get(broadcast.town), datetime.now(UTC)
    if broadcast.repeat and broadcast.starts_at:  # its next issue goes out at its hour
        set_state(broadcast, BroadcastState.SCHEDULED, bootstrap.broadcasts())
        coming = next_due(broadcast.starts_at, town.zone, now)
        bootstrap.schedule().weekly(broadcast_id, town.id, coming, town.zone)
        value = {"broadcast_id": broadcast_id, "state": str(BroadcastState.SCHEDULED), "slices": 0}
        give(value, as_json=as_json, show=lambda out: out.print("It goes out every week again."))
        return
    check_resumable(broadcast, town, now, slices=bootstrap.slices())
    broadcasts, controls = bootstrap.broadcasts(), bootstrap.controls()
    if broadcast.starts_at and broadcast.starts_at > now and not broadcast.lanes:
        schedule = bootstrap.schedule()
        schedule_again(
            broadcast, town, broadcast.starts_at, broadcasts=broadcasts, controls=controls, schedule=schedule
        )
        value = {"broadcast_id": broadcast_id, "state": str(BroadcastState.SCHEDULED), "slices": 0}
        hour = local_time(broadcast.starts_at, town)
        give(value, as_json=as_json, show=lambda out: out.print(f"It goes out at its hour again: {hour}."))
        return
    if broadcast.is_due(now):
        check_template(town, broadcast.template, now, snapshots=bootstrap.account_snapshots())
    going = resume_broadcast(
        broadcast,
        town,
        now,
        broadcasts=broadcasts,
        controls=controls,
        slices=bootstrap.slices(),
        queue=bootstrap.slice_queue(Purpose.NEWSLETTER),
    )
    words = f"{going} slices go on" if going else "Every slice is at work already"
    if broadcast.is_due(now):  # it was stopped before it began, or while a portion had its hour
        bootstrap.starter().start(town.id, broadcast_id)
        words = "It begins now" if not broadcast.lanes else "Its next portion begins now"
    value = {"broadcast_id": broadcast_id, "state": str(BroadcastState.RUNNING), "slices": going}
    said = f"{words}. Follow it: stadtdraht broadcast status {broadcast_id}"
    give(value, as_json=as_json, show=lambda out: out.print(said))


def broadcast_of(broadcast_id: str) -> Broadcast:
    """Raises NoSuchBroadcast."""
    broadcast = bootstrap.broadcasts().get(broadcast_id)
    if broadcast is None:
        raise NoSuchBroadcast(broadcast_id)
    return broadcast


def _released(broadcast_id: str) -> Broadcast:
    """Raises NoSuchBroadcast, NotReleased for whatever cannot start now."""
    broadcast = broadcast_of(broadcast_id)
    if broadcast.state is not BroadcastState.RELEASED or broadcast.lanes:
        raise NotReleased(broadcast)
    return broadcast


def planned(broadcast: Broadcast, town: Town) -> Plan:
    """The plan, with what went out in the 24 hours before it begins taken off Meta's limit."""
    snapshot = bootstrap.account_snapshots().get(town.id)
    town = within_meta_s_limit(town, snapshot.number if snapshot else None)
    begins_at = max(broadcast.goes_at, datetime.now(UTC))
    used = reached_lately(
        town,
        begins_at,
        broadcasts=bootstrap.broadcasts(),
        alerts=bootstrap.alerts(),
        deliveries=bootstrap.deliveries(),
    )
    return plan(broadcast, town, audience=bootstrap.audience(), used=used, begins_at=begins_at)
