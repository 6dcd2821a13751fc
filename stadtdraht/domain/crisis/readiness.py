"""Whether a warning could go out now, thing by thing. The words for it stand in stadtdraht/texts/staff/readiness.py."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from stadtdraht.domain.crisis.alert import Alert
from stadtdraht.domain.crisis.links import CrisisLink
from stadtdraht.domain.crisis.templates import own_frames
from stadtdraht.domain.town import EASY, Template, Town
from stadtdraht.domain.whatsapp.account import AccountSnapshot, NumberFacts, limit_of
from stadtdraht.domain.whatsapp.account_events import Notice
from stadtdraht.domain.whatsapp.account_problems import account_troubles
from stadtdraht.domain.whatsapp.template_drift import doubtful_templates, template_troubles

STALE = timedelta(minutes=15)  # three checks were missed
SNAPSHOT_IS_OLD = timedelta(hours=26)  # the nightly look at Meta was missed
RESERVE = 1.1  # more people may take warnings before anybody raises the limit
ENDS_SOON = timedelta(days=14)
DRILL_EVERY = timedelta(days=35)
ANSWERS_WITHIN_S = 5.0  # a sender that starts cold takes about 2 s
ENDS_AS_WARNINGS = "all-clears go out in the frame of warnings"
ENOUGH = 2  # templates of one language: Meta may pause one of them while a warning goes out
SAYS_NO = "BLOCKED"  # Meta, Health status, 2026-09; LIMITED and AVAILABLE still send


class CheckName(StrEnum):
    """What is checked."""

    TOKEN = "token"  # noqa: S105 - the name of a check
    NUMBER = "number"
    TEMPLATES = "templates"
    SECOND = "second"
    LIMIT = "limit"
    ACCOUNT = "account"
    QUEUES = "queues"
    SENDERS = "senders"
    PAGE = "page"
    KEYS = "keys"
    LINKS = "links"
    DRILL = "drill"


class Level(StrEnum):
    """GREEN: a warning can go out. YELLOW: it can, and something wants care. RED: it would not reach everybody."""

    GREEN = "green"
    YELLOW = "yellow"
    RED = "red"


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that a warning needs, as it was found."""

    name: CheckName
    passed: bool
    finding: str
    """What was observed, in English, for the operator."""
    critical: bool = False
    """While it has not passed, a warning would not go out as it should."""

    @property
    def level(self) -> Level:
        return Level.GREEN if self.passed else Level.RED if self.critical else Level.YELLOW


@dataclass(frozen=True, slots=True)
class Readiness:
    """All checks of a town at one moment."""

    checks: tuple[Check, ...]
    checked_at: datetime

    @property
    def level(self) -> Level:
        """The worst of its checks."""
        levels = {check.level for check in self.checks}
        return next((level for level in (Level.RED, Level.YELLOW) if level in levels), Level.GREEN)

    def stale(self, now: datetime) -> bool:
        """Whether nobody has checked for so long that the level says nothing."""
        return now - self.checked_at > STALE


@dataclass(frozen=True, slots=True)
class QueueDepth:
    """Messages of all towns in the queues of warnings, and in their dead-letter queues."""

    work: int
    dead: int


@dataclass(frozen=True, slots=True)
class WarmSenders:
    """Senders that were called at the same moment."""

    asked: int
    """As many as the lanes of the widest number need."""
    answered_s: tuple[float, ...]
    """How long each took that said it is ready; one that answered twice counts once."""
    page_s: float | None = None
    """How long the crisis page took to say so; None: it did not."""


@dataclass(frozen=True, slots=True)
class Observed:
    """What was read of everything that a warning needs; None is what could not be read."""

    number: NumberFacts | None
    """Meta's answer of this moment."""
    refusal: str
    """Why `number` is missing: TOKEN_REFUSED, or what stopped it in words."""
    snapshot: AccountSnapshot | None
    audience: int | None
    """How many people take warnings."""
    queues: QueueDepth | None
    senders: WarmSenders
    key_ids: Sequence[str]
    """Of the keys that verify links."""
    links: Sequence[CrisisLink]
    last_drill: Alert | None
    notices: Sequence[Notice] = ()
    """What Meta told of the account by event."""


