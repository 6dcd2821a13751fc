"""What stands in the form of a newsletter, also where it cannot be stored as it is."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Self

from functions.console.web.request import Form
from stadtdraht.domain.broadcast.broadcast import MOST_ITEMS, Broadcast, Item
from stadtdraht.domain.broadcast.draft import DraftOptions
from stadtdraht.domain.town import Town
from stadtdraht.texts.staff.language import say


@dataclass(frozen=True, slots=True)
class TypedItem:
    """One story as it is typed."""

    title: str = ""
    teaser: str = ""
    link: str = ""
    ends: str = ""
    """A day; "": it has no end."""
    image: str = ""

    def ends_at(self, town: Town, before: Item | None) -> datetime | None:
        """Its midnight; an hour that the command line gave stays where the day does. Raises ValueError."""
        if not self.ends:
            return None
        day = date.fromisoformat(self.ends)
        kept = before.valid_until if before else None
        if kept and kept.astimezone(town.zone).date() == day:
            return kept
        return datetime.combine(day, time(), town.zone)


@dataclass(frozen=True, slots=True)
class Typed:
    """The whole form."""

    items: tuple[TypedItem, ...]
    subject: str = ""
    topics: frozenset[str] = frozenset()
    districts: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()
    personal: bool = False
    feed: str = ""

    @classmethod
    def of_form(cls, form: Form, feed: str) -> Self:
        """As it was posted."""
        count = next((it for it in range(1, MOST_ITEMS + 1) if f"t{it}" not in form), MOST_ITEMS + 1) - 1
        return cls(
            tuple(_item(form, it) for it in range(1, count + 1)) or (TypedItem(),),
            " ".join(form.get("subject").split()),
            frozenset(form.all("topic")),
            frozenset(form.all("district")),
            frozenset(form.all("language")),
            form.get("personal") == "1",
            feed,
        )

    @classmethod
    def of_draft(cls, broadcast: Broadcast, town: Town) -> Self:
        """As it is stored."""
        return cls(
            tuple(
                TypedItem(
                    it.title,
                    it.teaser,
                    it.link,
                    it.valid_until.astimezone(town.zone).date().isoformat() if it.valid_until else "",
                    it.image_url,
                )
                for it in broadcast.items
            ),
            broadcast.subject,
            broadcast.topics,
            broadcast.districts,
            broadcast.languages,
            bool(broadcast.persona),
            broadcast.feed,
        )

    def moved(self, what: str) -> Self:
        """After the press of a button such as `up-2`, `down-1`, `remove-3` or `add`; any other changes nothing."""
        verb, _, which = what.partition("-")
        at = int(which) - 1 if which.isdecimal() else -1
        items = list(self.items)
        if verb == "add" and len(items) < MOST_ITEMS:
            items.append(TypedItem())
        elif not 0 <= at < len(items):
            return self
        elif verb == "remove" and len(items) > 1:
            del items[at]
        elif verb in ("up", "down"):
            to = at + (1 if verb == "down" else -1)
            if 0 <= to < len(items):
                items[at], items[to] = items[to], items[at]
        return replace(self, items=tuple(items))

    def wrong_days(self) -> dict[str, str]:
        """What is wrong with days, by field."""
        return {
            f"e{number}": say("„{typed}“ ist kein Tag.", typed=it.ends)
            for number, it in enumerate(self.items, 1)
            if not _is_day(it.ends)
        }

    def to_items(self, town: Town, before: Sequence[Item]) -> tuple[Item, ...]:
        """As they are stored. A day that is none counts as none: `wrong_days` says so."""
        kept = {it.link: it for it in before}
        return tuple(
            Item(
                it.title,
                it.teaser,
                it.link,
                it.image,
                it.ends_at(town, kept.get(it.link)) if _is_day(it.ends) else None,
            )
            for it in self.items
        )

    @property
    def options(self) -> DraftOptions:
        return DraftOptions(
            subject=self.subject,
            topics=self.topics,
            districts=self.districts,
            languages=self.languages,
            personal=self.personal,
            feed=self.feed,
        )


def _item(form: Form, number: int) -> TypedItem:
    """In one line each, since WhatsApp takes no other."""
    fields = (" ".join(form.get(f"{name}{number}").split()) for name in ("t", "x", "l", "e", "p"))
    return TypedItem(*fields)


def _is_day(text: str) -> bool:
    try:
        return not text or bool(date.fromisoformat(text))
    except ValueError:
        return False
