"""What a person hears about a contest."""

from collections.abc import Sequence

from stadtdraht.domain.contests.contest import Contest, ContestEntry, ContestForm
from stadtdraht.domain.text import shorten
from stadtdraht.domain.town import Town
from stadtdraht.domain.whatsapp.message_limits import BUTTON_CHARACTERS, ROWS_AT_MOST
from stadtdraht.texts.dates import day, deadline, full_day
from stadtdraht.texts.replies import text


def word_contest(name: str, contest: Contest, town: Town, language: str, *, count: int = 0) -> str:
    """A sentence about it, filled in. `count`: entries of this person that are in, the one just sent included."""
    if name == "call_wrong_form" and contest.form is ContestForm.TEXT:
        name = "call_wrong_form_text"
    return text(town, language, name).format(
        title=contest.title,
        terms_url=contest.terms_url,
        keyword=contest.keyword,
        deadline=deadline(contest.ends_at, town, language),
        delete_on=full_day(contest.delete_at, town, language),
        guardian=text(town, language, "call_guardian") if contest.guardian_note else "",
        most=contest.entries_per_person,
        count=count,
        left=contest.entries_per_person - count,
    )


def label_entries(entries: Sequence[ContestEntry], town: Town, language: str) -> Sequence[tuple[str, str]]:
    """(id, label) of the newest that fit beside one button more: its number, and its words or else its day."""
    numbered = list(enumerate(entries, 1))[1 - ROWS_AT_MOST :]
    return [
        (it.entry_id, shorten(f"{number}. {it.text or day(it.at, town, language)}", BUTTON_CHARACTERS))
        for number, it in numbered
    ]
