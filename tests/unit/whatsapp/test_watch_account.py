"""The watch: every town at night, one town at once when Meta sends an event about it, and no text of it in the log."""

import json
from dataclasses import replace

import pytest

from functions.whatsapp import watch_account
from stadtdraht.adapters.dynamodb import keys
from stadtdraht.adapters.dynamodb.table import to_item
from stadtdraht.domain.inbound.inbox import UNROUTED, UpdateKind
from stadtdraht.domain.whatsapp.account_events import Matter
from tests.support.adapters import FakeAdapters
from tests.support.builders.account import as_approved
from tests.support.builders.crisis import a_town
from tests.support.fakes.account_snapshots import FakeAccountSnapshots
from tests.support.fakes.audience import FakeAudience
from tests.support.fakes.towns import FakeTowns
from tests.support.fakes.whatsapp_account import FakeWhatsAppAccount

TOWNS = {"bocholt": a_town(), "vreden": a_town("vreden", "Vreden")}


@pytest.fixture
def meta():
    """Accounts by town; every template as approved."""
    accounts = {id_: FakeWhatsAppAccount([as_approved(ours) for ours in town.templates]) for id_, town in TOWNS.items()}
    made = {"towns": FakeTowns(TOWNS), "account_snapshots": FakeAccountSnapshots(), "audience": FakeAudience()}
    accounts["adapters"] = FakeAdapters(**made, account=accounts.__getitem__)
    accounts["account_snapshots"] = made["account_snapshots"]
    return accounts


def looks(meta, *events):
    """At night without events, or because of them."""
    return watch_account.handler({"Records": events} if events else {}, None, adapters=meta["adapters"])


def an_event(field, town="bocholt", said="PAUSED"):
    row = {
        "pk": keys.inbox(town, "a"),
        "sk": keys.update(UpdateKind.EVENT, f"{field}#1"),
        "kind": "event",
        "at": "2026-11-24T11:00:00.000Z",
        "raw": json.dumps({"field": field, "value": {"event": said}}),
        "expires_at": 1,
    }
    return {"dynamodb": {"NewImage": to_item(row)}}


def test_at_night_every_town_is_looked_at(meta):
    assert looks(meta) == {"troubles": 0}
    assert set(meta["account_snapshots"].found) == set(TOWNS)


def test_an_event_is_a_reason_to_look_at_its_town_once(meta, capsys):
    meta["bocholt"].templates_there = [replace(it, status="PAUSED") for it in meta["bocholt"].templates_there]
    events = [an_event("message_template_status_update"), an_event("template_category_update")]
    assert looks(meta, *events) == {"troubles": 2}
    assert set(meta["account_snapshots"].found) == {"bocholt"}
    assert "CrisisTemplateTrouble" in capsys.readouterr().out


@pytest.mark.parametrize(("field", "town"), [("messages", "bocholt"), ("account_update", UNROUTED)])
def test_other_events_and_other_people_s_accounts_are_no_reason(meta, field, town):
    assert looks(meta, an_event(field, town)) == {"troubles": 0}
    assert not meta["account_snapshots"].found


@pytest.mark.parametrize(("said", "counted"), [("PIN_RESET_REQUEST", True), ("PIN_REQUEST_SUCCESS", False)])
def test_whoever_asks_for_the_number_s_pin_wakes_somebody(meta, capsys, said, counted):
    assert looks(meta, an_event("security", said=said)) == {"troubles": 0}
    assert ("NumberSecurity" in capsys.readouterr().out) == counted
    assert not meta["account_snapshots"].found


def test_a_town_that_cannot_be_read_holds_back_no_other(meta, capsys):
    meta["bocholt"] = FakeWhatsAppAccount(refuses_with=190)
    assert looks(meta) == {"troubles": 1}
    assert set(meta["account_snapshots"].found) == {"vreden"}
    assert "MetaNotReadable" in capsys.readouterr().out


def an_account_event(field="account_update", **value):
    event = an_event(field)
    event["dynamodb"]["NewImage"]["raw"] = {"S": json.dumps({"field": field, "value": value})}
    return event


def a_restriction():
    info = [{"restriction_type": "RESTRICTED_BIZ_INITIATED_MESSAGING", "expiration": 4102444800}]
    return an_account_event(event="ACCOUNT_RESTRICTION", restriction_info=info)


def test_what_meta_tells_of_an_account_is_kept_and_wakes_somebody_even_if_the_account_is_closed_to_us(meta, capsys):
    meta["bocholt"].refuses_with = 190
    looks(meta, a_restriction(), a_restriction())
    (notice,) = meta["account_snapshots"].notices("bocholt")
    assert (notice.matter, notice.subject) == (Matter.RESTRICTION, "RESTRICTED_BIZ_INITIATED_MESSAGING")
    assert "AccountTrouble" in capsys.readouterr().out
    assert not meta["account_snapshots"].notices("vreden")


def test_good_news_is_kept_and_wakes_nobody(meta, capsys):
    news = an_account_event(event="DISABLED_UPDATE", ban_info={"waba_ban_state": "REINSTATE"})
    looks(meta, news)
    (notice,) = meta["account_snapshots"].notices("bocholt")
    assert notice.over
    assert "AccountTrouble" not in capsys.readouterr().out


@pytest.mark.parametrize(("template", "metric"), [("warnung", "CrisisTemplateTrouble"), ("brief", "TemplateTrouble")])
def test_a_category_to_come_is_told_before_it_comes(meta, capsys, template, metric):
    value = {
        "message_template_name": template,
        "message_template_language": "de",
        "new_category": "UTILITY",
        "correct_category": "MARKETING",
    }
    watch_account.handler(
        {"Records": [an_account_event("template_category_update", **value)]}, None, adapters=meta["adapters"]
    )
    assert f'"{metric}"' in capsys.readouterr().out
    assert [it.subject for it in meta["account_snapshots"].notices("bocholt")] == [f"{template} (de)"]
