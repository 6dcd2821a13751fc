"""Everything Meta can bring, kind by kind: stored once, counted where it is new, answered or silently kept."""

import json
from datetime import timedelta

import pytest

from stadtdraht.domain.identifiers import message_id
from stadtdraht.domain.inbound.envelope import FIELDS, parse_envelope
from stadtdraht.domain.inbound.inbox import InboxUpdate, UpdateKind
from stadtdraht.domain.message import KINDS
from stadtdraht.usecases.inbound.receive_webhook import receive_webhook
from tests.support.fakes.inbox import FakeInbox
from tests.support.town_office import ANNA, NOON, ConversationHarness, words
from tests.unit.inbound.test_receive_webhook import Directory, signed

AT_S = str(int(NOON.timestamp()))
CARD = {"name": {"formatted_name": "Hausmeister"}, "phones": [{"phone": "+49 2564 303"}, {"type": "CELL"}]}
FORM = {"name": "flow", "body": "Sent", "response_json": '{"plz": "48691", "tage": [1, 2], "flow_token": "t"}'}
EDIT = {"original_message_id": "wamid.1", "message": {"type": "text", "text": {"body": "Ein großes Loch"}}}
MEDIA = {"id": "160", "mime_type": "image/jpeg"}
CANNOT_READ, CALLS, OPENED = "Diese Art von Nachricht", "Anrufe können wir", "Danke, Ihre Meldung"

# kind, its part of the message: what the history shows, how the answer begins ("" for none), whether work is opened
MESSAGES = [
    ("text", {"text": {"body": "Ein Loch"}}, "Ein Loch", OPENED, True),
    ("text", {"text": {"body": ""}}, "", "Guten Tag", False),
    ("image", {"image": {**MEDIA, "caption": "Loch"}}, "Loch", OPENED, True),
    ("video", {"video": MEDIA}, "", OPENED, True),
    ("audio", {"audio": {**MEDIA, "voice": True}}, "", OPENED, True),
    ("document", {"document": {**MEDIA, "filename": "antrag.pdf"}}, "antrag.pdf", OPENED, True),
    ("sticker", {"sticker": MEDIA}, "", "", False),
    ("location", {"location": {"latitude": 52, "longitude": 7, "name": "Rathaus"}}, "Rathaus 52, 7", OPENED, True),
    ("contacts", {"contacts": [CARD]}, "Hausmeister, +49 2564 303", OPENED, True),
    ("contacts", {"contacts": []}, "", CANNOT_READ, False),
    ("contacts", {"contacts": "odd"}, "", CANNOT_READ, False),
    ("reaction", {"reaction": {"message_id": "wamid.9", "emoji": "👍"}}, "👍", "", False),
    ("reaction", {"reaction": {"message_id": "wamid.9"}}, "", "", False),
    (
        "interactive",
        {"interactive": {"type": "button_reply", "button_reply": {"id": "no", "title": "Nein, danke"}}},
        "Nein, danke",
        "In Ordnung",
        False,
    ),
    (
        "interactive",
        {"interactive": {"type": "list_reply", "list_reply": {"id": "lang:de", "title": "Deutsch"}}},
        "Deutsch",
        "Gern",
        False,
    ),
    (
        "interactive",
        {"interactive": {"type": "nfm_reply", "nfm_reply": FORM}},
        "plz: 48691\ntage: [1, 2]",
        OPENED,
        True,
    ),
    (
        "interactive",
        {"interactive": {"type": "nfm_reply", "nfm_reply": {"response_json": "no JSON"}}},
        "no JSON",
        OPENED,
        True,
    ),
    ("interactive", {}, "", CANNOT_READ, False),
    ("interactive", {"interactive": None}, "", CANNOT_READ, False),
    ("button", {"button": {"payload": "STOP", "text": "Abmelden"}}, "Abmelden", "Sie sind abgemeldet", False),
    (
        "order",
        {"order": {"catalog_id": "3", "product_items": [{"product_retailer_id": "A", "quantity": 2}]}},
        "2 × A",
        CANNOT_READ,
        False,
    ),
    ("system", {"system": {"type": "user_changed_user_id", "body": "User 49151 changed"}}, "", "", False),
    ("edit", {"edit": EDIT}, "Ein großes Loch", "", False),
    ("revoke", {"revoke": {"original_message_id": "wamid.9"}}, "", "", False),
    ("request_welcome", {}, "", "", False),
    (
        "unsupported",
        {"unsupported": {"type": "poll"}, "errors": [{"code": 131051}]},
        "poll",
        CANNOT_READ,
        False,
    ),
    ("call", {}, "", CALLS, False),
    ("hologram", {"hologram": {"body": "3D"}}, "3D", CANNOT_READ, False),
]


