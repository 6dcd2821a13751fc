"""What a person wants of the line itself, in sentences: an offer, a language, a topic, their data, a page, a person."""

from collections.abc import Mapping
from typing import Literal

from stadtdraht.domain.text import plain
from stadtdraht.domain.town import Offer
from stadtdraht.domain.understanding import vocabulary as known
from stadtdraht.domain.understanding.heard import Heard
from stadtdraht.domain.understanding.reading import Command
from stadtdraht.domain.understanding.targets import Said, Target, mentions, said_of, tone_of

FEW, FROM_FEW_WORDS = 3, 2.0  # so few words wish something only where they surely do
WISH_FROM = -2.4  # cross-validated (docs/understanding.md), as what makes rare wishes and likely ones comparable:
SEEN_SELDOM: Mapping[str, float] = {
    "imprint": 0.5, "help": 1.0, "erase": 0.5, "topics": 0.5, "how_to_leave": 0.75, "join": -1.0,
}  # fmt: skip
BESIDE = ("kind_question", "kind_hint", "kind_criticism")
PLAIN_CONCERN, BESIDE_A_CONCERN = 4.0, -1.2  # what is plainly a concern wishes nothing of the line on a guess
TAKES_NOTHING = 1.0  # who takes nothing likelier joins
LEAVING_LESS = 1.0  # a wish is dealt with where they hardly less surely leave


def likeliest_wish(heard: Heard) -> Command | Literal["join"] | None:
    """What is likelier than everything else that one may want of the line, leaving among it; None where that is."""
    labels = [*(command.value for command in Command), "join"]
    scores = {label: heard.score(label) + SEEN_SELDOM.get(label, 0.0) for label in labels}
    scores["join"] += 0.0 if heard.takes else TAKES_NOTHING
    best = max(labels, key=lambda label: scores[label])
    least = WISH_FROM if len(heard.words) >= FEW else FROM_FEW_WORDS
    if best != "join" and max(heard.score(kind) for kind in BESIDE) >= PLAIN_CONCERN:
        least = max(least, BESIDE_A_CONCERN)
    if scores[best] < max(least, heard.score("leave") - LEAVING_LESS):
        return None
    return "join" if best == "join" else Command(best)


def read_joins(heard: Heard) -> tuple[Offer, ...]:
    """Offers that somebody wants to take; in the town's order."""
    offers = [text.offer for text in heard.town.offers]
    offers = [offer for offer in offers if offer not in heard.takes] or offers
    if set(heard.words) & known.BOTH and not heard.cues & {"only", "except"}:
        return tuple(offers)
    targets = [Target(offer) for offer in offers]
    said = said_of(targets, heard.town, heard.clauses)
    named = [it.offer for it in targets if any(mentions(it, heard.town, clause) for clause in heard.clauses)]
    wanted = [offer for offer in named if said[Target(offer)] is not Said.LEAVE]
    asks_for_news = any("messages" in it.cues and tone_of(it) is not Said.LEAVE for it in heard.clauses)
    if asks_for_news and Offer.NEWS in offers and (not wanted or "only" not in heard.cues):
        wanted = [*wanted, Offer.NEWS]
    if not wanted and len(offers) == 1:
        wanted = offers
    return tuple(offer for offer in offers if offer in wanted)


def read_language(heard: Heard) -> str:
    """Tag of a language that is named."""
    said = " ".join(heard.words)
    named = [tag for tag, names in known.LANGUAGE_WORDS.items() if any(f" {name} " in f" {said} " for name in names)]
    return next((tag for tag in named if tag != "de"), named[0] if named else "")


def read_topics(heard: Heard) -> tuple[str, ...]:
    """Ids of topics that are named."""
    return tuple(
        topic.id
        for topic in heard.town.topics
        if any(mentions(Target(Offer.NEWS, topic.id), heard.town, clause) for clause in heard.clauses)
    )


def read_district(heard: Heard) -> str:
    """Id of the district that is named; of several the longest name."""
    said = f" {' '.join(heard.words)} "
    named = [
        (len(name), one.id) for one in heard.town.districts for name in map(plain, one.names) if f" {name} " in said
    ]
    return max(named, default=(0, ""))[1]
