"""An account at Meta in memory."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from stadtdraht.domain.media.sample_picture import SamplePicture
from stadtdraht.domain.town import Template
from stadtdraht.domain.whatsapp.account import MetaRefused, NumberFacts, TemplateSnapshot

WELL = NumberFacts("+49 2871 953-0", "GREEN", 80)


@dataclass
class FakeWhatsAppAccount:
    templates_there: list[TemplateSnapshot] = field(default_factory=list)
    subscriptions: set[str] = field(default_factory=set)
    facts: NumberFacts = WELL
    samples: list[SamplePicture] = field(default_factory=list)
    refuses_with: int | None = None
    """Meta's code, when it takes nothing."""
    refuses: dict[str, int] = field(default_factory=dict)
    """Meta's code for templates of these names."""

    def number(self, phone_number_id: str) -> NumberFacts:
        if self.refuses_with is not None:
            raise MetaRefused("read the number", self.refuses_with, "no")
        return self.facts

    def templates(self, waba_id: str) -> Sequence[TemplateSnapshot]:
        return list(self.templates_there)

    def upload_sample(self, sample: SamplePicture) -> str:
        self.samples.append(sample)
        return f"4:{len(self.samples)}"

    def create_template(self, waba_id: str, template: Template, sample_handle: str = "") -> str:
        self._check(template, sample_handle)
        self.templates_there.append(_template_snapshot(str(len(self.templates_there)), template))
        return "PENDING"

    def edit_template(self, template_id: str, template: Template, sample_handle: str = "") -> None:
        self._check(template, sample_handle)
        self.templates_there = [
            _template_snapshot(template_id, template) if it.template_id == template_id else it
            for it in self.templates_there
        ]

    def _check(self, template: Template, sample_handle: str) -> None:
        """As Meta: a header with a picture has the handle of an upload as its example, and no other has one."""
        if template.name in self.refuses:
            raise MetaRefused(f"create template {template.name}", self.refuses[template.name], "no")
        known = {f"4:{number}" for number in range(1, len(self.samples) + 1)} if template.picture else {""}
        if sample_handle not in known:
            raise MetaRefused("create template", 100, "header_handle")

    def subscribed(self, waba_id: str) -> bool:
        return waba_id in self.subscriptions

    def subscribe(self, waba_id: str) -> None:
        self.subscriptions.add(waba_id)


def _template_snapshot(template_id: str, template: Template) -> TemplateSnapshot:
    return TemplateSnapshot(
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
