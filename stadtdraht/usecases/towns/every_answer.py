"""Every answer that the line can give, in every language that it speaks: what a town's words must fit into.

Walked from the kinds of replies, the sentences they are made of, and what the town offers: what is new there is in it.
"""

import string
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import combinations, product

from stadtdraht.domain.cases.case import Case, CaseKind, CaseState, Place
from stadtdraht.domain.cases.case_work import SAID_CHARACTERS, CaseWork
from stadtdraht.domain.citizen import Citizen, OfferConsent, WireIdentity
from stadtdraht.domain.consultations.consultation import HOST_CHARACTERS
from stadtdraht.domain.contests.contest import Contest, ContestForm
from stadtdraht.domain.crisis.alert import Alert
from stadtdraht.domain.crisis.links import LinkMode
from stadtdraht.domain.errors import LinkNotValid
from stadtdraht.domain.inbound.reply import Reply, ReplyKind
from stadtdraht.domain.privacy.privacy import DataRequest
from stadtdraht.domain.town import Offer, Town
from stadtdraht.domain.whatsapp.choices import WordsWithChoices
from stadtdraht.texts.consultations import word_end
from stadtdraht.texts.contests import word_contest
from stadtdraht.texts.languages import LANGUAGES
from stadtdraht.texts.replies import text
from stadtdraht.texts.sentences import Contests
from stadtdraht.usecases.cases.case_messages import question_about, words_about
from stadtdraht.usecases.contests.open_contest import KEYWORD_CHARACTERS, TITLE_CHARACTERS
from stadtdraht.usecases.inbound.office.forward_conversation import words_of_forwarding
from stadtdraht.usecases.inbound.render_reply import ReplyContext, reply_in_words

SOME_DAY = datetime(2026, 9, 30, 10, 30, tzinfo=UTC)  # a Wednesday: few days have longer names
LONG_URL = "https://0123456789.execute-api.eu-central-1.amazonaws.com"
LONG_NAME = "Maximiliane-Friederike von Wolfenbüttel-Schwarzenberg"
TERMS = f"https://www.beispielstadt.de/{'t' * 120}"
NUMBER = "2026-10042"
LED_BY_MAYBE = frozenset({ReplyKind.GREETING, ReplyKind.HELP, ReplyKind.CASE_OPENED, ReplyKind.RECEIVED})
FROM_A_FIRST_REPORT = frozenset({ReplyKind.GOODBYE, ReplyKind.ALREADY_LEFT, ReplyKind.ERASED})
"""The kinds that may be about one name only."""
OF_OFFERS = frozenset({"offers_named", "offers_asked", "offers_confirmed", "offers_left", "first_offer", "leave_one"})


@dataclass(frozen=True, slots=True)
class PossibleAnswer:
    """One answer, of the town as it is or of the same town in other words."""

    sentence: str
    """Its name among the sentences of a language."""
    language: str
    of: Callable[[Town], WordsWithChoices]
    """Raises one of UNFILLED for own wording that nothing can fill."""


class _LongLinks:
    def make(self, town: str, citizen_id: str, now: datetime) -> str:
        del now
        return f"{LONG_URL}/data/{'d' * (90 + len(town) + len(citizen_id))}"

    def read(self, token: str, now: datetime) -> DataRequest:
        del token, now
        raise LinkNotValid("nobody was given one")


_CONTEXT = ReplyContext(LONG_URL, _LongLinks(), SOME_DAY)


def every_answer(town: Town) -> Iterator[PossibleAnswer]:
    """Language by language. With the longest values that people, staff and the clock can bring."""
    for language in LANGUAGES:
        for kind in ReplyKind:
            for reply, citizen in _replies(kind, town, language):
                yield PossibleAnswer(kind, language, partial(_in_words, reply, citizen))
        yield from _about_cases(town, language)
        for department in (None, *town.departments):
            forwarded = partial(words_of_forwarding, language=language, department=department)
            yield PossibleAnswer("conversation_forwarded", language, forwarded)
        for contest in _contests(town):
            yield PossibleAnswer("call_reminder", language, partial(_reminder, contest, language))
        yield PossibleAnswer("consultation_over", language, partial(_end_of_consultation, language))


def _in_words(reply: Reply, citizen: Citizen, town: Town) -> WordsWithChoices:
    return reply_in_words(reply, town, citizen, _CONTEXT)


def _replies(kind: ReplyKind, town: Town, language: str) -> Iterator[tuple[Reply, Citizen]]:
    """As many as the sentence names different things."""
    named = named_in(text(town, language, kind))
    is_of_contest = kind.value in Contests.__required_keys__
    varied = product(
        _offers(town) if named & OF_OFFERS else [tuple(it.offer for it in town.offers)],
        _cases(town, named),
        _contests(town) if is_of_contest else [None],
        _citizens(town, language) if "my_data" in named else [_citizen(town, language)],
    )
    for offers, case, contest, citizen in varied:
        yield (
            Reply(
                kind,
                offers=offers,
                name=LONG_NAME,
                case=case,
                contest=contest,
                alert=_alert(town),
                count=1,
                at=SOME_DAY,
                forget="wamid",
                asks_place=True,
                maybe_need=kind in LED_BY_MAYBE,
                tells_languages=True,
                by_one_name=kind in FROM_A_FIRST_REPORT,
            ),
            citizen,
        )


