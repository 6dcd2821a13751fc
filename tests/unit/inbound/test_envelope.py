"""Taking envelopes apart: every update once, with a key of its own, whatever it is."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stadtdraht.domain.delivery.delivery import DeliveryKey, Status
from stadtdraht.domain.identifiers import message_id
from stadtdraht.domain.inbound.envelope import parse_envelope
from stadtdraht.domain.inbound.inbox import UNROUTED, UpdateKind

NOON = datetime(2026, 11, 24, 11, 0, tzinfo=UTC)
NUMBERS = {"301": "vreden", "302": "bocholt"}
ACCOUNTS = {"109": "vreden"}


def sorted_out(raw):
    return parse_envelope(raw, NOON, town_of_number=NUMBERS.get, town_of_account=ACCOUNTS.get)


def envelope(field="messages", number="301", account="109", **value):
    value = {"metadata": {"phone_number_id": number}, **value} if number else value
    return json.dumps(
        {
            "object": "whatsapp_business_account",
            "entry": [{"id": account, "changes": [{"field": field, "value": value}]}],
        }
    ).encode()


def message(wamid="wamid.1", **fields):
    at = str(int(NOON.timestamp()))
    return {"from": "49151", "id": wamid, "timestamp": at, "type": "text", "text": {"body": "Hallo"}, **fields}


def status(key, **fields):
    at = str(int(NOON.timestamp()))
    return {"id": "wamid.9", "status": "delivered", "timestamp": at, "biz_opaque_callback_data": str(key), **fields}


def test_a_message_belongs_to_the_town_of_its_number():
    (update,) = sorted_out(envelope(messages=[message()])).updates
    assert (update.town, update.kind, update.key) == ("vreden", UpdateKind.MESSAGE, message_id("wamid.1"))
    assert update.at == NOON


def test_the_row_is_the_same_whenever_the_envelope_comes():
    raw = envelope(messages=[message()])
    later = parse_envelope(raw, NOON + timedelta(days=6), town_of_number=NUMBERS.get, town_of_account=ACCOUNTS.get)
    assert later.updates == sorted_out(raw).updates


def test_the_sender_s_contact_stays_with_the_message():
    contacts = [{"wa_id": "49999", "profile": {"name": "B"}}, {"wa_id": "49151", "profile": {"name": "A"}}]
    (update,) = sorted_out(envelope(messages=[message()], contacts=contacts)).updates
    assert json.loads(update.raw)["contact"]["profile"]["name"] == "A"


def test_all_updates_of_a_person_share_a_shard():
    found = sorted_out(envelope(messages=[message("wamid.1"), message("wamid.2")]))
    assert len({update.shard for update in found.updates}) == 1


def test_a_status_of_ours_finds_its_delivery():
    key = DeliveryKey("vreden-n-20261124-abcdef", "0" * 20)
    ((town, report),) = sorted_out(envelope(statuses=[status(key)])).statuses
    assert (town, report.key, report.status) == ("vreden", key, Status.DELIVERED)


def test_a_status_that_names_another_town_s_cause_is_filed_under_its_wamid():
    key = DeliveryKey("bocholt-n-20261124-abcdef", "0" * 20)
    found = sorted_out(envelope(statuses=[status(key), status("nobody's", id="wamid.8")]))
    assert not found.statuses
    assert [orphan.key for orphan in found.orphans] == [f"{message_id(it)}#delivered" for it in ("wamid.9", "wamid.8")]


def test_a_failure_keeps_its_code_and_a_price_its_category():
    key = DeliveryKey("vreden-n-20261124-abcdef", "0" * 20)
    failed = status(key, status="failed", errors=[{"code": 131026}], pricing={"category": "utility", "type": "regular"})
    ((_, report),) = sorted_out(envelope(statuses=[failed])).statuses
    assert (report.code, report.pricing_category, report.pricing_type) == (131026, "utility", "regular")


def test_one_poison_update_does_not_hold_back_its_neighbours():
    messages = [message("wamid.1"), "poison", {"id": None}, message("wamid.2")]
    found = sorted_out(envelope(messages=messages, statuses=[17]))
    kinds = [update.kind for update in found.updates]
    assert kinds.count(UpdateKind.MESSAGE) == 2
    assert kinds.count(UpdateKind.UNPARSED) == 3


def test_a_number_of_nobody_is_kept_apart():
    (update,) = sorted_out(envelope(number="999", messages=[message()])).updates
    assert update.town == UNROUTED


def test_events_of_an_account_belong_to_its_town():
    (update,) = sorted_out(envelope("message_template_status_update", number="", event="PAUSED")).updates
    assert (update.town, update.kind) == ("vreden", UpdateKind.EVENT)
    assert "PAUSED" in update.raw


@pytest.mark.parametrize("entries", ["{}", '"x"', "1", "null", '[{"changes": {}}]', '[{"changes": "ab"}]', '{"a": 1}'])
def test_what_holds_no_list_of_changes_is_kept_as_it_came(entries):
    (kept,) = sorted_out(f'{{"entry": {entries}}}'.encode()).updates
    assert (kept.town, kept.kind) == (UNROUTED, UpdateKind.UNPARSED)


def test_people_s_own_choice_about_marketing_is_kept_per_person():
    preference = {
        "wa_id": "49151",
        "category": "marketing_messages",
        "value": "stop",
        "timestamp": int(NOON.timestamp()),
    }
    (update,) = sorted_out(envelope("user_preferences", user_preferences=[preference])).updates
    assert update.kind is UpdateKind.PREFERENCE
    assert "49151" not in update.key


def test_a_time_that_cannot_be_true_is_not_believed():
    times = ["0", "99999999999", "soon", None, str(10**30)]
    found = sorted_out(envelope(messages=[message(f"wamid.{n}", timestamp=time) for n, time in enumerate(times)]))
    assert {update.at for update in found.updates} == {NOON}


def test_what_is_new_beside_messages_is_kept():
    found = sorted_out(envelope(messages=[message()], surprise={"new": True}))
    assert [update.kind for update in found.updates] == [UpdateKind.MESSAGE, UpdateKind.EVENT]
    assert "surprise" in found.updates[1].raw


def test_half_a_surrogate_pair_is_replaced_and_a_whole_one_stays():
    raw = envelope(messages=[message(text={"body": "half HALF whole 😀"})]).replace(b"HALF", b"\\ud83d")
    (update,) = sorted_out(raw).updates
    update.raw.encode()
    assert json.loads(update.raw)["message"]["text"]["body"] == "half ? whole 😀"


@given(
    st.lists(
        st.sampled_from(["\ud83d", "\ude00", "\U0001f600", "\\", "u", "ud83d", "\\ud83d", "\\ude00", "ä", '"', "a"])
    )
)
def test_no_half_of_a_pair_is_left_and_nothing_else_changes(pieces):
    text = json.loads(json.dumps("".join(pieces)))  # which joins the halves of a pair that stand beside each other
    (update,) = sorted_out(envelope(messages=[message(text={"body": text})])).updates
    kept = json.loads(update.raw.encode())["message"]["text"]["body"]
    assert kept == text.encode("utf-8", "replace").decode()


def test_bytes_that_are_no_text_spoil_only_the_words_they_stand_in():
    raw = envelope(messages=[message(text={"body": "halb HALF"}), message("wamid.2")])
    first, second = sorted_out(raw.replace(b"HALF", b"\xed\xa0\xbd \xff")).updates
    assert (first.kind, second.key) == (UpdateKind.MESSAGE, message_id("wamid.2"))
    assert json.loads(first.raw.encode())["message"]["text"]["body"].startswith("halb \ufffd")


def test_what_is_too_large_for_a_row_is_cut_and_its_neighbours_stay():
    giant = message("wamid.giant", text={"body": "ü" * 300_000})
    found = sorted_out(envelope(messages=[giant, message("wamid.2")], extra="ä" * 300_000)).updates
    assert [update.kind for update in found] == [UpdateKind.UNPARSED, UpdateKind.MESSAGE, UpdateKind.UNPARSED]
    assert all(len(update.raw.encode()) <= 350_000 for update in found)


def test_an_id_that_is_too_long_for_a_key_is_shortened_and_stays_its_own():
    found = sorted_out(envelope(messages=[message("wamid." + "x" * 3000), message("wamid." + "x" * 3001)])).updates
    assert len({update.key for update in found}) == 2
    assert all(len(update.key) <= 500 for update in found)


def test_nesting_without_end_is_kept_as_it_came():
    for depth in (200, 900, 1100, 5000, 100_000):
        raw = b'{"entry": [{"id": "109", "changes": [' + b"[" * depth + b"]" * depth + b"]}]}"
        (update,) = sorted_out(raw).updates
        assert update.kind is UpdateKind.UNPARSED


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)


@given(json_values)
def test_whatever_a_change_holds_something_is_kept(value):
    raw = json.dumps({"entry": [{"id": "109", "changes": [value]}]}).encode()
    found = sorted_out(raw)
    assert found.updates or found.statuses or found.orphans


@given(st.binary(max_size=200))
def test_no_bytes_are_too_strange_to_keep(raw):
    assert sorted_out(raw).updates or raw.strip().startswith(b"{")


def test_a_thousand_messages_are_a_thousand_rows():
    found = sorted_out(envelope(messages=[message(f"wamid.{n}") for n in range(1000)]))
    assert len({update.key for update in found.updates}) == 1000


def test_a_status_that_says_a_name_more_than_we_knew_is_followed_up():
    both = {"recipient_id": "4915112345678", "recipient_user_id": "DE.7"}
    key = DeliveryKey("vreden-n-20261124-4f7k2p", "0a1b", one_name=True)
    found = sorted_out(envelope(statuses=[status(key, **both)]))
    (names,) = found.updates
    assert (names.town, names.kind, names.raw) == (
        "vreden",
        UpdateKind.NAMES,
        '{"names": {"user_id": "DE.7", "wa_id": "4915112345678"}}',
    )
    assert "4915112345678" not in names.key
    assert sorted_out(envelope(statuses=[status(key, **both, timestamp="1795400399")])).updates[0].key == names.key
    assert [report.key for _, report in found.statuses] == [key]


@pytest.mark.parametrize(
    ("one_name", "said"),
    [
        (False, {"recipient_id": "4915112345678", "recipient_user_id": "DE.7"}),  # the usual case: no row more
        (True, {"recipient_id": "4915112345678"}),
        (True, {"recipient_user_id": "DE.7"}),
        (True, {"recipient_id": "DE.7", "recipient_user_id": "DE.7"}),
    ],
)
def test_other_statuses_cost_one_row_each(one_name, said):
    key = DeliveryKey("vreden-n-20261124-4f7k2p", "0a1b", one_name=one_name)
    assert sorted_out(envelope(statuses=[status(key, **said)])).updates == []
