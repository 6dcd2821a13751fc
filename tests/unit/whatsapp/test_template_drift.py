"""What Meta has beside what the town had approved: which differences count, and what they hold back."""

from dataclasses import replace

import pytest

from stadtdraht.domain.whatsapp.template_drift import Problem, blocking, troubles_of
from stadtdraht.texts.standing import FOR_STAFF
from tests.support.builders.account import NUMBER, SEEN_AT, a_standing, as_approved
from tests.support.builders.crisis import a_town

TOWN = a_town()


def test_every_problem_has_words_for_staff():
    assert set(FOR_STAFF) == set(Problem)
    assert all("warnung (de)" in text.format(name="warnung (de)") for text in FOR_STAFF.values())


def test_what_is_as_approved_is_no_trouble():
    assert troubles_of(TOWN, a_standing(TOWN)) == ()
    assert troubles_of(TOWN, a_standing(TOWN, quality="YELLOW")) == ()


@pytest.mark.parametrize(
    ("change", "problem", "blocks"),
    [
        ({"status": "PAUSED"}, Problem.STATUS, True),
        ({"status": "PENDING"}, Problem.STATUS, True),
        ({"category": "MARKETING"}, Problem.CATEGORY, True),
        ({"body": "Warnung: {{was}}!"}, Problem.WORDING, True),
        ({"footer": ""}, Problem.WORDING, True),
        ({"quick_replies": ("Kaufen",)}, Problem.WORDING, True),
        ({"picture": True}, Problem.WORDING, True),
        ({"more": ("button URL: Kaufen",)}, Problem.WORDING, True),
        ({"ttl_s": 600}, Problem.TTL, True),
        ({"quality": "RED"}, Problem.QUALITY, False),
    ],
)
def test_each_difference_is_a_trouble_of_its_own(change, problem, blocks):
    troubles = troubles_of(TOWN, a_standing(TOWN, **change))
    assert {(it.language, it.problem, it.blocks, it.crisis) for it in troubles} == {
        ("de", problem, blocks, True),
        ("en", problem, blocks, True),
    }
    assert all(it.advice for it in troubles)


def test_a_time_to_live_that_a_change_of_category_cleared_is_found():
    timed = replace(TOWN, templates=tuple(replace(it, ttl_s=43200) for it in TOWN.templates))
    cleared = a_standing(timed, ttl_s=None)
    assert {it.problem for it in troubles_of(timed, cleared)} == {Problem.TTL}
    assert "30 days" in troubles_of(timed, cleared)[0].found


def test_a_template_that_meta_does_not_have_is_missing():
    german, _ = TOWN.templates
    standing = replace(a_standing(TOWN), templates=(as_approved(german),))
    assert [(it.language, it.problem) for it in troubles_of(TOWN, standing)] == [("en", Problem.MISSING)]


def test_templates_of_somebody_else_at_the_same_account_are_left_alone():
    more = as_approved(TOWN.templates[0], name="hello_world", status="PAUSED")
    standing = replace(a_standing(TOWN), templates=(*a_standing(TOWN).templates, more))
    assert troubles_of(TOWN, standing) == ()


def test_only_what_a_newsletter_uses_holds_it_back_and_nothing_while_nobody_looked():
    standing = a_standing(TOWN, status="PAUSED")
    assert len(blocking(TOWN, "warnung", standing)) == 2
    assert blocking(TOWN, "brief", standing) == ()
    assert blocking(TOWN, "warnung", None) == ()
    assert standing.seen_at == SEEN_AT
    assert standing.number == NUMBER
