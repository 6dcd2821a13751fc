"""Two versions of a newsletter beside each other: what one says where the other says something else."""

from collections.abc import Collection, Mapping, Sequence
from itertools import zip_longest

from functions.console.web.newsletters.typed import Typed, TypedItem
from functions.console.web.page import page
from functions.console.web.visit import Visit
from stadtdraht.domain.broadcast.broadcast import Broadcast
from stadtdraht.domain.town import Town
from stadtdraht.pages.responses import HttpResponse
from stadtdraht.texts.staff.console.people import language_name
from stadtdraht.texts.staff.language import say

Difference = tuple[str, str]
"""Which field, and what stands in it; "" where nothing does."""


def differences(one: Typed, other: Typed, town: Town) -> list[Difference]:
    """What `one` says wherever `other` does not say the same, in the order of the form."""
    found = [(say("Wie heißt er?"), one.subject)] if one.subject != other.subject else []
    for number, (ours, theirs) in enumerate(zip_longest(one.items, other.items), start=1):
        story = say("Meldung {n}", n=number)
        if ours is None:
            found.append((story, say("steht nicht darin")))
        else:
            found += [(f"{story}, {field}", words) for field, words in _of_item(ours, theirs or TypedItem())]
    topics = {it.id: it.label for it in town.topics}
    districts = {it.id: it.label for it in town.districts}
    languages = {it: language_name(it) for it in town.languages}
    for label, names, ours, theirs in (
        (say("Themen"), topics, one.topics, other.topics),
        (say("Ortsteile"), districts, one.districts, other.districts),
        (say("Sprachen"), languages, one.languages, other.languages),
    ):
        if ours != theirs:
            found.append((label, _named(ours, names)))
    if one.personal != other.personal:
        found.append((say("Persönlich unterschrieben"), say("ja") if one.personal else say("nein")))
    return found


def _of_item(one: TypedItem, other: TypedItem) -> list[Difference]:
    fields = (
        (say("Überschrift"), one.title, other.title),
        (say("Anriss"), one.teaser, other.teaser),
        (say("Link"), one.link, other.link),
        (say("Nicht mehr senden ab"), one.ends, other.ends),
        (say("Bild"), one.image, other.image),
    )
    return [(name, ours) for name, ours, theirs in fields if ours != theirs]


def _named(chosen: Collection[str], names: Mapping[str, str]) -> str:
    return ", ".join(sorted(names.get(it, it) for it in chosen)) or say("alle")


def too_late(visit: Visit, broadcast: Broadcast, heading: str, lost: Sequence[Difference]) -> HttpResponse:
    """It was released meanwhile: what was typed is shown, since it is stored nowhere; without it, the newsletter."""
    if not lost:
        return visit.to(f"newsletters/{broadcast.broadcast_id}")
    return page(
        visit,
        "newsletters/too_late.html",
        broadcast.title,
        here="newsletters",
        status=409,
        broadcast=broadcast,
        heading=heading,
        versions=lost,
    )
