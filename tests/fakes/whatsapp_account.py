"""An account at Meta in memory."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from stadtdraht.domain.town import Template
from stadtdraht.domain.whatsapp_account import MetaRefused, NumberFacts, StandingTemplate

WELL = NumberFacts("+49 2871 953-0", "GREEN", 80)


@dataclass
class FakeWhatsAppAccount:
    standing: list[StandingTemplate] = field(default_factory=list)
    subscriptions: set[str] = field(default_factory=set)
    facts: NumberFacts = WELL
    refuses_with: int | None = None
    """Meta's code, when it takes nothing."""

    def number(self, phone_number_id: str) -> NumberFacts:
        if self.refuses_with is not None:
            raise MetaRefused("read the number", self.refuses_with, "no")
        return self.facts

    def templates(self, waba_id: str) -> Sequence[StandingTemplate]:
        return list(self.standing)

    def create_template(self, waba_id: str, template: Template) -> str:
        self.standing.append(_standing(str(len(self.standing)), template))
        return "PENDING"

    def edit_template(self, template_id: str, template: Template) -> None:
        self.standing = [
            _standing(template_id, template) if it.template_id == template_id else it for it in self.standing
        ]

    def subscribed(self, waba_id: str) -> bool:
        return waba_id in self.subscriptions

    def subscribe(self, waba_id: str) -> None:
        self.subscriptions.add(waba_id)


def _standing(template_id: str, template: Template) -> StandingTemplate:
    return StandingTemplate(
        template_id,
        template.name,
        template.language,
        "PENDING",
        template.category,
        template.body,
        template.footer,
        template.ttl_s,
        template.quick_replies,
        picture=template.picture,
    )
