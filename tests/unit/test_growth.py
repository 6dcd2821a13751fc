"""No text may hold up a town: what reads others' words takes twice as long for twice the text, never four times."""

import re
import time
from pathlib import Path
from random import Random

import pytest

from stadtdraht.adapters.files.town_file import read
from stadtdraht.domain.cases.case import suggest_kind
from stadtdraht.domain.cases.place_in_text import place_in
from stadtdraht.domain.inbound.chain_messages import is_chain
from stadtdraht.domain.inbound.sensitive_data import found_in
from stadtdraht.domain.inbound.understanding import registration, said_name, understand
from tests.support.hostile_texts import grows_too_fast, patterns, texts

VREDEN = read(Path(__file__).resolve().parents[2] / "towns" / "vreden.toml")
OF_A_CITIZEN = {
    "registration": registration,
    "said_name": said_name,
    "understand": lambda text: understand(text, VREDEN),
    "found_in": found_in,
    "place_in": place_in,
    "suggest_kind": suggest_kind,
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
     ("", "a\u0301\u0323\u0301\u0323"), ("", "12 345678 \u212a 123 "), ("", "\u0323\u0301"), ("", "stop"), ("", "9")],
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
