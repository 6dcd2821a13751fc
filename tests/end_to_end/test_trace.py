"""`stadtdraht trace` on the running system: the way of a message, of one that Meta refused, of a newsletter."""

import json
import uuid

import pytest

from stadtdraht.domain.identifiers import message_id
from tests.end_to_end.envelopes import contact, envelope, message
from tests.support.builders.subscribers import subscriber_file

pytestmark = pytest.mark.system

WRITER, NOBODY, UNREACHED = "4915177700011", "4915550000077", "+4915550001077"  # local/whatsapp/README.md, 131026
WORDS, NAME = "Im Hilgenkamp ist ein tiefes Loch", "Annegret Beispielhausen"


def traced(system, name):
    done = system.command("trace", name, "--json")
    return json.loads(done.stdout) if done.stdout else {"steps": [], "gaps": [], "stderr": done.stderr}


def until_said(system, name, *wanted):
    """The trace, as soon as all of this stands in it."""
    return system.until(
        lambda: set(wanted) <= told(found := traced(system, name)) and found, f"{wanted} of a trace", 90
    )


def told(found):
    return {(step["source"], step["where"], step["what"]) for step in found["steps"]}


def facts_of(found, what):
    return [step["facts"] for step in found["steps"] if step["what"] == what]


def test_the_whole_way_of_a_message_and_back_from_its_answer(system):
    wamid = system.write(WRITER, "vreden", WORDS)
    way = (
        ("log", "inbound-webhook", "stored"),
        ("row", "inbox", "said, by Meta’s own time"),
        ("log", "inbound-process", "followed up"),
        ("row", "conversation", "stored with its person"),
        ("row", "answer", "written by the line"),
        ("row", "answer", "accepted"),
        ("log", "inbound-reply", "answer sent"),
        ("log", "inbound-webhook", "status"),
        ("row", "status", "delivered"),
    )
    found = until_said(system, wamid, *way)
    assert found["gaps"] == []
    (stored,) = facts_of(found, "stored")
    assert stored["town"] == "vreden"
    assert stored["api_request_id"]
    (followed,) = facts_of(found, "followed up")
    assert followed["function_request_id"]
    answer = system.http.get(f"{system.run['graph']}/_sim/messages").json()["messages"]
    sent = next(it for it in answer if it["wa_id"] == WRITER)
    for name in (message_id(wamid), found["correlations"][0], sent["id"], sent["biz_opaque_callback_data"]):
        assert set(way) <= told(traced(system, name)), name
    shown = system.command("trace", wamid).stdout
    assert "answer sent" in shown
    for secret in (WORDS, "Hilgenkamp", WRITER, WRITER[2:], wamid, sent["user_id"]):
        assert secret not in shown


def test_an_answer_that_meta_refuses_is_told_with_its_code_and_what_to_do(system):
    """Somebody writes whose number WhatsApp then does not know."""
    wamid = f"wamid.{uuid.uuid4().hex}"
    body = envelope(
        system.run["towns"]["vreden"],
        messages=[message(wamid, NOBODY, text={"body": WORDS})],
        contacts=[contact(NOBODY, NAME)],
    )
    assert system.webhook(body).status_code == 200
    found = until_said(system, wamid, ("log", "inbound-reply", "answer refused"), ("row", "answer", "refused"))
    line = facts_of(found, "answer refused")[0]
    assert (line["town"], line["code"], line["level"]) == ("vreden", 131026, "WARNING")
    assert any("refused for good (code 131026)" in gap["what"] and gap["next"] for gap in found["gaps"])
    assert not {WORDS, NAME, NOBODY} & {word for word in (WORDS, NAME, NOBODY) if word in json.dumps(found)}


def test_a_newsletter_to_one_person_is_told_with_its_slice_and_what_meta_said(system, tmp_path):
    people = [f"+{NOBODY}", UNREACHED]
    system.stadtdraht(
        "citizen", "import", "--town", "bocholt", str(subscriber_file(tmp_path / "p.csv", people, district="suderwick"))
    )
    words = ("--title", "Probe", "--teaser", "Nur eine Probe.", "--link", "https://www.bocholt.de/x")
    sent = system.stadtdraht("broadcast", "send", "--town", "bocholt", *words, "--district", "suderwick", "--yes")
    cause = sent["broadcast_id"]
    rows = system.until(lambda: refused_and_failed(system, cause), "a refusal and a failed status", 90)
    refused = until_said(
        system,
        f"{cause}:{rows['refused']}",
        ("row", "newsletter", "released"),
        ("row", "outcome", "refused"),
        ("log", "broadcast-send", "message refused"),
    )
    (line,) = facts_of(refused, "message refused")
    assert (line["town"], line["cause"], line["code"]) == ("bocholt", cause, 131026)
    assert "Meta refused it" in {gap["what"] for gap in refused["gaps"]}
    assert any(step["where"] == "slice" and step["facts"]["claimed"] for step in refused["steps"])
    failed = until_said(system, f"sd1:{cause}:{rows['failed']}:1", ("row", "status", "failed"))
    assert any(it.get("code") == 131026 for it in facts_of(failed, "status"))


def refused_and_failed(system, cause):
    """Citizen ids by what became of them."""
    found = {}
    for shard in "0123456789abcdef":
        values = {":pk": {"S": f"bocholt#DELIVERY#{cause}#{shard}"}}
        rows = system.client("dynamodb").query(
            TableName=system.run["table"], KeyConditionExpression="pk = :pk", ExpressionAttributeValues=values
        )["Items"]
        for row in rows:
            who, kind, _, *status = row["sk"]["S"].split("#")
            if kind == "O" and row["outcome"]["S"] == "refused":
                found["refused"] = who
            if status == ["failed"]:
                found["failed"] = who
    return found if len(found) == 2 else None


def test_what_was_never_written_is_not_found_and_says_what_to_do(system):
    done = system.command("trace", "wamid.HBgNNDkxNTAwMDAwMDA5")
    assert done.returncode == 1
    assert "no row of a message like that" in done.stdout
    assert "doctor" in done.stdout
    assert "names no message" in system.command("trace", "Anna").stderr


def test_an_error_that_ends_a_function_is_json_in_its_log_as_everything_else(system):
    """Lambda's own line about it included; libraries say nothing."""
    arn = system.run["settings"]["BROADCAST_START_FUNCTION"]
    answer = system.client("lambda").invoke(FunctionName=arn, Payload=json.dumps({"town": "vreden"}).encode())
    assert answer.get("FunctionError")
    logs = [it for it in (system.state / "logs").glob("*.log") if it.name != "whatsapp.log"]
    broadcast_start = next(it for it in logs if "BroadcastStart" in it.name)
    lines = system.until(lambda: errors_in(broadcast_start), "the error's lines")
    assert {"failed"} <= {it.get("message") for it in lines}
    for log in logs:
        for line in log.read_text().splitlines():
            fields = json.loads(line)  # a bare traceback is none
            assert fields.get("logger") is None, fields


def errors_in(log):
    lines = [json.loads(line) for line in log.read_text().splitlines() if line.strip()]
    return [line for line in lines if line.get("level") == "ERROR"]
