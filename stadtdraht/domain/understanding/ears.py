"""What a message means: exact words first, then rules over cues, then what was learned."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from stadtdraht.domain.text import read_part
from stadtdraht.domain.town import Offer, Town
from stadtdraht.domain.understanding import sensitive_data
from stadtdraht.domain.understanding.answers.answers import answer_in, rating_in
from stadtdraht.domain.understanding.concern import (
    IDLE_LABELS,
    is_courtesy,
    is_small_talk,
    needs_place,
    read_kind,
    read_kind_beside_answer,
    read_social,
)
from stadtdraht.domain.understanding.cues import Clause, Lexicon
from stadtdraht.domain.understanding.exact_words import Meaning, Understood, understand
from stadtdraht.domain.understanding.explain import reasons_for
from stadtdraht.domain.understanding.features import features_of
from stadtdraht.domain.understanding.heard import Alone, Heard, about
from stadtdraht.domain.understanding.leaving import EVIDENCE, read_leaving
from stadtdraht.domain.understanding.names.names import name_in
from stadtdraht.domain.understanding.need import read_need
from stadtdraht.domain.understanding.places.place_in_text import place_in
from stadtdraht.domain.understanding.reading import Because, Command, Kind, Leaving, Need, Reading, Social
from stadtdraht.domain.understanding.tongue import tongue_of
from stadtdraht.domain.understanding.weights import Weights
from stadtdraht.domain.understanding.wishes import (
    likeliest_wish,
    read_district,
    read_joins,
    read_language,
    read_topics,
)

_AFTER_SENTENCE = re.compile(r"(?<=[.!?…])(?<!\d\.)\s+|\n+")
MOST_SENTENCES, MOST_SCORED, LONGEST_SENTENCE = 20, 3, 160
LONGEST_EXACT = 600  # characters; what is longer is no command
LONGEST_COURTEOUS, LEAST_BESIDE_COURTESY = 600, 2  # characters, words
LEAVING_LABELS = frozenset({"leave", "how_to_leave"})
GOES_ON = frozenset({"still"})
FOLLOW_UP_FROM = -2.0
ANSWER_FROM, LONGEST_LEARNED = 1.0, 8  # words; a longer answer says so in words that are known
ABOUT_LEAVING = frozenset({"consent", "stop_sure", "erase", "forget"})  # their answers sound like leaving
CANNOT_BE_TAKEN_BACK = frozenset({"erase", "forget", "name", "district"})
ABUSE_FROM, INSULTS_FROM, CONTEST_FROM, DANGER_FROM = -2.0, -3.2, -2.5, -3.0  # cross-validated (docs/understanding.md)


@dataclass(frozen=True, slots=True)
class Ears:
    """The words and the weights by which messages are understood."""

    lexicon: Lexicon
    weights: Weights

    def read(self, text: str, town: Town, *, asked: str = "", takes: Collection[Offer] = ()) -> Reading:
        """Everything that a text says to this town.

        asked: the kind of the question that stands open ("consent", "name", "district", "erase", "forget",
        "call_terms", "rate", "stop_sure", "export"); "" for none. takes: offers that the person takes.
        A message without words reads as `Reading()`.
        """
        heard = self.hear(text, town, asked=asked, takes=takes)
        exact = understand(text, town) if len(text) <= LONGEST_EXACT else Understood(Meaning.OTHER)
        reading = self._answered(heard) or _exactly(exact, asked) or _freely(heard)
        if reading.command is Command.HELP and "call" in heard.cues:  # "HILFE!!!": perhaps they need it
            reading = replace(reading, need=Need.UNSURE)
        place = place_in(text, town) if reading.answer is None and not reading.name else ""
        if place and reading.meaning in ("other", "greeting") and not is_small_talk(heard):
            reading = replace(reading, kind=Kind.HINT, social=Social.NONE)  # where it is, and no more
        return replace(
            reading,
            place=place,
            speaks=tongue_of(text),
            sensitive=sensitive_data.found_in(text),
            abuse=heard.score("abuse") >= (INSULTS_FROM if "abuse" in heard.cues else ABUSE_FROM),
            chain_odds=heard.score("chain"),
            is_follow_up=bool(heard.cues & GOES_ON) or heard.score("status") >= FOLLOW_UP_FROM,
        )

    def _answered(self, heard: Heard) -> Reading | None:
        """What answers the question that stands open, and what is said beside the answer."""
        if heard.asked == "name" and (name := name_in(heard.text, asked=True, places=_places(heard.town))):
            return Reading(name=name, kind=self._rest(heard, name).kind)
        if not heard.asked:
            name = name_in(heard.text, asked=False, places=_places(heard.town))
            return Reading(name=name) if name and heard.town.name_required_for else None
        if heard.asked == "rate" and (rating := rating_in(heard.text)):
            return Reading(rating=rating, kind=_freely(heard).kind)
        if read_need(heard).is_sure:
            return None
        answer = answer_in(heard.text, heard.clauses, heard.asked)
        is_short = len(heard.words) <= LONGEST_LEARNED and "?" not in heard.text
        if answer is None and is_short and heard.asked not in CANNOT_BE_TAKEN_BACK:
            answer = _learned_answer(heard)
        if answer is None:
            return None
        return replace(self._rest(heard, heard.clauses[0].text if heard.clauses else ""), answer=answer)

    def _rest(self, heard: Heard, answer: str) -> Reading:
        """What is said beside an answer: leaving, and a concern in clauses of its own."""
        beside = " ".join(clause.text for clause in heard.clauses if answer not in clause.text)
        rest = self.hear(beside, heard.town, takes=heard.takes)
        says_stop = any(understand(it.text, heard.town).meaning is Meaning.STOP for it in heard.clauses)
        leaving = read_leaving(heard, Need.NONE) if says_stop or heard.asked not in ABOUT_LEAVING else None
        kind = read_kind_beside_answer(rest)
        return Reading(
            leaving=leaving if leaving and leaving.is_sure else None,
            kind=kind,
            needs_place=needs_place(rest, kind),
        )

    def explain(self, text: str, town: Town, *, asked: str = "", takes: Collection[Offer] = ()) -> tuple[Because, ...]:
        """Why it would be read as it would."""
        reading = self.read(text, town, asked=asked, takes=takes)
        return reading.because or reasons_for(reading, self.hear(text, town, asked=asked, takes=takes), self.weights)

    def hear(self, text: str, town: Town, *, asked: str = "", takes: Collection[Offer] = ()) -> Heard:
        """The text with its clauses and scores."""
        text = read_part(text)
        clauses = self.lexicon.clauses_of(text)
        known = about(asked, takes)
        features = features_of(text, clauses, known)
        scores = self.weights.scores(features)
        sentences, beside = self._sentences(text, known), self._beside_courtesy(text, clauses, known)
        return Heard(text, town, asked, tuple(takes), clauses, features, scores, sentences, beside)

    def _beside_courtesy(self, text: str, clauses: Sequence[Clause], known: Sequence[str]) -> Alone | None:
        rest = [clause for clause in clauses if not is_courtesy(clause)]
        if len(text) > LONGEST_COURTEOUS or not 0 < len(rest) < len(clauses):
            return None
        is_asked = text.rstrip().endswith("?") and rest[-1] is clauses[-1]
        said = " ".join(clause.text for clause in rest) + ("?" if is_asked else "")
        if sum(len(clause.words) for clause in rest) < LEAST_BESIDE_COURTESY:
            return None
        return Alone(said, rest, self.weights.scores(features_of(said, rest, known), IDLE_LABELS))

    def _sentences(self, text: str, known: Sequence[str]) -> Sequence[Alone]:
        """Those that may say that somebody leaves; a long message must not drown one."""
        parts = [part.strip() for part in _AFTER_SENTENCE.split(text) if part.strip()]
        found: list[Alone] = []
        if 1 < len(parts) <= MOST_SENTENCES:
            for part in (it for it in parts if len(it) <= LONGEST_SENTENCE and len(found) < MOST_SCORED):
                clauses = self.lexicon.clauses_of(part)
                if any(clause.cues & EVIDENCE for clause in clauses):
                    scores = self.weights.scores(features_of(part, clauses, known), LEAVING_LABELS)
                    found.append(Alone(part, clauses, scores))
        return found


def _learned_answer(heard: Heard) -> bool | None:
    yes, no = heard.score("yes"), heard.score("no")
    if max(yes, no) < ANSWER_FROM:
        return None
    return yes > no


def _places(town: Town) -> list[str]:
    return [*(name for one in town.districts for name in one.names), town.name]


_COMMANDS = {
    Meaning.PRIVACY: Command.PRIVACY,
    Meaning.IMPRINT: Command.IMPRINT,
    Meaning.HELP: Command.HELP,
    Meaning.MY_DATA: Command.MY_DATA,
    Meaning.ERASE: Command.ERASE,
    Meaning.LANGUAGE: Command.LANGUAGE,
    Meaning.TOPICS: Command.TOPICS,
    Meaning.DISTRICT: Command.DISTRICT,
    Meaning.CASE_STATUS: Command.STATUS,
}


def _exactly(said: Understood, asked: str) -> Reading | None:
    """What a whole message says in words that are known to say it."""
    because = (Because(said.meaning.value, "", "known words"),)
    match said.meaning:
        case Meaning.STOP:
            return Reading(leaving=Leaving(is_sure=True, offers=said.offers, topics=said.topics), because=because)
        case Meaning.CHOOSE:
            return Reading(joins=said.offers, because=because)
        case Meaning.GREETING:
            return Reading(social=Social.GREETING, because=because)
        case Meaning.THANKS:
            return Reading(social=Social.THANKS, answer=True if asked == "consent" else None, because=because)
        case Meaning.YES | Meaning.NO:
            return Reading(answer=said.meaning is Meaning.YES, because=because)
        case meaning if meaning in _COMMANDS:
            return Reading(
                command=_COMMANDS[meaning],
                language=said.language,
                topics=said.topics,
                district=said.district,
                case_number=said.case_number,
                because=because,
            )
    return None


def _freely(heard: Heard) -> Reading:
    """What a sentence says."""
    need = read_need(heard)
    leaving = None if need is Need.DESPAIR else read_leaving(heard, need)
    command: Command | None = None
    joins: tuple[Offer, ...] = ()
    if leaving is None or not leaving.is_sure:
        wish = likeliest_wish(heard)
        if wish is Command.HOW_TO_LEAVE or (wish and not need.is_sure):
            leaving = None
            joins = read_joins(heard) if wish == "join" else ()
            command = wish if isinstance(wish, Command) else None
    kind = read_kind(heard)
    if need.is_sure and kind is Kind.NONE:
        kind = Kind.HINT
    if leaving or joins or command:
        kind = kind if _says_more(heard, leaving) else Kind.NONE
    return Reading(
        need=need,
        leaving=leaving,
        joins=joins,
        command=command,
        language=read_language(heard) if command is Command.LANGUAGE else "",
        topics=read_topics(heard) if command is Command.TOPICS else (),
        district=read_district(heard) if command is Command.DISTRICT else "",
        kind=kind,
        social=read_social(heard) if kind is Kind.NONE else Social.NONE,
        needs_place=needs_place(heard, kind),
        about_contest=heard.score("contest") >= CONTEST_FROM,
        about_danger=heard.score("about_danger") >= DANGER_FROM,
    )


def _says_more(heard: Heard, leaving: Leaving | None) -> bool:
    return (
        leaving is not None
        and max(heard.score(f"kind_{kind.value}") for kind in Kind if kind is not Kind.NONE)
        > heard.score("kind_none") + 1
    )
