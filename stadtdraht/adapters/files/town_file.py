"""Town files: TOML by pydantic into a Town. A mistake names file, line, field and what is expected."""

import tomllib
from collections.abc import Mapping
from datetime import date, time
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator

from stadtdraht.adapters.files.town_mistakes import Mistake, TownFileWrong, mistake_at, mistake_of, syntax_mistake
from stadtdraht.domain.cases.case import CaseKind
from stadtdraht.domain.languages import KNOWN_LANGUAGES
from stadtdraht.domain.text import plain
from stadtdraht.domain.town import (
    DataProtection,
    Department,
    Imprint,
    Mode,
    Offer,
    OfferText,
    OpenHours,
    Processor,
    Promise,
    PromisedEvery,
    PublishReports,
    Template,
    Tester,
    TopicOrDistrict,
    Town,
    WhatsAppNumber,
)
from stadtdraht.domain.whatsapp.message_limits import BUTTON_CHARACTERS, INTERACTIVE_CHARACTERS
from stadtdraht.domain.whatsapp.template_rules import template_breaches
from stadtdraht.texts.sentences import Sentences


def _spoken(tag: str) -> str:
    if tag not in KNOWN_LANGUAGES:
        raise ValueError(f"expected one of {', '.join(KNOWN_LANGUAGES)}")
    return tag


def _not_german(tag: str) -> str:
    if tag == "de":
        raise ValueError("expected a language other than German, which stands in description")
    return _spoken(tag)


def _sentence(name: str) -> str:
    if name not in Sentences.__required_keys__:
        raise ValueError("is no sentence; those there are stand in stadtdraht/texts/languages/de.py")
    return name


def _once_each(names: tuple[str, ...]) -> tuple[str, ...]:
    """Each name once, however it is spelt."""
    seen = set[str]()
    for name in names:
        if (said := plain(name)) in seen:
            raise ValueError(f"{name} stands twice; expected each street once")
        seen.add(said)
    return names


Slug = Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{1,39}$")]
TownId = Annotated[str, Field(pattern=r"^[a-z]+(-[a-z]+)*$", max_length=40)]  # stands in keys and in ids of causes
Language = Annotated[str, AfterValidator(_spoken)]
Translation = Annotated[str, AfterValidator(_not_german)]
Description = Annotated[str, Field(min_length=1, max_length=300, pattern=r"\S")]
Url = Annotated[str, Field(pattern=r"^https://\S+$")]
MetaId = Annotated[str, Field(pattern=r"^\d{3,20}$")]
Phone = Annotated[str, Field(pattern=r"^\+[1-9][\d \-/()]{6,24}$")]
Day = Annotated[date, Field(ge=date(2000, 1, 1), le=date(2200, 12, 31))]  # beyond, adding weeks to it would overflow
Line = Annotated[str, Field(min_length=1, max_length=200, pattern=r"^[^\n\t]+$")]
Sentence = Annotated[str, AfterValidator(_sentence)]
Wording = Annotated[str, Field(max_length=INTERACTIVE_CHARACTERS, pattern=r"\S")]
Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
Land = Literal["BW", "BY", "BE", "BB", "HB", "HH", "HE", "MV", "NI", "NW", "RP", "SL", "SN", "ST", "SH", "TH"]
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
EMAIL = r"^[^@\s]+@[^@\s]+\.[a-z]{2,}$"


