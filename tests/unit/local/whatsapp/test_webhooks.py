"""Webhooks: signed over the very bytes, complete, and brought again until answered with 200."""

import asyncio
import json

from local.whatsapp.model.webhook_bytes import on_the_wire, signature
from tests.unit.local.whatsapp.simulation import ERIKA, Simulation


def test_the_signature_is_the_one_of_metas_own_examples():
    empty = b'{"object":"whatsapp_business_account","entry":[]}'
    escaped = rb'{"text":{"body":"Gr\u00fc\u00dfe \ud83d\ude00"}}'
    assert signature("test_app_secret", empty) == (
        "sha256=dec6a680679a968e7e0319355b23599cbfc54502c0784668e9618baa0c633756"
    )
    assert signature("test_app_secret", on_the_wire({"text": {"body": "Grüße 😀"}})) == (
        signature("test_app_secret", escaped)
    )
    assert signature("test_app_secret", escaped) == (
        "sha256=9ec1f86972e7bf96b4d7d600e2f823377c1bc4b3ec66ceb228035d6278ebc099"
    )


def test_slashes_are_escaped_as_meta_does():
    assert on_the_wire({"url": "https://e.org/a"}) == rb'{"url":"https:\/\/e.org\/a"}'


def test_a_citizens_message_comes_in_metas_envelope():
    simulation = Simulation()
    wamid = simulation.citizen_writes(text="Wann ist das Bürgerbüro offen?", name="Erika M.")
    simulation.deliver_webhooks()
    payload = json.loads(simulation.posted[0])
    value = payload["entry"][0]["changes"][0]["value"]
    assert (payload["object"], payload["entry"][0]["id"]) == ("whatsapp_business_account", "109")
    assert value["metadata"] == {"display_phone_number": "4928719530", "phone_number_id": "301"}
    assert value["contacts"][0]["wa_id"] == ERIKA
    assert value["messages"][0] | {"from_user_id": ""} == {
        "from": ERIKA,
        "from_user_id": "",
        "id": wamid,
        "timestamp": "1795400000",
        "type": "text",
        "text": {"body": "Wann ist das Bürgerbüro offen?"},
    }


def test_a_person_without_a_visible_number_is_known_by_user_id_alone():
    simulation = Simulation()
    simulation.citizen_writes("DE.8123")
    person = simulation.person("DE.8123")
    simulation.send({"recipient": person.user_id, "type": "text", "text": {"body": "Guten Tag"}})
    simulation.pass_time(10)
    simulation.deliver_webhooks()
    whole = b"".join(simulation.posted)
    assert b'"wa_id"' not in whole
    assert b'"from":' not in whole
    assert b'"recipient_id"' not in whole
    assert b'"recipient_user_id":"DE.8123"' in whole


def test_a_pressed_button_is_completed_from_the_message_that_offered_it():
    simulation = Simulation()
    simulation.citizen_writes()
    buttons = [{"type": "reply", "reply": {"id": "abo_ja", "title": "Abonnieren"}}]
    asked = {"type": "button", "body": {"text": "Möchten Sie?"}, "action": {"buttons": buttons}}
    sent = simulation.send({"to": f"+{ERIKA}", "type": "interactive", "interactive": asked})
    simulation.citizen_writes(type="button_reply", title="Abonnieren")
    simulation.deliver_webhooks()
    pressed = simulation.messages()[-1]
    assert pressed["interactive"] == {
        "type": "button_reply",
        "button_reply": {"id": "abo_ja", "title": "Abonnieren"},
    }
    assert pressed["context"] == {"from": "4928719530", "id": sent["messages"][0]["id"]}


def test_a_chain_message_carries_its_flag():
    simulation = Simulation()
    simulation.citizen_writes(frequently_forwarded=True)
    simulation.deliver_webhooks()
    assert simulation.messages()[0]["context"] == {"frequently_forwarded": True}


def test_a_photo_without_data_is_a_real_jpeg_with_its_hash():
    simulation = Simulation()
    simulation.citizen_writes(type="image", caption="Schlagloch")
    simulation.deliver_webhooks()
    image = simulation.messages()[0]["image"]
    medium = simulation.world.media.find(image["id"], simulation.now_s)
    assert medium.content.startswith(b"\xff\xd8")
    assert (image["sha256"], image["caption"]) == (medium.sha256_base64, "Schlagloch")


