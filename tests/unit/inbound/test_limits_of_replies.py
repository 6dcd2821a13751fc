"""What a town may write into its file never makes an answer that WhatsApp refuses."""

from dataclasses import replace

import httpx
import pytest

from stadtdraht.adapters.whatsapp.account import GraphAccount
from stadtdraht.domain.town import TopicOrDistrict
from stadtdraht.domain.whatsapp.account import MetaRefused
from tests.support.town_office import ConversationHarness, words


def office(**changes):
    line = ConversationHarness()
    line.town = replace(line.town, **changes)
    line.towns.towns[line.town.id] = line.town
    return line


def test_a_long_greeting_comes_as_text_with_what_can_be_chosen():
    town = ConversationHarness().town
    offers = tuple(replace(it, description="d" * 300) for it in town.offers)
    (greeting,) = office(greeting="g" * 600, offers=offers).hears("Hallo")
    assert greeting["type"] == "text"
    assert all(it.label in words(greeting) for it in offers)


def test_buttons_that_would_be_called_the_same_come_as_text():
    own = (
        ("de", "yes", "Ja, das möchte ich sehr gerne haben"),
        ("de", "no", "Ja, das möchte ich sehr ungern haben"),
    )
    line = office(texts=own)
    line.hears("Hallo")
    (asked,) = line.hears("News")
    assert asked["type"] == "text"


def test_ten_topics_are_all_named():
    topics = tuple(TopicOrDistrict(f"t{number}", f"Thema {number}") for number in range(10))
    line = office(topics=topics)
    line.hears("Hallo")
    (asked,) = line.hears("Themen")
    assert all(topic.label in words(asked) for topic in topics)


def test_everything_that_meta_says_of_a_refusal_reaches_the_operator(monkeypatch):
    error = {
        "message": "Invalid parameter",
        "code": 100,
        "error_subcode": 2388299,
        "error_user_title": "Variables can't be at the start or end",
        "error_user_msg": "Move the variable",
        "error_data": {"details": "component BODY"},
    }
    request = httpx.Request("POST", "https://graph.example")
    monkeypatch.setattr(httpx, "request", lambda *_, **__: httpx.Response(400, json={"error": error}, request=request))
    with pytest.raises(MetaRefused, match=r"Variables can't.*Move the variable.*BODY.*2388299"):
        GraphAccount("token", "https://graph.example", "v24.0").subscribe("109")
