"""A town is data: everything that differs between towns stands in these values, never in an `if`."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from enum import StrEnum
from zoneinfo import ZoneInfo

EASY = "_leicht"  # ends the name of a template in easy German


class Offer(StrEnum):
    """What a citizen can take, each with a consent of its own."""

    NEWS = "news"
    CHAT = "chat"
    REPORTS = "reports"
    CRISIS = "crisis"


class Mode(StrEnum):
    """How a town talks. The four presets in towns/ are one each."""

    OFFERS = "offers"  # two offers side by side, taken in one tap (Vreden)
    NAMED_CHAT = "named-chat"  # registration with a name, then talk (Neu-Ulm)
    CHOICE = "choice"  # chat, news or both (Arnsberg)
    ONE_WAY = "one-way"  # newsletter; whoever writes gets a courtesy answer (Bocholt)


@dataclass(frozen=True, slots=True)
class TopicOrDistrict:
    """A topic or a district."""

    id: str
    """As it is stored."""
    label: str
    """As it is shown."""
    also: tuple[str, ...] = ()
    """Other spellings that citizens type."""
    latitude: float | None = None
    longitude: float | None = None
    """The middle of a district in degrees, so that a pin can name it."""
    starts: date | None = None
    ends: date | None = None
    """First and last day of a topic that is there for a time; None: no such day."""

    @property
    def names(self) -> tuple[str, ...]:
        """All that it is called by, as it is shown first."""
        return (self.label, *self.also)

    def is_there(self, day: date) -> bool:
        """Whether it is offered on this day."""
        return (self.starts is None or self.starts <= day) and (self.ends is None or day <= self.ends)


@dataclass(frozen=True, slots=True)
class OfferText:
    """How a town words one of its offers: a button of at most 20 characters and one sentence."""

    offer: Offer
    label: str
    description: str
    description_in: tuple[tuple[str, str], ...] = ()
    """The same by language, German left out."""

    def described_in(self, language: str) -> str:
        """The sentence in that language, else in German."""
        return dict(self.description_in).get(language, self.description)


@dataclass(frozen=True, slots=True)
class Tester:
    """A colleague who may be sent a newsletter before anybody else."""

    name: str
    phone: str
    """E.164 digits without "+"."""


@dataclass(frozen=True, slots=True)
class Department:
    """Who works on a case."""

    id: str
    label: str
    email: str = ""
    kinds: tuple[str, ...] = ()
    """Those of domain.cases.case."""
    words: tuple[str, ...] = ()
    """Said in a report, they decide before the kind does."""


class PublishReports(StrEnum):
    """What of a citizen's report anybody may read over Open311."""

    OFF = "off"
    STATUS = "status"  # kind, state, times and roughly where
    TEXT = "text"  # also what the citizen wrote, and where exactly


class PromisedEvery(StrEnum):
    """What a promised number of newsletters is counted over."""

    WEEK = "week"
    MONTH = "month"


@dataclass(frozen=True, slots=True)
class Promise:
    """At most so many newsletters to one reader in any such stretch of time; said where the news are offered."""

    most: int
    every: PromisedEvery


@dataclass(frozen=True, slots=True)
class OpenHours:
    """One stretch of opening time, in the town's local time."""

    weekday: int
    """Counted from Monday = 0."""
    opens: time
    closes: time


@dataclass(frozen=True, slots=True)
class Imprint:
    """Who is responsible (§ 5 DDG, § 18 MStV), and how to reach the town without WhatsApp."""

    provider: str
    address: str
    responsible: str
    email: str
    phone: str
    url: str


@dataclass(frozen=True, slots=True)
class Processor:
    """Somebody who handles personal data for the town, beside those that every town of the product has."""

    name: str
    does: str
    """What for, as the end of "… für", in German."""
    country: str = ""
    """Where, when outside the European Union; "" inside."""


@dataclass(frozen=True, slots=True)
class DataProtection:
    """What the privacy page says beyond the imprint; empty where the town has not filled it in."""

    officer: str = ""
    """The data protection officer: an office rather than a name, since names change."""
    officer_address: str = ""
    officer_email: str = ""
    officer_phone: str = ""
    legal_basis: str = ""
    """The law by which the town answers its citizens, such as a data protection act of its Land."""
    processors: tuple[Processor, ...] = ()


