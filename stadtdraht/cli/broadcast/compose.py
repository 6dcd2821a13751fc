"""`stadtdraht broadcast …`: how a newsletter comes to be, before anybody gets it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from stadtdraht.adapters.files.toml import template_as_toml
from stadtdraht.bootstrap import Adapters
from stadtdraht.cli.broadcast.phone_preview import picture
from stadtdraht.cli.broadcast.send import BeyondPromise, BroadcastId, District, Topic, Unchecked
from stadtdraht.cli.deployment import connected
from stadtdraht.cli.options import TownOption, later, operator
from stadtdraht.cli.output import USAGE, AsJson, cannot_use, give, refuse
from stadtdraht.domain.broadcast.broadcast import MOST_ITEMS, WEEKLY, Broadcast, BroadcastKind, Item
from stadtdraht.domain.broadcast.clicks import links_in_message
from stadtdraht.domain.broadcast.draft import DraftOptions, draft
from stadtdraht.domain.broadcast.feed import FeedEntry, Unusual, unusual
from stadtdraht.domain.broadcast.lint import NewsletterFinding
from stadtdraht.domain.broadcast.neutrality import election_ahead
from stadtdraht.domain.broadcast.template_variables import generated, has_room_for
from stadtdraht.domain.identifiers import new_random
from stadtdraht.domain.town import Town
from stadtdraht.texts.staff import newsletters as words
from stadtdraht.texts.staff.moments import moment
from stadtdraht.usecases.broadcast.draft_from_feed import draft_from_feed
from stadtdraht.usecases.broadcast.load_broadcast import load_broadcast
from stadtdraht.usecases.broadcast.plan_broadcast import plan
from stadtdraht.usecases.broadcast.release_broadcast import (
    edit_draft,
    lint_with_links,
    promise_finding,
    release_draft,
)
from stadtdraht.usecases.broadcast.schedule_newsletter import SchedulePorts, Timing, schedule_newsletter

if TYPE_CHECKING:
    from stadtdraht.ports.broadcast import Links

app = typer.Typer()

By = Annotated[str, typer.Option("--by", help="Who does it; else the user of this computer.")]
UNTIL = "Not sent later, in the town's own time: 2026-12-01T18:00."


@app.command("template")
@connected
def show_template(
    adapters: Adapters,
    town_id: TownOption,
    items: Annotated[int, typer.Option(min=1, max=MOST_ITEMS, help="How many teasers it shows.")],
    as_json: AsJson = False,
) -> None:
    """A template for so many teasers, to put into the town file; `town apply` hands it in for approval."""
    made = generated(adapters.towns.get(town_id), items)
    give(asdict(made), as_json=as_json, show=lambda out: out.print(template_as_toml(made)))


@app.command("draft")
@connected
def make_draft(
    adapters: Adapters,
    town_id: TownOption,
    title: Annotated[
        list[str] | None, typer.Option(help="At most 60 characters; once for each of 1 to 5 items.")
    ] = None,
    teaser: Annotated[list[str] | None, typer.Option(help="One or two sentences, for each item.")] = None,
    link: Annotated[
        list[str] | None, typer.Option(help="The whole story, for each item; begins with https://.")
    ] = None,
    until: Annotated[str, typer.Option(help=f"{UNTIL} Of all items; `edit` sets it for one.")] = "",
    from_feed: Annotated[bool, typer.Option("--from-feed", help="The newest stories of the town's feed.")] = False,
    feed_file: Annotated[Path | None, typer.Option(help="A feed that was saved as a file, instead.")] = None,
    items: Annotated[int, typer.Option(min=1, max=MOST_ITEMS, help="At most so many from the feed.")] = MOST_ITEMS,
    subject: Annotated[str, typer.Option(help="What it is called; else its first title.")] = "",
    kind: Annotated[BroadcastKind | None, typer.Option(help="Else digest for several items, single for one.")] = None,
    topic: Topic = None,
    district: District = None,
    language: Annotated[
        list[str] | None, typer.Option(help="Only to readers of this language; may be repeated.")
    ] = None,
    personal: Annotated[bool, typer.Option("--personal", help="Signed with the town's persona.")] = False,
    template: Annotated[str, typer.Option(help="Else the one of the town with room for the items.")] = "",
    by: By = "",
    unchecked_links: Unchecked = False,
    as_json: AsJson = False,
) -> None:
    """Write a newsletter down. Nobody gets it before it is released."""
    town, now, by = adapters.towns.get(town_id), datetime.now(UTC), operator(by)
    if personal and not town.persona:
        refuse(words.NO_PERSONA.format(town=town.name))
    feed = town.feed_url if from_feed else ""
    options = DraftOptions(subject, kind, topic or (), district or (), language or (), personal, template, feed)
    noticed: list[str] = []
    if from_feed or feed_file:
        if title or teaser or link:
            refuse(words.EITHER_OR, USAGE)
        entries = _entries(adapters, town, feed_file)
        latest, public_url = adapters.broadcasts.recent(town.id), adapters.settings.public_url
        made = draft_from_feed(entries, latest, town, options, items, by, now, new_random(), public_url)
        noticed = list(_noticed(entries, now))
    else:
        made = draft(town, _typed(title or (), teaser or (), link or ()), options, by, now, new_random())
    if until:
        ends = later(until, town, now, "--until")
        made = replace(made, items=tuple(replace(item, valid_until=ends) for item in made.items))
    adapters.broadcasts.create(made)
    found = lint_with_links(
        made, town, now, links=_links(adapters, unchecked=unchecked_links), public_url=_url(adapters)
    )
    _show(adapters, made, town, found, as_json=as_json, noticed=noticed)


@app.command()
@connected
def edit(
    adapters: Adapters,
    broadcast_id: BroadcastId,
    item: Annotated[int, typer.Option(min=1, max=MOST_ITEMS, help="Which item; one more than there are adds one.")] = 1,
    title: Annotated[str | None, typer.Option()] = None,
    teaser: Annotated[str | None, typer.Option()] = None,
    link: Annotated[str | None, typer.Option()] = None,
    image: Annotated[
        str | None, typer.Option(help="Address of a picture above the message, of item 1; begins with https://.")
    ] = None,
    until: Annotated[str | None, typer.Option(help=f"{UNTIL} Empty: no end.")] = None,
    remove: Annotated[bool, typer.Option("--remove", help="Take this item out.")] = False,
    subject: Annotated[str | None, typer.Option()] = None,
    by: By = "",
    unchecked_links: Unchecked = False,
    as_json: AsJson = False,
) -> None:
    """Change a draft. The last person to change it is its author, whom the town may not let release it."""
    stored, now = load_broadcast(broadcast_id, adapters.broadcasts), datetime.now(UTC)
    town = adapters.towns.get(stored.town)
    items = list(stored.items)
    if item > len(items) + 1:
        refuse(words.ADDS_ONE.format(item=item, count=len(items), next=len(items) + 1), USAGE)
    if remove:
        if len(items) == 1 or item > len(items):
            refuse(words.ONE_STAYS.format(item=item, count=len(items)), USAGE)
        del items[item - 1]
    else:
        before = items[item - 1] if item <= len(items) else Item("", "", "")
        after = replace(
            before,
            title=before.title if title is None else title,
            teaser=before.teaser if teaser is None else teaser,
            link=before.link if link is None else link,
            image_url=before.image_url if image is None else image,
        )
        if until is not None:
            after = replace(after, valid_until=later(until, town, now, "--until") if until else None)
        if after != Item("", "", ""):
            items[item - 1 : item] = [after]
    made = edit_draft(stored, town, tuple(items), subject, operator(by), broadcasts=adapters.broadcasts)
    found = lint_with_links(
        made, town, now, links=_links(adapters, unchecked=unchecked_links), public_url=_url(adapters)
    )
    _show(adapters, made, town, found, as_json=as_json)


@app.command()
@connected
def preview(
    adapters: Adapters, broadcast_id: BroadcastId, unchecked_links: Unchecked = False, as_json: AsJson = False
) -> None:
    """As it will look on a phone, how many would get it, and what must be mended."""
    stored = load_broadcast(broadcast_id, adapters.broadcasts)
    town = adapters.towns.get(stored.town)
    found = lint_with_links(
        stored, town, datetime.now(UTC), links=_links(adapters, unchecked=unchecked_links), public_url=_url(adapters)
    )
    people = plan(stored, town, audience=adapters.audience).audience.planned
    _show(adapters, stored, town, found, as_json=as_json, audience=people)


@app.command("release")
@connected
def release(
    adapters: Adapters,
    broadcast_id: BroadcastId,
    by: By = "",
    unchecked_links: Unchecked = False,
    as_json: AsJson = False,
) -> None:
    """Let it go out: then `send` it now, or `schedule` it. In some towns not by who wrote it."""
    stored, broadcasts = load_broadcast(broadcast_id, adapters.broadcasts), adapters.broadcasts
    made = release_draft(
        stored,
        adapters.towns.get(stored.town),
        operator(by),
        datetime.now(UTC),
        broadcasts=broadcasts,
        links=_links(adapters, unchecked=unchecked_links),
        public_url=_url(adapters),
    )
    value = {"broadcast_id": broadcast_id, "state": str(made.state), "released_by": made.released_by}
    said = words.RELEASED.format(by=made.released_by, broadcast_id=broadcast_id)
    give(value, as_json=as_json, show=lambda out: out.print(said))


@app.command()
@connected
def schedule(
    adapters: Adapters,
    broadcast_id: BroadcastId,
    at: Annotated[str, typer.Option(help="When, in the town's own time: 2026-12-03T17:00.")],
    weekly: Annotated[bool, typer.Option("--weekly", help="And every week from then on, at the same hour.")] = False,
    beyond_promise: BeyondPromise = False,
    by: By = "",
    unchecked_links: Unchecked = False,
    as_json: AsJson = False,
) -> None:
    """Send it later, or every week. A draft is released at the same time, as `release` would."""
    now, broadcasts, towns = datetime.now(UTC), adapters.broadcasts, adapters.towns
    town = towns.get(load_broadcast(broadcast_id, broadcasts).town)
    timing = Timing(later(at, town, now), WEEKLY if weekly else "")
    ports = SchedulePorts(
        towns, broadcasts, adapters.schedule, _links(adapters, unchecked=unchecked_links), _url(adapters)
    )
    made = schedule_newsletter(broadcast_id, timing, operator(by), now, ports, beyond_promise=beyond_promise).broadcast
    value = {
        "broadcast_id": broadcast_id,
        "state": str(made.state),
        "starts_at": timing.starts_at,
        "repeat": timing.repeat,
    }
    said = words.STARTS.format(
        weekday=words.WEEKDAYS[timing.starts_at.astimezone(town.zone).weekday()],
        at=moment(timing.starts_at, town),
        zone=town.timezone,
        weekly=", und dann jede Woche." if weekly else ".",
    )
    give(value, as_json=as_json, show=lambda out: out.print(said))


def _links(adapters: Adapters, *, unchecked: bool) -> Links | None:
    return None if unchecked else adapters.links


def _url(adapters: Adapters) -> str:
    return adapters.settings.public_url


def _entries(adapters: Adapters, town: Town, file: Path | None) -> Sequence[FeedEntry]:
    if file is not None:
        from stadtdraht.adapters.web.feed import MOST_BYTES, entries_of  # slow to load, and every command would pay

        try:
            with file.open("rb") as opened:
                return entries_of(opened.read(MOST_BYTES + 1), str(file))
        except OSError as why:
            refuse(cannot_use(file, why))
    if not town.feed_url:
        refuse(words.NO_FEED.format(town=town.name))
    return adapters.feeds.read(town.feed_url)


def _noticed(entries: Sequence[FeedEntry], now: datetime) -> Iterator[str]:
    """What of the feed was not simply taken."""
    says = {
        Unusual.NO_LINK: "hat keinen Link und bleibt weg",
        Unusual.NO_WORDS: "hat weder Titel noch Text und bleibt weg",
        Unusual.NO_TITLE: "hat keinen Titel; ihr erster Satz steht dafür",
    }
    for entry, what in unusual(entries, now):
        named = f"Im Feed: „{entry.opening or entry.link}“ "
        if what is Unusual.WAITS and entry.published_at:
            yield f"{named}trägt das Datum {entry.published_at:%d.%m.%Y, %H:%M} UTC und wartet bis dahin"
        else:
            yield f"{named}{says[what]}"


def _typed(title: Sequence[str], teaser: Sequence[str], link: Sequence[str]) -> tuple[Item, ...]:
    if not title or not len(title) == len(teaser) == len(link):
        refuse(words.EACH_ITEM, USAGE)
    return tuple(Item(*item) for item in zip(title, teaser, link, strict=True))


def _show(
    adapters: Adapters,
    made: Broadcast,
    town: Town,
    problems: Sequence[NewsletterFinding],
    *,
    as_json: bool,
    audience: int | None = None,
    noticed: Sequence[str] = (),
) -> None:
    """The id, the picture, and what must be mended."""
    template = town.template(made.template)
    drawn = (
        picture(made, town, template, links_in_message(made, town, _url(adapters)))
        if template and has_room_for(template, len(made.items))
        else ""
    )
    counted = {} if audience is None else {"audience": audience}
    value = {
        "broadcast_id": made.broadcast_id,
        "state": str(made.state),
        "template": made.template,
        "items": [asdict(item) for item in made.items],
        **counted,
        "problems": [{**asdict(problem), "says": str(problem)} for problem in problems],
        "hints": [*noticed, *_hints(adapters, made, town)],
        "picture": drawn,
    }
    give(value, as_json=as_json, show=lambda out: out.print("\n".join(_in_words(value))))


def _hints(adapters: Adapters, made: Broadcast, town: Town) -> Iterator[str]:
    """What to think of before it goes out, though it may be released as it is."""
    now = datetime.now(UTC)
    at = max(made.goes_at, now)
    if too_often := promise_finding(made, town, at, now, adapters.broadcasts):
        yield words.TOO_SOON.format(why=too_often)
    if not made.persona and (election := election_ahead(town, at)):
        yield words.ELECTION.format(day=f"{election:%d.%m.%Y}")


def _in_words(value: dict[str, Any]) -> Iterator[str]:
    yield f"{value['broadcast_id']} ({words.STATES[value['state']]})"
    if value["picture"]:
        yield value["picture"]
    if "audience" in value:
        yield words.REACHES.format(people=words.people(value["audience"]))
    if value["problems"]:
        yield words.TO_MEND
        yield from (f"  {problem['says']}" for problem in value["problems"])
    else:
        yield words.NOTHING_TO_MEND
    yield from value["hints"]
