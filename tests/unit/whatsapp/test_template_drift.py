"""What Meta has beside what the town had approved: which differences count, and what they hold back."""

from dataclasses import replace

import pytest

from stadtdraht.cli.whatsapp.trouble_advice import TEMPLATE_ADVICE
from stadtdraht.domain.whatsapp.template_drift import TemplateProblem, template_troubles, troubles_blocking
from stadtdraht.texts.staff.account import TEMPLATE_PROBLEMS
from tests.support.builders.account import NUMBER, SEEN_AT, a_snapshot, as_approved
from tests.support.builders.crisis import a_town

TOWN = a_town()


def test_every_problem_has_words_for_staff():
    assert set(TEMPLATE_PROBLEMS) == set(TemplateProblem)
    assert all("warnung (de)" in text.format(name="warnung (de)") for text in TEMPLATE_PROBLEMS.values())


def test_what_is_as_approved_is_no_trouble():
    assert template_troubles(TOWN, a_snapshot(TOWN)) == ()
    assert template_troubles(TOWN, a_snapshot(TOWN, quality="YELLOW")) == ()


@pytest.mark.parametrize(
    ("change", "problem", "blocks"),
    [
        ({"status": "PAUSED"}, TemplateProblem.STATUS, True),
        ({"status": "PENDING"}, TemplateProblem.STATUS, True),
        ({"category": "MARKETING"}, TemplateProblem.CATEGORY, True),
        ({"body": "Warnung: {{was}}!"}, TemplateProblem.WORDING, True),
        ({"footer": ""}, TemplateProblem.WORDING, True),
        ({"quick_replies": ("Kaufen",)}, TemplateProblem.WORDING, True),
        ({"picture": True}, TemplateProblem.WORDING, True),
        ({"more": ("button URL: Kaufen",)}, TemplateProblem.WORDING, True),
        ({"ttl_s": 600}, TemplateProblem.TTL, True),
        ({"quality": "RED"}, TemplateProblem.QUALITY, False),
    ],
)
def test_each_difference_is_a_trouble_of_its_own(change, problem, blocks):
    troubles = template_troubles(TOWN, a_snapshot(TOWN, **change))
    assert {(it.language, it.problem, it.blocks, it.crisis) for it in troubles} == {
        ("de", problem, blocks, True),
        ("en", problem, blocks, True),
    }
    assert all(it.problem in TEMPLATE_ADVICE for it in troubles)


def test_a_time_to_live_that_a_change_of_category_cleared_is_found():
    timed = replace(TOWN, templates=tuple(replace(it, ttl_s=43200) for it in TOWN.templates))
    cleared = a_snapshot(timed, ttl_s=None)
    assert {it.problem for it in template_troubles(timed, cleared)} == {TemplateProblem.TTL}
    assert "30 days" in template_troubles(timed, cleared)[0].found


def test_a_template_that_meta_does_not_have_is_missing():
    german, _ = TOWN.templates
    snapshot = replace(a_snapshot(TOWN), templates=(as_approved(german),))
    assert [(it.language, it.problem) for it in template_troubles(TOWN, snapshot)] == [("en", TemplateProblem.MISSING)]


def test_templates_of_somebody_else_at_the_same_account_are_left_alone():
    more = as_approved(TOWN.templates[0], name="hello_world", status="PAUSED")
    snapshot = replace(a_snapshot(TOWN), templates=(*a_snapshot(TOWN).templates, more))
    assert template_troubles(TOWN, snapshot) == ()


def test_only_what_a_newsletter_uses_holds_it_back_and_nothing_while_nobody_looked():
    snapshot = a_snapshot(TOWN, status="PAUSED")
    assert len(troubles_blocking(TOWN, "warnung", snapshot)) == 2
    assert troubles_blocking(TOWN, "brief", snapshot) == ()
    assert troubles_blocking(TOWN, "warnung", None) == ()
    assert snapshot.seen_at == SEEN_AT
    assert snapshot.number == NUMBER
