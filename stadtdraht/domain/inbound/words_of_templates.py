"""Templates in a conversation, in the words that arrived."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from stadtdraht.domain.conversation import Line
from stadtdraht.domain.town import Town


def in_words(lines: Iterable[Line], town: Town) -> Iterator[Line]:
    """The lines, each template as it was read; by its name where the town has it no longer."""
    templates = {(it.name, it.language): it for it in town.templates}
    for line in lines:
        template = templates.get((line.text, line.language)) if line.kind == "template" else None
        filled = dict(line.filled)
        known = template is not None and filled.keys() >= set(template.variables)
        yield replace(line, text=template.filled(filled)) if template and known else line
