"""What is shipped was learned from this collection with these words, and holds what must never happen."""

import json
import zlib
from pathlib import Path

import numpy as np
import pytest

from stadtdraht.adapters.files import town_file
from stadtdraht.adapters.files.ears import load_ears, load_lexicon, load_weights
from stadtdraht.cli.inbound.try_line import tried
from stadtdraht.domain.understanding.features import features_of
from tests.understanding.__main__ import NOON, judge_all
from tests.understanding.collection import labels_of, load
from tests.understanding.judge import Verdict
from tests.understanding.learn import all_labels

TOWNS = {file.stem: town_file.read(file) for file in (Path(__file__).resolve().parents[2] / "towns").glob("*.toml")}
SAMPLE = [  # the same whatever files come; of names all, of which there are few
    example for example in load() if zlib.crc32(example.id.encode()) % 12 == 0 or "name" in example.right
]


@pytest.fixture(scope="module")
def judged():
    return judge_all(SAMPLE, lambda _: load_ears())


def share(judged, what, *verdicts):
    """In sample: what is shipped has seen these. `make understanding` says what to expect of others."""
    found = [verdict for _, of, verdict, _ in judged if of == what]
    return sum(verdict in verdicts for verdict in found) / len(found)


def test_the_weights_know_every_label_of_the_collection():
    taught = [labels_of(example) for example in load()]
    assert list(load_weights().labels) == list(all_labels(taught))


@pytest.mark.parametrize(
    ("what", "least", "verdicts"),
    [
        ("need", 0.95, (Verdict.RIGHT, Verdict.HALF)),
        ("harmless", 0.97, (Verdict.RIGHT, Verdict.HALF)),
        ("stop", 0.93, (Verdict.RIGHT, Verdict.HALF)),
        ("near miss of stop", 0.985, (Verdict.RIGHT, Verdict.HALF)),
        ("command", 0.8, (Verdict.RIGHT,)),
        ("name", 0.95, (Verdict.RIGHT,)),
        ("typed answer", 0.9, (Verdict.RIGHT,)),
    ],
)
def test_what_is_shipped_hears_what_it_was_taught(judged, what, least, verdicts):
    assert share(judged, what, *verdicts) >= least


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("Es brennt bei uns, wir kommen nicht raus!", "emergency"),
        ("Mein Mann ist bewusstlos, ich weiß nicht was ich tun soll", "emergency"),
        ("Hier riecht es nach Gas", "emergency"),
        ("Ich will sterben", "despair"),
        ("Mein Mann schlägt mich", "violence"),
        ("Hallo, bitte abmelden. Viele Grüße, Klaus Meier", "stop"),
        ("Ich bin weggezogen, bitte abmelden", "stop"),
        ("Hiermit widerrufe ich die Einwilligung zum Erhalt von WhatsApp-Nachrichten", "stop"),
    ],
)
def test_what_was_missed_once_is_heard(text, meaning):
    said = {"given": {"takes": ["news"]}, "at": NOON, "messages": [text]}
    assert tried(TOWNS["arnsberg"], load_ears(), said)["turns"][0]["meaning"] == meaning


def test_who_complains_that_nothing_arrives_is_not_unsubscribed():
    for text in (
        "Ich habe keine Nachrichten mehr bekommen",
        "Warum habe ich keine Nachrichten mehr bekommen?",
        "Bitte nicht abbestellen",
    ):
        said = {"given": {"takes": ["news"]}, "at": NOON, "messages": [text]}
        assert tried(TOWNS["arnsberg"], load_ears(), said)["turns"][0]["after"]["takes"] == ["news"], text


def test_the_same_contract_for_a_line_of_json():
    said = {
        "id": "a1",
        "given": {"takes": ["news"], "asked": "consent:reports"},
        "at": NOON,
        "messages": ["Ja, gern", {"voice": True}],
    }
    answered = tried(TOWNS["vreden"], load_ears(), json.loads(json.dumps(said)))
    assert (answered["id"], len(answered["turns"])) == ("a1", 2)
    first = answered["turns"][0]
    assert (first["meaning"], first["sure"], first["after"]["takes"]) == ("yes", True, ["news", "reports"])
    assert first["staff"] == {"waits": False, "flags": [], "case": None}


def test_weights_are_read_as_they_were_learned():
    text = "Es brennt im Keller"
    features = features_of(text, load_lexicon().clauses_of(text))
    scores = load_weights().scores(features)
    assert scores["need"] > 0
    assert np.isfinite(list(scores.values())).all()
