"""Alerts in the Common Alerting Protocol: what other systems read of ours, and what of theirs becomes a proposal.

Source: OASIS, Common Alerting Protocol Version 1.2, 2010-07-01. Nothing that comes in is ever sent by itself.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from types import MappingProxyType

from stadtdraht.domain.crisis.alert import VALID_FOR_MIN
from stadtdraht.domain.languages import KNOWN_LANGUAGES
from stadtdraht.domain.text import plain
from stadtdraht.domain.town import Town


class CapStatus(StrEnum):
    """Only an actual message is about a danger; every other one warns nobody."""

    ACTUAL = "Actual"
    EXERCISE = "Exercise"
    SYSTEM = "System"
    TEST = "Test"
    DRAFT = "Draft"


class CapType(StrEnum):
    """Whether it begins, changes or ends something; ACK and ERROR are answers of machines."""

    ALERT = "Alert"
    UPDATE = "Update"
    CANCEL = "Cancel"
    ACK = "Ack"
    ERROR = "Error"


@dataclass(frozen=True, slots=True)
class CapClass:
    """How CAP files a municipal case."""

    category: str
    urgency: str
    severity: str
    certainty: str
    response: str
    """What people should do, in CAP's one word."""


_NOW, _SOON = "Immediate", "Expected"
CLASS_OF: Mapping[str, CapClass] = MappingProxyType(
    {
        "fire": CapClass("Fire", _NOW, "Severe", "Observed", "Shelter"),
        "bomb": CapClass("Safety", _SOON, "Severe", "Observed", "Evacuate"),
        "flood": CapClass("Met", _NOW, "Severe", "Observed", "Avoid"),
        "heavy-rain": CapClass("Met", _NOW, "Severe", "Likely", "Shelter"),
        "boil-water": CapClass("Health", _NOW, "Moderate", "Observed", "Execute"),
        "power-cut": CapClass("Infra", _NOW, "Moderate", "Observed", "Execute"),
        "gas": CapClass("Safety", _NOW, "Severe", "Observed", "Evacuate"),
        "storm": CapClass("Met", _NOW, "Severe", "Likely", "Shelter"),
        "heat": CapClass("Met", _SOON, "Moderate", "Likely", "Prepare"),
        "ice": CapClass("Met", _NOW, "Moderate", "Observed", "Avoid"),
        "missing-person": CapClass("Rescue", _NOW, "Minor", "Observed", "Monitor"),
        "school-closed": CapClass("Safety", _SOON, "Minor", "Observed", "Execute"),
        "emergency-call-down": CapClass("Infra", _NOW, "Severe", "Observed", "Execute"),
        "evacuation": CapClass("Rescue", _NOW, "Extreme", "Observed", "Evacuate"),
        "shelter": CapClass("Rescue", _NOW, "Moderate", "Observed", "Execute"),
        "animal": CapClass("Safety", _NOW, "Moderate", "Observed", "Shelter"),
        "chemical": CapClass("CBRNE", _NOW, "Severe", "Observed", "Shelter"),
        "bridge": CapClass("Transport", _NOW, "Minor", "Observed", "Avoid"),
        "water-point": CapClass("Infra", _NOW, "Moderate", "Observed", "Execute"),
        "other": CapClass("Safety", _NOW, "Unknown", "Observed", "Monitor"),
    }
)
PUBLIC = "Public"
_ALL_CLEAR = ("entwarnung", "aufhebung", "all clear", "warnung aufgehoben")  # as `plain` writes them
_LANGUAGES = ("de", "en", *(it for it in KNOWN_LANGUAGES if it not in ("de", "en")))
ANY_CASE = CapClass("Safety", _NOW, "Unknown", "Unknown", "Monitor")  # a case that nobody has filed yet
_WORDS: Mapping[str, tuple[str, ...]] = MappingProxyType(  # the first case that fits is proposed
    {  # as `plain` writes them; a space stands where a word begins or ends
        "bomb": ("bombe", "blindgaenger", "kampfmittel", "entschaerfung", "unexploded"),
        "emergency-call-down": (" notruf", "112 gestoert", "emergency number"),
        "boil-water": (" abkoch", "verunreinigung des trinkwassers", " boil"),
        "water-point": ("wasserversorgung", "trinkwasserausgabe", "water supply"),
        "power-cut": ("stromausfall", "power cut", "power outage", " blackout"),
        "chemical": ("gefahrstoff", " chemi", "schadstoff", " ammoniak", " chlor", "geruchsbelaestigung", " hazardous"),
        "gas": ("gasaustritt", "gasleck", "gasgeruch", "gas leak"),
        "fire": ("brand ", "braende ", " feuer", " rauch", "brandrauch", " fire ", " smoke "),
        "heavy-rain": ("starkregen", "dauerregen", "heavy rain"),
        "flood": ("hochwasser", "ueberflutung", "ueberschwemmung", "sturmflut", " flood"),
        "storm": (" sturm", " orkan", "gewitter", " tornado", " storm"),
        "heat": (" hitze", " heat"),
        "ice": ("glatteis", " glaette", "eisregen", "black ice"),
        "missing-person": (" vermisst", "missing person"),
        "school-closed": ("schule ", "schulen ", "unterrichtsausfall", " school"),
        "evacuation": (" evakuier", " raeumung", " evacuat"),
        "shelter": ("sammelstelle", "notunterkunft", "betreuungsstelle", "assembly point"),
        "animal": ("raubtier", " tier ", " wolf ", "dangerous animal"),
        "bridge": ("bruecke ", " bridge"),
    }
)


