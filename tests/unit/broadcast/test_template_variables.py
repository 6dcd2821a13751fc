"""What a newsletter is: items, whom it is for, its template and its words."""

import tomllib
from dataclasses import replace
from datetime import timedelta

import pytest

from local.whatsapp.model.template_rules import check_new_template
from stadtdraht.adapters.files.toml import template_as_toml
from stadtdraht.cli.advice import with_advice
from stadtdraht.domain.broadcast.broadcast import BroadcastKind, NewsletterNotFit
from stadtdraht.domain.broadcast.clicks import links_in_message
from stadtdraht.domain.broadcast.draft import DraftOptions, draft, released
from stadtdraht.domain.broadcast.lint import lint
from stadtdraht.domain.broadcast.template_variables import generated, template_for, words_of
from stadtdraht.domain.town import Template
from stadtdraht.usecases.broadcast.sending.newsletter_cause import Newsletter
from tests.support.builders.delivery import person
from tests.support.builders.newsletter import ANNA, MONDAY, PUBLIC_URL, a_draft, a_newsletter_town, story
from tests.support.town_office import TOWNS

TOWN = a_newsletter_town()


def reader(**changes):
    return person(1, **{"since": MONDAY - timedelta(days=1)} | changes)


def test_it_goes_to_any_of_its_topics_districts_and_languages():
    made = a_draft(topics=("traffic", "waste"), districts=("barlo", "mussum"), languages=("de",))
    assert made.reaches(reader(topics=frozenset({"waste"}), district="mussum"))
    assert made.reaches(reader(district="barlo"))  # who named no topic takes all
    assert not made.reaches(reader(topics=frozenset({"culture"}), district="barlo"))
    assert not made.reaches(reader())  # of a district that nobody knows
    assert not made.reaches(reader(district="barlo", language="en"))


def test_who_joins_before_its_time_still_gets_it():
    made = released(a_draft(), ANNA, MONDAY, MONDAY + timedelta(days=3))
    assert made.reaches(reader(since=MONDAY + timedelta(days=2)))
    assert not made.reaches(reader(since=MONDAY + timedelta(days=4)))


def test_several_stories_are_a_digest_and_one_is_single():
    assert a_draft(story(1), story(2)).kind is BroadcastKind.DIGEST
    assert a_draft().kind is BroadcastKind.SINGLE


def test_the_template_is_the_one_with_room_for_the_items():
    assert [template_for(items, TOWN) for items in (1, 3, 5)] == [f"stadtnachrichten_{items}" for items in (1, 3, 5)]
    with pytest.raises(NewsletterNotFit) as refused:
        template_for(3, replace(TOWN, templates=(generated(TOWN, 1), generated(TOWN, 5))))
    assert "broadcast template --town bocholt --items 3" in with_advice(refused.value)


@pytest.mark.parametrize("items", range(1, 6))
def test_a_generated_template_is_one_that_meta_takes(items):
    made = generated(TOWN, items)
    example = [{"param_name": name, "example": text} for name, text in made.examples]
    body = {"type": "BODY", "text": made.body, "example": {"body_text_named_params": example}}
    check_new_template(
        {
            "name": made.name,
            "language": made.language,
            "category": made.category,
            "parameter_format": "NAMED",
            "components": [body, {"type": "FOOTER", "text": made.footer}],
        }
    )


def test_every_item_stands_in_the_message_with_its_counted_link():
    items = [story(number) for number in range(1, 6)]
    body = Newsletter(a_draft(*items), TOWN, PUBLIC_URL).body(reader(), 1)
    values = {it["parameter_name"]: it["text"] for it in body["template"]["components"][0]["parameters"]}
    assert [values[f"title{number}"] for number in range(1, 6)] == [item.title for item in items]
    assert values["link5"] == f"{PUBLIC_URL}/r/bocholt-20261123-abcdef5"


def test_the_persona_or_the_town_signs():
    links = links_in_message(a_draft(), TOWN, PUBLIC_URL)
    assert words_of(a_draft(personal=True), TOWN, links)["sender"] == "Ihr Team im Rathaus"
    assert words_of(a_draft(), TOWN, links)["sender"] == "Ihre Stadt Bocholt"


def test_what_people_read_is_the_body_with_its_words():
    template = Template("t", "de", "MARKETING", "Neu: {{title}} – {{teaser}} {{link}} ({{imprint}})")
    read = template.filled(words_of(a_draft(), TOWN, ("https://x.example",)))
    assert read == (
        "Neu: Meldung 1 – Kurz gesagt, Teil 1. https://x.example (Stadt Bocholt, https://www.bocholt.example/impressum)"
    )


def test_a_generated_template_may_be_put_into_the_town_file():
    kept = tomllib.loads(template_as_toml(generated(TOWN, 3)))["templates"][0]
    made = generated(TOWN, 3)
    assert (kept["body"], kept["footer"], kept["examples"]) == (made.body, made.footer, dict(made.examples))


@pytest.mark.parametrize("town", TOWNS.values(), ids=TOWNS)
def test_the_newsletter_of_every_preset_has_a_frame_that_may_go_out(town):
    made = draft(town, (story(),), DraftOptions(), ANNA, MONDAY, "abcdef")
    assert lint(made, town, links_in_message(made, town, PUBLIC_URL), MONDAY) == ()


def test_bocholt_has_a_template_for_every_length():
    names = [template_for(items, TOWNS["bocholt"]) for items in range(1, 6)]
    assert names == ["stadtnachricht", *(f"stadtnachrichten_{items}" for items in range(2, 6))]
