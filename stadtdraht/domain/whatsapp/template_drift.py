"""How a town stands at Meta: its templates there beside the approved ones in its file, and what that means.

A template that Meta has changed, paused or moved to another category is not the one that the town had approved: routine
sends wait for a person. An alert never waits; its staff are warned. Source: Meta, Template management, 2026-09.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from stadtdraht.domain.town import Template, Town
from stadtdraht.domain.whatsapp.account import NumberFacts, StandingTemplate

APPROVED, GREEN_ENOUGH = "APPROVED", ("GREEN", "YELLOW", "UNKNOWN", "")


class Problem(StrEnum):
    """What is wrong with one template in one language."""

    MISSING = "missing"
    STATUS = "status"
    CATEGORY = "category"
    WORDING = "wording"
    TTL = "ttl"
    QUALITY = "quality"


@dataclass(frozen=True, slots=True)
class TownStanding:
    """What Meta said when somebody last looked. crisis_audience: people who took warnings then; None: not counted."""

    seen_at: datetime
    number: NumberFacts
    templates: tuple[StandingTemplate, ...]
    crisis_audience: int | None = None


@dataclass(frozen=True, slots=True)
class Trouble:
    """found: as Meta says it. crisis: warnings go out with this template. blocks: routine sends do not use it."""

    template: str
    language: str
    problem: Problem
    found: str
    crisis: bool

    @property
    def blocks(self) -> bool:
        return self.problem is not Problem.QUALITY

    @property
    def advice(self) -> str:
        return ADVICE[self.problem]

    def __str__(self) -> str:
        return f"template {self.template} ({self.language}): {self.found}"


ADVICE: Mapping[Problem, str] = {
    Problem.MISSING: "hand it in with `stadtdraht template create`",
    Problem.STATUS: "WhatsApp Manager says why; change a rejected or paused wording there or in the town file",
    Problem.CATEGORY: "ask Meta for a review within 60 days, or approve a more factual wording; marketing costs more",
    Problem.WORDING: "hand the town file's wording in again with `stadtdraht town apply`, or put Meta's into the file",
    Problem.TTL: "hand it in again with `stadtdraht town apply`: a change of category clears the time to live",
    Problem.QUALITY: "send less, and only what people expect: Meta pauses a template of low quality",
}


def troubles_of(town: Town, standing: TownStanding) -> tuple[Trouble, ...]:
    """Everything that is not as the town had it approved, template by template."""
    there = {(it.name, it.language): it for it in standing.templates}
    return tuple(
        Trouble(ours.name, ours.language, problem, found, town.warns_in(ours))
        for ours in town.templates
        for problem, found in _wrong_with(ours, there.get((ours.name, ours.language)))
    )


def blocking(town: Town, template: str, standing: TownStanding | None) -> tuple[Trouble, ...]:
    """What keeps a newsletter from going out with this template; nothing while nobody has looked."""
    if standing is None:
        return ()
    return tuple(it for it in troubles_of(town, standing) if it.template == template and it.blocks)


def doubtful(town: Town, standing: TownStanding | None) -> frozenset[tuple[str, str]]:
    """Name and language of each template that was not as approved at the last look; none while nobody has looked."""
    troubles = troubles_of(town, standing) if standing else ()
    return frozenset((it.template, it.language) for it in troubles if it.blocks)


def _wrong_with(ours: Template, there: StandingTemplate | None) -> Iterator[tuple[Problem, str]]:
    if there is None:
        yield Problem.MISSING, "Meta does not have it"
        return
    if there.status != APPROVED:
        yield Problem.STATUS, f"Meta says {there.status}"
    if there.category != ours.category:
        yield Problem.CATEGORY, f"Meta says {there.category}, the town file {ours.category}"
    if not there.reads_the_same(ours):
        yield Problem.WORDING, "Meta has another wording than the town file"
    if there.ttl_s != ours.ttl_s:
        yield Problem.TTL, f"Meta delivers for {_seconds(there.ttl_s)}, the town file says {_seconds(ours.ttl_s)}"
    if there.quality not in GREEN_ENOUGH:
        yield Problem.QUALITY, f"quality {there.quality}"


def _seconds(ttl_s: int | None) -> str:
    return "30 days" if ttl_s is None else f"{ttl_s} s"