TOKEN_REFUSED = "token"  # noqa: S105 - what refused, not a secret


def judge_readiness(town: Town, observed: Observed, now: datetime) -> Readiness:
    """Judges what was observed. Pure: the same observation gives the same readiness."""
    return Readiness(
        (
            _token(observed),
            _number(observed),
            _templates(town, observed.snapshot, now),
            _second(town, observed.snapshot),
            _limit(town, observed),
            _account(town, observed, now),
            _queues(observed.queues),
            _senders(observed.senders),
            _page(observed.senders.page_s),
            Check(CheckName.KEYS, bool(observed.key_ids), f"{len(observed.key_ids)} in force", critical=True),
            _links(observed, now),
            _drill(observed.last_drill, now),
        ),
        now,
    )


def _token(observed: Observed) -> Check:
    if observed.number is not None:
        return Check(CheckName.TOKEN, passed=True, finding="Meta takes it")
    refused = observed.refusal == TOKEN_REFUSED
    return Check(
        CheckName.TOKEN, passed=False, finding="refused or missing" if refused else observed.refusal, critical=refused
    )


def _number(observed: Observed) -> Check:
    facts = observed.number or (observed.snapshot.number if observed.snapshot else None)
    if facts is None:
        return Check(CheckName.NUMBER, passed=False, finding="unknown")
    blocked = facts.health == SAYS_NO
    passed = facts.quality != "RED" and facts.health in {"", "AVAILABLE"}
    finding = f"quality {facts.quality}" + (f", sending {facts.health}" if facts.health else "")
    return Check(CheckName.NUMBER, passed, finding, critical=blocked)


def _templates(town: Town, snapshot: AccountSnapshot | None, now: datetime) -> Check:
    """Those of warnings: approved, unchanged, utility, and with an end. Grave: a language has none like that."""
    wrong = [*_wrong_in_the_file(town)]
    if wrong:
        return Check(CheckName.TEMPLATES, passed=False, finding="; ".join(wrong), critical=True)
    if snapshot is None:
        return Check(CheckName.TEMPLATES, passed=False, finding="nobody has looked at Meta yet")
    troubles = [it for it in template_troubles(town, snapshot) if it.crisis]
    if troubles:
        critical = not all(_sound(town, snapshot, language) for language in _languages(town))
        ends = any(it.blocks and town.ends_alerts_only_in(it.template) for it in troubles)
        finding = "; ".join([*map(str, troubles), *([ENDS_AS_WARNINGS] if ends else [])])
        return Check(CheckName.TEMPLATES, passed=False, finding=finding, critical=critical)
    if now - snapshot.seen_at > SNAPSHOT_IS_OLD:
        return Check(
            CheckName.TEMPLATES, passed=False, finding=f"not looked at since {snapshot.seen_at:%Y-%m-%d %H:%M} UTC"
        )
    finding = "as approved" if town.all_clear_templates else f"as approved; {ENDS_AS_WARNINGS}"
    return Check(CheckName.TEMPLATES, passed=True, finding=finding)


def _second(town: Town, snapshot: AccountSnapshot | None) -> Check:
    """Whether a warning goes on in every language should Meta pause the template that it goes out with."""
    alone = [language for language in _languages(town) if len(_sound(town, snapshot, language)) < ENOUGH]
    if alone:
        return Check(CheckName.SECOND, passed=False, finding=f"none stands approved in {', '.join(alone)}")
    return Check(CheckName.SECOND, passed=True, finding="approved" if snapshot else "in the town file")


def _languages(town: Town) -> tuple[str, ...]:
    return ("de", *(it for it in town.languages if it != "de" and own_frames(town, it)))


def _sound(town: Town, snapshot: AccountSnapshot | None, language: str) -> list[Template]:
    wrong = doubtful_templates(town, snapshot)
    return [it for it in own_frames(town, language) if (it.name, it.language) not in wrong]


