"""The ready lamp: whether a warning could go out now, light by light. Said in words by stadtdraht/texts/readiness.py."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from stadtdraht.domain.crisis.alert import Alert, CrisisLink
from stadtdraht.domain.crisis.frames import own_frames
from stadtdraht.domain.town import EASY, Template, Town
from stadtdraht.domain.whatsapp.account import NumberFacts, limit_of
from stadtdraht.domain.whatsapp.account_events import Notice
from stadtdraht.domain.whatsapp.account_problems import account_troubles
from stadtdraht.domain.whatsapp.template_drift import TownStanding, doubtful, troubles_of

STALE = timedelta(minutes=15)  # three looks were missed
STANDING_IS_OLD = timedelta(hours=26)  # the nightly look was missed
RESERVE = 1.1  # more people may take warnings before anybody raises the limit
ENDS_SOON = timedelta(days=14)
DRILL_EVERY = timedelta(days=35)
ANSWERS_WITHIN_S = 5.0  # a sender that starts cold takes about 2 s
ENDS_AS_WARNINGS = "all-clears go out in the frame of warnings"
ENOUGH = 2  # templates of one language: Meta may pause one of them while a warning goes out
SAYS_NO = "BLOCKED"  # Meta, Health status, 2026-09; LIMITED and AVAILABLE still send


class LightName(StrEnum):
    """What is looked at."""

    TOKEN = "token"  # noqa: S105 - the name of a light
    NUMBER = "number"
    TEMPLATES = "templates"
    SECOND = "second"
    LIMIT = "limit"
    ACCOUNT = "account"
    QUEUES = "queues"
    SENDERS = "senders"
    KEYS = "keys"
    LINKS = "links"
    DRILL = "drill"


class Colour(StrEnum):
    """GREEN: a warning can go out. YELLOW: it can, and something wants care. RED: it would not reach everybody."""

    GREEN = "green"
    YELLOW = "yellow"
    RED = "red"


@dataclass(frozen=True, slots=True)
class Light:
    """found: what was seen, for the operator. grave: a warning would not go out as it should."""

    name: LightName
    well: bool
    found: str
    grave: bool = False

    @property
    def colour(self) -> Colour:
        return Colour.GREEN if self.well else Colour.RED if self.grave else Colour.YELLOW


@dataclass(frozen=True, slots=True)
class Lamp:
    """All lights of a town at one moment."""

    lights: tuple[Light, ...]
    looked_at: datetime

    @property
    def colour(self) -> Colour:
        """The worst of its lights."""
        shown = {light.colour for light in self.lights}
        return next((colour for colour in (Colour.RED, Colour.YELLOW) if colour in shown), Colour.GREEN)

    def stale(self, now: datetime) -> bool:
        """Whether nobody has looked for so long that its colour says nothing."""
        return now - self.looked_at > STALE


@dataclass(frozen=True, slots=True)
class Waiting:
    """Messages of all towns in the queues of warnings, and in their dead-letter queues."""

    work: int
    dead: int


@dataclass(frozen=True, slots=True)
class Pinged:
    """Senders that were called at the same moment.

    asked: as many as the lanes of the widest number need. answered_s: how long each took that said it is ready; one
    that answered twice counts once.
    """

    asked: int
    answered_s: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Seen:
    """What a look finds; None is what could not be read.

    number: Meta's answer of this moment, or its refusal: `refusal` is then "token", or what stopped it. audience:
    people who take warnings. key_ids: keys that verify links. notices: what Meta told of the account by event.
    """

    number: NumberFacts | None
    refusal: str
    standing: TownStanding | None
    audience: int | None
    waiting: Waiting | None
    senders: Pinged
    key_ids: Sequence[str]
    links: Sequence[CrisisLink]
    last_drill: Alert | None
    notices: Sequence[Notice] = ()


TOKEN_REFUSED = "token"  # noqa: S105 - what refused, not a secret


def lamp_of(town: Town, seen: Seen, now: datetime) -> Lamp:
    """Judges what was seen. Pure: the same look gives the same lamp."""
    return Lamp(
        (
            _token(seen),
            _number(seen),
            _templates(town, seen.standing, now),
            _second(town, seen.standing),
            _limit(town, seen),
            _account(town, seen, now),
            _queues(seen.waiting),
            _senders(seen.senders),
            Light(LightName.KEYS, bool(seen.key_ids), f"{len(seen.key_ids)} in force", grave=True),
            _links(seen, now),
            _drill(seen.last_drill, now),
        ),
        now,
    )


def _token(seen: Seen) -> Light:
    if seen.number is not None:
        return Light(LightName.TOKEN, well=True, found="Meta takes it")
    refused = seen.refusal == TOKEN_REFUSED
    return Light(LightName.TOKEN, well=False, found="refused or missing" if refused else seen.refusal, grave=refused)


def _number(seen: Seen) -> Light:
    facts = seen.number or (seen.standing.number if seen.standing else None)
    if facts is None:
        return Light(LightName.NUMBER, well=False, found="unknown")
    blocked = facts.health == SAYS_NO
    well = facts.quality != "RED" and facts.health in {"", "AVAILABLE"}
    found = f"quality {facts.quality}" + (f", sending {facts.health}" if facts.health else "")
    return Light(LightName.NUMBER, well, found, grave=blocked)


def _templates(town: Town, standing: TownStanding | None, now: datetime) -> Light:
    """Those of warnings: approved, unchanged, utility, and with an end. Grave: a language has none like that."""
    wrong = [*_wrong_in_the_file(town)]
    if wrong:
        return Light(LightName.TEMPLATES, well=False, found="; ".join(wrong), grave=True)
    if standing is None:
        return Light(LightName.TEMPLATES, well=False, found="nobody has looked at Meta yet")
    troubles = [it for it in troubles_of(town, standing) if it.crisis]
    if troubles:
        grave = not all(_sound(town, standing, language) for language in _languages(town))
        ends = any(it.blocks and town.ends_alerts_only_in(it.template) for it in troubles)
        found = "; ".join([*map(str, troubles), *([ENDS_AS_WARNINGS] if ends else [])])
        return Light(LightName.TEMPLATES, well=False, found=found, grave=grave)
    if now - standing.seen_at > STANDING_IS_OLD:
        return Light(
            LightName.TEMPLATES, well=False, found=f"not looked at since {standing.seen_at:%Y-%m-%d %H:%M} UTC"
        )
    found = "as approved" if town.all_clear_templates else f"as approved; {ENDS_AS_WARNINGS}"
    return Light(LightName.TEMPLATES, well=True, found=found)


def _second(town: Town, standing: TownStanding | None) -> Light:
    """Whether a warning goes on in every language should Meta pause the template that it goes out with."""
    alone = [language for language in _languages(town) if len(_sound(town, standing, language)) < ENOUGH]
    if alone:
        return Light(LightName.SECOND, well=False, found=f"none stands approved in {', '.join(alone)}")
    return Light(LightName.SECOND, well=True, found="approved" if standing else "in the town file")


def _languages(town: Town) -> tuple[str, ...]:
    return ("de", *(it for it in town.languages if it != "de" and own_frames(town, it)))


def _sound(town: Town, standing: TownStanding | None, language: str) -> list[Template]:
    wrong = doubtful(town, standing)
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


def _limit(town: Town, seen: Seen) -> Light:
    """Meta counts people per 24 hours over all numbers of the portfolio; a warning meets its limit, not the file's."""
    facts = seen.number or (seen.standing.number if seen.standing else None)
    said = limit_of(facts.portfolio_limit) if facts else None
    ours = town.number.portfolio_limit
    limit = ours if said is None else said.people
    if limit is None:
        return Light(LightName.LIMIT, well=True, found="no limit")
    if seen.audience is None:
        return Light(LightName.LIMIT, well=False, found=f"{limit} a day; how many take warnings was not counted yet")
    found = f"{limit} a day, {seen.audience} people take warnings"
    lower = ours is None or limit < ours  # what the town was planned with does not hold
    if lower:
        found += f"; the town file says {'unlimited' if ours is None else ours}"
    scarce = limit < seen.audience * RESERVE
    return Light(LightName.LIMIT, not (scarce or lower), found, grave=limit < seen.audience or (scarce and lower))


