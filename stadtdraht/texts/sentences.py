"""What a language has to say: every sentence by its name, so that the type checker finds one that is missing.

Names in braces are filled in by the modules beside this one and by `usecases/inbound/render_reply.py`; every language
uses those that German uses. Numbers stand beside their noun, never before it, so that no language has to bend the noun.
Values are named tuples, since a dataclass costs every cold start a millisecond more.
"""

from typing import NamedTuple, TypedDict

WasTun = tuple[str, str]
"""What happened (it follows the frame's "Official warning:"), and what to do now."""


_Named = TypedDict("_Named", {"and": str})  # a keyword of Python, so no class can have it as a field


class Replies(_Named):
    """In conversation. The kinds of `domain/inbound/reply.py` are among the names; buttons have 20 characters.

    Offers by what people do with them: `received` are news and warnings, `used` are chat and reports.
    """

    greeting: str
    greeting_default: str
    greeting_received: str
    offers_line: str
    offer_line: str
    promise_week: str
    promise_month: str
    both: str
    all: str
    choose_button: str
    ask_name: str
    ask_consent: str
    ask_received: str
    ask_chat: str
    ask_reports: str
    ask_several: str
    yes: str
    no: str
    address: str
    welcome: str
    confirmed_news: str
    confirmed_crisis: str
    confirmed_chat: str
    confirmed_reports: str
    from_now: str
    leave_one: str
    has_it: str
    not_now: str
    goodbye: str
    already_left: str
    still_messages: str
    left: str
    left_received: str
    left_used: str
    kept_received: str
    kept_used: str
    emergency: str
    courtesy: str
    received: str
    answered_when: str
    answered_when_reports: str
    not_readable: str
    edit_lost: str
    thanks: str
    privacy: str
    imprint: str
    help: str
    help_topics: str
    help_district: str
    help_reports: str
    help_leave_one: str
    offers_too: str
    topics_ask: str
    topics_set: str
    all_topics: str
    district_ask: str
    district_set: str
    district_unknown: str
    language_ask: str
    language_set: str
    language_noticed: str
    sensitive: str
    forget_button: str
    keep_button: str
    kept: str
    forgotten: str
    forget_held: str
    out_of_hours: str
    consultation_place: str
    consultation_over: str
    no_calls: str
    case_opened: str
    case_missing_place: str
    case_missing_text: str
    case_added: str
    case_change_kind: str
    case_kind_ask: str
    case_kind_set: str
    case_kind_idea: str
    case_kind_suggestion: str
    case_kind_hint: str
    case_kind_criticism: str
    case_kind_praise: str
    case_state: str
    case_due: str
    case_none: str
    case_none_yet: str
    case_asked: str
    my_data: str
    my_data_number: str
    my_data_user_id: str
    my_data_name: str
    my_data_offers: str
    my_data_no_offers: str
    my_data_topics: str
    my_data_district: str
    my_data_language: str
    export_button: str
    data_link: str
    erase_ask: str
    erase_ask_held: str
    erase_held: str
    erase_button: str
    erased: str
    alert_real: str
    alert_altered: str
    alert_over: str
    alert_all_clear: str
    alert_false_alarm: str
    alert_drill: str
    alert_not_ours: str
    courtesy_offers: str
    ask_name_again: str
    name_set: str
    name_wrong: str
    stop_ask: str
    leave_button: str
    not_leave_button: str
    stays: str
    how_to_leave: str
    violence: str
    despair: str
    medical_advice: str
    maybe_need: str
    forget_ask: str
    noted: str
    wish: str
    human: str
    human_here: str
    hours_line: str
    opening_hours: str
    export_ask: str
    alert_state: str
    case_kind_question: str


class Cases(TypedDict):
    """About a report. {said} is the town's own words, or nothing; they are never translated. Buttons: 20 characters."""

    case_in_work: str
    case_forwarded: str
    conversation_forwarded: str
    case_answered: str
    case_closed: str
    case_merged: str
    case_said: str
    case_rate: str
    case_rate_1: str
    case_rate_2: str
    case_rate_3: str
    case_rated: str
    case_rated_low: str
    case_reopened: str
    case_state_new: str
    case_state_in_work: str
    case_state_forwarded: str
    case_state_answered: str
    case_state_closed: str


class Contests(TypedDict):
    """About a contest. Buttons have 20 characters."""

    call_terms: str
    call_guardian: str
    call_yes: str
    call_no: str
    call_entered: str
    call_full: str
    call_late: str
    call_declined: str
    call_wrong_form: str
    call_wrong_form_text: str
    call_reminder: str
    call_about: str
    call_ask: str
    call_entered_all: str
    call_withdrawn: str
    call_which: str
    call_none: str


class Sentences(Replies, Cases, Contests):
    """All that a town may say its own way, under [texts.de] of its file."""


Scenarios = TypedDict(
    "Scenarios",
    {
        "fire": WasTun,
        "bomb": WasTun,
        "flood": WasTun,
        "heavy-rain": WasTun,
        "boil-water": WasTun,
        "power-cut": WasTun,
        "gas": WasTun,
        "storm": WasTun,
        "heat": WasTun,
        "ice": WasTun,
        "missing-person": WasTun,
        "school-closed": WasTun,
        "emergency-call-down": WasTun,
        "evacuation": WasTun,
        "shelter": WasTun,
        "animal": WasTun,
        "chemical": WasTun,
        "bridge": WasTun,
        "water-point": WasTun,
        "other": WasTun,
    },
)
"""By the scenario's id, as `texts/scenarios.py` has them; "other" with {detail}, in the words of whoever warns."""


class FollowUp(NamedTuple):
    """What an alert says that follows another."""

    was: str
    """What happened; {was} is how the first alert said it."""
    tun: str | None = None
    """What to do now; None: as the scenario says."""


class FollowUps(TypedDict):
    """By the kind of alert (`AlertKind`). One that is only repeated says what it said."""

    update: FollowUp
    all_clear: FollowUp
    false_alarm: FollowUp


class AlertPage(TypedDict):
    """What the public page of an alert says first, by how the alert stands. {until}: the end of validity."""

    valid: str
    over: str
    all_clear: str
    false_alarm: str
    drill: str


class TownPage(TypedDict):
    """A town's public page. {number}: its number; {hello}: the word to begin with, which the line understands."""

    intro: str
    open: str
    hello: str
    save_number: str
    scan: str
    address_book: str
    offers: str
    topics: str
    often: str
    other_languages: str
    imprint: str
    privacy: str


class Dates(NamedTuple):
    """How days and times are written. The first patterns are Babel's; those in braces put them together."""

    locale: str
    """Babel's name of it."""
    day: str
    """"30. November", inside a sentence."""
    with_weekday: str
    """The same, with the day of the week where no case of the noun stands against it."""
    with_year: str
    time: str
    """"8:30 Uhr"."""
    moment: str
    """A day and a time; with {day} and {time}, like the next three."""
    deadline: str
    today_from: str
    """From when on something is done: "heute ab *8:30 Uhr*"."""
    tomorrow_from: str
    day_from: str
    soon: str
    """The same, where nobody knows from when on."""


class Language(NamedTuple):
    """All that we say in one language."""

    name: str
    """As its speakers call it."""
    german_name: str
    """As staff call it."""
    sentences: Sentences
    whole_town: str
    """Where an alert holds when no district is named; with {town}."""
    dates: Dates
    scenarios: Scenarios
    follow_ups: FollowUps
    alert_page: AlertPage | None
    """None: the page itself speaks it, as it does German."""
    town_page: TownPage
