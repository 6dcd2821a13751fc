"""Whether a warning could go out now, thing by thing. Its words stand in texts/staff/crisis/readiness.py."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from stadtdraht.domain.crisis.alert import Alert
from stadtdraht.domain.crisis.observed import TOKEN_REFUSED, Observed, QueueDepth, WarmSenders
from stadtdraht.domain.crisis.templates import own_frames
from stadtdraht.domain.town import EASY, Template, Town
from stadtdraht.domain.whatsapp.account import AccountSnapshot, limit_of
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
class Seen:
    """One thing that was observed, for whoever words it."""

    code: str
    facts: Mapping[str, object] = field(default_factory=dict)
    """What its sentence needs, by the names in braces there."""


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that a warning needs, as it was found."""

    name: CheckName
    passed: bool
    finding: str
    """What was observed, in English, for the operator."""
    critical: bool = False
    """While it has not passed, a warning would not go out as it should."""
    seen: tuple[Seen, ...] = field(default=(), compare=False)
    """What `finding` says, for our words; a check that was kept has none."""

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
            _keys(len(observed.key_ids)),
            _links(observed, now),
            _drill(observed.last_drill, now),
        ),
        now,
    )


def _token(observed: Observed) -> Check:
    if observed.number is not None:
        return Check(CheckName.TOKEN, passed=True, finding="Meta takes it", seen=_seen("token_taken"))
    if observed.refusal == TOKEN_REFUSED:
        return Check(CheckName.TOKEN, False, "refused or missing", critical=True, seen=_seen("token_refused"))
    finding = f"Meta did not answer (code {observed.refusal})"
    return Check(CheckName.TOKEN, passed=False, finding=finding, seen=_seen("meta_silent", code=observed.refusal))


def _seen(which: str, /, **facts: object) -> tuple[Seen, ...]:
    return (Seen(which, facts),)


def _keys(count: int) -> Check:
    return Check(CheckName.KEYS, count > 0, f"{count} in force", critical=True, seen=_seen("keys", count=count))


def _number(observed: Observed) -> Check:
    facts = observed.number or (observed.snapshot.number if observed.snapshot else None)
    if facts is None:
        return Check(CheckName.NUMBER, passed=False, finding="unknown", seen=_seen("number_unknown"))
    blocked = facts.health == SAYS_NO
    passed = facts.quality != "RED" and facts.health in {"", "AVAILABLE"}
    finding = f"quality {facts.quality}" + (f", sending {facts.health}" if facts.health else "")
    seen = _seen("quality", quality=facts.quality) + (_seen("health", health=facts.health) if facts.health else ())
    return Check(CheckName.NUMBER, passed, finding, critical=blocked, seen=seen)


def _templates(town: Town, snapshot: AccountSnapshot | None, now: datetime) -> Check:
    """Those of warnings: approved, unchanged, utility, and with an end. Grave: a language has none like that."""
    if wrong := dict(_wrong_in_the_file(town)):
        return Check(CheckName.TEMPLATES, False, "; ".join(wrong), critical=True, seen=tuple(wrong.values()))
    if snapshot is None:
        return Check(CheckName.TEMPLATES, False, "nobody has looked at Meta yet", seen=_seen("not_looked"))
    as_warnings = _seen("ends_as_warnings")
    troubles = [it for it in template_troubles(town, snapshot) if it.crisis]
    if troubles:
        critical = not all(_sound(town, snapshot, language) for language in _languages(town))
        ends = any(it.blocks and town.ends_alerts_only_in(it.template) for it in troubles)
        finding = "; ".join([*map(str, troubles), *([ENDS_AS_WARNINGS] if ends else [])])
        seen = tuple(Seen(f"template_{it.problem}", asdict(it)) for it in troubles) + (as_warnings if ends else ())
        return Check(CheckName.TEMPLATES, passed=False, finding=finding, critical=critical, seen=seen)
    if now - snapshot.seen_at > SNAPSHOT_IS_OLD:
        finding, seen = f"not looked at since {snapshot.seen_at:%Y-%m-%d %H:%M} UTC", _seen("old", at=snapshot.seen_at)
        return Check(CheckName.TEMPLATES, passed=False, finding=finding, seen=seen)
    finding = "as approved" if town.all_clear_templates else f"as approved; {ENDS_AS_WARNINGS}"
    seen = _seen("as_approved") + (() if town.all_clear_templates else as_warnings)
    return Check(CheckName.TEMPLATES, passed=True, finding=finding, seen=seen)


def _second(town: Town, snapshot: AccountSnapshot | None) -> Check:
    """Whether a warning goes on in every language should Meta pause the template that it goes out with."""
    alone = [language for language in _languages(town) if len(_sound(town, snapshot, language)) < ENOUGH]
    if alone:
        tags = ", ".join(alone)
        return Check(
            CheckName.SECOND, False, f"none stands approved in {tags}", seen=_seen("no_second", languages=tags)
        )
    finding, seen = ("approved", _seen("second")) if snapshot else ("in the town file", _seen("second_in_file"))
    return Check(CheckName.SECOND, passed=True, finding=finding, seen=seen)


def _languages(town: Town) -> tuple[str, ...]:
    return ("de", *(it for it in town.languages if it != "de" and own_frames(town, it)))


