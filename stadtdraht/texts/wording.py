"""Which wording of a sentence a person gets."""

from collections.abc import Mapping

from stadtdraht.domain.town import Town


def worded(town: Town, language: str, name: str, ours: Mapping[str, Mapping[str, str]]) -> str:
    """The town's own wording in the language, else ours, else the town's German, else ours in German."""
    own = {(lang, of): wording for lang, of, wording in town.texts}
    for lang in (language, "de"):
        if (wording := own.get((lang, name)) or ours.get(lang, {}).get(name)) is not None:
            return wording
    raise KeyError(name)