def test_a_message_is_sent_delivered_and_read_with_its_own_data_echoed():
    simulation = Simulation()
    simulation.citizen_writes()
    simulation.template()
    simulation.send_template()
    simulation.send_text(biz_opaque_callback_data="nl-47:000123")
    simulation.world.statuses.opened(
        simulation.world.chats.find(simulation.world.ledger.search(None, ERIKA, None, None)[1].id),
        simulation.now_s + 5,
    )
    simulation.pass_time(12)
    simulation.deliver_webhooks()
    of_text = [one for one in simulation.statuses() if one.get("biz_opaque_callback_data")]
    assert [one["status"] for one in of_text] == ["sent", "delivered", "read"]
    assert {one["biz_opaque_callback_data"] for one in of_text} == {"nl-47:000123"}
    assert [one.get("pricing", {}).get("category") for one in of_text] == ["service", "service", None]
    of_template = [one for one in simulation.statuses() if not one.get("biz_opaque_callback_data")]
    assert of_template[0]["pricing"]["category"] == "marketing"


def test_when_the_chat_is_open_delivered_is_skipped_and_read_is_priced():
    simulation = Simulation()
    simulation.citizen_writes()
    wamid = simulation.send_text()["messages"][0]["id"]
    simulation.world.statuses.opened(simulation.world.chats.find(wamid), simulation.now_s + 0.1)
    simulation.pass_time(12)
    simulation.deliver_webhooks()
    assert [one["status"] for one in simulation.statuses()] == ["sent", "read"]
    assert all("pricing" in one for one in simulation.statuses())


def test_who_sends_no_read_receipts_is_never_seen_reading():
    simulation = Simulation()
    simulation.template()
    for place in range(30):
        simulation.person(f"49160000{place:04d}", read_receipts=False)
        simulation.send_template(f"+49160000{place:04d}")
    simulation.pass_time(12)
    simulation.deliver_webhooks()
    assert {one["status"] for one in simulation.statuses()} == {"sent", "delivered"}


def test_a_message_may_fail_after_it_was_accepted():
    simulation = Simulation()
    simulation.template()
    simulation.send_template("+4915550001234")
    simulation.pass_time(5)
    simulation.deliver_webhooks()
    (failed,) = simulation.statuses()
    assert (failed["status"], failed["errors"][0]["code"]) == ("failed", 131026)
    assert "contacts" not in simulation.values()[0]
    assert "recipient_user_id" not in failed


def test_a_webhook_that_is_not_answered_with_200_comes_again_later_and_later():
    simulation = Simulation()
    simulation.answers = [500, 503, 404]
    simulation.citizen_writes()
    tries = []
    for second in range(9):
        simulation.deliver_webhooks()
        tries.append((second, len(simulation.posted)))
        simulation.now_s += 1
    assert [count for _, count in tries] == [1, 2, 2, 3, 3, 3, 3, 4, 4]
    assert len(set(simulation.posted)) == 1
    assert len(simulation.world.queue) == 0


def test_when_the_receiver_is_back_what_found_nobody_comes_at_once():
    simulation = Simulation()
    simulation.answers = [None] * 6
    for place in range(6):
        simulation.citizen_writes(text=f"Nachricht {place}")
    simulation.deliver_webhooks()
    assert len(simulation.world.queue) == 6
    simulation.now_s += 1
    simulation.answers = [None] * 6
    simulation.deliver_webhooks()
    simulation.now_s += 0.5
    simulation.citizen_writes(text="und noch eine")
    simulation.deliver_webhooks()
    assert len(simulation.world.queue) == 0
    assert len({message["id"] for message in simulation.messages()}) == 7


def test_after_seven_days_a_webhook_is_given_up():
    simulation = Simulation()
    simulation.answers = [500, 500]
    simulation.citizen_writes()
    simulation.deliver_webhooks()
    simulation.now_s += 7 * 86_400 + 1
    simulation.deliver_webhooks()
    assert len(simulation.world.queue) == 0
    assert simulation.world.queue.delivered == 0


def test_an_account_without_a_subscription_sends_nothing():
    simulation = Simulation()
    simulation.world.numbers.unsubscribed_wabas.add("109")
    simulation.citizen_writes()
    simulation.deliver_webhooks()
    assert simulation.posted == []


def test_a_worker_that_is_stopped_just_as_something_arrives_does_stop():
    """In Python 3.11 `asyncio.wait_for` swallows such a cancellation, and the stop would wait for ever."""
    simulation = Simulation()

    async def stop_while_a_webhook_arrives() -> None:
        worker = asyncio.create_task(simulation.world.queue.work())
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        simulation.world.queue.add(b"{}")
        worker.cancel()
        await asyncio.wait({worker}, timeout=0.05)
        assert worker.cancelled()

    asyncio.run(stop_while_a_webhook_arrives())
