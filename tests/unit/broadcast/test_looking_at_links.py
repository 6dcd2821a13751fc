"""A newsletter that is typed and sent in one step has its link looked at, as one that is drafted has."""

from dataclasses import replace

import pytest

from stadtdraht.settings import Settings
from tests.unit.broadcast.test_compose_commands import STORY, Desk

PAGE = "https://www.bocholt.example/markt"
TYPED = ("--town", "bocholt", *STORY)


@pytest.fixture
def desk():
    return Desk()


@pytest.mark.parametrize("status", [400, 404, 410, 500, 503])
def test_a_page_that_answers_with_an_error_is_refused_and_nothing_is_stored(desk, status):
    desk.links.troubles[PAGE] = f"answers {status}, not 200"
    refused = desk.types("send", *TYPED, "--yes")
    assert refused.exit_code == 1
    assert f"Beitrag 1, Link: {PAGE} antwortet mit {status} statt 200" in refused.output
    assert "--unchecked-links" in refused.output
    assert (desk.broadcasts.found, desk.started) == ({}, [])
    assert desk("plan", *TYPED)["blocked_by"] == [f"Beitrag 1, Link: {PAGE} antwortet mit {status} statt 200"]


@pytest.mark.parametrize(
    ("trouble", "told"),
    [
        ("late", "ist von hier nicht zu erreichen (antwortet nicht rechtzeitig)"),
        ("no_connection", "ist von hier nicht zu erreichen (nimmt keine Verbindung an)"),
        ("answers 202, not 200", "antwortet mit 202 statt 200"),
    ],
)
def test_a_page_that_is_slow_or_out_of_reach_is_said_and_holds_nobody_up(desk, trouble, told):
    desk.links.troubles[PAGE] = trouble
    assert desk("plan", *TYPED)["warnings"] == [f"Beitrag 1, Link: {PAGE} {told}"]
    assert f"Sehen Sie selbst nach: Beitrag 1, Link: {PAGE} {told}" in desk.types("plan", *TYPED).output
    assert desk("send", *TYPED, "--yes")["warnings"] == [f"Beitrag 1, Link: {PAGE} {told}"]
    assert len(desk.started) == 1


def test_a_page_that_answers_is_no_matter(desk):
    assert desk("send", *TYPED, "--yes")["warnings"] == []
    assert desk.links.asked == [PAGE]


def test_whoever_knows_better_sends_it_unchecked(desk):
    desk.links.troubles[PAGE] = "answers 404, not 200"
    desk("send", *TYPED, "--yes", "--unchecked-links")
    assert desk.links.asked == []


def test_a_released_draft_was_looked_at_and_is_not_again(desk):
    the_id = desk("draft", *TYPED)["broadcast_id"]
    desk("release", the_id)
    desk.links.troubles[PAGE], desk.links.asked = "answers 404, not 200", []
    assert desk("send", the_id, "--yes")["warnings"] == []
    assert desk.links.asked == []


@pytest.mark.parametrize(("detour", "code"), [("", 0), ("www.bocholt.example=127.0.0.1:9", 1)])
def test_the_local_system_only_says_it_unless_a_web_was_made_for_it(desk, detour, code):
    """Nobody reads there, and the stories of its sample towns are made up."""
    settings = Settings(graph_api_url="http://127.0.0.1:8701", web_detour=detour)
    desk.adapters.settings = replace(settings, public_url=desk.adapters.settings.public_url)
    desk.links.troubles[PAGE] = "answers 404, not 200"
    assert desk.types("send", *TYPED, "--yes").exit_code == code