def _account(town: Town, seen: Seen, now: datetime) -> Light:
    """What Meta told by event: restrictions, bans, and a category to come of a template that warnings go out with."""
    troubles = [
        it
        for it in account_troubles(town, None, seen.notices, now)
        if not it.template or it.template.partition(" ")[0] in town.crisis_templates
    ]
    found = "; ".join(str(it) for it in troubles) or "nothing against it"
    return Light(LightName.ACCOUNT, not troubles, found, grave=any(it.grave for it in troubles))


def _queues(waiting: Waiting | None) -> Light:
    if waiting is None:
        return Light(LightName.QUEUES, well=False, found="cannot be read", grave=True)
    found = f"{waiting.work} waiting, {waiting.dead} given up"
    return Light(LightName.QUEUES, waiting == Waiting(0, 0), found, grave=waiting.dead > 0)


def _senders(pinged: Pinged) -> Light:
    count, slowest_s = len(pinged.answered_s), max(pinged.answered_s, default=0.0)
    if not count:
        return Light(LightName.SENDERS, well=False, found=f"0 of {pinged.asked} answer", grave=True)
    well = count >= pinged.asked and slowest_s <= ANSWERS_WITHIN_S
    return Light(LightName.SENDERS, well, f"{count} of {pinged.asked} answer, the slowest in {slowest_s:.2f} s")


def _links(seen: Seen, now: datetime) -> Light:
    good = [it for it in seen.links if it.not_before <= now < it.expires_at and it.key_id in seen.key_ids]
    if not good:
        return Light(LightName.LINKS, well=False, found="no link holds", grave=True)
    last = max(link.expires_at for link in good)
    return Light(LightName.LINKS, last - now > ENDS_SOON, f"{len(good)} hold, the last until {last:%Y-%m-%d}")


def _drill(last: Alert | None, now: datetime) -> Light:
    if last is None:
        return Light(LightName.DRILL, well=False, found="never")
    return Light(LightName.DRILL, now - last.raised_at <= DRILL_EVERY, f"{last.raised_at:%Y-%m-%d}")


def as_plain(lamp: Lamp) -> Mapping[str, object]:
    """For a row, and for programs."""
    lights = [{"name": str(it.name), "well": it.well, "found": it.found, "grave": it.grave} for it in lamp.lights]
    return {"lights": lights, "looked_at": lamp.looked_at.isoformat()}
