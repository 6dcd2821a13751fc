"""A person who did everything is erased, whatever can still arrive arrives, and nowhere a trace of them is left."""

import io
import json
import re
import time
import zipfile
from base64 import b64encode

import pytest

from tests.end_to_end.envelopes import contact, envelope, message
from tests.end_to_end.test_legal_hold import invoked
from tests.support.builders.subscribers import subscriber_file

pytestmark = pytest.mark.system

TOWN = "vreden"
PHONE, BSUID, NAME = "4915155518273", "DE.31415926535897932", "Euphrosyne Q. Zwirbelkamp"
WORDS = "Quastenflosser"  # in everything that they write
LATE = {"sent", "delivered", "read"}


def encoded(text):
    """The parts of its base64 that are the same wherever in a longer text it stands."""
    found = []
    for shift in range(3):
        whole = b64encode(b"\0" * shift + text.encode()).decode().rstrip("=")
        found.append(whole[-(-shift * 8 // 6) : len(text) * 4 // 3 - 1])
    return found


TRACES = [PHONE, BSUID, NAME, WORDS, *(part for name in (PHONE, BSUID) for part in encoded(name))]


def traces_in(where, text):
    return [(where, trace) for trace in TRACES if trace in text]


def in_the_table(system):
    pages = system.client("dynamodb").get_paginator("scan").paginate(TableName=system.run["table"])
    rows = (row for page in pages for row in page["Items"])
    return [it for row in rows for it in traces_in((row["pk"]["S"], row["sk"]["S"]), json.dumps(row, default=str))]


def files(system):
    """(bucket, key) of every file."""
    s3 = system.client("s3")
    for bucket in s3.list_buckets()["Buckets"]:
        for page in s3.get_paginator("list_objects_v2").paginate(Bucket=bucket["Name"]):
            yield from ((bucket["Name"], it["Key"]) for it in page.get("Contents", ()))


def of_citizen(system, citizen_id):
    return [key for _, key in files(system) if citizen_id in key]


def in_the_files(system):
    found = []
    for bucket, key in files(system):
        content = system.client("s3").get_object(Bucket=bucket, Key=key)["Body"].read().decode("latin-1")
        found += traces_in(key, f"{key}\n{content}")
    return found


def in_the_queues(system):
    """Bodies that wait or have died, without taking them."""
    sqs = system.client("sqs")
    found = []
    for url in sqs.list_queues()["QueueUrls"]:
        while messages := sqs.receive_message(
            QueueUrl=url, MaxNumberOfMessages=10, VisibilityTimeout=5, MessageSystemAttributeNames=["All"]
        ).get("Messages"):
            found += [it for each in messages for it in traces_in(url, json.dumps(each, default=str))]
            if all(int(it["Attributes"]["ApproximateReceiveCount"]) > 1 for it in messages):
                break
    return found


def in_the_logs(system):
    """Of our own functions. The simulated WhatsApp, which is Meta here, knows its people."""
    files = [it for it in (system.state / "logs").rglob("*") if it.is_file() and "whatsapp.log" not in it.name]
    assert files
    return [it for file in files for it in traces_in(file.name, file.read_text(errors="replace"))]


@pytest.fixture
def everything(system, tmp_path):
    """The envelopes that Meta may bring again of somebody who did all that one can do."""
    file = subscriber_file(tmp_path / "people.csv", [f"+{PHONE}"], offers="news")
    system.stadtdraht("citizen", "import", "--town", TOWN, str(file))
    created = {"wa_id": PHONE, "user_id": BSUID, "name": NAME}
    assert system.http.post(f"{system.run['graph']}/_sim/citizens", json=created).status_code == 201
    system.answer_to(PHONE, TOWN, "Hallo")
    system.answer_to(PHONE, TOWN, f"Das Schlagloch heißt {WORDS}")
    system.write(PHONE, TOWN, type="image", caption=f"{WORDS} von oben")
    system.write(PHONE, TOWN, type="location", latitude=52.04, longitude=6.83, location_name=WORDS)
    number = system.run["towns"][TOWN]
    said = [
        message(f"wamid.{b64encode(f'{kind}{PHONE}again'.encode()).decode()}", PHONE, from_user_id=BSUID, **what)
        for kind, what in {
            "text": {"text": {"body": f"{WORDS} noch einmal"}, "type": "text"},
            "lost": {"text": {"body": WORDS}, "type": "text", "timestamp": str(int(time.time()) - 20 * 86_400)},
            "group": {"text": {"body": WORDS}, "type": "text", "group_id": "Y2Fw"},
        }.items()
    ]
    status = {"recipient_id": PHONE, "recipient_user_id": BSUID, "timestamp": str(int(time.time()))}
    nobodys = {"id": f"wamid.{b64encode(PHONE.encode()).decode()}", "status": "read", **status}
    again = [
        envelope(number, messages=said, contacts=[contact(PHONE, NAME) | {"user_id": BSUID}]),
        envelope(number, statuses=[nobodys]),
    ]
    for each in again:
        assert system.webhook(each).status_code == 200
    sent = system.stadtdraht(
        "broadcast", "send", "--town", TOWN, "--title", "Markt", "--teaser", "Am Samstag ab 7 Uhr auf dem Marktplatz.",
        "--link", "https://www.vreden.de/markt", "--yes",
    )["broadcast_id"]  # fmt: skip
    system.until(lambda: sent in str(system.http.get(f"{system.run['graph']}/_sim/messages").json()), "the newsletter")
    system.quiet()
    return sent, again


def late_statuses(system):
    """Of all that the town sent them, by Meta's own ids, as they come days later."""
    number = system.run["towns"][TOWN]
    query = {"phone_number_id": number["phone_number_id"]}
    sent = system.http.get(f"{system.run['graph']}/_sim/messages", params=query).json()["messages"]
    about = {"recipient_id": PHONE, "recipient_user_id": BSUID, "timestamp": str(int(time.time()))}
    for it in sent:
        if PHONE not in (it.get("wa_id") or ""):
            continue
        for kind in ("sent", "delivered", "read"):
            status = {"id": it["id"], "status": kind, **about}
            status["biz_opaque_callback_data"] = it["biz_opaque_callback_data"]
            assert system.webhook(envelope(number, statuses=[status])).status_code == 200


def test_nothing_is_left_of_a_person_who_did_everything(system, everything, tmp_path):
    sent, again = everything
    person = ("--town", TOWN, f"+{PHONE}")
    given = json.dumps(system.stadtdraht("citizen", "export", *person), ensure_ascii=False)
    assert all(trace in given for trace in (PHONE, BSUID, NAME, WORDS, sent, '"case"', '"delivery"', '"media"'))
    assert system.stadtdraht("citizen", "export", *person, "--zip", str(tmp_path / "all.zip"))["bytes"]
    system.answer_to(PHONE, TOWN, "Auskunft")
    link = re.search(r"https?://\S+/data/\S+", str(system.answer_to(PHONE, TOWN, press="Ja, als Datei"))).group(0)
    link = link.rstrip("'\"},.")
    zipped = system.http.post(link)
    assert zipped.status_code == 200, zipped.text
    page = zipfile.ZipFile(io.BytesIO(zipped.content)).read("auskunft.html").decode()
    assert all(part in page for part in (PHONE, WORDS, "Meldungen", "Markt", "gesendet"))
    rows = [row["sk"]["S"] for row in system.inbox_rows(TOWN) if PHONE in json.dumps(row)]
    assert rows
    assert not [sk for sk in rows if traces_in("", sk)]  # no key holds a name
    before = {trace for _, trace in in_the_table(system)}  # the scan finds what there is to find
    assert before >= {PHONE, BSUID, NAME, WORDS}
    assert before & set(encoded(PHONE))
    citizen = system.stadtdraht("citizen", "show", *person)["citizen_id"]
    system.until(lambda: of_citizen(system, citizen), "the photo")
    assert system.stadtdraht("citizen", "erase", *person, "--yes")["rows_deleted"]

    for each in again:
        assert system.webhook(each).status_code == 200
    late_statuses(system)
    for sk in rows:  # the retry of what could not be followed up before
        kind, _, key = sk.partition("#")
        job = {"v": 1, "town": TOWN, "shard": "0", "key": key, "kind": kind}
        record = {"messageId": "1", "body": json.dumps(job)}
        assert invoked(system, "inbound-process", {"Records": [record]}) == {"batchItemFailures": []}
    for key in (sk.partition("#")[2] for sk in rows if re.fullmatch(r"message#[0-9a-f]{24}", sk)):
        job = {"v": 1, "town": TOWN, "citizen_id": citizen, "wamid": key}
        assert invoked(system, "media-fetch", {"Records": [{"messageId": "1", "body": json.dumps(job)}]})
    system.quiet()

    system.until(lambda: not in_the_table(system), "the table to be empty of them", 30)
    assert in_the_files(system) == of_citizen(system, citizen) == []
    assert in_the_queues(system) == []
    assert in_the_logs(system) == []
    assert system.command("citizen", "show", *person).returncode == 1
    assert system.http.post(link).status_code == 404
