"""Whatever Meta's key signed: no exception, good neighbours in their rows, the rest kept, and rows the table takes."""

import json
from copy import deepcopy
from dataclasses import dataclass, field

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stadtdraht.adapters.dynamodb.inbound.inbox import DynamoInbox
from stadtdraht.adapters.dynamodb.table import to_item
from stadtdraht.domain.identifiers import message_id
from stadtdraht.usecases.inbound.receive_webhook import receive_webhook
from tests.support.examples import examples
from tests.support.signs_of_life import without_signs
from tests.support.town_office import NOON
from tests.unit.inbound.test_receive_webhook import Directory, signed

LARGEST_ROW_BYTES, LONGEST_PK_BYTES, LONGEST_SK_BYTES, DIGITS = 400_000, 2048, 1024, 38  # Amazon DynamoDB, quotas
AT_S = str(int(NOON.timestamp()))
KEY = f"sd1:vreden-n-20261124-4f7k2p:{0:020x}:1"
GOOD = {"from": "49151", "id": "wamid.good", "timestamp": AT_S, "type": "text", "text": {"body": "Grüße"}}
GOOD_STATUS = {"id": "wamid.out", "status": "read", "timestamp": AT_S, "biz_opaque_callback_data": KEY}
SAMPLES = {
    "messages": {**GOOD, "id": "wamid.odd", "from_user_id": "DE.1", "context": {"id": "wamid.x", "forwarded": True}},
    "statuses": {
        **GOOD_STATUS,
        "status": "failed",
        "errors": [{"code": 131026}],
        "pricing": {"category": "utility", "type": "regular"},
    },
}


@dataclass
class StrictTable:
    """Refuses what DynamoDB refuses."""

    rows: dict = field(default_factory=dict)

    def put_all(self, rows):
        for row in rows:
            assert 0 < len(row["pk"].encode()) <= LONGEST_PK_BYTES
            assert 0 < len(row["sk"].encode()) <= LONGEST_SK_BYTES
            item = to_item(row)
            assert (
                sum(len(f"{name}{next(iter(it.values()))}".encode()) for name, it in item.items()) <= LARGEST_ROW_BYTES
            )
            assert all(len(value["N"]) <= DIGITS for value in item.values() if "N" in value)
            self.rows[row["pk"], row["sk"]] = row


def taken(raw, signature=None):
    table = StrictTable()
    found = receive_webhook(
        raw,
        signature or signed(raw),
        NOON,
        app_secrets=["new", "ours"],
        directory=Directory(),
        inbox=DynamoInbox(table),
    )
    return found, table.rows


def envelope(*values):
    changes = [{"field": "messages", "value": {"metadata": {"phone_number_id": "301"}, **value}} for value in values]
    return json.dumps({"entry": [{"id": "109", "changes": changes}]}).encode()


def has_good(rows):
    keys = [sk for _, sk in rows]
    return any(message_id("wamid.good") in sk for sk in keys) and any(sk.endswith("#S#1#read") for sk in keys)


HUGE = st.sampled_from([10**37, 10**40, -(10**40), 10**4000, 1e308, "9" * 60, "9" * 5000, "x" * 400_000, "\x00", ""])
SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | HUGE
ANYTHING = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


def places(value, at=()):
    """The way to every part of a sample."""
    yield at
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, part in parts:
        yield from places(part, (*at, name))


@st.composite
def odd(draw):
    """A real update of which one part is missing, or something else."""
    kind = draw(st.sampled_from(sorted(SAMPLES)))
    way = draw(st.sampled_from(list(places(SAMPLES[kind]))))
    if not way:
        return kind, draw(ANYTHING)
    changed = deepcopy(SAMPLES[kind])
    holder = changed
    for name in way[:-1]:
        holder = holder[name]
    if draw(st.booleans()):
        holder[way[-1]] = draw(ANYTHING)
    else:
        del holder[way[-1]]
    return kind, changed


@settings(max_examples=examples(250), deadline=None, derandomize=True)
@given(odd())
def test_an_odd_update_is_kept_and_its_neighbours_are_stored(update):
    kind, value = update
    good = {"messages": [GOOD], "statuses": [GOOD_STATUS]}
    beside = {**good, kind: [value, *good[kind]]}
    _, without = taken(envelope(good))
    _, rows = taken(envelope(beside))
    assert has_good(rows)
    assert len(rows) > len(without) or _says_the_same(value)


@pytest.mark.parametrize(
    "huge", [10**40, "9" * 60, "x" * 400_000, "9" * 5000], ids=["number", "digits", "text", "more"]
)
@pytest.mark.parametrize("part", ["id", "code", "category", "type", "status", "timestamp", "biz_opaque_callback_data"])
def test_a_status_with_something_huge_in_it_is_kept_and_holds_back_nobody(part, huge):
    value = deepcopy(SAMPLES["statuses"])
    holder = next(it for it in (value["errors"][0], value["pricing"], value) if part in it)
    holder[part] = huge
    _, rows = taken(envelope({"messages": [GOOD], "statuses": [value, GOOD_STATUS]}))
    assert has_good(rows)
    assert len(without_signs(rows.values())) == 3


def _says_the_same(value):
    """Two updates under one key are one row."""
    return isinstance(value, dict) and value.get("id") in (GOOD["id"], GOOD_STATUS["id"])


@settings(max_examples=examples(150), deadline=None, derandomize=True)
@given(ANYTHING, st.sampled_from(["body", "entry", "changes", "value", "metadata", "contacts", "messages", "field"]))
def test_anything_in_any_place_of_an_envelope_raises_nothing_and_is_kept(value, place):
    body = json.loads(envelope({"messages": [GOOD], "contacts": [{"wa_id": "49151"}]}))
    change = body["entry"][0]["changes"][0]
    holder = {"entry": body, "changes": body["entry"][0], "value": change, "field": change}.get(place, change["value"])
    holder[place] = value
    raw = json.dumps(value if place == "body" else body).encode()
    found, rows = taken(raw)
    assert found is not None
    assert rows or not value or place not in ("body", "field", "metadata", "contacts")


@pytest.mark.parametrize(
    "raw",
    [b"", b"\xff\xfe{}", b'{"entry": "\xc3"}', b"{" * 3000, b"[" * 200_000, b"1" * 5000, b"null", b'"text"', b"[{}]"],
    ids=range(9),
)
def test_a_body_that_is_no_envelope_is_kept_as_it_came(raw):
    _, rows = taken(raw)
    assert [row["kind"] for row in rows.values()] == ["unparsed"]


@settings(max_examples=examples(100), deadline=None, derandomize=True)
@given(st.binary(max_size=200), st.text(max_size=80))
def test_a_body_that_nobody_signed_is_refused_whatever_stands_in_the_header(raw, header):
    for signature in (header or "none", f"sha256={header}", signed(raw, "theirs"), signed(raw + b"\n", "ours")):
        assert taken(raw, signature) == (None, {})


@settings(max_examples=examples(50), deadline=None, derandomize=True)
@given(st.binary(max_size=200))
def test_either_secret_of_a_rotation_opens_the_same_body(raw):
    by_old, by_new = (taken(raw, signed(raw, secret)) for secret in ("ours", "new"))
    assert by_old[0] is not None
    assert by_old == by_new
