"""A newsletter begins: stories are ticked out of the town's own feed, or typed."""

from hashlib import sha256
from typing import Final

from functions.console.web.answers import not_found
from functions.console.web.newsletters.knows import its_broadcast, who
from functions.console.web.page import page
from functions.console.web.visit import Values, Visit
from stadtdraht.domain.broadcast.broadcast import MOST_ITEMS, Broadcast, Item, NewsletterNotFit, StateForbids
from stadtdraht.domain.broadcast.draft import DraftOptions, draft, options_of
from stadtdraht.domain.broadcast.feed import FeedNotRead, NothingNew, items_of
from stadtdraht.pages.responses import HttpResponse
from stadtdraht.texts.staff.console.newsletters import refused
from stadtdraht.texts.staff.language import german, say
from stadtdraht.usecases.broadcast.load_broadcast import ChangedMeanwhile, replace_stored
from stadtdraht.usecases.broadcast.writing.draft_from_feed import fitted, links_told
from stadtdraht.usecases.broadcast.writing.release_broadcast import edited

SHOWN: Final = 20  # stories of a feed
NONE_TICKED: Final = german("Haken Sie mindestens eine Meldung an.")
FEED_WITHIN_S: Final = 6.0  # nobody waits longer at a page for their own website
BLANK: Final = Item("", "", "")


def show_new(visit: Visit) -> HttpResponse:
    return _page(visit, None)


def show_feed(visit: Visit) -> HttpResponse:
    """More stories for a draft that is there."""
    broadcast = its_broadcast(visit)
    return _page(visit, broadcast) if broadcast else not_found()


def create(visit: Visit) -> HttpResponse:
    """A draft of what was ticked, or an empty one. The form's nonce names it, so that a second press finds it."""
    items, error = _ticked(visit, MOST_ITEMS)
    if not items and visit.form.get("do") == "feed":
        error = error or say(NONE_TICKED)
    if error:
        return _page(visit, None, error, 422)
    town, ports = visit.town, visit.adapters
    random = sha256(visit.form.get("press", visit.press()).encode()).hexdigest()[:6]
    options = DraftOptions(feed=town.feed_url if items else "")
    try:
        made = draft(town, items or (BLANK,), options, who(visit), visit.now, random)
    except NewsletterNotFit as why:
        return _page(visit, None, refused(why), 422)
    made = fitted(made, town, ports.settings.public_url) if items else made
    ports.broadcasts.create(made)
    return visit.to(f"newsletters/{made.broadcast_id}")


def add(visit: Visit) -> HttpResponse:
    """Puts ticked stories behind those that are there; in place of a single one in which nothing stands."""
    broadcast = its_broadcast(visit)
    if broadcast is None:
        return not_found()
    before = tuple(it for it in broadcast.items if it != BLANK)
    items, error = _ticked(visit, MOST_ITEMS - len(before))
    new = tuple(it for it in items if it.link not in {old.link for old in before})
    if not error and not items:
        error = say(NONE_TICKED)
    if error:
        return _page(visit, broadcast, error, 422)
    town, ports = visit.town, visit.adapters
    try:
        if new:
            options = options_of(broadcast)
            after = edited(broadcast, town, _unnamed(options, town.feed_url), (*before, *new), who(visit), visit.now)
            replace_stored(broadcast, fitted(after, town, ports.settings.public_url), ports.broadcasts)
    except (NewsletterNotFit, ChangedMeanwhile) as why:
        return _page(visit, broadcast, refused(why), 422)
    except StateForbids:
        pass
    return visit.to(f"newsletters/{broadcast.broadcast_id}")


def _unnamed(options: DraftOptions, feed: str) -> DraftOptions:
    """The kind follows the number of stories."""
    return DraftOptions(
        subject=options.subject,
        topics=options.topics,
        districts=options.districts,
        languages=options.languages,
        personal=options.personal,
        feed=options.feed or feed,
    )


def _ticked(visit: Visit, most: int) -> tuple[tuple[Item, ...], str]:
    """The stories in the order of the feed, and what is wrong with the choice."""
    wanted = visit.form.all("story")
    if not wanted:
        return (), ""
    if len(wanted) > most:
        said = say(
            "Höchstens {most} Meldungen passen hinein; Sie haben {ticked} angehakt.", most=most, ticked=len(wanted)
        )
        return (), said
    found, error = _stories(visit)
    return tuple(it for it in found if it.link in wanted), error


def _stories(visit: Visit) -> tuple[tuple[Item, ...], str]:
    town, ports = visit.town, visit.adapters
    if not town.feed_url:
        return (), ""
    try:
        entries = ports.feeds.read(town.feed_url, FEED_WITHIN_S)
        told = links_told(ports.broadcasts.recent(town.id))
        return items_of(entries, SHOWN, told, town, visit.now), ""
    except NothingNew:
        return (), ""
    except FeedNotRead as why:
        return (), refused(why)


def _page(visit: Visit, broadcast: Broadcast | None, error: str = "", status: int = 200) -> HttpResponse:
    stories, unread = _stories(visit)
    there = {it.link for it in broadcast.items} if broadcast else set()
    room = MOST_ITEMS - len([it for it in broadcast.items if it != BLANK]) if broadcast else MOST_ITEMS
    shown: list[Values] = [
        {"link": it.link, "title": it.title, "teaser": it.teaser, "ticked": it.link in visit.form.all("story")}
        for it in stories
        if it.link not in there
    ]
    here = f"newsletters/{broadcast.broadcast_id}" if broadcast else "newsletters"
    return page(
        visit,
        "newsletters/begin.html",
        say("Aus der Website übernehmen") if broadcast else say("Neuer Newsletter"),
        here="newsletters",
        status=status,
        adds=broadcast is not None,
        back=visit.url(here),
        action=visit.url(f"{here}/feed" if broadcast else "newsletters/new"),
        stories=shown,
        room=room,
        has_feed=bool(visit.town.feed_url),
        unread=unread,
        error="" if error == unread else error,
    )
