"""Where a town's templates at Meta differ from the approved ones in its file, and what that means.

A template that Meta has changed, paused or moved to another category is not the one that the town had approved: routine
sends wait for a person. An alert never waits; its staff are warned. Source: Meta, Template management, 2026-09.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from stadtdraht.domain.town import Template, Town
from stadtdraht.domain.whatsapp.account import AccountSnapshot, TemplateSnapshot

APPROVED, GREEN_ENOUGH = "APPROVED", ("GREEN", "YELLOW", "UNKNOWN", "")


class TemplateProblem(StrEnum):
    """What is wrong with one template in one language."""

    MISSING = "missing"
    STATUS = "status"
    CATEGORY = "category"
    WORDING = "wording"
    TTL = "ttl"
    QUALITY = "quality"


@dataclass(frozen=True, slots=True)
class TemplateTrouble:
    """One difference between a template at Meta and the approved one."""

    template: str
    language: str
    problem: TemplateProblem
    found: str
    """As Meta says it."""
    crisis: bool
    """Whether warnings go out with this template."""

    @property
    def blocks(self) -> bool:
        """Whether newsletters do not go out with this template."""
        return self.problem is not TemplateProblem.QUALITY

    def __str__(self) -> str:
        return f"template {self.template} ({self.language}): {self.found}"


def template_troubles(town: Town, snapshot: AccountSnapshot) -> tuple[TemplateTrouble, ...]:
    """Everything that is not as the town had it approved, template by template."""
    there = {(it.name, it.language): it for it in snapshot.templates}
    return tuple(
        TemplateTrouble(ours.name, ours.language, problem, found, town.warns_in(ours))
        for ours in town.templates
        for problem, found in _wrong_with(ours, there.get((ours.name, ours.language)))
    )


def troubles_blocking(town: Town, template: str, snapshot: AccountSnapshot | None) -> tuple[TemplateTrouble, ...]:
    """What keeps a newsletter from going out with this template; nothing while nobody has looked."""
    if snapshot is None:
        return ()
    return tuple(it for it in template_troubles(town, snapshot) if it.template == template and it.blocks)


def doubtful_templates(town: Town, snapshot: AccountSnapshot | None) -> frozenset[tuple[str, str]]:
    """Name and language of each template that was not as approved at the last look; none while nobody has looked."""
    troubles = template_troubles(town, snapshot) if snapshot else ()
    return frozenset((it.template, it.language) for it in troubles if it.blocks)


def _wrong_with(ours: Template, there: TemplateSnapshot | None) -> Iterator[tuple[TemplateProblem, str]]:
    if there is None:
        yield TemplateProblem.MISSING, "Meta does not have it"
        return
    if there.status != APPROVED:
        yield TemplateProblem.STATUS, f"Meta says {there.status}"
    if there.category != ours.category:
        yield TemplateProblem.CATEGORY, f"Meta says {there.category}, the town file {ours.category}"
    if not there.reads_the_same(ours):
        yield TemplateProblem.WORDING, "Meta has another wording than the town file"
    if there.ttl_s != ours.ttl_s:
        yield (
            TemplateProblem.TTL,
            f"Meta delivers for {_seconds(there.ttl_s)}, the town file says {_seconds(ours.ttl_s)}",
        )
    if there.quality not in GREEN_ENOUGH:
        yield TemplateProblem.QUALITY, f"quality {there.quality}"


def _seconds(ttl_s: int | None) -> str:
    return "30 days" if ttl_s is None else f"{ttl_s} s"