@dataclass(frozen=True, slots=True)
class Template:
    """A WhatsApp template as the town had it approved. Source: Meta, template management, 2026-09."""

    name: str
    language: str
    category: str
    body: str
    """Holds named variables `{{like_this}}`; none stands first or last."""
    footer: str = ""
    ttl_s: int | None = None
    """How long Meta may try to deliver (utility: 30 to 43,200 s); None leaves Meta's 30 days."""
    examples: tuple[tuple[str, str], ...] = ()
    quick_replies: tuple[str, ...] = ()
    picture: bool = False
    """Whether one stands above the body."""

    @property
    def variables(self) -> tuple[str, ...]:
        """Names of the body's variables, in the order they appear."""
        return tuple(part.split("}}", 1)[0] for part in self.body.split("{{")[1:])

    def filled(self, words: Mapping[str, str]) -> str:
        """The body as people read it. Raises KeyError for a variable without a word."""
        text = self.body
        for name in self.variables:
            text = text.replace(f"{{{{{name}}}}}", words[name])
        return text

    @property
    def speaks(self) -> str:
        """The language of its readers. Meta has no code for easy German: such a template is German by another name."""
        return "de-easy" if self.language == "de" and self.name.endswith(EASY) else self.language


@dataclass(frozen=True, slots=True)
class WhatsAppNumber:
    """The town's number at Meta."""

    phone_number_id: str
    waba_id: str
    display_phone_number: str
    portfolio_limit: int | None = 250
    """People in 24 h outside service windows; None: unlimited."""
    rate_mps: int = 80  # messages per second, in and out together; Meta, Throughput, 2026-05-21


@dataclass(frozen=True, slots=True)
class Town:
    """Everything the product knows about one town."""

    id: str
    name: str
    service_name: str
    mode: Mode
    land: str
    languages: tuple[str, ...]
    website: str
    number: WhatsAppNumber
    offers: tuple[OfferText, ...]
    imprint: Imprint
    privacy_url: str
    wording_version: str
    greeting: str = ""
    persona: str = ""
    name_required_for: tuple[Offer, ...] = ()
    topics: tuple[TopicOrDistrict, ...] = ()
    districts: tuple[TopicOrDistrict, ...] = ()
    streets: tuple[str, ...] = ()
    """Names of its streets, so that those without "Straße" or "Weg" are known in a report as well."""
    office_hours: tuple[OpenHours, ...] = ()
    first_feedback_working_days: int = 3
    answer_target_minutes: int = 120
    """Within so much office time staff want to have answered who waits for them."""
    departments: tuple[Department, ...] = ()
    publish_reports: PublishReports = PublishReports.OFF
    keep_original_photos: bool = False
    """Whether photos are also kept as they came, with the place in them, where few may read them."""
    count_clicks: bool = True
    """Whether links in newsletters lead through ours, which counts clicks and knows nobody."""
    two_person_release: bool = False
    """Whether who wrote a newsletter may not be the one who releases it."""
    promise: Promise | None = None
    """How often a reader is written to at most; None: nothing was promised."""
    elections: tuple[date, ...] = ()
    election_quiet_days: int = 42
    """So many days before an election, and on its day, no newsletter and no answer is signed personally."""
    feed_url: str = ""
    """The town's own RSS or Atom feed, from which newsletters are drafted."""
    testers: tuple[Tester, ...] = ()
    newsletter_template: str = ""
    crisis_templates: tuple[str, ...] = ()
    all_clear_templates: tuple[str, ...] = ()
    """For all-clears and false alarms; without one they go out in `crisis_templates`."""
    crisis_issuers: tuple[str, ...] = ()
    templates: tuple[Template, ...] = ()
    texts: tuple[tuple[str, str, str], ...] = field(default=())
    """Own wording: (language, name of the text, wording); wins over stadtdraht/texts/."""
    timezone: str = "Europe/Berlin"
    data_protection: DataProtection = DataProtection()

    @property
    def zone(self) -> ZoneInfo:
        """The town's time zone, for display and office hours only; everything stored is UTC."""
        return ZoneInfo(self.timezone)

    def at(self, moment: datetime) -> "Town":
        """The town as citizens meet it then: with the topics that are there on that day."""
        there = tuple(topic for topic in self.topics if topic.is_there(moment.astimezone(self.zone).date()))
        return self if there == self.topics else replace(self, topics=there)

    def topics_over(self, moment: datetime) -> frozenset[str]:
        """Topics that have ended by then: nobody takes them any more."""
        day = moment.astimezone(self.zone).date()
        return frozenset(topic.id for topic in self.topics if topic.ends is not None and topic.ends < day)

    def warns_in(self, template: Template) -> bool:
        """Whether alerts go out in it; of easy German the town file names the German one only."""
        named = {*self.crisis_templates, *self.all_clear_templates}
        return bool(named & {template.name, template.name.removesuffix(EASY)})

    def ends_alerts_only_in(self, name: str) -> bool:
        """Whether the template of that name is for ends of alerts alone."""
        return bool({name, name.removesuffix(EASY)} & set(self.all_clear_templates) - set(self.crisis_templates))

    def offers_of(self) -> frozenset[Offer]:
        """The offers this town makes."""
        return frozenset(text.offer for text in self.offers)

    def template(self, name: str, language: str = "de") -> Template | None:
        """The template of that name in that language, or in German where the language has none."""
        names = (name, name + EASY)
        named = {template.speaks: template for template in self.templates if template.name in names}
        return named.get(language) or named.get("de")
