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
from stadtdraht.domain.broadcast.colleague import Colleague
from stadtdraht.domain.broadcast.draft import DraftOptions, draft
from stadtdraht.domain.broadcast.feed import FeedEntry, Unusual, unusual
from stadtdraht.domain.broadcast.finding import NewsletterFinding
from stadtdraht.domain.broadcast.neutrality import election_ahead
from stadtdraht.domain.broadcast.template_variables import generated, has_room_for
from stadtdraht.domain.identifiers import new_random
from stadtdraht.domain.town import Town
from stadtdraht.texts.staff.broadcast import newsletters as words
from stadtdraht.texts.staff.broadcast.newsletter_lint import in_place, promise_broken, sentence
from stadtdraht.texts.staff.moments import WEEKDAYS, moment
from stadtdraht.usecases.broadcast.load_broadcast import load_broadcast
from stadtdraht.usecases.broadcast.planning.plan_broadcast import plan
from stadtdraht.usecases.broadcast.writing.draft_from_feed import draft_from_feed
from stadtdraht.usecases.broadcast.writing.release_broadcast import (
    edit_draft,
    lint_with_links,
    promise_finding,
    release_draft,
)
from stadtdraht.usecases.broadcast.writing.schedule_newsletter import SchedulePorts, Timing, schedule_newsletter

if TYPE_CHECKING:
    from stadtdraht.ports.broadcast import Links

app = typer.Typer()

By = Annotated[str, typer.Option("--by", help="Wer es tut; sonst Ihr Anmeldename (who does it; else your login name)")]
UNTIL = "Danach nicht mehr senden, in der Zeit der Stadt: 2026-12-01T18:00."


@app.command("template")
@connected
def show_template(
    adapters: Adapters,
    town_id: TownOption,
    items: Annotated[int, typer.Option(min=1, max=MOST_ITEMS, help="Wie viele Beiträge sie zeigt (how many teasers)")],
    as_json: AsJson = False,
) -> None:
    """Eine Vorlage für so viele Beiträge, für die Stadtdatei; `town apply` reicht sie bei Meta ein. (a template for so
    many teasers)
    """
    made = generated(adapters.towns.get(town_id), items)
    give(asdict(made), as_json=as_json, show=lambda out: out.print(template_as_toml(made)))


@app.command("draft")
@connected
def make_draft(
    adapters: Adapters,
    town_id: TownOption,
    title: Annotated[
        list[str] | None,
        typer.Option(help="Höchstens 60 Zeichen; einmal je Beitrag, 1 bis 5 Beiträge (title of each item)"),
    ] = None,
    teaser: Annotated[
        list[str] | None, typer.Option(help="Ein oder zwei Sätze, je Beitrag (teaser of each item)")
    ] = None,
    link: Annotated[
        list[str] | None, typer.Option(help="Die ganze Meldung, je Beitrag; beginnt mit https:// (link of each item)")
    ] = None,
    until: Annotated[str, typer.Option(help=f"{UNTIL} Für alle Beiträge; für einen mit `edit` (not sent later)")] = "",
    from_feed: Annotated[
        bool, typer.Option("--from-feed", help="Die neuesten Beiträge aus dem Feed der Stadt (from the feed)")
    ] = False,
    feed_file: Annotated[
        Path | None, typer.Option(help="Stattdessen ein Feed, der als Datei gespeichert ist (a feed as a file)")
    ] = None,
    items: Annotated[
        int, typer.Option(min=1, max=MOST_ITEMS, help="Höchstens so viele aus dem Feed (at most so many)")
    ] = MOST_ITEMS,
    subject: Annotated[str, typer.Option(help="Wie er heißt; sonst sein erster Titel (its name)")] = "",
    kind: Annotated[
        BroadcastKind | None, typer.Option(help="Sonst digest bei mehreren Beiträgen, single bei einem (its kind)")
    ] = None,
    topic: Topic = None,
    district: District = None,
    language: Annotated[
        list[str] | None, typer.Option(help="Nur an wen in dieser Sprache liest; mehrfach möglich (only this language)")
    ] = None,
    personal: Annotated[
        bool, typer.Option("--personal", help="Mit der persönlichen Unterschrift der Stadt (signed with the persona)")
    ] = False,
    template: Annotated[
        str,
        typer.Option(help="Name der Vorlage; sonst die der Stadt mit Platz für die Beiträge (name of the template)"),
    ] = "",
    by: By = "",
    unchecked_links: Unchecked = False,
    as_json: AsJson = False,
) -> None:
    """Einen Newsletter entwerfen. Niemand bekommt ihn vor der Freigabe. (write a draft)"""
    town, now, author = adapters.towns.get(town_id), datetime.now(UTC), Colleague(operator(by))
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
        made = draft_from_feed(entries, latest, town, options, items, author, now, new_random(), public_url)
        noticed = list(_noticed(entries, town, now))
    else:
        made = draft(town, _typed(title or (), teaser or (), link or ()), options, author, now, new_random())
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
    item: Annotated[
        int,
        typer.Option(min=1, max=MOST_ITEMS, help="Welcher Beitrag; einer mehr, als da sind, kommt dazu (which item)"),
    ] = 1,
    title: Annotated[str | None, typer.Option(help="Der neue Titel (title)")] = None,
    teaser: Annotated[str | None, typer.Option(help="Der neue Text (teaser)")] = None,
    link: Annotated[str | None, typer.Option(help="Der neue Link (link)")] = None,
    image: Annotated[
        str | None,
        typer.Option(
            help="Adresse eines Bildes über der Nachricht, bei Beitrag 1; beginnt mit https:// (a picture, of item 1)"
        ),
    ] = None,
    until: Annotated[str | None, typer.Option(help=f"{UNTIL} Leer: ohne Ende (not sent later)")] = None,
    remove: Annotated[bool, typer.Option("--remove", help="Diesen Beitrag herausnehmen (take this item out)")] = False,
    subject: Annotated[str | None, typer.Option(help="Wie er heißt (its name)")] = None,
    by: By = "",
    unchecked_links: Unchecked = False,
    as_json: AsJson = False,
) -> None:
    """Einen Entwurf ändern. Wer zuletzt ändert, hat ihn geschrieben und gibt ihn bei vier Augen nicht selbst frei.
    (change a draft)
    """
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
    made = edit_draft(stored, town, tuple(items), subject, Colleague(operator(by)), now, broadcasts=adapters.broadcasts)
    found = lint_with_links(
        made, town, now, links=_links(adapters, unchecked=unchecked_links), public_url=_url(adapters)
    )
    _show(adapters, made, town, found, as_json=as_json)