def _about_cases(town: Town, language: str) -> Iterator[PossibleAnswer]:
    """What people hear of their report when staff have worked on it, with the longest words of staff."""
    said = "s" * SAID_CHARACTERS
    for department in ("", *(it.id for it in town.departments)):
        case = replace(_case(town), department=department)
        works = [CaseWork("", state=state, say=said) for state in CaseState if state is not CaseState.NEW]
        for work in (*works, CaseWork("", say=said), CaseWork("", say=said, merged_into=NUMBER)):
            name = work.state or ("merged" if work.merged_into else "said")
            yield PossibleAnswer(f"case_{name}", language, partial(_work_in_words, case, work, language))
    yield PossibleAnswer("case_rate", language, partial(_question_in_words, _case(town), language))


def _work_in_words(case: Case, work: CaseWork, language: str, town: Town) -> WordsWithChoices:
    return words_about(case, work, town, language)


def _question_in_words(case: Case, language: str, town: Town) -> WordsWithChoices:
    return question_about(case, town, language)


def _reminder(contest: Contest, language: str, town: Town) -> WordsWithChoices:
    return WordsWithChoices(word_contest("call_reminder", contest, town, language, count=1))


def _end_of_consultation(language: str, town: Town) -> WordsWithChoices:
    return WordsWithChoices(word_end("H" * HOST_CHARACTERS, town, language))


def named_in(wording: str) -> frozenset[str]:
    """What a sentence is to be filled with; nothing where its braces are wrong."""
    try:
        return frozenset(field for _, field, _, _ in string.Formatter().parse(wording) if field)
    except ValueError:
        return frozenset()


def _offers(town: Town) -> Sequence[tuple[Offer, ...]]:
    """Every choice among them, at least one."""
    offers = [it.offer for it in town.offers]
    return [chosen for number in range(1, len(offers) + 1) for chosen in combinations(offers, number)]


def _citizens(town: Town, language: str) -> Sequence[Citizen]:
    whole = _citizen(town, language)
    known_by_both = replace(whole, identity=replace(whole.identity, phone="4" * 15))
    return (whole, known_by_both, replace(whole, consents={}, topics=frozenset()))


def _citizen(town: Town, language: str) -> Citizen:
    """Who takes everything, under the longest id that WhatsApp gives."""
    farthest = max(town.districts, key=lambda it: len(it.label), default=None)
    return Citizen(
        citizen_id="c" * 20,
        town=town.id,
        identity=WireIdentity(user_id=f"DE.{'1' * 128}"),
        name=LONG_NAME,
        language=language,
        district=farthest.id if farthest else "",
        topics=frozenset(it.id for it in town.topics),
        consents={it.offer: OfferConsent(granted=True, at=SOME_DAY) for it in town.offers},
    )


def _case(town: Town) -> Case:
    return Case(
        town=town.id,
        number=NUMBER,
        citizen_id="c" * 20,
        kind=CaseKind.HINT,
        opened_at=SOME_DAY,
        due_at=SOME_DAY,
        last_added_at=SOME_DAY,
        description="d",
        place=Place(address="a"),
    )


def _cases(town: Town, named: frozenset[str]) -> Sequence[Case]:
    """Of every kind, in every state, with everything that may be missing, where the sentence says so."""
    whole = _case(town)
    missing = [whole, replace(whole, place=Place()), replace(whole, description="")]
    return [
        replace(case, kind=kind, state=state)
        for case in (missing if "case_missing" in named else [whole])
        for kind in (CaseKind if "case_kind" in named else [whole.kind])
        for state in (CaseState if "case_state" in named else [whole.state])
    ]


def _contests(town: Town) -> Sequence[Contest]:
    return [
        Contest(
            id="c",
            town=town.id,
            title="T" * TITLE_CHARACTERS,
            form=form,
            keyword="K" * KEYWORD_CHARACTERS[1],
            opens_at=SOME_DAY,
            closes_at=SOME_DAY,
            delete_at=SOME_DAY + timedelta(days=1),
            terms_url=TERMS,
            terms_version="1",
            entries_per_person=20,
        )
        for form in ContestForm
    ]


def _alert(town: Town) -> Alert:
    issuers = (*town.crisis_issuers, town.imprint.provider)
    return Alert(
        alert_id=f"{town.id}-a-20260930-aaaaaa",
        town=town.id,
        mode=LinkMode.LIVE,
        scenario="fire",
        districts=frozenset(),
        raised_at=SOME_DAY,
        expires_at=SOME_DAY,
        holder="",
        issuer=max(issuers, key=len),
    )
