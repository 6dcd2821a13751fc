"""An answer by template: what is left when a person may not be written to freely, or no longer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from stadtdraht.domain.citizen import Citizen
from stadtdraht.domain.conversation import Conversation
from stadtdraht.domain.errors import german
from stadtdraht.domain.town import Template, Town
from stadtdraht.domain.whatsapp.account import AccountSnapshot
from stadtdraht.domain.whatsapp.prices import price_eur
from stadtdraht.domain.whatsapp.template_drift import APPROVED
from stadtdraht.domain.whatsapp.template_limits import BODY_CHARACTERS, may_fill_a_template
from stadtdraht.usecases.inbound.work_on_conversation import (
    CannotAnswer,
    Changed,
    StaffContext,
    answered,
    change_conversation,
    may_answer,
)

UTILITY = "UTILITY"


@dataclass(frozen=True, slots=True)
class OfferedTemplate:
    """A template that can go to this person, and what it costs."""

    template: Template
    eur: Decimal | None
    """None where the list of prices has none."""

    def preview(self, words: Mapping[str, str]) -> str:
        """As it arrives; a variable without words by its name: "Ihre Meldung {{nummer}}"."""
        return self.template.filled({name: words.get(name) or f"{{{{{name}}}}}" for name in self.template.variables})


class NoSuchTemplate(CannotAnswer):
    """The town has none of that name that could go out now."""

    def __init__(self, name: str) -> None:
        super().__init__(german("Diese Vorlage gibt es nicht, oder Meta hat sie (noch) nicht freigegeben"))
        self.name = name


def offered_templates(
    town: Town, citizen: Citizen, account: AccountSnapshot | None, now: datetime
) -> Sequence[OfferedTemplate]:
    """The town's utility templates that Meta has approved as they stand, in the person's language or in German.

    account: as somebody last looked; None: nobody did, and none is offered. Warnings and pictures are left out.
    """
    approved = {
        (it.name, it.language)
        for it in (account.templates if account else ())
        if it.status == APPROVED and it.category == UTILITY
    }
    names = dict.fromkeys(it.name for it in town.templates if it.category == UTILITY and not town.warns_in(it))
    found = (town.template(name, citizen.language) for name in names)
    fitting = {(it.name, it.language): it for it in found if it and not it.picture}
    return [
        OfferedTemplate(template, price_eur(template.category, citizen.identity, now.date()))
        for place, template in fitting.items()
        if place in approved
    ]


def answer_by_template(
    staff: StaffContext,
    citizen_id: str,
    name: str,
    words: Mapping[str, str],
    account: AccountSnapshot | None,
    *,
    press: str,
    anyway: bool = False,
) -> None:
    """Sends it, once for each press; the conversation waits no longer. words: one for each variable of the template.

    Raises NoSuchTemplate, CannotAnswer (which word does not fit, and why), TakenBySomebody, AlreadyDone.
    """

    def change(citizen: Citizen, it: Conversation) -> Changed:
        offered = offered_templates(staff.town, citizen, account, staff.now)
        template = next((one.template for one in offered if one.template.name == name), None)
        if template is None:
            raise NoSuchTemplate(name)
        if not anyway:
            may_answer(staff, it)
        return answered(staff, it, _body(template, words))

    change_conversation(staff, citizen_id, change, press)


def _body(template: Template, words: Mapping[str, str]) -> Mapping[str, Any]:
    """Source: Meta, Template messages, 2026-09."""
    filled = {name: words.get(name, "").strip() for name in template.variables}
    for name, said in filled.items():
        if not said:
            raise CannotAnswer("Die Vorlage braucht Worte für „{name}“", name=name)
        if not may_fill_a_template(said):
            raise CannotAnswer(
                "„{name}“ darf keine Zeilenumbrüche und nicht vier Leerzeichen hintereinander haben", name=name
            )
    if (too_many := len(template.filled(filled)) - BODY_CHARACTERS) > 0:
        raise CannotAnswer("Ausgefüllt hat die Vorlage {number} Zeichen zu viel", number=too_many)
    parameters = [{"type": "text", "parameter_name": name, "text": said} for name, said in filled.items()]
    return {
        "type": "template",
        "template": {
            "name": template.name,
            "language": {"code": template.language},
            "components": [{"type": "body", "parameters": parameters}] if parameters else [],
        },
    }
