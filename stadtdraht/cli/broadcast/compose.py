"""`stadtdraht broadcast …`: how a newsletter comes to be, before anybody gets it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from stadtdraht import bootstrap
from stadtdraht.adapters.files.template_toml import as_toml
from stadtdraht.adapters.web.feed import entries_of
from stadtdraht.cli.broadcast.phone_preview import picture
from stadtdraht.cli.broadcast.send import BeyondPromise, BroadcastId, District, Topic, TownOption, broadcast_of
from stadtdraht.cli.deployment import connected
from stadtdraht.cli.options import later, operator
from stadtdraht.cli.output import USAGE, AsJson, give, refuse
from stadtdraht.domain.broadcast.broadcast import MOST_ITEMS, WEEKLY, Broadcast, BroadcastKind, BroadcastState, Item
from stadtdraht.domain.broadcast.clicks import links_in_message
from stadtdraht.domain.broadcast.draft import Wish, draft
from stadtdraht.domain.broadcast.feed import FeedEntry
from stadtdraht.domain.broadcast.lint import Problem
from stadtdraht.domain.broadcast.neutrality import election_ahead
from stadtdraht.domain.broadcast.template_variables import generated, has_room_for
from stadtdraht.domain.identifiers import new_random
from stadtdraht.domain.town import Town
from stadtdraht.usecases.broadcast.draft_from_feed import draft_from_feed
from stadtdraht.usecases.broadcast.keep_promise import keep_promise, promise_trouble
from stadtdraht.usecases.broadcast.plan_broadcast import plan
from stadtdraht.usecases.broadcast.release_broadcast import change, look_through, put_off, release

if TYPE_CHECKING:
    from stadtdraht.ports.broadcast import Links

app = typer.Typer()

By = Annotated[str, typer.Option("--by", help="Who does it; else the user of this computer.")]
Unchecked = Annotated[
    bool, typer.Option("--unchecked-links", help="Do not ask whether links answer, e.g. before the story is online.")
]
UNTIL = "Not sent later, in the town's own time: 2026-12-01T18:00."


@app.command("template")
@connected
def show_template(
    town: TownOption,
    items: Annotated[int, typer.Option(min=1, max=MOST_ITEMS, help="How many teasers it shows.")],
    as_json: AsJson = False,
) -> None:
    """A template for so many teasers, to put into the town file; `town apply` hands it in for approval."""
    made = generated(bootstrap.towns().get(town), items)
    give(asdict(made), as_json=as_json, show=lambda out: out.print(as_toml(made), markup=False))


@app.command("draft")
@connected
def make_draft(
    town: TownOption,
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
    of, now, by = bootstrap.towns().get(town), datetime.now(UTC), operator(by)
    if personal and not of.persona:
        refuse(f"{of.name} has no persona; write one into its town file and apply it")
    feed = of.feed_url if from_feed else ""
    wish = Wish(subject, kind, topic or (), district or (), language or (), personal, template, feed)
    if from_feed or feed_file:
        if title or teaser or link:
            refuse("either --title, --teaser and --link, or the feed", USAGE)
        entries = _entries(of, feed_file)
        latest, public_url = bootstrap.broadcasts().recent(of.id), bootstrap.settings().public_url
        made = draft_from_feed(entries, latest, of, wish, items, by, now, new_random(), public_url)
    else:
        made = draft(of, _typed(title or (), teaser or (), link or ()), wish, by, now, new_random())
    if until:
        ends = later(until, of, now, "--until")
        made = replace(made, items=tuple(replace(item, valid_until=ends) for item in made.items))
    bootstrap.broadcasts().create(made)
    _show(
        made,
        of,
        look_through(made, of, now, links=_links(unchecked=unchecked_links), public_url=_url()),
        as_json=as_json,
    )


@app.command()
@connected
def edit(
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
    """Change a draft. Whoever changed it last is who wrote it."""
    standing, now = broadcast_of(broadcast_id), datetime.now(UTC)
    of = bootstrap.towns().get(standing.town)
    items = list(standing.items)
    if item > len(items) + 1:
        refuse(f"--item {item}: it has {len(items)}; {len(items) + 1} adds one", USAGE)
    if remove:
        if len(items) == 1 or item > len(items):
            refuse(f"--item {item} --remove: it has {len(items)}, and one must stay", USAGE)
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
            after = replace(after, valid_until=later(until, of, now, "--until") if until else None)
        if after != Item("", "", ""):
            items[item - 1 : item] = [after]
    made = change(standing, of, tuple(items), subject, operator(by), broadcasts=bootstrap.broadcasts())
    _show(
        made,
        of,
        look_through(made, of, now, links=_links(unchecked=unchecked_links), public_url=_url()),
        as_json=as_json,
    )


@app.command()
@connected
def preview(broadcast_id: BroadcastId, unchecked_links: Unchecked = False, as_json: AsJson = False) -> None:
    """As it will look on a phone, how many would get it, and what must be mended."""
    standing = broadcast_of(broadcast_id)
    of = bootstrap.towns().get(standing.town)
    found = look_through(standing, of, datetime.now(UTC), links=_links(unchecked=unchecked_links), public_url=_url())
    _show(standing, of, found, as_json=as_json, audience=plan(standing, of, audience=bootstrap.audience()).planned)


@app.command("release")
@connected
def release_draft(
    broadcast_id: BroadcastId, by: By = "", unchecked_links: Unchecked = False, as_json: AsJson = False
) -> None:
    """Let it go out: then `send` it now, or `schedule` it. In some towns not by who wrote it."""
    made = _release(broadcast_of(broadcast_id), by, unchecked=unchecked_links)
    value = {"broadcast_id": broadcast_id, "state": str(made.state), "released_by": made.released_by}
    words = f"Released by {made.released_by}. Now: stadtdraht broadcast send {broadcast_id}, or schedule it with --at."
    give(value, as_json=as_json, show=lambda out: out.print(words, markup=False))


@app.command()
@connected
def schedule(
    broadcast_id: BroadcastId,
    at: Annotated[str, typer.Option(help="When, in the town's own time: 2026-12-03T17:00.")],
    weekly: Annotated[bool, typer.Option("--weekly", help="And every week from then on, at the same hour.")] = False,
    beyond_promise: BeyondPromise = False,
    by: By = "",
    unchecked_links: Unchecked = False,
    as_json: AsJson = False,
) -> None:
    """Send it later, or every week. A draft is released by it."""
    standing, now = broadcast_of(broadcast_id), datetime.now(UTC)
    of = bootstrap.towns().get(standing.town)
    starts_at, repeat = later(at, of, now), WEEKLY if weekly else ""
    if not beyond_promise:
        keep_promise(replace(standing, repeat=repeat), of, starts_at, now, bootstrap.broadcasts())
    if standing.state is BroadcastState.DRAFT:
        standing = _release(standing, by, unchecked=unchecked_links)
    made = put_off(standing, of, starts_at, repeat, now, broadcasts=bootstrap.broadcasts(), public_url=_url())
    bootstrap.schedule().cancel(broadcast_id)  # it may have had another time
    if weekly:
        bootstrap.schedule().weekly(broadcast_id, of.id, starts_at, of.zone)
    else:
        bootstrap.schedule().at(broadcast_id, of.id, starts_at)
    value = {"broadcast_id": broadcast_id, "state": str(made.state), "starts_at": starts_at, "repeat": repeat}
    words = f"It starts on {starts_at.astimezone(of.zone):%A, %Y-%m-%d at %H:%M} in {of.timezone}"
    words += ", and every week from then on." if weekly else "."
    give(value, as_json=as_json, show=lambda out: out.print(words, markup=False))


def _release(standing: Broadcast, by: str, *, unchecked: bool) -> Broadcast:
    return release(
        standing,
        bootstrap.towns().get(standing.town),
        operator(by),
        datetime.now(UTC),
        broadcasts=bootstrap.broadcasts(),
        links=_links(unchecked=unchecked),
        public_url=_url(),
    )


def _links(*, unchecked: bool) -> Links | None:
    return None if unchecked else bootstrap.links()


def _url() -> str:
    return bootstrap.settings().public_url


def _entries(town: Town, file: Path | None) -> Sequence[FeedEntry]:
    if file is not None:
        try:
            return entries_of(file.read_bytes(), str(file))
        except OSError as why:
            refuse(f"{file} cannot be read: {why.strerror}")
    if not town.feed_url:
        refuse(f"{town.name} has no feed; name its address as feed_url in the town file and apply it")
    return bootstrap.feeds().read(town.feed_url)


def _typed(title: Sequence[str], teaser: Sequence[str], link: Sequence[str]) -> tuple[Item, ...]:
    if not title or not len(title) == len(teaser) == len(link):
        refuse("each item needs a --title, a --teaser and a --link; or take the feed: --from-feed", USAGE)
    return tuple(Item(*item) for item in zip(title, teaser, link, strict=True))


def _show(
    made: Broadcast, town: Town, problems: Sequence[Problem], *, as_json: bool, audience: int | None = None
) -> None:
    """The id, the picture, and what must be mended."""
    template = town.template(made.template)
    drawn = (
        picture(made, town, template, links_in_message(made, town, _url()))
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
        "hints": list(_hints(made, town)),
        "picture": drawn,
    }
    give(value, as_json=as_json, show=lambda out: out.print("\n".join(_in_words(value)), markup=False))


def _hints(made: Broadcast, town: Town) -> Iterator[str]:
    """What to think of before it goes out, though it may be released as it is."""
    now = datetime.now(UTC)
    at = max(made.goes_at, now)
    if too_often := promise_trouble(made, town, at, now, bootstrap.broadcasts()):
        yield f"Now is too soon: {too_often}."
    if not made.persona and (election := election_ahead(town, at)):
        yield f"{election:%Y-%m-%d} is an election: name no candidate and no party, and praise nobody's record."


def _in_words(value: dict[str, Any]) -> Iterator[str]:
    yield f"{value['broadcast_id']} ({value['state']})"
    if value["picture"]:
        yield value["picture"]
    if "audience" in value:
        yield f"It would reach {value['audience']} people."
    if value["problems"]:
        yield "To be mended before it can be released:"
        yield from (f"  {problem['says']}" for problem in value["problems"])
    else:
        yield "Nothing to mend."
    yield from value["hints"]
