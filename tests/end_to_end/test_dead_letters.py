"""What was lost between table and functions, on the running system: found by command, followed up once, never late."""

import json
import time
from datetime import UTC, datetime, timedelta

import pytest

pytestmark = pytest.mark.system


def stored(system, town, person, text, age):
    """A message as the webhook stores it, in a row of a kind that the stream's filter does not take: it was lost."""
    at = datetime.now(UTC) - age
    key = f"lost{time.time_ns()}"
    raw = {
        "message": {
            "from": person,
            "id": f"wamid.{key}",
            "timestamp": str(int(at.timestamp())),
            "type": "text",
            "text": {"body": text},
        },
        "contact": {"wa_id": person, "profile": {"name": "Anna"}},
        "metadata": {"phone_number_id": system.run["towns"][town]["phone_number_id"]},
    }
    item = {
        "pk": {"S": f"{town}#INBOX#a"},
        "sk": {"S": f"message#{key}"},
        "kind": {"S": "lost"},
        "at": {"S": at.isoformat()},
        "raw": {"S": json.dumps(raw)},
        "expires_at": {"N": str(int(time.time()) + 86_400)},
    }
    system.client("dynamodb").put_item(TableName=system.run["table"], Item=item)


def follow_up(system, town, since):
    (done,) = system.stadtdraht("inbox", "follow-up", "--since", since, "--town", town)
    return done


def test_a_message_that_the_stream_lost_is_answered_once_and_one_of_yesterday_is_not(system):
    town, now, late = "vreden", "4915177001001", "4915177001002"
    system.write(f"+{now}", town, "Hallo")  # so that WhatsApp lets the town answer
    system.after(f"+{now}", town, 1)
    system.quiet()
    stored(system, town, now, "Wann hat das Rathaus auf?", timedelta(minutes=10))
    stored(system, town, late, "Hallo", timedelta(hours=30))
    assert follow_up(system, town, "20m")["handed_on"] >= 1  # others of this system may have lost some, too
    system.after(f"+{now}", town, 2)
    assert follow_up(system, town, "2d")["handed_on"] >= 1  # the late one
    shows = ("citizen", "show", "--town", town, f"+{late}")
    system.until(lambda: system.command(*shows).returncode == 0, "the town to have it all the same")
    system.quiet()
    assert len(system.received(f"+{now}", town)) == 2
    assert system.received(f"+{late}", town) == []


def test_dead_letters_are_listed_and_one_queue_alone_is_redriven(system):
    sqs = system.client("sqs")
    urls = {name: f"{system.run['aws']}/000000000000/stadtdraht-local-{name}" for name in ("answers", "media")}
    job = json.dumps({"town": "vreden", "citizen_id": "0" * 20, "wamid": "wamid.none"})
    sqs.send_message(QueueUrl=f"{urls['media']}-dead", MessageBody=job)
    sqs.send_message(
        QueueUrl=f"{urls['answers']}-dead.fifo", MessageBody="{}", MessageGroupId="g", MessageDeduplicationId="d"
    )
    assert {it["queue"]: it["messages"] for it in system.stadtdraht("dlq", "list")}["media"] == 1
    assert system.stadtdraht("dlq", "redrive", "--queue", "media") == [{"queue": "media", "messages": 1}]
    left = {it["queue"]: it["messages"] for it in system.stadtdraht("dlq", "list")}
    assert (left["media"], left["answers"]) == (0, 1)
    sqs.purge_queue(QueueUrl=f"{urls['answers']}-dead.fifo")
