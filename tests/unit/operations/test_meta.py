"""The app at Meta and the towns' accounts: every way in which webhooks or messages would not come or go."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from stadtdraht.domain.operations.finding import Level, Remedy
from stadtdraht.domain.operations.meta_app import AppSubscription, secret_at_meta_check, version_check
from stadtdraht.domain.whatsapp.account import NumberFacts
from stadtdraht.domain.whatsapp.graph_versions import SEEN_ON, VERSIONS
from stadtdraht.domain.whatsapp.webhook_fields import ACTED_ON
from stadtdraht.settings import GRAPH_API_VERSION
from stadtdraht.usecases.operations.look_at_meta import MetaPorts, look_at_app, look_at_town
from tests.support.builders.account import a_notice, as_approved
from tests.support.fakes.account_snapshots import FakeAccountSnapshots
from tests.support.fakes.operations import APP, CALLBACK, FakeMetaApp
from tests.support.fakes.secrets import FakeSecrets
from tests.support.fakes.whatsapp_account import FakeWhatsAppAccount
from tests.support.town_office import TOWNS

NOW = datetime(2026, 11, 30, 10, 0, tzinfo=UTC)
TOWN = TOWNS["arnsberg"]
WELL = NumberFacts(TOWN.number.display_phone_number, "GREEN", TOWN.number.rate_mps, "TIER_2K", "AVAILABLE")
ME = f"{TOWN.id}: "


class Meta:
    def __init__(self):
        self.app, self.secrets = FakeMetaApp(), FakeSecrets(tokens={TOWN.id: "EAA"})
        self.account = FakeWhatsAppAccount([as_approved(it) for it in TOWN.templates], facts=WELL)
        self.account.subscribe(TOWN.number.waba_id)
        self.snapshots = FakeAccountSnapshots()

    def look(self):
        ports = MetaPorts(self.app, self.secrets, lambda _: self.account, self.snapshots)
        app, found = look_at_app(GRAPH_API_VERSION, CALLBACK, [TOWN], NOW, ports)
        found += look_at_town(TOWN, app, CALLBACK, NOW, ports)
        return {it.what: it for it in found}

    def level(self, what):
        return self.look()[what].level


@pytest.fixture
def meta():
    return Meta()


def test_where_all_is_well_every_line_says_so(meta):
    assert [it for it in meta.look().values() if it.level is not Level.OK] == []


def test_a_secret_that_is_not_the_app_s_is_found_at_meta_though_our_own_webhook_takes_it(meta):
    meta.app.secret = "another"
    found = meta.look()
    assert found["app secret at Meta"].level is Level.FAIL
    assert "callback at Meta" not in found  # nobody may ask


def test_in_a_rotation_the_new_one_stands_first():
    assert secret_at_meta_check([True]).level is Level.OK
    assert secret_at_meta_check([False, True]).level is Level.WARN
    assert secret_at_meta_check([False, False]).level is Level.FAIL
    assert secret_at_meta_check([]).level is Level.FAIL


def test_webhooks_that_go_elsewhere_or_nowhere_fail(meta):
    meta.app.known = replace(meta.app.known, callback_url="https://old.example/webhooks/whatsapp")
    assert "https://old.example" in meta.look()["callback at Meta"].found
    assert meta.level("callback at Meta") is Level.FAIL
    meta.app.known = AppSubscription(CALLBACK, active=False, fields=frozenset(ACTED_ON))
    assert meta.level("callback at Meta") is Level.FAIL
    meta.app.known = None
    assert meta.level("callback at Meta") is Level.FAIL
    assert meta.level("webhook fields") is Level.FAIL


@pytest.mark.parametrize("field", ACTED_ON)
def test_each_field_that_is_acted_on_has_to_be_subscribed(meta, field):
    meta.app.known = replace(meta.app.known, fields=frozenset(ACTED_ON) - {field})
    found = meta.look()["webhook fields"]
    assert (found.level, found.found) == (Level.FAIL, f"Meta sends no {field}")


def test_an_override_that_takes_the_messages_away_fails_and_ours_does_not(meta):
    meta.app.override = CALLBACK
    assert meta.level(ME + "webhooks") is Level.OK
    meta.app.override = "https://elsewhere.example/hook"
    assert meta.level(ME + "webhooks") is Level.FAIL


def test_an_account_that_is_not_subscribed_fails(meta):
    meta.account.subscriptions.clear()
    assert meta.level(ME + "webhooks") is Level.FAIL


def test_a_town_without_a_token_is_told_how_it_gets_one(meta):
    meta.secrets.tokens.clear()
    found = meta.look()
    assert found["app at Meta"].level is Level.WARN
    assert found[ME + "access token"].level is Level.FAIL
    assert found[ME + "access token"].remedy is Remedy.TOKEN


@pytest.mark.parametrize(
    ("changes", "level"),
    [
        ({"valid": False}, Level.FAIL),
        ({"app_id": "701"}, Level.FAIL),
        ({"scopes": frozenset({"whatsapp_business_messaging"})}, Level.FAIL),
        ({"expires_at": NOW - timedelta(hours=1)}, Level.FAIL),
        ({"expires_at": NOW + timedelta(days=3)}, Level.WARN),
        ({"expires_at": NOW + timedelta(days=50)}, Level.WARN),
    ],
)
def test_a_token_has_to_hold_be_of_this_app_have_both_rights_and_no_end(meta, changes, level):
    assert meta.app.facts.app_id == APP
    meta.app.facts = replace(meta.app.facts, **changes)
    assert meta.level(ME + "access token") is level


@pytest.mark.parametrize(
    ("changes", "what", "level"),
    [
        ({"quality": "YELLOW"}, "number", Level.WARN),
        ({"quality": "RED"}, "quality", Level.FAIL),
        ({"portfolio_limit": "TIER_250"}, "limit", Level.WARN),
        ({"rate_mps": 20}, "rate", Level.FAIL),
        ({"rate_mps": 1_000}, "number", Level.WARN),
        ({"health": "BLOCKED"}, "number blocked", Level.FAIL),
        ({"display_phone_number": "+49 30 1"}, "number", Level.FAIL),
    ],
)
def test_the_number_is_held_against_the_town_file(meta, changes, what, level):
    meta.account.facts = replace(WELL, **changes)
    assert meta.level(ME + what) is level


def test_what_meta_told_of_the_account_is_there(meta):
    meta.snapshots.add_notices(TOWN.id, [a_notice()])
    assert meta.level(ME + "restricted") is Level.FAIL


@pytest.mark.parametrize(
    ("changes", "level"),
    [
        ({"status": "PENDING"}, Level.WARN),
        ({"quality": "RED"}, Level.WARN),
        ({"status": "PAUSED"}, Level.FAIL),
        ({"category": "UTILITY"}, Level.FAIL),
        ({"body": "Anders"}, Level.FAIL),
    ],
)
def test_a_template_is_as_approved_or_says_what_is_not(meta, changes, level):
    first, *others = meta.account.templates_there
    meta.account.templates_there = [replace(first, **changes), *others]
    assert meta.level(f"{ME}template {first.name} ({first.language})") is level


def test_a_template_that_meta_lacks_is_handed_in_by_town_apply(meta):
    gone = meta.account.templates_there.pop(0)
    found = meta.look()[f"{ME}template {gone.name} ({gone.language})"]
    assert found.level is Level.FAIL
    assert (found.remedy, found.about) == (Remedy.APPLY_TOWN, TOWN.id)


def test_meta_s_refusal_is_a_line_and_what_comes_after_it_is_looked_at(meta):
    meta.account.refuses_with = 190
    found = meta.look()
    assert found[ME + "number"].level is Level.FAIL
    assert found[ME + "webhooks"].level is Level.OK


@pytest.mark.parametrize(
    ("version", "today", "level"),
    [
        ("v26.0", date(2026, 11, 30), Level.OK),
        ("v21.0", date(2026, 11, 30), Level.WARN),  # ends within 60 days
        ("v20.0", date(2026, 11, 30), Level.FAIL),
        ("v99.0", date(2026, 11, 30), Level.WARN),
        ("v26.0", SEEN_ON + timedelta(days=200), Level.WARN),  # nobody has looked at Meta's list for long
        ("v26.0", date(2028, 6, 15), Level.WARN),
    ],
)
def test_a_version_that_ends_soon_or_that_nobody_has_looked_after_is_told(version, today, level):
    assert version_check(version, today).level is level


def test_the_version_in_use_is_in_the_list():
    assert GRAPH_API_VERSION in VERSIONS
