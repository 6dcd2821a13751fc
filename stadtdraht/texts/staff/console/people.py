"""People as the pages of the console name them: by what they call themselves, never by a whole number."""

from stadtdraht.domain.citizen import Citizen
from stadtdraht.domain.staff.member import StaffLanguage
from stadtdraht.texts.languages import german_name
from stadtdraht.texts.staff.console.talk import who_shown
from stadtdraht.texts.staff.language import language_read, say


def name_shown(citizen: Citizen | None) -> str:
    """Such as "Ayşe Demirel", "Bürger/in …711"."""
    if citizen is None:
        return say("jemand, dessen Daten gelöscht sind")
    return who_shown(citizen.name, citizen.identity.phone or "")


def language_name(tag: str) -> str:
    """Such as "Türkisch"; a tag that we do not speak as it is."""
    return say(german_name(tag))


def language_spoken(tag: str) -> str:
    """In a sentence, such as "türkisch"; "" for German, which nobody needs to be told."""
    if tag.startswith("de"):
        return ""
    name = language_name(tag)
    return f"{name[:1].lower()}{name[1:]}" if language_read() is StaffLanguage.GERMAN else name


def say_writes(tag: str) -> str:
    """Such as "schreibt türkisch"; "" for German."""
    language = language_spoken(tag)
    return say("schreibt {language}", language=language) if language else ""