def _sound(town: Town, snapshot: AccountSnapshot | None, language: str) -> list[Template]:
    wrong = doubtful_templates(town, snapshot)
    return [it for it in own_frames(town, language) if (it.name, it.language) not in wrong]


def _wrong_in_the_file(town: Town) -> Iterator[tuple[str, Seen]]:
    if not town.crisis_templates:
        yield "the town file names no crisis_templates", Seen("no_crisis_templates")
    for name in (*town.crisis_templates, *town.all_clear_templates):
        ours = [template for template in town.templates if template.name in (name, name + EASY)]
        if not ours:
            yield f"the town file has no template {name}", Seen("no_template", {"name": name})
        for template in ours:
            which = f"{template.name} ({template.language})"
            facts = {"name": which, "category": template.category}
            if template.category != "UTILITY":
                yield f"{which} is {template.category} in the town file, not UTILITY", Seen("not_utility", facts)
            if not template.ttl_s:
                yield f"{which} has no ttl_s in the town file", Seen("no_ttl", facts)


def _limit(town: Town, observed: Observed) -> Check:
    """Meta counts people per 24 hours over all numbers of the portfolio; a warning meets its limit, not the file's."""
    facts = observed.number or (observed.snapshot.number if observed.snapshot else None)
    meta_limit = limit_of(facts.portfolio_limit) if facts else None
    ours = town.number.portfolio_limit
    limit = ours if meta_limit is None else meta_limit.people
    if limit is None:
        return Check(CheckName.LIMIT, passed=True, finding="no limit", seen=_seen("no_limit"))
    if observed.audience is None:
        finding = f"{limit} a day; how many take warnings was not counted yet"
        return Check(CheckName.LIMIT, passed=False, finding=finding, seen=_seen("uncounted", limit=limit))
    finding = f"{limit} a day, {observed.audience} people take warnings"
    seen = _seen("limit", limit=limit, audience=observed.audience)
    lower = ours is None or limit < ours  # what the town was planned with does not hold
    if lower:
        finding += f"; the town file says {'unlimited' if ours is None else ours}"
        seen += _seen("limit_in_file_none") if ours is None else _seen("limit_in_file", limit=ours)
    scarce = limit < observed.audience * RESERVE
    critical = limit < observed.audience or (scarce and lower)
    return Check(CheckName.LIMIT, not (scarce or lower), finding, critical, seen)


def _account(town: Town, observed: Observed, now: datetime) -> Check:
    """What Meta told by event: restrictions, bans, and a category to come of a template that warnings go out with."""
    troubles = [
        it
        for it in account_troubles(town, None, observed.notices, now)
        if not it.template or it.template.partition(" ")[0] in town.crisis_templates
    ]
    finding = "; ".join(str(it) for it in troubles) or "nothing against it"
    seen = tuple(Seen("account", {"trouble": it}) for it in troubles) or _seen("nothing_against")
    return Check(CheckName.ACCOUNT, not troubles, finding, any(it.grave for it in troubles), seen)


def _queues(depth: QueueDepth | None) -> Check:
    if depth is None:
        return Check(CheckName.QUEUES, passed=False, finding="cannot be read", critical=True, seen=_seen("unreadable"))
    finding = f"{depth.work} waiting, {depth.dead} given up"
    seen = _seen("queues", work=depth.work, dead=depth.dead)
    return Check(CheckName.QUEUES, depth == QueueDepth(0, 0), finding, depth.dead > 0, seen)


def _senders(senders: WarmSenders) -> Check:
    count, slowest_s = len(senders.answered_s), max(senders.answered_s, default=0.0)
    if not count:
        seen = _seen("no_sender", asked=senders.asked)
        return Check(CheckName.SENDERS, False, f"0 of {senders.asked} answer", critical=True, seen=seen)
    passed = count >= senders.asked and slowest_s <= ANSWERS_WITHIN_S
    finding = f"{count} of {senders.asked} answer, the slowest in {slowest_s:.2f} s"
    seen = _seen("senders", count=count, asked=senders.asked, slowest_ms=round(slowest_s * 1000))
    return Check(CheckName.SENDERS, passed, finding, seen=seen)


def _page(answered_s: float | None) -> Check:
    if answered_s is None:
        return Check(CheckName.PAGE, passed=False, finding="does not answer", critical=True, seen=_seen("no_page"))
    seen = _seen("page", ms=round(answered_s * 1000))
    return Check(CheckName.PAGE, answered_s <= ANSWERS_WITHIN_S, f"answers in {answered_s:.2f} s", seen=seen)


def _links(observed: Observed, now: datetime) -> Check:
    good = [it for it in observed.links if it.not_before <= now < it.expires_at and it.key_id in observed.key_ids]
    if not good:
        return Check(CheckName.LINKS, passed=False, finding="no link holds", critical=True, seen=_seen("no_link"))
    last = max(link.expires_at for link in good)
    finding = f"{len(good)} hold, the last until {last:%Y-%m-%d}"
    return Check(CheckName.LINKS, last - now > ENDS_SOON, finding, seen=_seen("links", count=len(good), until=last))


def _drill(last: Alert | None, now: datetime) -> Check:
    if last is None:
        return Check(CheckName.DRILL, passed=False, finding="never", seen=_seen("no_drill"))
    at = last.raised_at
    return Check(CheckName.DRILL, now - at <= DRILL_EVERY, f"{at:%Y-%m-%d}", seen=_seen("drill", at=at))
