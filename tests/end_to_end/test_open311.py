"""Open311 over HTTP, on the deployed functions with the rights they have."""

from dataclasses import replace
from datetime import UTC, datetime
from functools import partial

import httpx
import pytest

from stadtdraht.adapters.dynamodb.inbound.citizens import DynamoCitizens
from stadtdraht.adapters.dynamodb.table import Table
from stadtdraht.domain.citizen import Citizen, WireIdentity
from stadtdraht.domain.inbound.turn import CaseChange, Committed, Turn
from stadtdraht.domain.media.media import shown_key
from tests.acceptance.reading import choices, words
from tests.support.builders.cases import a_case

pytestmark = pytest.mark.system

VREDEN = {"jurisdiction_id": "vreden"}
get, post = (
    partial(httpx.get, timeout=30),
    partial(httpx.post, timeout=30),
)  # a function's first start on a busy machine


def url(system, path):
    return f"{system.run['app']}/open311/v2/{path}"


def test_discovery_leads_to_the_services(system):
    (endpoint,) = get(url(system, "discovery.json")).json()["endpoints"]
    assert endpoint["url"].endswith("/open311/v2")
    services = get(url(system, "services.json"), params=VREDEN).json()
    assert "hint" in [it["service_code"] for it in services]


def test_a_town_publishes_nothing_unless_it_says_so(system):
    listed = get(url(system, "requests.json"), params=VREDEN)
    assert (listed.status_code, listed.json()) == (200, [])
    one = get(url(system, "requests/2026-0001.json"), params=VREDEN)
    assert (one.status_code, one.json()[0]["code"]) == (404, 404)
    assert get(url(system, "requests.json"), params={"jurisdiction_id": "atlantis"}).status_code == 404


def test_a_status_without_a_key_is_not_taken(system):
    sent = post(url(system, "requests/2026-0001.json"), data=VREDEN | {"api_key": "x", "status": "closed"})
    assert (sent.status_code, sent.json()[0]["code"]) == (403, 403)


def test_a_report_goes_from_staff_to_the_last_word(system):
    """Staff take it up; the town's own system closes it with its key; the person hears of both."""
    person, number = "4915100031101", "2020-0001"
    system.write(person, "vreden", "Danke!")  # opens their service window
    reported(system, person, number)
    taken = system.stadtdraht("case", "status", number, "in_work", "--town", "vreden", "--say", "Am Freitag.")
    assert taken["told"] == "freely"
    hears(system, person, "Am Freitag.")
    key = new_key(system, number)
    fields = VREDEN | {"api_key": key, "status": "closed", "status_notes": "Ist geflickt."}
    sent = says(system, number, fields)
    assert sent.status_code == 200, sent.text
    assert sent.json()[0]["service_request_id"] == number
    hears(system, person, "Ist geflickt.")
    assert choices(hears(system, person, "Sind Sie zufrieden")) == ["Zufrieden", "Geht so", "Nicht zufrieden"]
    shown = system.stadtdraht("case", "show", number, "--town", "vreden")
    assert [event["by"] for event in shown["events"]][1:] == ["Open311"]


def test_a_photo_goes_to_the_town_s_own_system_and_to_nobody_else(system):
    reported(system, "4915100031102", "2020-0002", "d" * 20)
    files = system.client("s3")
    (bucket,) = [it["Name"] for it in files.list_buckets()["Buckets"] if "file" in it["Name"]]
    files.put_object(Bucket=bucket, Key=shown_key("vreden", "d" * 20, "wamid.2"), Body=b"a photo")
    key = system.stadtdraht("case", "open311-key", "--town", "vreden")["key"]
    one = url(system, "requests/2020-0002.json")
    (shown,) = get(one, params=VREDEN, headers={"X-Api-Key": key}).json()
    assert get(shown["media_url"]).content == b"a photo"
    assert get(one, params=VREDEN, headers={"X-Api-Key": "x"}).status_code == 403
    assert get(one, params=VREDEN).status_code == 404


def new_key(system, number):
    """A key of the town, in the place of one that the functions know already: it holds within a second."""
    for _ in range(2):
        made = system.stadtdraht("case", "open311-key", "--town", "vreden")["key"]
        known = {"api_key": made, "status": "open"}  # which the report is: nobody hears of it
        system.until(lambda fields=VREDEN | known: says(system, number, fields).status_code == 200, "the new key holds")
    return made


def says(system, number, fields):
    """What the town's own system says of a report."""
    return post(url(system, f"requests/{number}.json"), data=fields)


def reported(system, person, number, citizen_id="e" * 20):
    """A case of a person of their own, as a conversation leaves it."""
    citizens = DynamoCitizens(Table(system.client("dynamodb"), system.run["table"]), b"pepper")
    known = Citizen(citizen_id, "vreden", WireIdentity(phone=person), last_inbound_at=datetime.now(UTC), version=1)
    assert citizens.bring(None, known, ())
    case = CaseChange(None, a_case(number, citizen_id=known.citizen_id))
    assert isinstance(citizens.commit(Turn(known, replace(known, version=2), case=case)), Committed)


def hears(system, person, said):
    """The message with these words, as soon as it is there."""
    return system.until(lambda: [it for it in system.received(person, "vreden") if said in words(it)], said)[0]
