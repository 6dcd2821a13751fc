"""Why a page or a feed brings nothing is said in German, whatever it is."""

import pytest

from stadtdraht.adapters.web.feed import entries_of
from stadtdraht.adapters.web.public_web import NotReached, PublicWeb
from stadtdraht.domain.broadcast.feed import FeedNotRead, NothingNew
from stadtdraht.domain.broadcast.links import WebTrouble
from stadtdraht.texts.staff.broadcast.web_trouble import SAYS, web_trouble
from stadtdraht.texts.staff.refusals import refusal_words

FEED = "https://www.bocholt.example/rss"


def test_every_trouble_has_words():
    assert set(SAYS) == set(WebTrouble)


def test_a_feed_that_is_none_says_what_to_name():
    with pytest.raises(FeedNotRead) as refused:
        entries_of(b"<html></html>", FEED)
    assert refusal_words(refused.value) == (
        f"Der Feed {FEED} ist weder RSS noch Atom; nennen Sie die Adresse des Feeds selbst, nicht die einer Seite."
    )


def test_a_feed_that_does_not_answer_is_told_like_a_page():
    error = FeedNotRead(FEED, "answers 500, not 200", WebTrouble.STATUS, "500")
    assert refusal_words(error) == f"Der Feed {FEED} antwortet mit 500 statt 200."


@pytest.mark.parametrize(
    ("waiting", "more"),
    [
        (0, ""),
        (1, "; 1 Meldung darin hat ein Datum, das noch kommt"),
        (2, "; 2 Meldungen darin haben ein Datum, das noch kommt"),
    ],
)
def test_nothing_new_says_what_is_still_to_come(waiting, more):
    said = refusal_words(NothingNew("Bocholt", waiting))
    assert said == f"Der Feed von Bocholt hat nichts, was nicht schon in einem Newsletter stand{more}."


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("http://x.example/", "führt zu einer Adresse, die nicht einfach mit https:// beginnt"),
        ("https://x.example:8443/", "nennt einen eigenen Port"),
        ("https://x.example/", "nennt einen Server, der nicht im öffentlichen Internet steht: x.example"),
    ],
)
def test_what_is_never_asked_is_named_in_german(address, says):
    web = PublicWeb(look_up=lambda _: ["10.1.2.3"])
    answer = web.answer(address)
    assert web_trouble(answer.code, answer.detail) == says
    with pytest.raises(NotReached):
        web.read(address, 1_000)
