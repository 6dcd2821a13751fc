"""What a procedure needs, from LÖSCHEN on the phone to the release: every function in its own role."""

import json
from datetime import UTC, datetime

import pytest

pytestmark = pytest.mark.system

BERTA = "4915155500931"


def ended(system, citizen_id):
    """Kinds of the person's rows that have an end."""
    rows = system.client("dynamodb").query(
        TableName=system.run["table"],
        KeyConditionExpression="pk = :pk",
        ExpressionAttributeValues={":pk": {"S": f"vreden#CITIZEN#{citizen_id}"}},
    )["Items"]
    return {row["sk"]["S"].partition("#")[0] for row in rows if "expires_at" in row}


def reported(system):
    """The report that somebody made of the railing; None while there is none."""
    found = system.stadtdraht("case", "list", "--town", "vreden")
    shown = (system.stadtdraht("case", "show", it["number"], "--town", "vreden") for it in found)
    return next((it for it in shown if "Geländer" in it["text"]), None)


def invoked(system, service, event):
    """What a function answers, as its queue or the clock starts it."""
    functions = system.client("lambda")
    names = [it["FunctionName"] for it in functions.list_functions()["Functions"]]
    (name,) = [it for it in names if it.endswith(service)]
    answer = functions.invoke(FunctionName=name, Payload=json.dumps(event))
    read = answer["Payload"].read()
    assert "FunctionError" not in answer, read
    return json.loads(read)


def test_who_is_held_is_told_so_kept_through_the_night_and_erased_at_the_release(system):
    person = f"+{BERTA}"
    system.answer_to(BERTA, "vreden", "Das Geländer an der Berkelbrücke ist lose")
    case = system.until(lambda: reported(system), "the report")
    number, who = case["number"], case["citizen"]
    assert system.stadtdraht("case", "hold", number, "--town", "vreden", "--why", "Az. 3 C 17/26")["rows"] >= 2
    asked = system.answer_to(BERTA, "vreden", "Löschen")
    assert "Art. 17 Abs. 3 DSGVO" in asked["interactive"]["body"]["text"]
    told = system.answer_to(BERTA, "vreden", press="Ja, alles löschen")
    assert "Sobald das Verfahren vorbei ist" in told["text"]["body"]
    job = {"v": 1, "town": "vreden", "citizen_id": who, "requested_at": datetime.now(UTC).isoformat()}
    record = {"messageId": "1", "body": json.dumps(job)}  # the queue's own comes a minute later

    def noted():
        return not invoked(system, "privacy-erase", {"Records": [record]})["batchItemFailures"]

    system.until(noted, "the wish")
    (hold,) = system.stadtdraht("citizen", "holds", "--town", "vreden")
    assert (hold["case"], bool(hold["wished_at"])) == (number, True)
    assert "MESSAGE" in ended(system, who)
    system.quiet()  # a status that comes after a night gets its end taken by the next one
    invoked(system, "privacy-sweep", {})
    assert ended(system, who) == set()
    refused = system.command("citizen", "erase", "--town", "vreden", person, "--yes")
    assert (refused.returncode, "3 C 17/26" in refused.stderr) == (1, True)
    assert system.stadtdraht("case", "release", number, "--town", "vreden")["proof"]
    assert system.command("citizen", "show", "--town", "vreden", person).returncode == 1
    assert not system.stadtdraht("citizen", "holds", "--town", "vreden")