def _wrong_in_the_file(town: Town) -> Iterator[str]:
    if not town.crisis_templates:
        yield "the town file names no crisis_templates"
    for name in (*town.crisis_templates, *town.all_clear_templates):
        ours = [template for template in town.templates if template.name in (name, name + EASY)]
        if not ours:
            yield f"the town file has no template {name}"
        for template in ours:
            if template.category != "UTILITY":
                yield f"{template.name} ({template.language}) is {template.category} in the town file, not UTILITY"
            if not template.ttl_s:
                yield f"{template.name} ({template.language}) has no ttl_s in the town file"


def _limit(town: Town, observed: Observed) -> Check:
    """Meta counts people per 24 hours over all numbers of the portfolio; a warning meets its limit, not the file's."""
    facts = observed.number or (observed.snapshot.number if observed.snapshot else None)
    meta_limit = limit_of(facts.portfolio_limit) if facts else None
    ours = town.number.portfolio_limit
    limit = ours if meta_limit is None else meta_limit.people
    if limit is None:
        return Check(CheckName.LIMIT, passed=True, finding="no limit")
    if observed.audience is None:
        return Check(
            CheckName.LIMIT, passed=False, finding=f"{limit} a day; how many take warnings was not counted yet"
        )
    finding = f"{limit} a day, {observed.audience} people take warnings"
    lower = ours is None or limit < ours  # what the town was planned with does not hold
    if lower:
        finding += f"; the town file says {'unlimited' if ours is None else ours}"
    scarce = limit < observed.audience * RESERVE
    return Check(
        CheckName.LIMIT, not (scarce or lower), finding, critical=limit < observed.audience or (scarce and lower)
    )


def _account(town: Town, observed: Observed, now: datetime) -> Check:
    """What Meta told by event: restrictions, bans, and a category to come of a template that warnings go out with."""
    troubles = [
        it
        for it in account_troubles(town, None, observed.notices, now)
        if not it.template or it.template.partition(" ")[0] in town.crisis_templates
    ]
    finding = "; ".join(str(it) for it in troubles) or "nothing against it"
    return Check(CheckName.ACCOUNT, not troubles, finding, critical=any(it.grave for it in troubles))


def _queues(depth: QueueDepth | None) -> Check:
    if depth is None:
        return Check(CheckName.QUEUES, passed=False, finding="cannot be read", critical=True)
    finding = f"{depth.work} waiting, {depth.dead} given up"
    return Check(CheckName.QUEUES, depth == QueueDepth(0, 0), finding, critical=depth.dead > 0)


def _senders(senders: WarmSenders) -> Check:
    count, slowest_s = len(senders.answered_s), max(senders.answered_s, default=0.0)
    if not count:
        return Check(CheckName.SENDERS, passed=False, finding=f"0 of {senders.asked} answer", critical=True)
    passed = count >= senders.asked and slowest_s <= ANSWERS_WITHIN_S
    return Check(CheckName.SENDERS, passed, f"{count} of {senders.asked} answer, the slowest in {slowest_s:.2f} s")


def _page(answered_s: float | None) -> Check:
    if answered_s is None:
        return Check(CheckName.PAGE, passed=False, finding="does not answer", critical=True)
    return Check(CheckName.PAGE, answered_s <= ANSWERS_WITHIN_S, f"answers in {answered_s:.2f} s")


def _links(observed: Observed, now: datetime) -> Check:
    good = [it for it in observed.links if it.not_before <= now < it.expires_at and it.key_id in observed.key_ids]
    if not good:
        return Check(CheckName.LINKS, passed=False, finding="no link holds", critical=True)
    last = max(link.expires_at for link in good)
    return Check(CheckName.LINKS, last - now > ENDS_SOON, f"{len(good)} hold, the last until {last:%Y-%m-%d}")


def _drill(last: Alert | None, now: datetime) -> Check:
    if last is None:
        return Check(CheckName.DRILL, passed=False, finding="never")
    return Check(CheckName.DRILL, now - last.raised_at <= DRILL_EVERY, f"{last.raised_at:%Y-%m-%d}")