class _Form(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Number(_Form):
    phone_number_id: MetaId
    waba_id: MetaId
    display_phone_number: Phone
    portfolio_limit: Annotated[int, Field(gt=0)] | Literal["unlimited"] = 250
    rate_mps: Annotated[int, Field(gt=0, le=1000)] = 80


class _Imprint(_Form):
    provider: Line
    address: Line
    responsible: Line
    email: Annotated[str, Field(pattern=EMAIL)]
    phone: Phone
    url: Url


class _Processor(_Form):
    name: Line
    does: Line
    country: Annotated[str, Field(max_length=60)] = ""


class _DataProtection(_Form):
    officer: Line | Literal[""] = ""
    officer_address: Line | Literal[""] = ""
    officer_email: Annotated[str, Field(pattern=EMAIL)] | Literal[""] = ""
    officer_phone: Phone | Literal[""] = ""
    legal_basis: Line | Literal[""] = ""
    processors: tuple[_Processor, ...] = ()

    @property
    def made(self) -> DataProtection:
        processors = tuple(Processor(**it.model_dump()) for it in self.processors)
        return DataProtection(**(self.model_dump() | {"processors": processors}))


class _Offer(_Form):
    offer: Offer
    label: Annotated[str, Field(min_length=1, max_length=BUTTON_CHARACTERS)]
    description: Description
    description_in: Mapping[Translation, Description] = {}

    @property
    def made(self) -> OfferText:
        return OfferText(**(self.model_dump() | {"description_in": tuple(self.description_in.items())}))


class _Choice(_Form):
    id: Slug
    label: Annotated[str, Field(min_length=1, max_length=24)]
    also: tuple[Line, ...] = ()
    latitude: Annotated[float, Field(ge=-90, le=90)] | None = None
    longitude: Annotated[float, Field(ge=-180, le=180)] | None = None


class _Topic(_Choice):
    starts: Day | None = None
    ends: Day | None = None

    @model_validator(mode="after")
    def _starts_before_it_ends(self) -> "_Topic":
        if self.starts and self.ends and self.starts > self.ends:
            raise ValueError("starts must not be behind ends")
        return self


class _Department(_Form):
    id: Slug
    label: Annotated[str, Field(min_length=1, max_length=60)]
    email: Annotated[str, Field(pattern=EMAIL)] = ""
    kinds: tuple[CaseKind, ...] = ()
    words: tuple[Line, ...] = ()


class _Tester(_Form):
    name: Annotated[str, Field(min_length=1, max_length=60)]
    phone: Phone

    @property
    def made(self) -> Tester:
        return Tester(self.name, "".join(sign for sign in self.phone if sign.isdigit()))


class _Promise(_Form):
    most: Annotated[int, Field(ge=1, le=31)]
    every: PromisedEvery


class _Hours(_Form):
    days: Annotated[tuple[Weekday, ...], Field(min_length=1)]
    opens: time
    closes: time

    @model_validator(mode="after")
    def _opens_before_it_closes(self) -> "_Hours":
        if self.opens >= self.closes:
            raise ValueError("opens must be before closes")
        return self


class _Template(_Form):
    name: Annotated[str, Field(pattern=r"^[a-z0-9_]{1,512}$")]
    language: str = "de"
    category: Literal["UTILITY", "MARKETING"]
    body: Annotated[str, Field(min_length=1, max_length=1024)]
    footer: Annotated[str, Field(max_length=60)] = ""
    ttl_s: Annotated[int, Field(ge=30, le=2_592_000)] | None = None
    examples: Mapping[str, Line] = {}
    quick_replies: tuple[Annotated[str, Field(min_length=1, max_length=25)], ...] = ()
    picture: bool = False

    @model_validator(mode="after")
    def _every_variable_has_an_example(self) -> "_Template":
        if missing := [name for name in self.made.variables if name not in self.examples]:
            raise ValueError(f"examples must hold a value for {', '.join(missing)}; Meta approves no template without")
        return self

    @property
    def made(self) -> Template:
        values = self.model_dump() | {"examples": tuple(self.examples.items())}
        return Template(**values)


class _Town(_Form):
    id: TownId
    name: Line
    service_name: Line
    mode: Mode
    land: Land
    languages: Annotated[tuple[Language, ...], Field(min_length=1)] = ("de",)
    website: Url
    privacy_url: Url
    wording_version: Line
    greeting: Annotated[str, Field(max_length=600)] = ""
    persona: Annotated[str, Field(max_length=200)] = ""
    name_required_for: tuple[Literal[Offer.NEWS, Offer.CHAT, Offer.REPORTS], ...] = ()
    first_feedback_working_days: Annotated[int, Field(ge=1, le=20)] = 3
    answer_target_minutes: Annotated[int, Field(ge=5, le=3000)] = 120
    keep_original_photos: bool = False
    count_clicks: bool = True
    two_person_release: bool = False
    promise: _Promise | None = None
    elections: tuple[Day, ...] = ()
    election_quiet_days: Annotated[int, Field(ge=0, le=365)] = 42
    feed_url: Url | Literal[""] = ""
    testers: tuple[_Tester, ...] = ()
    newsletter_template: str = ""
    crisis_templates: tuple[str, ...] = ()
    all_clear_templates: tuple[str, ...] = ()
    crisis_issuers: tuple[Line, ...] = ()
    timezone: Literal["Europe/Berlin"] = "Europe/Berlin"
    number: _Number
    imprint: _Imprint
    offers: Annotated[tuple[_Offer, ...], Field(min_length=1, max_length=4)]
    topics: tuple[_Topic, ...] = ()
    districts: tuple[_Choice, ...] = ()
    streets: Annotated[tuple[Line, ...], Field(max_length=5000), AfterValidator(_once_each)] = ()
    office_hours: tuple[_Hours, ...] = ()
    departments: tuple[_Department, ...] = ()
    publish_reports: PublishReports = PublishReports.OFF
    templates: tuple[_Template, ...] = ()
    texts: Mapping[Language, Mapping[Sentence, Wording]] = {}
    data_protection: _DataProtection = _DataProtection()

    @model_validator(mode="after")
    def _named_templates_exist(self) -> "_Town":
        known = {template.name for template in self.templates}
        named = [self.newsletter_template, *self.crisis_templates, *self.all_clear_templates]
        if missing := sorted({name for name in named if name} - known):
            raise ValueError(
                "newsletter_template, crisis_templates and all_clear_templates name "
                f"{', '.join(missing)}, which [[templates]] lacks"
            )
        if any(offer.offer is Offer.NEWS for offer in self.offers) and not self.newsletter_template:
            raise ValueError("a town with the offer news needs a newsletter_template")
        if any(offer.offer is Offer.CRISIS for offer in self.offers) and not self.crisis_templates:
            raise ValueError("a town with the offer crisis needs crisis_templates")
        return self


def read(file: Path) -> Town:
    """The town of a file. Raises TownFileWrong with every mistake, or OSError."""
    try:
        return parse(file.read_text(encoding="utf-8"), file)
    except UnicodeDecodeError as why:
        line = why.object[: why.start].count(b"\n") + 1
        raise TownFileWrong(file, [Mistake(line, "TOML", "expected UTF-8 text")]) from why


def parse(text: str, file: Path) -> Town:
    """The town of a file's text. Raises TownFileWrong."""
    try:
        values = tomllib.loads(text)
    except RecursionError as why:
        raise TownFileWrong(file, [Mistake(1, "TOML", "expected values that are nested a few times at most")]) from why
    except ValueError as why:  # tomllib's own, and Python's on a number of thousands of digits
        raise TownFileWrong(file, [syntax_mistake(why)]) from why
    try:
        town = _town(_Town.model_validate(values))
    except ValidationError as why:
        mistakes = [mistake_of(text, error) for error in why.errors(include_url=False)]
        raise TownFileWrong(file, mistakes) from why
    broken = [
        mistake_at(text, ("templates", number, breach.field), breach.expected)
        for number, template in enumerate(town.templates)
        for breach in template_breaches(template)
    ]
    if broken:
        raise TownFileWrong(file, broken)
    return town


def _town(form: _Town) -> Town:
    limit = None if form.number.portfolio_limit == "unlimited" else form.number.portfolio_limit
    hours = (
        OpenHours(WEEKDAYS.index(day), stretch.opens, stretch.closes)
        for stretch in form.office_hours
        for day in stretch.days
    )
    made = form.model_dump() | {
        "number": WhatsAppNumber(**(form.number.model_dump() | {"portfolio_limit": limit})),
        "imprint": Imprint(**form.imprint.model_dump()),
        "offers": tuple(offer.made for offer in form.offers),
        "topics": tuple(TopicOrDistrict(**choice.model_dump()) for choice in form.topics),
        "districts": tuple(TopicOrDistrict(**choice.model_dump()) for choice in form.districts),
        "office_hours": tuple(hours),
        "promise": Promise(form.promise.most, form.promise.every) if form.promise else None,
        "departments": tuple(Department(**department.model_dump()) for department in form.departments),
        "data_protection": form.data_protection.made,
        "testers": tuple(tester.made for tester in form.testers),
        "templates": tuple(template.made for template in form.templates),
        "texts": tuple((lang, name, text) for lang, own in form.texts.items() for name, text in own.items()),
    }
    return Town(**made)
