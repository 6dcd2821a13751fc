"""A newsletter as it will look on a phone, drawn in the terminal."""

import textwrap
from collections.abc import Iterator

from stadtdraht.domain.broadcast.broadcast import Broadcast
from stadtdraht.domain.broadcast.template_variables import words_of
from stadtdraht.domain.town import Template, Town

WIDTH = 44  # characters of a line on a common phone


def picture(broadcast: Broadcast, town: Town, template: Template, links: tuple[str, ...]) -> str:
    """Several lines, framed."""
    shown = [*_wrapped(f"[Bild: {broadcast.items[0].image_url}]"), ""] if template.picture else []
    inner = [*shown, *_wrapped(template.filled(words_of(broadcast, town, links)))]
    if template.footer:
        inner += ["", *_wrapped(template.footer)]
    top = f"╭─ {town.service_name} ".ljust(WIDTH + 3, "─") + "╮"
    return "\n".join([top, *(f"│ {line:<{WIDTH}} │" for line in inner), f"╰{'─' * (WIDTH + 2)}╯"])


def _wrapped(text: str) -> Iterator[str]:
    for line in text.splitlines():
        yield from textwrap.wrap(line, WIDTH) or [""]
