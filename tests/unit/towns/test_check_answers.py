"""Every answer of every town in every language is one that WhatsApp takes; words of a town that break it are named."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from local.whatsapp.graph.message_rules import check_message
from stadtdraht.cli.main import app
from stadtdraht.domain.languages import KNOWN_LANGUAGES
from stadtdraht.domain.town import Mode, Offer, OfferText, Promise, PromisedEvery, TopicOrDistrict
from stadtdraht.domain.whatsapp.message_limits import breaches
from stadtdraht.texts.languages import LANGUAGES
from stadtdraht.texts.replies import UNFILLED
from stadtdraht.texts.sentences import Sentences
from stadtdraht.usecases.towns.check_answers import AnswerProblem, check_answers
from stadtdraht.usecases.towns.every_answer import every_answer
from tests.support.examples import examples
from tests.support.town_office import TOWNS

VREDEN, BOCHOLT = TOWNS["vreden"], TOWNS["bocholt"]
MARKS = {name: chr(0xE000 + number) for number, name in enumerate(sorted(Sentences.__required_keys__))}


def messages(town):
    return [answer.of(town).message() for answer in every_answer(town)]


def of_everything(**changes):
    """A town that makes every offer, so that every sentence is said somewhere."""
    offers = tuple(OfferText(offer, offer.value, f"Über {offer.value}.") for offer in Offer)
    return replace(BOCHOLT, **{"offers": offers, "greeting": "", "promise": Promise(1, PromisedEvery.WEEK)} | changes)


@pytest.mark.parametrize("name", sorted(TOWNS))
def test_every_answer_of_the_four_towns_in_every_language_fits(name):
    """The simulated WhatsApp, which knows nothing of our rules, takes each of them too."""
    town = TOWNS[name]
    assert check_answers(town) == ()
    for message in messages(town):
        check_message({"messaging_product": "whatsapp", **message})


def test_every_sentence_of_every_language_is_among_the_answers():
    """A sentence that is new is checked without anybody naming it here."""
    tags = ("de", "ar")
    own = tuple((tag, name, MARKS[name] + LANGUAGES[tag].sentences[name]) for tag in tags for name in MARKS)
    said = dict.fromkeys(tags, "")
    whole = of_everything(texts=own, mode=Mode.CHOICE, office_hours=TOWNS["arnsberg"].office_hours)
    small = replace(whole, offers=whole.offers[:2], promise=Promise(1, PromisedEvery.MONTH))
    for town in (whole, small):
        for answer in every_answer(town):
            if answer.language in tags:
                it = answer.of(town)
                said[answer.language] += "".join((it.words, it.list_button, *(label for _, label, _ in it.choices)))
    assert [(tag, name) for tag in tags for name, mark in MARKS.items() if mark not in said[tag]] == []


@given(st.data())
@settings(max_examples=examples(8), deadline=None)
def test_the_longest_words_that_a_town_may_write_make_no_mistake(data):
    """At worst an answer comes without its buttons, and then the town is told so."""

    def up_to(most, least=1):
        return data.draw(st.sampled_from([least, most])) * "w"

    def labels(count, most):
        return tuple(TopicOrDistrict(f"i{n}", f"{n:02}{up_to(most - 2, 0)}") for n in range(count))

    offers = tuple(
        OfferText(offer, f"{n}{up_to(19)}", up_to(300))
        for n, offer in enumerate(list(Offer)[: data.draw(st.integers(1, 4))])
    )
    town = replace(
        BOCHOLT,
        name=up_to(200),
        service_name=up_to(200),
        greeting=up_to(600, 0),
        offers=offers,
        topics=labels(data.draw(st.integers(0, 12)), 24),
        districts=labels(data.draw(st.integers(0, 12)), 24),
        crisis_issuers=(up_to(200),),
        imprint=replace(BOCHOLT.imprint, provider=up_to(200), email=f"{up_to(190)}@b.de", url=f"https://{up_to(150)}"),
    )
    flaws = check_answers(town)
    assert {flaw.problem for flaw in flaws} <= {AnswerProblem.NO_BUTTONS}
    assert all(flaw.path for flaw in flaws)
    assert [found for message in messages(town) for found in breaches(message)] == []


@given(
    st.sampled_from(sorted(MARKS)),
    st.sampled_from(KNOWN_LANGUAGES),
    st.text(st.sampled_from("Wort {}town[0]!:"), min_size=1, max_size=1024).filter(str.strip),
)
@settings(max_examples=examples(12), deadline=None)
def test_whatever_a_town_words_itself_either_goes_out_or_is_named(name, tag, wording):
    town = replace(VREDEN, texts=((tag, name, wording),))
    flaws = check_answers(town)
    assert {flaw.path for flaw in flaws} <= {("texts", tag, name)}
    for answer in every_answer(town):
        try:
            broken = list(breaches(answer.of(town).message()))
        except UNFILLED:
            broken = ["nothing"]
        assert not broken or flaws


def check(tmp_path, town, *lines, changed=None, descriptions=0):
    text = (Path(__file__).resolve().parents[3] / "towns" / f"{town}.toml").read_text(encoding="utf-8")
    for right, wrong in (changed or {}).items():
        assert right in text
        text = text.replace(right, wrong)
    if descriptions:
        text = re.sub('(?<=description = ").*(?=")', "d" * descriptions, text)
    file = tmp_path / "town.toml"
    file.write_text("\n".join((text, *lines)), encoding="utf-8")
    result = CliRunner().invoke(app, ["town", "check", str(file)])
    return (
        result.exit_code,
        result.output.replace(f"{file}:", "").splitlines(),
        len(text.splitlines()),
    )


def test_a_greeting_too_long_for_buttons_is_named_and_can_be_applied(tmp_path):
    line = next(n for n, it in enumerate(Path("towns/vreden.toml").read_text().splitlines(), 1) if "greeting" in it)
    code, said, _ = check(
        tmp_path, "vreden", changed={'greeting = "Guten Tag': f'greeting = "{"g" * 380}'}, descriptions=300
    )
    assert code == 0
    assert any(it.startswith(f"{line}: greeting: comes without buttons") for it in said), said


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ('yes = "Ja, das möchte ich sehr gerne haben"', "texts.de.yes: expected at most 24 characters to press"),
        ('yes = "Nein, danke"', "texts.de.yes: expected another name than the other choices have"),
        ('choose_button = "Bitte hier auswählen!"', "texts.de.choose_button: expected at most 20 characters to press"),
        ('case_rate_1 = "Damit bin ich gar nicht zufrieden"', "texts.de.case_rate_1: expected at most 24 characters"),
        ('received = "Danke, {vorname}!"', "texts.de.received: there is nothing that {vorname} could stand for here"),
        ('call_reminder = "Noch {left"', "texts.de.call_reminder: its braces cannot be filled"),
        ('welcome = "{0}"', "texts.de.welcome: its braces cannot be filled"),
        ('welcom = "Hallo"', "texts.de.welcom: is no sentence"),
        ('welcome = "  "', "texts.de.welcome: string should match pattern"),
        (f'welcome = "{"w" * 1025}"', "texts.de.welcome: string should have at most 1024 characters"),
    ],
)
def test_own_wording_that_cannot_go_out_is_refused_by_file_line_and_field(tmp_path, wrong, said):
    code, lines, before = check(tmp_path, "vreden", "[texts.de]", wrong)
    assert code != 0
    assert [it for it in lines if it.startswith(f"{before + 3}: {said}")], lines


def test_two_offers_of_one_name_are_both_named(tmp_path):
    _, lines, _ = check(tmp_path, "vreden", changed={'label = "Melder"': 'label = "News"'})
    assert [it.split(": ")[1] for it in lines if "another name" in it] == ["offers.0.label", "offers.1.label"]


def test_a_label_that_fits_a_list_and_no_button_comes_whole():
    topics = (TopicOrDistrict("a", "Veranstaltungen im Museum"[:24]), TopicOrDistrict("b", "Politik"))
    shown = [it["interactive"] for it in messages(replace(VREDEN, topics=topics)) if it["type"] == "interactive"]
    titles = {row["title"] for it in shown if it["type"] == "list" for row in it["action"]["sections"][0]["rows"]}
    assert topics[0].label in titles
