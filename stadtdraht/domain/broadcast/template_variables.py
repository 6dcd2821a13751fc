"""What a newsletter says in a template: a word for each variable, the template that has room for its items, its length.

Variables: `title`, `teaser`, `link` for one item; `title1`, `teaser1`, `link1` to `title5` … for several; `subject`,
`sender` (who writes) and `imprint` for any.
"""

from collections.abc import Mapping

from stadtdraht.domain.broadcast.broadcast import Broadcast, NewsletterNotFit
from stadtdraht.domain.town import Template, Town
from stadtdraht.domain.whatsapp.template_limits import BODY_CHARACTERS

TEST_MARK = "[TEST] "
FRAME_VARIABLES = frozenset({"subject", "sender", "imprint"})


class NoRoomInTemplates(NewsletterNotFit):
    """The town has no template that shows so many items."""

    def __init__(self, town: Town, items: int) -> None:
        super().__init__(f"{town.name} has no template for {items} items")
        self.town_id = town.id
        self.items = items


def words_of(broadcast: Broadcast, town: Town, links: tuple[str, ...]) -> Mapping[str, str]:
    """A word for every variable that a template for this newsletter may have. links: as they stand in the message."""
    words = {
        "subject": broadcast.title,
        "sender": broadcast.persona or f"Ihre {town.imprint.provider}",
        "imprint": f"{town.imprint.provider}, {town.imprint.url}",
    }
    for number, (item, link) in enumerate(zip(broadcast.items, links, strict=True), start=1):
        words |= {f"title{number}": item.title, f"teaser{number}": item.teaser, f"link{number}": link}
    if len(broadcast.items) == 1:
        words |= {name: words[f"{name}1"] for name in ("title", "teaser", "link")}
    return words


def too_long_by(template: Template, broadcast: Broadcast, town: Town, links: tuple[str, ...]) -> int:
    """Characters that the filled body has too many, with room for the mark of a test; 0 when it fits."""
    return max(0, len(TEST_MARK) + len(template.filled(words_of(broadcast, town, links))) - BODY_CHARACTERS)


def has_room_for(template: Template, items: int) -> bool:
    """Whether the template shows so many items, each with title, teaser and link, and nothing that they lack."""
    of_items = set(template.variables) - FRAME_VARIABLES
    numbered = {f"{name}{number}" for number in range(1, items + 1) for name in ("title", "teaser", "link")}
    return of_items == numbered or (items == 1 and of_items == {"title", "teaser", "link"})


def template_for(items: int, town: Town, *, picture: bool = False) -> str:
    """The name of the town's template for so many items: its newsletter template where that fits, else the first.

    picture: whether the first item has one; without a template that shows it, the lint asks to leave it out.

    Raises NoRoomInTemplates.
    """
    names = [town.newsletter_template, *(it.name for it in town.templates if not town.warns_in(it))]
    fitting = [it for name in names if (it := town.template(name)) is not None and has_room_for(it, items)]
    for template in sorted(fitting, key=lambda it: it.picture is not picture):  # stable: the town's order stands
        if picture or not template.picture:
            return template.name
    raise NoRoomInTemplates(town, items)


def generated(town: Town, items: int) -> Template:
    """A template for so many items, for the town to word as it likes and to have approved.

    It keeps Meta's rules (`template_rules`), with a word and not only a number between any two variables.
    """
    numbers = [str(number) for number in range(1, items + 1)] if items > 1 else [""]
    stories = [
        f"*{f'Thema {it}: ' if it else ''}{{{{title{it}}}}}*\nKurz: {{{{teaser{it}}}}}\nMehr dazu: {{{{link{it}}}}}"
        for it in numbers
    ]
    examples = [("sender", f"Ihre {town.imprint.provider}")]
    for it in numbers:
        examples += [(f"title{it}", "Wochenmarkt zieht um"), (f"teaser{it}", "Ab Samstag auf dem Kirchplatz.")]
        examples += [(f"link{it}", f"{town.website}/markt")]
    parts = [
        f"*{town.service_name}: kurz und neu aus unserer Stadt*",
        *stories,
        f"Impressum: {town.imprint.url}\n{{{{sender}}}} schickt Ihnen das, weil Sie es bestellt haben.",
    ]
    return Template(
        name=f"stadtnachrichten_{items}",
        language="de",
        category="MARKETING",
        body="\n\n".join(parts),
        footer="Abbestellen jederzeit mit STOP",
        examples=tuple(examples),
    )