@pytest.fixture
def town_hall():
    """Vreden, where somebody has talked before and has no open report."""
    office = ConversationHarness("vreden")
    office.hears("Hallo")
    return office


def test_the_table_names_every_kind_that_meta_documents():
    assert {kind for kind, *_ in MESSAGES} - {"hologram"} == KINDS


@pytest.mark.parametrize(("kind", "content", "shown", "answer", "opens"), MESSAGES)
def test_a_message_is_kept_as_staff_can_read_it_and_answered_as_intended(
    town_hall, kind, content, shown, answer, opens
):
    if kind == "request_welcome":
        answer = words(ConversationHarness("vreden").hears("Hallo")[0])[:20]
    answers = hear(town_hall, kind, content)
    assert [it.text for it in town_hall.citizens.history("vreden", town_hall.person().citizen_id)][1:] == [shown]
    assert [words(body)[: len(answer)] for body in answers if answer] == ([answer] if answer else [])
    assert bool(answers) is bool(answer)
    assert bool(town_hall.cases) is opens


@pytest.mark.parametrize(("kind", "content", "shown", "answer", "opens"), MESSAGES)
def test_the_same_again_changes_nothing(town_hall, kind, content, shown, answer, opens):
    hear(town_hall, kind, content)
    before = (town_hall.person(), dict(town_hall.citizens.messages), list(town_hall.cases))
    assert town_hall.again(town_hall.update) == []
    assert (town_hall.person(), dict(town_hall.citizens.messages), list(town_hall.cases)) == before


def test_a_contact_card_joins_the_report_that_is_open(town_hall):
    town_hall.hears("Der Spielplatz ist kaputt")
    hear(town_hall, "contacts", {"contacts": [CARD]})
    (case,) = town_hall.cases
    assert len(case.message_ids) == 2
    assert "Hausmeister" not in case.description  # which goes out by Open311


def test_a_reaction_and_an_edit_name_what_they_are_about(town_hall):
    for kind, content in (
        ("reaction", {"reaction": {"message_id": "wamid.1", "emoji": "👍"}}),
        ("edit", {"edit": EDIT}),
    ):
        hear(town_hall, kind, content)
    assert [it.in_reply_to for it in town_hall.citizens.messages.values()][1:] == [message_id("wamid.1")] * 2
    history = town_hall.citizens.history("vreden", town_hall.person().citizen_id)
    assert [(it.text, it.quotes) for it in history] == [("Hallo", ""), ("👍", "Hallo"), ("Ein großes Loch", "Hallo")]


def hear(office, kind, content):
    office.count += 1
    office.at += timedelta(minutes=1)
    raw = {"message": {"from": ANNA, "id": f"wamid.{office.count}", "type": kind, "timestamp": AT_S, **content}}
    update = InboxUpdate("vreden", UpdateKind.MESSAGE, "a", f"wamid.{office.count}", json.dumps(raw), office.at, 0)
    return office.again(update)


