"""What a person is sent about their report: free words while WhatsApp allows it, else the town's template for it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import partial
from typing import Any

from stadtdraht.domain.cases.case import RATINGS, Case, CaseState
from stadtdraht.domain.cases.case_work import CaseWork
from stadtdraht.domain.citizen import Citizen
from stadtdraht.domain.conversation import LEFT_OF_WINDOW
from stadtdraht.domain.town import Town
from stadtdraht.domain.whatsapp.choices import WordsWithChoices
from stadtdraht.texts.cases import BY_STATE, word_case, word_state
from stadtdraht.texts.replies import or_in_ours, text

TEMPLATE = "meldung_status"  # variables: nummer, stand
RATE = "rate:"  # a button says "rate:{number}:{stars}"
SHARES = frozenset({"nummer", "stand"})


class Notification(StrEnum):
    """Whether the citizen hears of it."""

    FREELY = "freely"
    BY_TEMPLATE = "by_template"  # that something changed, without the town's own words
    NOT_ON_WHATSAPP = "not_on_whatsapp"  # the window is closed and the town has no template for it
    NOTHING_TO_TELL = "nothing_to_tell"


@dataclass(frozen=True, slots=True)
class CaseMessages:
    """Bodies for the Cloud API in order, and what they amount to."""

    told: Notification
    bodies: tuple[Mapping[str, Any], ...] = ()
    asks_rating: bool = False
    """Whether the last of them asks if the person is content."""
    in_our_words: bool = False
    """Since nothing can fill the town's own wording."""


def messages_about(case: Case, work: CaseWork, town: Town, citizen: Citizen, now: datetime) -> CaseMessages:
    """What goes to this citizen for this work; `case` as it is afterwards, with the number that they know."""
    if not work.is_heard:
        return CaseMessages(Notification.NOTHING_TO_TELL)
    if citizen.window_open(now + LEFT_OF_WINDOW):
        bodies, why = or_in_ours(partial(_free_words, case, work, citizen.language), town)
        asks_rating = work.state is CaseState.CLOSED and not work.merged_into and not case.rating
        return CaseMessages(Notification.FREELY, bodies, asks_rating, in_our_words=why is not None)
    template = town.template(TEMPLATE, citizen.language)
    if template is None or not SHARES.issuperset(template.variables):
        return CaseMessages(Notification.NOT_ON_WHATSAPP)
    words = {"nummer": case.number, "stand": word_state(case.state, town, template.language)}
    parameters = [{"type": "text", "parameter_name": name, "text": words[name]} for name in template.variables]
    body = {
        "type": "template",
        "template": {
            "name": template.name,
            "language": {"code": template.language},
            "components": [{"type": "body", "parameters": parameters}],
        },
    }
    return CaseMessages(Notification.BY_TEMPLATE, (body,))


def _free_words(case: Case, work: CaseWork, language: str, town: Town) -> tuple[Mapping[str, Any], ...]:
    said = [words_about(case, work, town, language).message()]
    if work.state is CaseState.CLOSED and not work.merged_into and not case.rating:
        said.append(question_about(case, town, language).message())
    return tuple(said)


def words_about(case: Case, work: CaseWork, town: Town, language: str) -> WordsWithChoices:
    """What was done to it, with the town's own words. Raises one of UNFILLED for own wording nothing can fill."""
    name = "case_merged" if work.merged_into else BY_STATE[work.state] if work.state else "case_said"
    return WordsWithChoices(word_case(name, case, town, language, said=work.say))


def question_about(case: Case, town: Town, language: str) -> WordsWithChoices:
    """Whether the person is content. Raises one of UNFILLED for own wording nothing can fill."""
    choices = [
        (f"{RATE}{case.number}:{stars}", word_case(f"case_rate_{stars}", case, town, language), "")
        for stars in sorted(RATINGS, reverse=True)
    ]
    return WordsWithChoices(
        word_case("case_rate", case, town, language), choices, text(town, language, "choose_button")
    )
