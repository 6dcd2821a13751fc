"""What a strict sender of webhooks may expect: stored once, only then 200."""

import uuid

import httpx
import pytest

from stadtdraht.domain.identifiers import message_id
from tests.end_to_end.envelopes import contact, entry, envelope, message

pytestmark = pytest.mark.system


def wamid():
    return f"wamid.{uuid.uuid4().hex}"


def stored(system, town, part):
    return [row for row in system.inbox_rows(town) if message_id(part) in row["sk"]["S"]]


def test_meta_s_handshake_is_answered_with_the_challenge(system):
    query = {"hub.mode": "subscribe", "hub.verify_token": system.run["verify_token"], "hub.challenge": "1158201444"}
    answer = httpx.get(f"{system.run['app']}/webhooks/whatsapp", params=query)
    assert (answer.status_code, answer.text) == (200, "1158201444")


def test_a_handshake_with_another_token_is_refused(system):
    query = {"hub.mode": "subscribe", "hub.verify_token": "something else", "hub.challenge": "1"}
    assert httpx.get(f"{system.run['app']}/webhooks/whatsapp", params=query).status_code in {401, 403}


@pytest.mark.parametrize("signature", ["", "sha256=" + "0" * 64, "sha1=1234", "nonsense"])
def test_a_wrong_signature_is_401_and_stores_nothing(system, signature):
    key = wamid()
    body = envelope(system.run["towns"]["vreden"], messages=[message(key)], contacts=[contact()])
    assert system.webhook(body, signature=signature).status_code == 401
    assert not stored(system, "vreden", key)


@pytest.mark.parametrize("town", ["vreden", "neu-ulm", "arnsberg", "bocholt"])
def test_a_message_to_any_of_the_four_towns_is_stored_when_200_comes(system, town):
    key = wamid()
    body = envelope(system.run["towns"][town], messages=[message(key)], contacts=[contact()])
    assert system.webhook(body).status_code == 200
    assert len(stored(system, town, key)) == 1


def test_the_same_envelope_three_times_is_stored_once_and_answered_once(system):
    key, person = wamid(), "4915155500077"
    system.answer_to(person, "vreden", "Hallo")  # opens WhatsApp's service window
    body = envelope(
        system.run["towns"]["vreden"],
        messages=[message(key, person, text={"body": "Hilfe"})],
        contacts=[contact(person)],
    )
    for _ in range(3):
        assert system.webhook(body).status_code == 200
    system.after(person, "vreden", 2)
    assert system.webhook(body).status_code == 200
    system.write(person, "vreden", "STOP")  # answers come in order, so an extra one would stand before this one
    system.after(person, "vreden", 3)
    system.quiet()
    assert len(system.received(person, "vreden")) == 3
    assert len(stored(system, "vreden", key)) == 1


def test_one_envelope_may_carry_many_updates_for_several_towns(system):
    towns = system.run["towns"]
    keys = {town: [wamid() for _ in range(60)] for town in ("vreden", "bocholt")}
    people = {key: f"49151556{number:05d}" for number, key in enumerate(key for of in keys.values() for key in of)}
    body = {
        "object": "whatsapp_business_account",
        "entry": [
            entry(
                towns[town],
                messages=[message(key, people[key], type="sticker", sticker={"id": "1"}) for key in of],
            )
            for town, of in keys.items()
        ],
    }
    assert system.webhook(body).status_code == 200
    for town, of in keys.items():
        present = {row["sk"]["S"] for row in system.inbox_rows(town)}
        assert all(any(message_id(key) in sk for sk in present) for key in of)


def test_what_nobody_knows_yet_is_kept_and_answered_with_200(system):
    key = wamid()
    body = envelope(
        system.run["towns"]["vreden"],
        messages=[message(key, type="hologram", hologram={"depth": 3})],
        contacts=[contact()],
        surprise={"new": True},
    )
    assert system.webhook(body).status_code == 200
    assert "hologram" in str(stored(system, "vreden", key))


def test_a_signed_body_that_is_no_json_is_kept_and_answered_with_200(system):
    text = f"not json {uuid.uuid4().hex}"
    assert system.webhook(text.encode()).status_code == 200
    system.until(lambda: text in str(system.inbox_rows("#UNROUTED")), "the unparsed body")


def test_a_number_that_no_town_has_is_kept_for_the_operator(system):
    key = wamid()
    nobody = {"phone_number_id": "999999", "waba_id": "888888", "display_phone_number": "+49 999"}
    assert system.webhook(envelope(nobody, messages=[message(key)])).status_code == 200
    assert stored(system, "#UNROUTED", key)


def test_a_person_without_a_phone_number_is_greeted_by_user_id(system):
    person = f"DE.{uuid.uuid4().int % 10**18}"
    created = httpx.post(f"{system.run['graph']}/_sim/citizens", json={"user_id": person, "phone_withheld": True})
    assert created.status_code == 201, created.text
    assert system.answer_to(person, "arnsberg", "Hallo")["recipient"] == person