@app.command()
@connected
def preview(
    adapters: Adapters, broadcast_id: BroadcastId, unchecked_links: Unchecked = False, as_json: AsJson = False
) -> None:
    """Wie er auf dem Telefon aussieht, wie viele ihn bekämen, und was auszubessern ist. (how it will look)"""
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
    """Freigeben; danach jetzt senden (`send`) oder später (`schedule`). In manchen Städten gibt frei, wer nicht
    schrieb. (release a draft)
    """
    stored, broadcasts = load_broadcast(broadcast_id, adapters.broadcasts), adapters.broadcasts
    made = release_draft(
        stored,
        adapters.towns.get(stored.town),
        Colleague(operator(by)),
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
    at: Annotated[str, typer.Option(help="Wann, in der Zeit der Stadt: 2026-12-03T17:00 (when, town time)")],
    weekly: Annotated[
        bool, typer.Option("--weekly", help="Und danach jede Woche zur selben Stunde (every week)")
    ] = False,
    beyond_promise: BeyondPromise = False,
    by: By = "",
    unchecked_links: Unchecked = False,
    as_json: AsJson = False,
) -> None:
    """Später oder jede Woche senden. Ein Entwurf wird dabei freigegeben wie mit `release`.
    (send later, or every week)
    """
    now, broadcasts, towns = datetime.now(UTC), adapters.broadcasts, adapters.towns
    town = towns.get(load_broadcast(broadcast_id, broadcasts).town)
    timing = Timing(later(at, town, now), WEEKLY if weekly else "")
    ports = SchedulePorts(
        towns, broadcasts, adapters.schedule, _links(adapters, unchecked=unchecked_links), _url(adapters)
    )
    who = Colleague(operator(by))
    made = schedule_newsletter(broadcast_id, timing, who, now, ports, beyond_promise=beyond_promise).broadcast
    value = {
        "broadcast_id": broadcast_id,
        "state": str(made.state),
        "starts_at": timing.starts_at,
        "repeat": timing.repeat,
    }
    said = words.STARTS.format(
        weekday=WEEKDAYS[timing.starts_at.astimezone(town.zone).weekday()],
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


def _noticed(entries: Sequence[FeedEntry], town: Town, now: datetime) -> Iterator[str]:
    """What of the feed was not simply taken."""
    says = {
        Unusual.NO_LINK: "hat keinen Link und bleibt weg",
        Unusual.NO_WORDS: "hat weder Titel noch Text und bleibt weg",
        Unusual.NO_TITLE: "hat keinen Titel; ihr erster Satz steht dafür",
    }
    for entry, what in unusual(entries, now):
        named = f"Im Feed: „{entry.opening or entry.link}“ "
        if what is Unusual.WAITS and entry.published_at:
            yield f"{named}trägt das Datum {moment(entry.published_at, town)} Uhr und wartet bis dahin"
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
        "problems": [_problem(problem) for problem in problems],
        "hints": [*noticed, *_hints(adapters, made, town)],
        "picture": drawn,
    }
    give(value, as_json=as_json, show=lambda out: out.print("\n".join(_in_words(value))))


def _problem(found: NewsletterFinding) -> dict[str, object]:
    """For programs: `code` stays when words change."""
    text = sentence(found)
    return {"item": found.item, "field": found.field, "code": found.code, "text": text, "says": in_place(found)}


def _hints(adapters: Adapters, made: Broadcast, town: Town) -> Iterator[str]:
    """What to think of before it goes out, though it may be released as it is."""
    now = datetime.now(UTC)
    at = max(made.goes_at, now)
    if too_often := promise_finding(made, town, at, now, adapters.broadcasts):
        yield words.TOO_SOON.format(why=promise_broken(too_often))
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
