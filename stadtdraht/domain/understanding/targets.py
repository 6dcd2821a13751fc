"""What of the town's service a message names: its offers and topics, and what is said beside each of them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from stadtdraht.domain.text import plain
from stadtdraht.domain.town import Offer, Town
from stadtdraht.domain.understanding.cues import Clause

CUE_OF = {Offer.NEWS: "news", Offer.CHAT: "chat", Offer.REPORTS: "reports", Offer.CRISIS: "warnings"}
NAMES_US = frozenset({*CUE_OF.values(), "messages"})
SHORT_CLAUSE = 2  # words
CLOSE_WORDS, BEHIND_WORDS = 3, 2
SHORTEST_STEM, ENDING = 5, 2  # "Veranstaltung" names "Veranstaltungen"


@dataclass(frozen=True, slots=True)
class Target:
    """Something that a person can take or leave by itself."""

    offer: Offer
    topic: str = ""
    """Id of a topic of the news; "" for the whole offer."""


def targets_of(town: Town, takes: Collection[Offer]) -> Sequence[Target]:
    """What somebody who takes these offers may leave."""
    offers = [Target(text.offer) for text in town.offers if text.offer in takes]
    topics = [Target(Offer.NEWS, topic.id) for topic in town.topics] if Offer.NEWS in takes else []
    return [*offers, *topics]


def mentions(target: Target, town: Town, clause: Clause) -> Sequence[int]:
    """At which words the clause names it."""
    stems = _stems(target, town)
    cue = CUE_OF[target.offer] if not target.topic else ""
    return [
        at
        for at, word in enumerate(clause.words)
        if any(word.startswith(stem) for stem in stems) or (cue and cue in clause.cues_at[at])
    ]


class Said(StrEnum):
    """What a message says of one target, by rules over the cues of each clause."""

    LEAVE = "leave"
    KEEP = "keep"
    REST_LEAVES = "rest leaves"  # as all others do, of which it is one
    REST_STAYS = "rest stays"
    NOTHING = "nothing"


def said_of(targets: Sequence[Target], town: Town, clauses: Sequence[Clause]) -> Mapping[Target, Said]:
    """What is said of each. A clause that only names some is about what the next one says, or the one before it."""
    named = [frozenset(target for target in targets if mentions(target, town, clause)) for clause in clauses]
    tones = [tone_of(clause) for clause in clauses]
    found: dict[Target, Said] = {}
    rest = Said.NOTHING
    for at, (clause, about) in enumerate(zip(clauses, named, strict=True)):
        cues, tone = clause.cues, tones[at]
        if about and tone is Said.NOTHING:
            tone = next((it for it in (*tones[at + 1 : at + 2], *reversed(tones[:at])) if it is not Said.NOTHING), tone)
        if not about and at and named[at - 1] and len(clause.words) <= SHORT_CLAUSE and cues & {"no", "stay", "keep"}:
            last = max(
                named[at - 1], key=lambda it: mentions(it, town, clauses[at - 1])[-1]
            )  # "…, den Chat aber nicht"
            found[last] = Said.KEEP
        elif (about and "except" in cues) or (about and "only" in cues and not cues & {"leave", "end"}):
            found |= dict.fromkeys(about, Said.KEEP)
            rest = Said.REST_LEAVES
        elif about and "rest" in cues and tone is not Said.NOTHING:
            found |= dict.fromkeys(about, Said.KEEP if tone is Said.LEAVE else Said.LEAVE)
            rest = Said.REST_LEAVES if tone is Said.LEAVE else Said.REST_STAYS
        elif about and tone is not Said.NOTHING:
            found |= {target: tone for target in about if found.get(target) is not Said.LEAVE or tone is Said.LEAVE}
        elif "rest" in cues and tone is not Said.NOTHING:
            rest = Said.REST_LEAVES if tone is Said.LEAVE else Said.REST_STAYS
    return {target: found.get(target, rest) for target in targets}


def tone_of(clause: Clause) -> Said:
    cues = clause.cues
    ends, stays = cues & {"leave", "end", "no_more"}, cues & {"keep", "stay"}
    if "stay!" in cues or "keep!" in cues or _is_denied(clause):
        return Said.KEEP
    if ends:
        return Said.LEAVE
    if stays and "no" not in cues:
        return Said.KEEP
    return Said.LEAVE if "no" in cues else Said.NOTHING


def leaving_at(clause: Clause) -> Sequence[int]:
    """At which words it speaks of leaving, and not only of having enough."""
    return [
        at for at, cues in enumerate(clause.cues_at) if "leave" in cues or ("end" in cues and "no_more" not in cues)
    ]


def _is_denied(clause: Clause) -> bool:
    """Whether "not" belongs to the word for leaving: "do not unsubscribe", "melde mich nicht ab"."""
    at_each = clause.cues_at
    nots = [at for at, cues in enumerate(at_each) if "not" in cues]
    for leaves in leaving_at(clause):
        behind = BEHIND_WORDS + (CLOSE_WORDS if any("want" in cues for cues in at_each[leaves + 1 :]) else 0)
        if any(leaves < at <= leaves + behind and "no_more" not in at_each[at] for at in nots):
            return True
        if leaves and "no" in at_each[leaves - 1] and "no_more" not in at_each[leaves - 1]:
            return True
        for at in (at for at in nots if leaves - CLOSE_WORDS <= at < leaves):
            between = frozenset[str]().union(*at_each[at + 1 : leaves])
            wants = at + 1 < leaves and "want" in at_each[at + 1]
            if "no_more" not in at_each[at] or (wants and not between & NAMES_US):
                return True
    return False


def left_of(targets: Sequence[Target], town: Town, clauses: Sequence[Clause]) -> Sequence[Target]:
    """Those to leave, when somebody surely leaves something; () means everything."""
    said = said_of(targets, town, clauses)
    topics = [it for it in targets if it.topic and said[it] in (Said.LEAVE, Said.KEEP)]
    offers = [it for it in targets if not it.topic]
    if topics:
        leaves = {it for it in targets if it.topic and said[it] in (Said.LEAVE, Said.REST_LEAVES)}
        leaves |= {it for it in offers if said[it] is Said.LEAVE and it.offer is not Offer.NEWS}
        return [it for it in targets if it in leaves]
    leaves = {it for it in offers if said[it] is Said.LEAVE}
    kept = {it for it in offers if said[it] is Said.KEEP}
    if not leaves and kept:
        leaves = set(offers) - kept
    return [it for it in offers if it in leaves] if len(leaves) < len(offers) or len(offers) == 1 else []


def _stems(target: Target, town: Town) -> Sequence[str]:
    if target.topic:
        return _stems_of(tuple(name for topic in town.topics if topic.id == target.topic for name in topic.names))
    return _stems_of(tuple(text.label for text in town.offers if text.offer is target.offer))


@lru_cache(maxsize=1024)
def _stems_of(names: tuple[str, ...]) -> Sequence[str]:
    """Asked for each clause and target of a message, and the same for a town whatever is said."""
    words = [word for name in names for word in plain(name).split()]
    return [word[: max(SHORTEST_STEM, len(word) - ENDING)] for word in words if len(word) >= SHORTEST_STEM - 1]
