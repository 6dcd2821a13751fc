"""Ports of WhatsApp: the one door out, and a town's account at Meta."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from stadtdraht.domain.delivery.delivery import SendOutcome
    from stadtdraht.domain.media.sample_picture import SamplePicture
    from stadtdraht.domain.town import Template
    from stadtdraht.domain.whatsapp.account import AccountSnapshot, NumberFacts, TemplateSnapshot
    from stadtdraht.domain.whatsapp.account_events import Notice
    from stadtdraht.domain.whatsapp.line_signs import LineSigns


class GraphApi(Protocol):
    """The one door out: one message to Meta, and what became of it. Never raises for Meta's answer, never retries."""

    async def send(self, town: str, phone_number_id: str, body: Mapping[str, Any]) -> SendOutcome: ...


class WhatsAppAccount(Protocol):
    """A town's account at Meta, for setting it up and looking after it. Raises MetaRefused."""

    def number(self, phone_number_id: str) -> NumberFacts: ...
    def templates(self, waba_id: str) -> Sequence[TemplateSnapshot]: ...
    def upload_sample(self, sample: SamplePicture) -> str:
        """Hands in a picture for Meta's reviewers; returns the handle that templates name it by."""

    def create_template(self, waba_id: str, template: Template, sample_handle: str = "") -> str:
        """Hands it in for approval; returns its status. sample_handle: for a template that shows a picture."""

    def edit_template(self, template_id: str, template: Template, sample_handle: str = "") -> None: ...
    def subscribed(self, waba_id: str) -> bool:
        """Whether the account sends us webhooks."""

    def subscribe(self, waba_id: str) -> None: ...


AccountOf: TypeAlias = "Callable[[str], WhatsAppAccount]"
"""From a town's id to the account that its token opens. Raises NoSecret."""


class LineSignsOf(Protocol):
    """Signs of life of a town's line. Whoever stores what is one keeps them on the way."""

    def of_town(self, town: str) -> LineSigns: ...


class AccountSnapshots(Protocol):
    """How each town stood at Meta when somebody last looked, and what Meta told of its account since."""

    def get(self, town: str) -> AccountSnapshot | None: ...
    def save(self, town: str, snapshot: AccountSnapshot) -> None: ...
    def add_notices(self, town: str, notices: Sequence[Notice]) -> None:
        """Keeps what Meta told; may be repeated."""

    def notices(self, town: str) -> Sequence[Notice]:
        """Everything that was told, settled or not, in no order that counts."""
