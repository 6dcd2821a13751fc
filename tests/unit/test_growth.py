"""No text may hold up a town: what reads others' words takes twice as long for twice the text, never four times."""

import re
import time
from pathlib import Path
from random import Random

import pytest

from stadtdraht.adapters.files.ears import load_ears, load_lexicon
from stadtdraht.adapters.files.town_file import read
from stadtdraht.domain.cases.other_subject import asks_of_something_else
from stadtdraht.domain.contests.contest_words import caption_says, speaks_of, takes_back
from stadtdraht.domain.crisis.free_wording import alert_from_wording
from stadtdraht.domain.inbound.passed_on.alert_copy import Frame
from stadtdraht.domain.inbound.passed_on.chain_messages import is_chain
from stadtdraht.domain.inbound.passed_on.forwarded_alert import may_be_a_copy, verdict_on
from stadtdraht.domain.message import IncomingMessage
from stadtdraht.domain.town import Offer
from stadtdraht.domain.understanding.answers.answers import answer_in, rating_in
from stadtdraht.domain.understanding.exact_words import understand
from stadtdraht.domain.understanding.names.names import name_in
from stadtdraht.domain.understanding.places.place_in_text import place_in
from stadtdraht.domain.understanding.sensitive_data import found_in
from tests.support.builders.contests import a_contest
from tests.support.builders.crisis import NOON
from tests.support.hostile_texts import grows_too_fast, patterns, texts

VREDEN = read(Path(__file__).resolve().parents[2] / "towns" / "vreden.toml")
FIRE = "WAS: Großbrand mit Rauch WO: Vreden BIS: 12:00 Uhr TUN: Gehen Sie ins Haus. Schließen Sie Fenster und Türen."


def passed_on(text):
    """What a forwarded copy is compared by, with ten warnings of the town."""
    message = IncomingMessage("wamid.1", NOON, "text", text, forwarded=True)
    warnings = [alert_from_wording(FIRE, VREDEN, NOON)] * 10
    return may_be_a_copy(message) and verdict_on(message, None, warnings, NOON, Frame.of(VREDEN))


OF_A_CITIZEN = {
    "understand": lambda text: understand(text, VREDEN),
    "found_in": found_in,
    "read": lambda text: load_ears().read(text, VREDEN, takes=(Offer.NEWS,)),
    "answer": lambda text: load_ears().read(text, VREDEN, asked="consent"),
    "passed_on": passed_on,
    "caption_says": lambda text: caption_says(a_contest(), text),
    "asks_of_something_else": lambda text: asks_of_something_else(text, text[::2]),
    "speaks_of": lambda text: speaks_of(a_contest(), text),
    "takes_back": takes_back,
    "place_in": lambda text: place_in(text, VREDEN),
    "name_in": lambda text: name_in(text, asked=True),
    "answer_in": lambda text: answer_in(text, load_lexicon().clauses_of(text), "consent"),
    "rating_in": rating_in,
    "is_chain": lambda text: is_chain(text, forwarded=True, often_forwarded=False, same_text_senders=0),
}
PATTERNS = patterns()


@pytest.mark.parametrize("place", sorted(PATTERNS))
def test_no_pattern_of_the_product_grows_faster_than_its_text(place, fuzz_cpu_s):
    """Each has its share of the time: first its own words and separators repeated, then any mixture of them."""
    until = time.thread_time() + fuzz_cpu_s / len(PATTERNS)
    for text in texts(PATTERNS[place], Random(place)):
        assert not grows_too_fast(PATTERNS[place], *text), f"{PATTERNS[place].pattern!r} is slow for {text!r}"
        if time.thread_time() > until:
            break


@pytest.mark.parametrize(
    "pattern",
    [
        r"\s*(?:(?:ich hei(?:ß|ss)e|mein name ist)\s+(.+?)|(.+?)[,;:\s]+anmeldung|anmeldung[,;:\s]+(.+?))[\s.!]*",
        r"\bkeine (news|infos)\b.*\bmehr\b.*\b(schicken|senden)\b",
        r"\S+@\S+\.\w+",
    ],
)
def test_a_pattern_that_once_held_up_every_town_is_found_out(pattern):
    """The measure itself: these three were in use."""
    bad = re.compile(pattern, re.IGNORECASE)
    hostile = texts(bad, Random(1))
    assert any(grows_too_fast(bad, *next(hostile)) for _ in range(100))


@pytest.mark.parametrize("rule", sorted(OF_A_CITIZEN))
@pytest.mark.parametrize(
    ("head", "piece"),
    [("", " "), ("", "\u00a0"), ("", "keine news mehr "), ("", "anmeldung,"), ("ich heiße ", "A "), ("", "Hauptstr. "),
     ("", "a\u0301\u0323\u0301\u0323"), ("", "12 345678 \u212a 123 "), ("", "\u0323\u0301"), ("", "stop"), ("", "9"),
     ("", "Gehen Sie ins Haus. "), ("", "gehen sie "), ("", "schick das an "),
     ("", "mein passwort ist "), ("", "ich habe krebs ")],
)  # fmt: skip
def test_a_rule_reads_no_more_than_whatsapp_carries(rule, head, piece):
    """A hundred thousand characters take no longer than the first four thousand; a clock cannot be that wrong."""
    short, long = (_least(OF_A_CITIZEN[rule], (head + piece * length)[:length] + "x") for length in (4_000, 100_000))
    assert long < 12 * short + 0.05


def test_numbers_are_told_from_signs_of_other_alphabets():
    """The Kelvin sign ended a citizen's message in the dead letters."""
    assert found_in("Meine Nummer 12 345678 \u212a 123, bitte antworten") == frozenset()


def _least(rule, text):
    took = []
    for _ in range(3):
        begun = time.thread_time()
        rule(text)
        took.append(time.thread_time() - begun)
    return min(took)
