"""How a person will hear of what staff are about to do to their report: told before anybody presses."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from stadtdraht.domain.cases.case import Case
from stadtdraht.domain.cases.case_work import CaseWork, apply_work
from stadtdraht.domain.citizen import Citizen
from stadtdraht.domain.conversation import LEFT_OF_WINDOW, SERVICE_WINDOW
from stadtdraht.domain.town import Town
from stadtdraht.domain.whatsapp.prices import price_eur
from stadtdraht.texts.cases import word_state
from stadtdraht.usecases.cases.case_messages import TEMPLATE, Notification, messages_about


@dataclass(frozen=True, slots=True)
class Hearing:
    """What will go out, in the words that arrive."""

    told: Notification
    words: tuple[str, ...] = ()
    eur: Decimal | None = None
    """What the template costs; None for free words, and where the list has no price."""
    until: datetime | None = None
    """So long the town may write freely."""


def how_heard(case: Case, work: CaseWork, town: Town, citizen: Citizen | None, now: datetime) -> Hearing:
    """For this work on the case as it is. Raises CaseNotFit where the work cannot be done."""
    if citizen is None:
        return Hearing(Notification.NOT_ON_WHATSAPP)
    after = apply_work(case, work, town, now, told=True)
    news = messages_about(after, work, town, citizen, now)
    match news.told:
        case Notification.FREELY:
            return Hearing(news.told, tuple(map(_words_of, news.bodies)), until=free_until(citizen))
        case Notification.BY_TEMPLATE if template := town.template(TEMPLATE, citizen.language):
            said = template.filled({"nummer": after.number, "stand": word_state(after.state, town, template.language)})
            return Hearing(news.told, (said,), price_eur(template.category, citizen.identity, now.date()))
    return Hearing(news.told)


def free_until(citizen: Citizen) -> datetime | None:
    """The last moment at which words can still be sent freely; None for who never wrote."""
    return citizen.last_inbound_at + SERVICE_WINDOW - LEFT_OF_WINDOW if citizen.last_inbound_at else None


def _words_of(body: object) -> str:
    match body:
        case {"text": {"body": str(words)}} | {"interactive": {"body": {"text": str(words)}}}:
            return words
    return ""