KEPT_ONLY = frozenset(  # of products that a town does not use; nothing follows from them
    {"automatic_events", "flows", "group_lifecycle_update", "group_participants_update", "group_settings_update",
     "group_status_update", "history", "message_echoes", "partner_solutions", "payment_configuration_update",
     "smb_app_state_sync", "smb_message_echoes", "user_id_update"}
)  # fmt: skip
# field, its value: what Meta documents beside messages (reference 2.4 to 2.12), and something that it does not
EVENTS = [
    ("message_template_status_update", {"event": "PAUSED", "message_template_name": "warnung"}),
    ("message_template_quality_update", {"new_quality_score": "RED", "message_template_name": "warnung"}),
    ("message_template_components_update", {"message_template_name": "warnung"}),
    ("template_category_update", {"new_category": "MARKETING", "message_template_name": "warnung"}),
    ("phone_number_quality_update", {"event": "THROUGHPUT_UPGRADE", "display_phone_number": "4925643030"}),
    ("phone_number_name_update", {"decision": "APPROVED", "display_phone_number": "4925643030"}),
    ("account_update", {"event": "ACCOUNT_RESTRICTION", "restriction_info": []}),
    ("account_alerts", {"entity_type": "BUSINESS", "alert_info": {"alert_severity": "CRITICAL"}}),
    ("account_review_update", {"decision": "APPROVED"}),
    ("account_settings_update", {"type": "PHONE_NUMBER_SETTINGS"}),
    ("business_capability_update", {"max_daily_conversations_per_business": 2000}),
    *[
        (field, {"username": "stadtbeispiel", "status": "approved"})
        for field in ("business_username_update", "business_username_updates")  # Meta's pages spell it either way
    ],
    ("security", {"event": "PIN_RESET_REQUEST", "requester": "61550000000000"}),
    ("calls", {"calls": [{"id": "call.1", "from": "49151", "event": "connect", "timestamp": AT_S}]}),
    ("messages", {"errors": [{"code": 130429}]}),
    ("weather_update", {"sunny": True}),
    *[(field, {"id": "1"}) for field in sorted(KEPT_ONLY)],
]
GOOD = {"from": ANNA, "id": "wamid.good", "timestamp": AT_S, "type": "text", "text": {"body": "Hallo"}}
SWITCH = {"wa_id": ANNA, "category": "marketing_messages", "value": "stop", "timestamp": int(AT_S)}
CHANGES = [
    *EVENTS,
    ("user_preferences", {"user_preferences": [SWITCH]}),
    *[("messages", {"messages": [{**GOOD, "id": f"wamid.{kind}", "type": kind}]}) for kind in sorted(KINDS)],
]


def envelope(*changes):
    told = [{"field": field, "value": {"metadata": {"phone_number_id": "301"}, **value}} for field, value in changes]
    return json.dumps({"entry": [{"id": "109", "time": int(AT_S), "changes": told}]}).encode()


def sorted_out(*changes):
    return parse_envelope(
        envelope(*changes), NOON, town_of_number={"301": "vreden"}.get, town_of_account=lambda _: None
    )


def test_the_table_names_every_field_that_meta_documents():
    assert {field for field, _ in CHANGES} - {"weather_update"} == FIELDS


@pytest.mark.parametrize(("field", "value"), CHANGES, ids=lambda it: it if isinstance(it, str) else "")
def test_every_change_is_one_row_however_often_it_comes(field, value):
    inbox, raw = FakeInbox(), envelope((field, value))
    for _ in range(3):
        receive_webhook(raw, signed(raw), NOON, app_secrets=["ours"], directory=Directory(), inbox=inbox)
    (update,) = inbox.updates.values()
    assert update.town == "vreden"
    assert update.kind is not UpdateKind.UNPARSED


@pytest.mark.parametrize(("field", "value"), CHANGES, ids=lambda it: it if isinstance(it, str) else "")
def test_a_poison_neighbour_holds_nothing_back(field, value):
    rotten = {"messages": ["poison", {"id": None}], "statuses": [17], "contacts": ["odd"], "user_preferences": [3]}
    poison = (field, {**value, **rotten, "calls": [5]})
    found = sorted_out(poison, ("messages", {"messages": [GOOD]}))
    assert message_id("wamid.good") in {update.key for update in found.updates}
    assert len(found.updates) > 1  # the poison is kept too


def test_what_is_documented_is_not_counted_as_unknown_and_everything_else_is():
    assert sorted_out(*[change for change in CHANGES if change[0] != "weather_update"]).unknown == 0
    new = [
        ("weather_update", {"sunny": True}),
        ("messages", {"surprise": 1, "messages": [{**GOOD, "type": "hologram"}]}),
    ]
    assert sorted_out(*new).unknown == 3
