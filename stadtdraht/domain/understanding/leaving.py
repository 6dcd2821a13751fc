"""What somebody wants to leave. Consent is taken back by any reasonable words; on a guess nobody is unsubscribed."""

from collections.abc import Sequence

from stadtdraht.domain.text import plain
from stadtdraht.domain.understanding.cues import Clause
from stadtdraht.domain.understanding.exact_words import Meaning, understand
from stadtdraht.domain.understanding.heard import Alone, Heard
from stadtdraht.domain.understanding.reading import Command, Kind, Leaving, Need
from stadtdraht.domain.understanding.targets import (
    NAMES_US,
    Said,
    Target,
    leaving_at,
    left_of,
    mentions,
    targets_of,
    tone_of,
)

# Cross-validated (docs/understanding.md). A sentence by itself has to be surer than a whole message.
SURE_FROM, ASKED_FROM = -0.5, -2.6
OUTRIGHT_FROM = -4.0
WHATEVER_BESIDE_FROM = 2.5  # so surely do they leave that what they name beside it changes nothing
WITH_OTHER_WORDS_FROM, OF_NOBODY_FROM = 1.0, 0.5
BARE_WITH = 5  # words in all
WORK, CONCERN_FROM = (Kind.HINT, Kind.QUESTION, Kind.CRITICISM), 0.0
WEAKLY_FROM = -1.5  # where a "not" is all that hints at it
ALONE_LESS = 1.0
LEAD = 0.5  # before what else one may want of the line
EVIDENCE = frozenset({"leave", "end", "no_more"})
HINTS = EVIDENCE | {"no", "not", "consent", "only", "except", "send"}
KNOWN = (
    NAMES_US
    | EVIDENCE
    | {"small", "want", "no", "not", "me", "thanks", "greet", "now", "keep", "stay", "topic", "send", "consent", "join"}
    | {"ack", "bye", "wish", "wrong_chat", "trying"}
)
DOUBTS = frozenset({"other_thing", "arrives_not", "nobody"})
BARE = frozenset(["stop", "stopp", "stoppt", "halt", "ende", "стоп", "dur", "توقف", "قف"])  # may stop anything
RIVALS = ("join", *(command.value for command in Command))
RIVAL_FROM = {"how_to_leave": -1.0}
ENDS_SENTENCE, ENDS_PART = ".!?\n…", ".!?\n…,;:"
SEVERAL = 2  # offers or topics, of which one may stay
LETTERS = 3  # of a word that says something
FEW_WORDS = 3
OTHERS_WITH_US, OTHERS_IN_SURE = 1, 1
SURE_ALONE = 4.0
MORE_WORDS = 3  # that stand beside a STOP and say something by themselves


def read_leaving(heard: Heard, need: Need = Need.NONE) -> Leaving | None:
    """None where nobody leaves, and where they surely stay."""
    if not heard.takes or _stays(heard):
        return None
    is_outright = _is_outright(heard)
    score = max(
        [heard.score("leave"), *(one.scores["leave"] - ALONE_LESS for one in heard.sentences if _is_told(one.text))]
    )
    is_hinted = bool(heard.cues & EVIDENCE) or (score >= WEAKLY_FROM and bool(heard.cues & HINTS)) or score >= SURE_FROM
    if (score < ASKED_FROM or not is_hinted) and not is_outright:
        return None
    targets = left_of(targets_of(heard.town, heard.takes), heard.town, heard.clauses)
    offers = tuple(it.offer for it in targets if not it.topic)
    topics = tuple(it.topic for it in targets if it.topic)
    may_be_done = (
        need is Need.NONE
        and "unreal" not in heard.cues
        and not (score < WHATEVER_BESIDE_FROM and _names_what_they_lack(heard))
        and not _is_of_somebody(heard)
        and not _has_rival(heard, score)
    )
    is_plain = score >= SURE_FROM and any(_is_plain(heard, at) for at in range(len(heard.clauses)))
    return Leaving(may_be_done and (is_plain or is_outright), offers, topics)


def _says_a_concern(heard: Heard) -> bool:
    return max(heard.score(f"kind_{kind.value}") for kind in WORK) >= CONCERN_FROM


def _is_told(sentence: str) -> bool:
    return not sentence.endswith("?")


def _is_outright(heard: Heard) -> bool:
    """Whether they want only a part of what they take, or a sentence of several is a STOP by itself and the others
    speak of something, which they do not in "Stop! Hammertime".
    """
    if heard.score("leave") < OUTRIGHT_FROM:
        return False
    if any(_wants_only(heard, clause) for clause in heard.clauses):
        return True
    told = [one for one in heard.sentences if _is_told(one.text) and not (one.text.endswith("!") and _is_word(one))]
    said = [one for one in told if understand(one.text, heard.town).meaning is Meaning.STOP]
    if not _says_a_concern(heard):  # "Stop. I am reading …"
        said = [one for one in said if not (_is_word(one) and heard.text.startswith(one.text))]
    return any(len(heard.words) - len(one.text.split()) >= MORE_WORDS for one in said)


def _wants_only(heard: Heard, clause: Clause) -> bool:
    """Whether it says of some of what they take that it is all they want: "nur noch die Warnungen bitte"."""
    cues = clause.cues
    if (
        "only" not in cues
        or not ("only!" in cues or cues & {"want", "keep", "stay"})
        or _is_asked(heard, clause, leaves=False)
    ):
        return False
    targets = targets_of(heard.town, heard.takes)
    named = [it for it in targets if mentions(it, heard.town, clause)]
    places = {at for it in named for at in mentions(it, heard.town, clause)}
    others = [word for at, word in enumerate(clause.words) if at not in places and word in _other_words(clause)]
    is_part = any(it.topic for it in named) or 0 < len(named) < len(heard.takes)
    return is_part and not others


