"""Text blocks: by topic, with six ready ones to begin with."""

from itertools import groupby
from typing import Any, Final

from functions.console.web.answers import not_found
from functions.console.web.page import page
from functions.console.web.visit import Visit
from stadtdraht.domain.inbound.text_blocks import PLACEHOLDERS, TextBlock, TextBlockNotFit
from stadtdraht.pages.responses import HttpResponse
from stadtdraht.texts.staff.console.people import language_name
from stadtdraht.texts.staff.language import say, say_why
from stadtdraht.usecases.inbound import text_blocks as use_case
from stadtdraht.usecases.inbound.text_blocks import NoSuchTextBlock

NEW: Final = "new"
TOPIC_CHARACTERS: Final = 40


def show(visit: Visit) -> HttpResponse:
    """All of the town, by topic, and what of the ready ones is not taken yet."""
    found = use_case.list_blocks(visit.town.id, visit.adapters.text_blocks)
    topics = [(topic, list(blocks)) for topic, blocks in groupby(found, key=lambda it: it.topic)]
    known = {it.id for it in found}
    ready = [it for it in use_case.ready_blocks(visit.town.id) if it.id not in known]
    languages = {it: language_name(it) for it in {block.language for block in found}}
    return page(
        visit, "texts/list.html", say("Textbausteine"), here="inbox", topics=topics, ready=ready, languages=languages
    )


def edit(visit: Visit) -> HttpResponse:
    """The form of one, or of a new one."""
    block_id = visit.path["block"]
    blank = TextBlock(visit.town.id, "", "", "")
    block = blank if block_id == NEW else visit.adapters.text_blocks.get(visit.town.id, block_id)
    return _form(visit, block) if block else not_found()


def write(visit: Visit) -> HttpResponse:
    """Keeps what was typed."""
    form, block_id = visit.form, visit.path["block"]
    title, topic = " ".join(form.get("title").split()), " ".join(form.get("topic").split())[:TOPIC_CHARACTERS]
    language = form.get("language") if form.get("language") in visit.town.languages else "de"
    words = form.get("words").strip()
    kept_as = "" if block_id == NEW else block_id
    block = TextBlock(visit.town.id, kept_as, title, words, topic, language, visit.by)
    try:
        use_case.save_block(block, visit.adapters.text_blocks)
    except NoSuchTextBlock:
        return not_found()
    except TextBlockNotFit as why:
        return _form(visit, block, field=why.field, wrong=f"{say_why(why)}.", status=422)
    return visit.to("texts?done=saved")


def remove(visit: Visit) -> HttpResponse:
    """Nobody is offered it any more; what was sent with it stays as it is."""
    try:
        use_case.remove_block(visit.town.id, visit.path["block"], visit.now, visit.adapters.text_blocks)
    except NoSuchTextBlock:
        return not_found()
    return visit.to("texts?done=removed")


def take_ready(visit: Visit) -> HttpResponse:
    """The ready ones that are not there yet become the town's own."""
    use_case.take_over_ready(visit.town.id, visit.by, visit.adapters.text_blocks)
    return visit.to("texts?done=saved")


def _form(visit: Visit, block: TextBlock, *, field: str = "", wrong: str = "", status: int = 200) -> HttpResponse:
    values: dict[str, Any] = {
        "block": block,
        "wrong": {field: wrong},
        "languages": [(it, language_name(it)) for it in visit.town.languages],
        "places": [f"{{{it}}}" for it in PLACEHOLDERS],
    }
    return page(
        visit, "texts/edit.html", block.title or say("Neuer Textbaustein"), here="inbox", status=status, **values
    )
