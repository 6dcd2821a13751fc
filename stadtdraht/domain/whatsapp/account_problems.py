"""What is wrong with a town's account and number at Meta, and what that stops.

Two sources: events that Meta sent (account_events.py), and the facts of the last look. A newsletter that Meta would
refuse, or charge otherwise than planned, waits for a person; a warning never waits, its readiness check turns red.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from stadtdraht.domain.town import Template, Town
from stadtdraht.domain.whatsapp.account import AccountSnapshot, NumberFacts, limit_of
from stadtdraht.domain.whatsapp.account_events import Matter, Notice, notices_in_force

ALL: Final = frozenset({"MARKETING", "UTILITY", "AUTHENTICATION"})
# Meta, account_update, 2026-09; the others concern calls, new numbers or answers and stop no template message
STOPPED_BY: Final[Mapping[str, frozenset[str]]] = {
    "RESTRICTED_BIZ_INITIATED_MESSAGING": ALL,
    "RESTRICTED_UTILITY_TEMPLATES": frozenset({"UTILITY"}),
}
BLOCKED = "BLOCKED"  # Meta, Health status, 2026-09; LIMITED still sends
SEEN_AFTER = timedelta(days=1)  # by then a nightly look has found a category that changed


class AccountProblem(StrEnum):
    """What is wrong."""

    RESTRICTED = "restricted"
    DISABLED = "disabled"
    TO_BE_DISABLED = "to be disabled"
    VIOLATION = "violation"
    GONE = "gone"
    ALERT = "alert"
    RECATEGORISED = "recategorised"
    NUMBER_BLOCKED = "number blocked"
    NUMBER_LIMITED = "number limited"
    QUALITY = "quality"
    LIMIT = "limit"
    RATE = "rate"


@dataclass(frozen=True, slots=True)
class AccountTrouble:
    """One thing that is wrong with the account, its number or one of its templates."""

    problem: AccountProblem
    found: str
    """As Meta says it."""
    stops: frozenset[str] = frozenset()
    """Categories of templates that Meta takes no more of, or charges otherwise."""
    template: str = ""
    """Name and language, as in "brief (de)", where the trouble concerns that template alone; "": the whole account."""

    def holds_back(self, template: Template) -> bool:
        """Whether a newsletter does not go out with this template."""
        return template.category in self.stops and self.template in ("", f"{template.name} ({template.language})")

    @property
    def grave(self) -> bool:
        """Whether a warning would not go out."""
        return not self.template and "UTILITY" in self.stops

    def __str__(self) -> str:
        about = f"template {self.template}" if self.template else "the account at Meta"
        return f"{about}: {self.found}"


def account_troubles(
    town: Town, snapshot: AccountSnapshot | None, notices: Iterable[Notice], now: datetime
) -> tuple[AccountTrouble, ...]:
    """Everything known against the account; an account that nobody has looked at has nothing against it."""
    facts = snapshot.number if snapshot else None
    told = [trouble for notice in notices_in_force(notices) for trouble in _trouble_of(notice, now)]
    return (*told, *(_troubles_of_number(town, facts) if facts else ()))


def troubles_holding_back(troubles: Iterable[AccountTrouble], town: Town, template: str) -> tuple[AccountTrouble, ...]:
    """What keeps a newsletter from going out with the template of this name, in any of its languages."""
    ours = [it for it in town.templates if it.name == template]
    return tuple(it for it in troubles if any(it.holds_back(one) for one in ours))


def within_meta_s_limit(town: Town, facts: NumberFacts | None) -> Town:
    """The town with the smaller of the two daily limits, its file's and Meta's, so that every plan keeps to both."""
    said = limit_of(facts.portfolio_limit) if facts else None
    known = [it for it in (town.number.portfolio_limit, said.people if said else None) if it is not None]
    return replace(town, number=replace(town.number, portfolio_limit=min(known, default=None)))


def _trouble_of(notice: Notice, now: datetime) -> Iterator[AccountTrouble]:
    until = f" until {notice.until:%Y-%m-%d %H:%M} UTC" if notice.until else ""
    match notice.matter:
        case Matter.RESTRICTION:
            if notice.until is None or now < notice.until:
                stops = STOPPED_BY.get(notice.subject, frozenset())
                yield AccountTrouble(AccountProblem.RESTRICTED, f"{notice.found}{until}", stops)
        case Matter.DISABLED:
            done = notice.found.startswith("DISABLE")
            problem = AccountProblem.DISABLED if done else AccountProblem.TO_BE_DISABLED
            yield AccountTrouble(problem, notice.found, ALL if done else frozenset())
        case Matter.VIOLATION:
            yield AccountTrouble(AccountProblem.VIOLATION, f"{notice.found}, told {notice.told_at:%Y-%m-%d}")
        case Matter.GONE:
            stops = ALL if notice.found == "ACCOUNT_DELETED" else frozenset()
            yield AccountTrouble(AccountProblem.GONE, notice.found, stops)
        case Matter.ALERT:
            yield AccountTrouble(AccountProblem.ALERT, notice.found)
        case Matter.CATEGORY:
            due = notice.until or notice.told_at + timedelta(days=1)  # Meta's notice, where it names no hour
            if now < due + SEEN_AFTER:
                old = notice.found.partition(" ")[0]
                found = f"Meta changes it from {notice.found} at {due:%Y-%m-%d %H:%M} UTC"
                stops = frozenset({old}) if now >= due else frozenset()
                yield AccountTrouble(AccountProblem.RECATEGORISED, found, stops, notice.subject)


def _troubles_of_number(town: Town, facts: NumberFacts) -> Iterator[AccountTrouble]:
    if facts.health == BLOCKED:
        yield AccountTrouble(AccountProblem.NUMBER_BLOCKED, f"sending {facts.health}", ALL)
    elif facts.health not in ("", "AVAILABLE"):
        yield AccountTrouble(AccountProblem.NUMBER_LIMITED, f"sending {facts.health}")
    if facts.quality == "RED":
        yield AccountTrouble(AccountProblem.QUALITY, f"quality {facts.quality}")
    ours, allowed = town.number.portfolio_limit, within_meta_s_limit(town, facts).number.portfolio_limit
    if allowed != ours:
        file_says = "unlimited" if ours is None else f"{ours}"
        found = f"Meta allows {allowed} people in 24 hours, the town file says {file_says}"
        yield AccountTrouble(AccountProblem.LIMIT, found)
    if facts.rate_mps is not None and facts.rate_mps < town.number.rate_mps:
        found = f"Meta takes {facts.rate_mps} messages a second, the town file says {town.number.rate_mps}"
        yield AccountTrouble(AccountProblem.RATE, found)
