"""A stack on the local AWS, end to end: what docs/operations/local-vs-aws.md says was seen."""

import asyncio
import json
import os
import signal
import threading
import time
from io import BytesIO
from pathlib import Path

import pytest
from aiohttp import ClientSession

from local.aws.cloud import LocalCloud
from local.aws.proxy import ApiProxy
from local.state_folder import StateFolder
from tests.contract.local_aws.sample_stack import sample_stack

REPOSITORY = Path(__file__).resolve().parents[3]
pytestmark = pytest.mark.local_aws


class Stack:
    """The sample stack on a local AWS, driven from a test's thread; the loop runs in its own."""

    def __init__(self, state):
        self.state = state
        self.loop = asyncio.new_event_loop()
        self.thread = threading.Thread(target=self.loop.run_forever)

    def __enter__(self):
        self.thread.start()
        self.start()
        return self

    def __exit__(self, *_):
        self.stop()
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join()
        self.loop.close()

    def run(self, coroutine):
        return asyncio.run_coroutine_threadsafe(coroutine, self.loop).result(60)

    def start(self):
        folder = StateFolder(self.state)
        self.cloud = self.run(
            LocalCloud.start(
                port=folder.host_port() + 1,
                host_port=folder.host_port(),
                state=self.state,
                repository=REPOSITORY,
            )
        )
        self.deployment = self.run(self.cloud.deploy("Sample", sample_stack()))
        self.sqs = self.cloud.account.client("sqs")
        self.dynamodb = self.cloud.account.client("dynamodb")

    def stop(self):
        self.run(self.cloud.stop())

    def put(self, key, kind="work"):
        self.dynamodb.put_item(TableName=self.deployment.table, Item={"pk": {"S": key}, "kind": {"S": kind}})

    def send(self, queue, text, group=None):
        fifo = {"MessageGroupId": group, "MessageDeduplicationId": text} if group else {}
        self.sqs.send_message(QueueUrl=self.deployment.physical_ids[queue], MessageBody=text, **fifo)

    def received(self, queue, words):
        """The message that has these words, as soon as it is there; what another test left there is passed over."""
        url, end = self.deployment.physical_ids[queue], time.monotonic() + 20
        while time.monotonic() < end:
            found = self.sqs.receive_message(QueueUrl=url, WaitTimeSeconds=5, VisibilityTimeout=60)
            for message in found.get("Messages", ()):
                if words in message["Body"]:
                    return message["Body"]
        pytest.fail(f"nothing with {words} came to {queue}")

    def seen(self, name, times=1):
        """Wait until a handler has seen `name` so often; when it began and ended."""
        end = time.monotonic() + 20
        while time.monotonic() < end:
            row = self.dynamodb.get_item(
                TableName=self.deployment.table, Key={"pk": {"S": f"seen {name}"}}, ConsistentRead=True
            ).get("Item")
            if row and int(row["times"]["N"]) >= times:
                return float(row["started"]["N"]), float(row["ended"]["N"])
        pytest.fail(f"no handler has seen {name}")


@pytest.fixture(scope="module")
def stack(tmp_path_factory):
    with Stack(tmp_path_factory.mktemp("aws")) as running:
        yield running


def test_an_insert_reaches_the_function_that_follows_the_table(stack):
    stack.put("an insert")

    stack.seen("an insert")


def test_records_the_filter_does_not_name_stay_out(stack):
    stack.put("a rest", kind="other")
    stack.put("after the rest")

    stack.seen("after the rest")
    row = stack.dynamodb.get_item(TableName=stack.deployment.table, Key={"pk": {"S": "seen a rest"}})
    assert "Item" not in row


def test_a_failing_record_is_retried_then_reported_and_no_longer_in_the_way(stack):
    stack.put("bad record")
    stack.seen("bad record", times=2)
    stack.put("a record behind it")

    stack.seen("a record behind it")
    assert stack.received("DeadRecords", "RetryAttemptsExhausted")


def test_two_lanes_run_side_by_side_and_each_in_order(stack):
    for lane in ("one", "two"):
        for number in (1, 2):
            stack.send("Lanes", f"slow {lane} {number}", group=lane)

    one, two = stack.seen("slow one 1"), stack.seen("slow two 1")
    assert max(one[0], two[0]) < min(one[1], two[1])
    assert one[1] < stack.seen("slow one 2")[0]
    stack.seen("slow two 2")