def _is_word(sentence: Alone) -> bool:
    return sum(len(clause.words) for clause in sentence.clauses) == 1


def _stays(heard: Heard) -> bool:
    """Whether every clause that speaks of leaving says that they do not want to, or they say that they stay."""
    if "remain" in heard.cues and len(_named(heard)) < SEVERAL:
        return True
    saying = [clause for clause in heard.clauses if clause.cues & EVIDENCE]
    return bool(saying) and all(tone_of(clause) is Said.KEEP for clause in saying)


def _named(heard: Heard) -> Sequence[object]:
    """What we send, as far as it is named."""
    targets = targets_of(heard.town, heard.takes)
    return [it for it in targets if any(mentions(it, heard.town, clause) for clause in heard.clauses)]


def _names_what_they_lack(heard: Heard) -> bool:
    """Whether they name offers, and none that they take: perhaps they want them."""
    lacked = [Target(text.offer) for text in heard.town.offers if text.offer not in heard.takes]
    names = any(mentions(it, heard.town, clause) for it in lacked for clause in heard.clauses)
    return names and not _named(heard)


def _has_rival(heard: Heard, score: float) -> bool:
    """Whether they may want something else of the line: to know how, that data are erased, or to join."""
    reports = max(heard.score("kind_hint"), heard.score("kind_criticism"))
    if reports > score + LEAD and not any(one.scores["leave"] >= SURE_ALONE for one in heard.sentences):
        return True
    return any(heard.score(label) > min(score - LEAD, RIVAL_FROM.get(label, score)) for label in RIVALS)


def _is_plain(heard: Heard, at: int) -> bool:
    """Whether the clause says outright that they leave: nothing is asked or supposed in it, and it is not about
    somebody else, or about something that we do not send.
    """
    clause = heard.clauses[at]
    cues, leaves = clause.cues, bool(leaving_at(clause))
    about_us = bool(cues & NAMES_US) or _names_what_we_send(heard, clause)
    if tone_of(clause) is not Said.LEAVE or not (cues & EVIDENCE or ("no" in cues and about_us)):
        return False
    beside = frozenset[str]().union(*(it.cues for it in heard.clauses[max(0, at - 1) : at + 2]))
    if (cues if about_us else beside) & DOUBTS or _is_asked(heard, clause, leaves=leaves):
        return False
    if ("join" in cues and not cues & EVIDENCE) or ("data" in cues and not about_us):
        return False
    if "person" in cues and "me_object" not in cues:
        return False
    if not leaves and ("arrives!" in cues or ("arrives" in cues and "want" not in cues)):
        return False  # "I have got no more messages" complains
    if not leaves and not about_us and "send" not in cues and len(clause.words) > FEW_WORDS:
        return False  # "That is all I need to know"
    ours = plain(f"{heard.town.name} {heard.town.service_name}").split()
    others = len([word for word in _other_words(clause) if word not in ours])
    if _is_bare(heard, clause):
        goes_on = len(heard.words) > BARE_WITH and clause is not heard.clauses[-1]  # "Stop. Ich lese gerade, dass …"
        return not goes_on and not any(_other_words(it) for it in heard.clauses)
    many = OTHERS_WITH_US + (heard.score("leave") >= WHATEVER_BESIDE_FROM)
    if "leave" not in cues and others > many:
        return False
    is_theirs = about_us or bool(cues & {"me", "me_object", "consent", "send"})
    if not is_theirs and heard.score("leave") < OF_NOBODY_FROM and not heard.sentences:
        return False
    if others and not about_us and heard.score("leave") < WITH_OTHER_WORDS_FROM and not heard.sentences:
        return False
    is_sure = any(clause.text in one.text and one.scores["leave"] >= SURE_ALONE for one in heard.sentences)
    return about_us or others <= max(0.0, heard.score("leave"), OTHERS_IN_SURE if is_sure else 0)


def _is_bare(heard: Heard, clause: Clause) -> bool:
    """Whether it stops something, and says neither what nor for whom."""
    says = {word for word, cues in zip(clause.words, clause.cues_at, strict=True) if cues & EVIDENCE}
    return says <= BARE and not heard.cues & (NAMES_US | {"me"})


def _names_what_we_send(heard: Heard, clause: Clause) -> bool:
    return any(mentions(target, heard.town, clause) for target in targets_of(heard.town, heard.takes))


def _is_of_somebody(heard: Heard) -> bool:
    """Whether it names a person and a number: perhaps not theirs."""
    return "person" in heard.cues and any(word.isdigit() and len(word) >= LETTERS for word in heard.words)


def _other_words(clause: Clause) -> list[str]:
    """Words that say something, and nothing that we know to be about us."""
    pairs = zip(clause.words, clause.cues_at, strict=True)
    return [word for word, cues in pairs if len(word) >= LETTERS and not word.isdigit() and not cues & KNOWN]


def _is_asked(heard: Heard, clause: Clause, *, leaves: bool) -> bool:
    """Whether it is a question, and no polite wish: "Would you please …?" wants it done."""
    end = heard.text.find(clause.text) + len(clause.text)
    sign = next((sign for sign in heard.text[end:] if sign in (ENDS_PART if leaves else ENDS_SENTENCE)), "")
    asking = (clause, heard.clauses[-1]) if not any(sign in heard.text[end:-1] for sign in ENDS_SENTENCE) else (clause,)
    is_question = sign == "?" or any("asks" in it.cues_at[0] for it in asking)
    return is_question and not ("want" in clause.cues and clause.cues & {"me_object", "no_more"})
