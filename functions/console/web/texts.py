"""Text blocks: by topic, with six ready ones to begin with."""

import re
from collections.abc import Mapping
from itertools import groupby
from secrets import token_hex
from typing import Any, Final

from functions.console.web.answers import not_found
from functions.console.web.page import page
from functions.console.web.visit import Visit
from stadtdraht.domain.staff.text_block import PLACES, TextBlock
from stadtdraht.pages.responses import HttpResponse
from stadtdraht.texts.languages import german_name
from stadtdraht.texts.staff.console.text_blocks import READY, WRONG
from stadtdraht.usecases.inbound.text_blocks import TextBlockNotFit, Writer, write_text_block

NEW: Final = "new"
ID_BYTES: Final = 8
ID: Final = re.compile(r"[0-9a-f]{16}|ready-[a-z-]{1,30}", re.ASCII)


def show(visit: Visit) -> HttpResponse:
    """All of the town, by topic, and what of the ready ones is not taken yet."""
    found = sorted(visit.adapters.text_blocks.of_town(visit.town.id), key=lambda it: (it.topic.casefold(), it.title))
    topics = [(topic, list(blocks)) for topic, blocks in groupby(found, key=lambda it: it.topic)]
    ready = [it for it in READY if it.id not in {block.id for block in found}]
    languages = {it: german_name(it) for it in {block.language for block in found}}
    return page(
        visit, "texts/list.html", "Textbausteine", here="inbox", topics=topics, ready=ready, languages=languages
    )


def edit(visit: Visit) -> HttpResponse:
    """The form of one, or of a new one."""
    block_id, blocks = visit.path["block"], visit.adapters.text_blocks
    block = TextBlock(token_hex(ID_BYTES), "", "") if block_id == NEW else blocks.get(visit.town.id, block_id)
    return _form(visit, block, {}) if block else not_found()


def write(visit: Visit) -> HttpResponse:
    """Keeps what was typed."""
    form = visit.form
    if not ID.fullmatch(visit.path["block"]):
        return not_found()
    title, topic = " ".join(form.get("title").split()), " ".join(form.get("topic").split())
    block = TextBlock(visit.path["block"], title, form.get("words").strip(), topic, form.get("language"))
    try:
        write_text_block(block, Writer(visit.town, visit.by, visit.now), visit.adapters.text_blocks)
    except TextBlockNotFit as why:
        return _form(visit, block, {field: WRONG[code] for field, code in why.wrong.items()}, status=422)
    return visit.to("texts?done=saved")


def remove(visit: Visit) -> HttpResponse:
    """Nobody is offered it any more; what was sent with it stays as it is."""
    visit.adapters.text_blocks.remove(visit.town.id, visit.path["block"], visit.now)
    return visit.to("texts?done=removed")


def take_ready(visit: Visit) -> HttpResponse:
    """The ready ones that were ticked become the town's own."""
    wanted = set(visit.form.all("ready"))
    for block in READY:
        if block.id in wanted:
            write_text_block(block, Writer(visit.town, visit.by, visit.now), visit.adapters.text_blocks)
    return visit.to("texts?done=saved" if wanted else "texts?done=none-ticked")


def _form(visit: Visit, block: TextBlock, wrong: Mapping[str, str], *, status: int = 200) -> HttpResponse:
    values: dict[str, Any] = {
        "block": block,
        "wrong": wrong,
        "languages": [(it, german_name(it)) for it in visit.town.languages],
        "places": [f"{{{it}}}" for it in PLACES],
        "is_new": visit.adapters.text_blocks.get(visit.town.id, block.id) is None,
    }
    return page(visit, "texts/edit.html", block.title or "Neuer Textbaustein", here="inbox", status=status, **values)
