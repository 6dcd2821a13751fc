"""Every sentence of a conversation, by language and name; a file per language stands in stadtdraht/texts/languages/.

German has them all; what a language lacks is said in German. A town may override any of them in its file, under
[texts.de]. Names in braces are filled in `stadtdraht.usecases.inbound.render_reply`.
"""

from collections.abc import Mapping

from stadtdraht.domain.town import Town
from stadtdraht.texts.languages import ar, de, de_easy, en, pl, ru, tr, uk
from stadtdraht.texts.wording import worded

BY_LANGUAGE: Mapping[str, Mapping[str, str]] = {
    "de": de.REPLIES,
    "de-easy": de_easy.REPLIES,
    "en": en.REPLIES,
    "tr": tr.REPLIES,
    "uk": uk.REPLIES,
    "ar": ar.REPLIES,
    "pl": pl.REPLIES,
    "ru": ru.REPLIES,
}


def text(town: Town, language: str, name: str) -> str:
    """One sentence, with its names in braces."""
    return worded(town, language, name, BY_LANGUAGE)


def language_names() -> Mapping[str, str]:
    """Each language as its speakers call it."""
    return {language: texts["language_name"] for language, texts in BY_LANGUAGE.items()}
