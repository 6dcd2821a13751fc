"""A newsletter as it looks on a phone."""

import re
from typing import Final

from functions.console.web.visit import Values, Visit
from stadtdraht.domain.broadcast.broadcast import Broadcast
from stadtdraht.domain.broadcast.clicks import links_of
from stadtdraht.domain.broadcast.template_variables import has_room_for, words_of
from stadtdraht.texts.staff.console import newsletters as words
from stadtdraht.texts.staff.console.people import language_name

_PARTS: Final = re.compile(r"(?P<link>https?://\S+)|\*(?P<bold>[^*\n]+)\*")


def phone(visit: Visit, broadcast: Broadcast, language: str = "de") -> Values:
    """What the picture shows, in the template of that language; with plain links, which say more than counted ones."""
    town = visit.town
    template = town.template(broadcast.template, language)
    speaks = [it.speaks for it in town.templates if it.name == broadcast.template]
    others = [(it, language_name(it)) for it in dict.fromkeys(speaks) if it != language]
    shown = template is not None and has_room_for(template, len(broadcast.items))
    at = broadcast.asked.starts_at if broadcast.asked else broadcast.starts_at
    values: Values = {
        "service": town.service_name,
        "language": language_name(language),
        "others": others,
        "parts": [],
        "footer": "",
        "picture": "",
        "buttons": (),
        "at": words.clock(at or visit.now, town),
    }
    if template is None or not shown:
        return values
    text = template.filled(words_of(broadcast, town, links_of(broadcast)))
    return values | {
        "parts": _parts(text),
        "footer": template.footer,
        "picture": broadcast.items[0].image_url if template.picture else "",
        "buttons": template.quick_replies,
    }


def _parts(text: str) -> list[tuple[str, str]]:
    """Pieces of the text with their look: "", "bold" or "link"."""
    found, end = [], 0
    for it in _PARTS.finditer(text):
        found.append(("", text[end : it.start()]))
        link = it.group("link")
        found.append(("link", link.removeprefix("https://")) if link else ("bold", it.group("bold")))
        end = it.end()
    found.append(("", text[end:]))
    return [it for it in found if it[1]]
