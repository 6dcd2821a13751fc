"""What Meta tells of an account by event, what the facts of its number say, and what both hold back."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import permutations

import pytest
from typer.testing import CliRunner

from stadtdraht.cli.advice import with_advice
from stadtdraht.cli.main import app
from stadtdraht.cli.whatsapp.trouble_advice import ACCOUNT_ADVICE
from stadtdraht.domain.whatsapp.account_events import Matter, Notice, notices_in_force, notices_of
from stadtdraht.domain.whatsapp.account_problems import (
    AccountProblem,
    account_troubles,
    troubles_holding_back,
    within_meta_s_limit,
)
from stadtdraht.texts.staff.account import ACCOUNT_PROBLEMS
from stadtdraht.usecases.whatsapp.check_account import TemplateNotAsApproved, check_template, settle_notices
from tests.support.adapters import FakeAdapters
from tests.support.builders.account import NUMBER, SEEN_AT, a_notice, a_snapshot, as_approved
from tests.support.builders.crisis import a_town
from tests.support.builders.delivery import LETTER
from tests.support.fakes.account_snapshots import FakeAccountSnapshots
from tests.support.fakes.audience import FakeAudience
from tests.support.fakes.towns import FakeTowns
from tests.support.fakes.whatsapp_account import FakeWhatsAppAccount

NOW = SEEN_AT + timedelta(hours=1)
TOWN = a_town(templates=(*a_town().templates, LETTER), newsletter_template="brief")
UTILITY_ONLY = "RESTRICTED_UTILITY_TEMPLATES"


def told(field, **value):
    return notices_of(field, value, SEEN_AT)


def troubles(*notices, snapshot=None, now=NOW, town=TOWN):
    return account_troubles(town, snapshot, notices, now)


def announced(hours=24, **changes):
    value = {
        "message_template_id": 1,
        "message_template_name": "warnung",
        "message_template_language": "de",
        "new_category": "UTILITY",
        "correct_category": "MARKETING",
        "category_update_timestamp": int((SEEN_AT + timedelta(hours=hours)).timestamp()),
    }
    return told("template_category_update", **value | changes)


def test_every_problem_has_advice_and_words_for_staff():
    assert set(ACCOUNT_PROBLEMS) == set(ACCOUNT_ADVICE) == set(AccountProblem)
    assert "warnung (de)" in ACCOUNT_PROBLEMS[AccountProblem.RECATEGORISED].format(name="warnung (de)")


def test_a_restriction_of_what_the_town_begins_stops_everything_until_its_end():
    ends = SEEN_AT + timedelta(days=3)
    info = {"restriction_type": "RESTRICTED_BIZ_INITIATED_MESSAGING", "expiration": int(ends.timestamp())}
    (notice,) = told("account_update", event="ACCOUNT_RESTRICTION", restriction_info=[info])
    (found,) = troubles(notice)
    assert (found.problem, found.grave, notice.until) == (AccountProblem.RESTRICTED, True, ends)
    assert f"until {ends:%Y-%m-%d %H:%M} UTC" in str(found)
    assert troubles_holding_back([found], TOWN, "brief") == troubles_holding_back([found], TOWN, "warnung") == (found,)
    assert troubles(notice, now=ends) == ()


def test_a_restriction_of_utility_templates_lets_marketing_through_and_leaves_warnings_without_a_way():
    info = [{"restriction_type": UTILITY_ONLY}, {"restriction_type": "RESTRICTED_ADD_PHONE_NUMBER_ACTION"}]
    notices = told("account_update", event="ACCOUNT_RESTRICTION", restriction_info=info)
    found = troubles(*notices)
    assert {(it.found, it.grave) for it in found} == {
        (UTILITY_ONLY, True),
        ("RESTRICTED_ADD_PHONE_NUMBER_ACTION", False),
    }
    assert troubles_holding_back(found, TOWN, "brief") == ()
    assert [it.found for it in troubles_holding_back(found, TOWN, "warnung")] == [UTILITY_ONLY]


def test_a_ban_that_is_announced_warns_one_that_holds_stops_and_a_reinstated_account_is_well():
    def ban(state, hours):
        info = {"waba_ban_state": state, "waba_ban_date": "November 30, 2026"}
        value = {"event": "DISABLED_UPDATE", "ban_info": info}
        return notices_of("account_update", value, SEEN_AT + timedelta(hours=hours))

    coming, done, back = ban("SCHEDULE_FOR_DISABLE", 0), ban("DISABLE", 1), ban("REINSTATE", 2)
    (found,) = troubles(*coming)
    assert (found.problem, found.stops, found.grave) == (AccountProblem.TO_BE_DISABLED, frozenset(), False)
    assert "November 30, 2026" in str(found)
    (found,) = troubles(*done, *coming)
    assert (found.problem, found.grave) == (AccountProblem.DISABLED, True)
    assert all(not troubles(*order) for order in permutations((*coming, *done, *back)))


@pytest.mark.parametrize(
    ("field", "value", "found"),
    [
        ("account_update", {"event": "ACCOUNT_VIOLATION", "violation_info": {"violation_type": "SPAM"}}, "SPAM"),
        ("account_update", {"event": "PARTNER_REMOVED"}, "PARTNER_REMOVED"),
        ("account_alerts", {"alert_info": {"alert_severity": "WARNING", "alert_type": "PROFILE_PICTURE_LOST"}}, "LOST"),
        (
            "account_alerts",
            {"alert_severity": "CRITICAL", "alert_status": "ACTIVE", "alert_type": "X", "alert_description": "Bad."},
            "CRITICAL X: Bad.",
        ),
    ],
)
def test_what_meta_tells_is_shown_and_stops_nothing_by_itself(field, value, found):
    (trouble,) = troubles(*told(field, **value))
    assert found in str(trouble)
    assert trouble.stops == frozenset()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("account_update", {"event": "VOLUME_BASED_PRICING_TIER_UPDATE", "volume_tier_info": {}}),
        ("account_update", {"event": "ACCOUNT_RESTRICTION", "restriction_info": None}),
        ("account_update", {"event": "ACCOUNT_RESTRICTION", "restriction_info": ["?", {}]}),
        ("account_update", {"event": 7}),
        ("account_alerts", {"alert_info": {"alert_severity": "INFORMATIONAL", "alert_type": "OBA_APPROVED"}}),
        ("template_category_update", {"new_category": "UTILITY"}),
        ("messages", {"event": "ACCOUNT_DELETED"}),
    ],
)
def test_what_only_informs_or_has_no_known_form_tells_nothing(field, value):
    assert told(field, **value) == ()
    assert notices_of(field, ["no object"], SEEN_AT) == ()


def test_an_announced_category_warns_for_a_day_and_holds_the_template_back_once_it_is_due():
    (notice,) = announced()
    (found,) = troubles(notice)
    assert (found.template, found.grave) == ("warnung (de)", False)
    assert "from UTILITY to MARKETING at 2026-11-25 03:15 UTC" in str(found)
    assert troubles_holding_back([found], TOWN, "warnung") == ()
    due = SEEN_AT + timedelta(hours=24)
    found = troubles(notice, now=due)
    assert troubles_holding_back(found, TOWN, "warnung") == found
    assert troubles_holding_back(found, TOWN, "brief") == ()
    assert troubles(notice, now=due + timedelta(days=1)) == ()  # the nightly look has found it by then


def test_a_category_that_was_changed_or_left_is_announced_no_more():
    done = {"previous_category": "UTILITY", "new_category": "MARKETING", "correct_category": None}
    later = [replace(it, told_at=NOW) for it in announced(**done)]
    assert troubles(*announced(), *later) == troubles(*later, *announced()) == ()
    assert troubles(*announced(new_category="MARKETING")) == ()


def test_the_newest_notice_of_a_matter_holds_in_whatever_order_they_came():
    first, longer = a_notice(until=NOW + timedelta(days=1)), a_notice(told_at=NOW, until=NOW + timedelta(days=9))
    violation = Notice(Matter.VIOLATION, "SPAM", NOW, "SPAM")
    for order in permutations((first, longer, violation, first)):
        assert set(notices_in_force(order)) == {longer, violation}


@pytest.mark.parametrize(
    ("file", "meta", "both"),
    [
        (2000, "TIER_250", 250),
        (250, "TIER_2K", 250),
        (None, "TIER_2K", 2000),
        (2000, "TIER_UNLIMITED", 2000),
        (2000, "", 2000),
        (None, "TIER_UNLIMITED", None),
    ],
)
def test_plans_keep_to_the_smaller_of_the_two_limits(file, meta, both):
    of = replace(TOWN, number=replace(TOWN.number, portfolio_limit=file))
    facts = replace(NUMBER, portfolio_limit=meta)
    assert within_meta_s_limit(of, facts).number.portfolio_limit == both
    assert within_meta_s_limit(of, None) == of
    found = troubles(snapshot=replace(a_snapshot(of), number=facts), town=of)
    assert [it.problem for it in found] == ([AccountProblem.LIMIT] if both != file else [])
    assert all(not it.stops for it in found)


@pytest.mark.parametrize(
    ("facts", "problem", "blocks"),
    [
        ({"quality": "RED"}, AccountProblem.QUALITY, False),
        ({"health": "LIMITED"}, AccountProblem.NUMBER_LIMITED, False),
        ({"health": "BLOCKED"}, AccountProblem.NUMBER_BLOCKED, True),
        ({"rate_mps": 20}, AccountProblem.RATE, False),
    ],
)
def test_facts_of_the_number_are_troubles_and_a_blocked_one_holds_newsletters_back(facts, problem, blocks):
    (found,) = troubles(snapshot=replace(a_snapshot(TOWN), number=replace(NUMBER, **facts)))
    assert found.problem is problem
    assert bool(troubles_holding_back([found], TOWN, "brief")) == blocks


def test_a_number_as_the_file_says_is_no_trouble():
    assert troubles(snapshot=a_snapshot(TOWN)) == troubles(snapshot=None) == ()


@pytest.fixture
def snapshots():
    made = FakeAccountSnapshots()
    made.save("bocholt", a_snapshot(TOWN))
    return made


def test_a_newsletter_waits_while_meta_would_refuse_it_and_goes_once_somebody_saw_that_it_is_over(snapshots):
    check_template(TOWN, "brief", NOW, snapshots=snapshots)
    snapshots.add_notices("bocholt", [a_notice()])
    with pytest.raises(TemplateNotAsApproved, match="RESTRICTED_BIZ_INITIATED_MESSAGING") as refused:
        check_template(TOWN, "brief", NOW, snapshots=snapshots)
    assert "`stadtdraht template check --town bocholt`" in with_advice(refused.value)
    assert settle_notices(TOWN, NOW, snapshots=snapshots) == 1
    check_template(TOWN, "brief", NOW, snapshots=snapshots)
    snapshots.add_notices("bocholt", [a_notice(told_at=NOW + timedelta(hours=1))])  # Meta tells it anew
    with pytest.raises(TemplateNotAsApproved):
        check_template(TOWN, "brief", NOW, snapshots=snapshots)


def test_the_command_shows_what_meta_told_and_ends_well_once_it_is_settled(snapshots):
    account = FakeWhatsAppAccount([as_approved(ours) for ours in TOWN.templates])
    adapters = FakeAdapters(
        towns=FakeTowns({"bocholt": TOWN}),
        account_snapshots=snapshots,
        audience=FakeAudience(),
        account=lambda _: account,
    )

    def types(*words):
        return CliRunner().invoke(app, ["template", *words], obj=adapters, env={"COLUMNS": "300"})

    assert types("check", "--town", "bocholt").exit_code == 0
    snapshots.add_notices("bocholt", [a_notice(told_at=datetime.now(UTC) - timedelta(hours=1))])
    done = types("check", "--town", "bocholt", "--json")
    assert done.exit_code == 1
    value = json.loads(done.stdout)
    assert (value["well"], value["troubles"]) == (False, [])
    (found,) = value["account"]
    assert (found["problem"], found["grave"], found["stops"]) == (
        "restricted",
        True,
        ["AUTHENTICATION", "MARKETING", "UTILITY"],
    )
    assert found["for_staff"] == ACCOUNT_PROBLEMS[AccountProblem.RESTRICTED]
    said = types("check", "--town", "bocholt").stdout
    assert "WhatsApp hat das Konto Ihrer Stadt eingeschränkt" in said
    assert "what to do" in said
    assert "template check --town … --settled" in said
    assert types("check", "--town", "bocholt", "--settled").exit_code == 0
