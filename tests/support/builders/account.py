"""Templates at Meta for tests: as the town had them approved, until a test says otherwise."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from stadtdraht.domain.town import Template, Town
from stadtdraht.domain.whatsapp.account import AccountSnapshot, NumberFacts, TemplateSnapshot
from stadtdraht.domain.whatsapp.account_events import Matter, Notice

SEEN_AT = datetime(2026, 11, 24, 3, 15, tzinfo=UTC)
NUMBER = NumberFacts("+49 2871 953-0", "GREEN", 80)


def as_approved(ours: Template, **changes: Any) -> TemplateSnapshot:
    made = TemplateSnapshot(
        template_id=f"{ours.name}-{ours.language}",
        name=ours.name,
        language=ours.language,
        status="APPROVED",
        category=ours.category,
        body=ours.body,
        footer=ours.footer,
        ttl_s=ours.ttl_s,
        quick_replies=ours.quick_replies,
        quality="GREEN",
        picture=ours.picture,
    )
    return replace(made, **changes)


def a_notice(**changes: Any) -> Notice:
    """No newsletters and no warnings, from now on."""
    kind = "RESTRICTED_BIZ_INITIATED_MESSAGING"
    return replace(Notice(Matter.RESTRICTION, kind, SEEN_AT, kind), **changes)


def a_snapshot(town: Town, **changes: Any) -> AccountSnapshot:
    """Every template of the town, each with these changes."""
    return AccountSnapshot(SEEN_AT, NUMBER, tuple(as_approved(ours, **changes) for ours in town.templates))
