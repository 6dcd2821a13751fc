"""The templates that can go to a person, as the page offers them."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from functions.console.web.request import Form
from functions.console.web.visit import Visit
from stadtdraht.domain.citizen import Citizen
from stadtdraht.texts.staff.language import say
from stadtdraht.usecases.inbound.office.answer_by_template import OfferedTemplate, offered_templates

CENT: Final = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Blank:
    """A variable that needs words."""

    field: str
    name: str
    example: str
    typed: str


@dataclass(frozen=True, slots=True)
class Choice:
    """One template."""

    name: str
    preview: str
    price: str
    blanks: tuple[Blank, ...]
    is_chosen: bool


def choices(visit: Visit, citizen: Citizen) -> Sequence[Choice]:
    """With what was typed into them, where a press sent nothing; the first is chosen else."""
    account = visit.adapters.account_snapshots.get(visit.town.id)
    offered = offered_templates(visit.town, citizen, account, visit.now)
    wanted = visit.form.get("template") or (offered[0].template.name if offered else "")
    return [_choice(it, visit.form, wanted) for it in offered]


def chosen_words(form: Form, name: str) -> dict[str, str]:
    """What was typed for the variables of that template."""
    begin = f"{name}:"
    return {field.removeprefix(begin): form.get(field) for field in form.fields if field.startswith(begin)}


def _choice(offered: OfferedTemplate, form: Form, wanted: str) -> Choice:
    template = offered.template
    examples, typed = dict(template.examples), chosen_words(form, template.name)
    blanks = tuple(
        Blank(f"{template.name}:{it}", it.replace("_", " ").capitalize(), examples.get(it, ""), typed.get(it, ""))
        for it in template.variables
    )
    preview = offered.preview(typed)
    for it in template.variables:
        preview = preview.replace(f"{{{{{it}}}}}", f"[{it.replace('_', ' ')}]")
    return Choice(template.name, preview, _price(offered.eur), blanks, template.name == wanted)


def _price(eur: Decimal | None) -> str:
    if eur is None:
        return say("Preis nicht bekannt")
    return say("etwa {cents} Cent", cents=f"{eur / CENT:.0f}") if eur >= CENT else say("weniger als 1 Cent")
