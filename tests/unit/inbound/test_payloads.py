"""Recorded shapes of Meta's webhook, and the one table that says what follows from each."""

import json
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from stadtdraht.domain.identifiers import message_id
from stadtdraht.domain.inbound.envelope import FIELDS, parse_envelope
from stadtdraht.domain.inbound.inbox import UNROUTED, UpdateKind
from tests.support.town_office import ConversationHarness

ROOT = Path(__file__).resolve().parents[3]
PAYLOADS = {file.stem: file for file in (ROOT / "tests" / "payloads").glob("*.json")}
PAGE = (ROOT / "docs/operations/kinds.md").read_text()
TABLE = dict(re.findall(r"^\| `(\w+)` \| (\w+) \|", PAGE, re.MULTILINE))
NEW_TO_US = {"message_ad", "message_unknown"}  # told to somebody by a metric
NAME_NO_TOWN = {"value_that_is_no_object"}
OF_THE_ACCOUNT = {"account_alerts", "business_capability_update", "phone_number_name_update", "user_preferences"}
NOW = datetime.fromtimestamp(1795517940 + 5, UTC)


def parsed(raw):
    return parse_envelope(raw, NOW, town_of_number={"301": "vreden"}.get, town_of_account={"109": "vreden"}.get)


def reaction(found):
    if not found.updates:
        return "nothing"
    (update,) = found.updates
    if update.kind is not UpdateKind.MESSAGE:
        return "unparsed" if update.kind is UpdateKind.UNPARSED else "kept"
    office = ConversationHarness("vreden")
    office.hears("Hallo")
    office.hears("Hallo", who="5531988880001")
    answers = office.again(update)
    if office.citizens.cases.found:
        return "report"
    return "answer" if answers else "silence"


def test_the_table_names_every_payload():
    assert set(TABLE) == set(PAYLOADS)


@pytest.mark.parametrize("name", sorted(PAYLOADS))
def test_what_follows_is_what_the_table_says(name):
    found = parsed(PAYLOADS[name].read_bytes())
    assert reaction(found) == TABLE[name]
    assert found.unknown == (name in NEW_TO_US)
    assert all(update.town != UNROUTED for update in found.updates) or name in NAME_NO_TOWN


def test_all_is_understood_that_can_be_and_nothing_is_lost():
    """As the page says; of the rest each is kept whole, and counted."""
    of_no_meaning = {name for name, what in TABLE.items() if what == "unparsed"}
    assert of_no_meaning == {"message_that_names_nobody", "status_that_says_nothing", "value_that_is_no_object"}
    assert f"Of these {len(TABLE)} kinds {len(TABLE) - len(of_no_meaning)} are understood." in PAGE
    kept = {name: parsed(file.read_bytes()) for name, file in PAYLOADS.items()}
    assert [name for name, it in kept.items() if not (it.updates or it.statuses or it.orphans)] == ["call_of_ours"]


def test_every_field_that_meta_documents_has_its_payload():
    """But for those of messages, of templates and accounts, whose events have tests of their own."""
    told = {json.loads(file.read_bytes())["entry"][0]["changes"][0].get("field") for file in PAYLOADS.values()}
    elsewhere = {it for it in FIELDS if it.startswith(("message_", "template_"))}
    assert FIELDS - told - elsewhere == OF_THE_ACCOUNT


@pytest.mark.parametrize(
    "rotten", ["9" * 5000, "[" * 5000 + "]" * 5000, '{"a":' * 5000 + "1" + "}" * 5000, '"\\ud800"']
)
def test_one_broken_value_costs_itself_only(rotten):
    """Its neighbours are followed up, whatever it holds."""
    good = json.loads(PAYLOADS["text"].read_text())
    first = good["entry"][0]["changes"][0]["value"]["messages"][0]
    good["entry"][0]["changes"][0]["value"]["messages"] = [first, {**first, "id": "wamid.bad", "text": "ROTTEN"}]
    found = parsed(json.dumps(good).replace('"ROTTEN"', rotten).encode())
    assert message_id("wamid.payload") in {update.key for update in found.updates}
    assert len(found.updates) == 2
    assert all(update.town == "vreden" for update in found.updates)


def test_a_bsuid_is_never_taken_for_a_number():
    office = ConversationHarness("vreden")
    (update,) = parsed(PAYLOADS["bsuid_in_from"].read_bytes()).updates
    office.again(update)
    (person,) = {it.citizen_id: it for it in office.citizens.people.values()}.values()
    assert (person.identity.user_id, person.identity.phone) == ("DE.20861231001", None)


def test_an_edit_stands_at_its_case_for_staff():
    """From a coexistence number: the new words beside the old ones, and no second acknowledgement."""
    office = ConversationHarness("vreden")
    office.hears("Hallo")
    office.hears("Schlagloch in der Hauptstraße 5", wamid="wamid.FIRST")
    new = {"original_message_id": "wamid.FIRST", "message": {"type": "text", "text": {"body": "Hauptstraße 55"}}}
    assert office.hears(kind="edit", content=new) == []
    (case,) = office.citizens.cases.found.values()
    assert "Hauptstraße 5" in case.description.splitlines()[0]
    assert case.description.splitlines()[1] == "Berichtigt: Hauptstraße 55"
