"""Which wording of a sentence a person gets. A town may override any of them in its file, under [texts.de].

Names in braces are filled in by the caller: in conversation by `stadtdraht.usecases.inbound.render_reply`.
"""

from collections.abc import Mapping
from typing import cast

from stadtdraht.domain.town import Town
from stadtdraht.texts.languages import LANGUAGES, language_of


def text(town: Town, language: str, name: str) -> str:
    """The town's own wording, else ours. In a language that we do not speak: the town's own, its German one, or ours."""
    own = {(tag, of): wording for tag, of, wording in town.texts}
    german = "" if language in LANGUAGES else own.get(("de", name))
    ours = cast("Mapping[str, str]", language_of(language).sentences)
    return own.get((language, name)) or german or ours[name]


def language_names() -> Mapping[str, str]:
    """Each language as its speakers call it."""
    return {tag: language.name for tag, language in LANGUAGES.items()}