@dataclass(frozen=True, slots=True)
class CapInfo:
    """What a message says in one language; an element that it lacks is ""."""

    language: str
    event: str
    headline: str = ""
    description: str = ""
    instruction: str = ""
    sender_name: str = ""
    web: str = ""
    urgency: str = ""
    severity: str = ""
    certainty: str = ""
    areas: tuple[str, ...] = ()
    expires: datetime | None = None
    onset: datetime | None = None
    """When what it is about is expected to begin."""
    responses: tuple[str, ...] = ()
    """What people should do, in CAP's words; "AllClear": nothing any more."""

    @property
    def ends_it(self) -> bool:
        """Whether it says that a danger is over, in whatever type of message it comes."""
        says_so = plain(self.headline).startswith(_ALL_CLEAR)
        return "AllClear" in self.responses or self.urgency == "Past" or says_so


@dataclass(frozen=True, slots=True)
class CapMessage:
    """A message as it came."""

    identifier: str
    sender: str
    sent: datetime
    status: CapStatus
    type: CapType
    scope: str
    references: tuple[str, ...] = ()
    """Identifiers of the messages that it changes or ends."""
    infos: tuple[CapInfo, ...] = ()
    restriction: str = ""
    """To whom it is restricted, where its scope is."""

    def info_for(self, town: Town, now: datetime) -> CapInfo | None:
        """The one that says most to this town: what still holds before what is over, then what names the town, then
        German, English and what else we speak; of equals the first.
        """

        def rank(info: CapInfo) -> tuple[bool, bool, int]:
            language = info.language.casefold().partition("-")[0]
            return (
                info.expires is None or info.expires > now,
                _place(town, info)[1],
                -(_LANGUAGES.index(language) if language in _LANGUAGES else len(_LANGUAGES)),
            )

        return max(self.infos, key=rank, default=None)


class Step(StrEnum):
    """What a person may do about a message that came in. Nothing happens by itself."""

    WARN = "warn"
    EXERCISE = "exercise"
    UPDATE = "update"
    END = "end"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Proposal:
    """What is prepared for a person, who decides."""

    step: Step
    scenario: str = ""
    """Empty where none fits and the person chooses."""
    districts: tuple[str, ...] = ()
    """Ids; empty means the whole town."""
    valid_for_min: int = 0
    """0: the message does not say until when."""
    begins_at: datetime | None = None
    """When the danger begins that lies ahead; None: it is there."""
    too_early: bool = False
    """Whether a warning given now would be over before it begins."""
    concerns_us: bool = False
    """Whether the message names the town or one of its districts."""
    follows: str = ""
    """Our alert that it changes or ends; "" if it is none of ours."""
    why: str = ""