def test_a_failing_message_is_tried_again_and_ends_in_the_dead_letter_queue(stack):
    stack.send("Jobs", "bad job")
    stack.send("Jobs", "good job")

    stack.seen("good job")
    stack.seen("bad job", times=2)
    assert stack.received("Dead", "bad job") == "bad job"


def test_a_sender_killed_in_its_work_leaves_the_message_to_the_next(stack):
    pool = stack.cloud.host.pool("Send")
    while _busy(pool):  # with what another test sent: that one must not be the one to die
        time.sleep(0.01)
    stack.send("Lanes", "slow and killed", group="killed")
    while not (busy := _busy(pool)):
        time.sleep(0.01)
    killed_at = time.time()
    os.kill(busy[0].process.pid, signal.SIGKILL)

    started, _ = stack.seen("slow and killed")
    assert started - killed_at > 0.5


def _busy(pool):
    return [environment for environment in list(pool.environments) if environment.busy]


def test_a_role_may_do_only_what_its_policy_says(stack):
    outcome = stack.run(stack.cloud.host.invoke("Overreach", b"{}"))

    assert outcome.payload == b'"AccessDeniedException"'


def test_what_cloudformation_drops_here_is_set_after_it(stack):
    ttl = stack.dynamodb.describe_time_to_live(TableName=stack.deployment.table)["TimeToLiveDescription"]
    send = next(function for function in stack.deployment.functions if function.logical_id == "Send")
    concurrency = stack.cloud.account.client("lambda").get_function_concurrency(FunctionName=send.name)

    assert ttl == {"TimeToLiveStatus": "ENABLED", "AttributeName": "expires_at"}
    assert concurrency["ReservedConcurrentExecutions"] == 4


async def _through_the_proxy(stack, method, path, **request):
    port = int(stack.cloud.host_url.rsplit(":", 1)[1]) + 2
    proxy = ApiProxy(port=port, endpoint=stack.cloud.account.endpoint, api_id=stack.deployment.api_id)
    await proxy.start()
    try:
        async with (
            ClientSession() as session,
            session.request(method, f"http://127.0.0.1:{port}{path}", **request) as answer,
        ):
            return answer.status, answer.headers.getall("Set-Cookie", []), await answer.text()
    finally:
        await proxy.close()


def test_a_signed_body_arrives_byte_for_byte(stack):
    body = '{"text": "Gr\\u00fc\\u00dfe / Grüße",  "b":1}'
    headers = {"Content-Type": "application/json", "X-Hub-Signature-256": "sha256=ab", "Cookie": "k=v; l=w"}
    call = _through_the_proxy(stack, "POST", "/webhooks/whatsapp?a=1&a=2", data=body.encode(), headers=headers)

    status, cookies, text = stack.run(call)
    arrived = json.loads(text)
    assert (status, cookies) == (200, ["a=1", "b=2"])
    assert (arrived["rawPath"], arrived["rawQueryString"], arrived["body"]) == (
        "/webhooks/whatsapp",
        "a=1&a=2",
        body,
    )
    assert arrived["headers"]["x-hub-signature-256"] == "sha256=ab"
    assert arrived["cookies"] == ["k=v", "l=w"]
    assert arrived["token"].startswith("arn:aws:secretsmanager:")


@pytest.mark.parametrize(
    ("method", "path", "body", "expected"),
    [
        ("GET", "/fail", b"", (500, '{"message":"Internal Server Error"}')),
        ("POST", "/long", BytesIO(b"x" * 10_485_761), (413, '{"message": "Request Too Long"}')),
        ("POST", "/webhooks/whatsapp", BytesIO(b"x" * 6_300_000), (413, '{"message":"Request Entity Too Large"}')),
        ("POST", "/_ministack/reset", b"", (404, '{"message": "Not Found"}')),
    ],
)
def test_errors_tell_what_api_gateway_tells(stack, method, path, body, expected):
    status, _, text = stack.run(_through_the_proxy(stack, method, path, data=body))

    assert expected == (status, text)


def test_rows_and_messages_survive_a_restart_and_the_same_stack_is_not_deployed_again(stack):
    stack.put("before the stop")
    stack.sqs.send_message(
        QueueUrl=stack.deployment.physical_ids["Jobs"], MessageBody="sent before the stop", DelaySeconds=3
    )
    stack.stop()
    before = stack.deployment.physical_ids

    stack.start()

    assert before == stack.deployment.physical_ids
    stack.seen("before the stop")
    stack.seen("sent before the stop")
