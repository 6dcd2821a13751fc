"""A command waits for what a start says; a page, and whoever asks for an errand, does not."""

import io
import json

import pytest

from stadtdraht.adapters.aws.starter import LambdaErrandRunner, LambdaStarter, StartFailed
from stadtdraht.domain.broadcast.errand import Errand


class Lambda:
    def __init__(self, says=b"{}", **answer):
        self.asked, self.answer = [], {"Payload": io.BytesIO(says), **answer}

    def invoke(self, **call):
        self.asked.append({**call, "Payload": json.loads(call["Payload"])})
        return self.answer


def test_a_command_reads_what_was_planned_or_why_not():
    client = Lambda(b'{"planned": 3}')
    assert LambdaStarter(client, "start").start("bocholt", "b-1") == {"planned": 3}
    assert client.asked == [{"FunctionName": "start", "Payload": {"town": "bocholt", "broadcast_id": "b-1"}}]
    with pytest.raises(StartFailed, match="too many"):
        LambdaStarter(Lambda(b'{"errorMessage": "too many"}', FunctionError="Unhandled"), "start").start(
            "bocholt", "b-1"
        )


def test_a_page_hands_it_over_and_goes_on():
    client = Lambda(b"")
    assert LambdaStarter(client, "start", waits=False).start("bocholt", "b-1") == {}
    LambdaErrandRunner(client, "errand").send("bocholt", "b-1", Errand.PLAN)
    assert [it["InvocationType"] for it in client.asked] == ["Event", "Event"]
    assert client.asked[1]["Payload"] == {"town": "bocholt", "broadcast_id": "b-1", "errand": "plan"}