def propose(message: CapMessage, town: Town, now: datetime, ours: Collection[str]) -> Proposal:
    """ours: ids of alerts of this town, which references may name.

    Only the protocol's own fields decide, and a headline that says it is over: no warning is made of an all-clear.
    """
    info = message.info_for(town, now)
    step, why = _step_of(message, info)
    if step is Step.NOTHING:
        return Proposal(step, why=why)
    expires = info.expires if info else None
    begins_at = info.onset if info and info.onset and info.onset > now else None
    if step in (Step.WARN, Step.EXERCISE):
        if expires is not None and expires <= now:
            return Proposal(Step.NOTHING, why="it was over before it was read")
        if begins_at:
            why += f"; NOT YET: it begins on {begins_at.astimezone(town.zone):%Y-%m-%d at %H:%M}"
            why += "" if _in_reach(begins_at, now) else ", after the end of every warning that could be given now"
    districts, concerns_us = _place(town, info)
    minutes = round((expires - now).total_seconds() / 60) if expires else 0
    return Proposal(
        step,
        scenario=_scenario(info),
        districts=districts,
        valid_for_min=min(max(minutes, VALID_FOR_MIN[0]), VALID_FOR_MIN[-1]) if minutes else 0,
        begins_at=begins_at,
        too_early=begins_at is not None and not _in_reach(begins_at, now),
        concerns_us=concerns_us,
        follows=next((alert_id for alert_id in message.references if alert_id in ours), ""),
        why=why,
    )


def _in_reach(begins_at: datetime, now: datetime) -> bool:
    return begins_at < now + timedelta(minutes=VALID_FOR_MIN[-1])


def _step_of(message: CapMessage, info: CapInfo | None) -> tuple[Step, str]:
    if message.scope != PUBLIC:
        to = f" ({message.restriction})" if message.restriction else ""
        return Step.NOTHING, f"its scope is {message.scope}{to}: it is NOT FOR THE PUBLIC, so nothing is prepared"
    match message.status, message.type:
        case _, CapType.ACK | CapType.ERROR:
            return Step.NOTHING, "an answer between machines"
        case CapStatus.ACTUAL, CapType.ALERT | CapType.UPDATE if info and info.ends_it:
            return Step.END, "an all-clear: a danger is over"
        case CapStatus.EXERCISE, CapType.ALERT if info and info.ends_it:
            return Step.NOTHING, "the exercise of an all-clear; nobody was warned"
        case CapStatus.ACTUAL, CapType.ALERT:
            return Step.WARN, "an actual danger begins"
        case CapStatus.ACTUAL, CapType.UPDATE:
            return Step.UPDATE, "something about an actual danger has changed"
        case CapStatus.ACTUAL, CapType.CANCEL:
            return Step.END, "an earlier message is taken back"
        case CapStatus.EXERCISE, CapType.ALERT:
            return Step.EXERCISE, "an exercise: only ever with a drill link"
        case CapStatus.EXERCISE, _:
            return Step.NOTHING, "the exercise of an update or an end; nobody was warned"
    return Step.NOTHING, f"its status is {message.status}: it is for machines, and warns nobody"


def _scenario(info: CapInfo | None) -> str:
    if info is None:
        return ""
    for text in (f" {plain(info.headline)} {plain(info.event)} ", f" {plain(info.description)} "):
        for scenario, words in _WORDS.items():
            if any(word in text for word in words):
                return scenario
    return ""


def _place(town: Town, info: CapInfo | None) -> tuple[tuple[str, ...], bool]:
    """Districts that the areas name; the whole town where it is named itself, or nothing is."""
    named = f" {' '.join(plain(area) for area in info.areas)} " if info else ""
    districts = tuple(
        choice.id for choice in town.districts if any(f" {plain(label)} " in named for label in choice.names)
    )
    return districts, bool(districts) or f" {plain(town.name)} " in named
