"""Answers of one person in order, people side by side, and nobody waits for somebody else's trouble."""

import asyncio

import pytest

from functions.inbound import reply
from functions.inbound.reply import unsettled
from stadtdraht.adapters.aws.jobs import AnswerJob
from stadtdraht.domain.delivery.delivery import Halted, Refused
from stadtdraht.domain.inbound.answer import AnswerRef


def record(person, number, body=None):
    job = AnswerJob("vreden", person, f"{number}-a-0")
    return {
        "messageId": f"{person}{number}",
        "body": body or job.body(),
        "attributes": {"MessageGroupId": person},
    }


def back(records, settle):
    return [it["messageId"] for it in asyncio.run(unsettled(records, settle))]


def test_what_is_settled_does_not_come_back():
    async def settle(job):
        return True

    assert back([record("a", 1), record("a", 2), record("b", 1)], settle) == []


def test_after_one_that_waits_its_group_waits_and_others_go_on():
    seen = []

    async def settle(job):
        seen.append((job.citizen_id, job.answer_id))
        return job.citizen_id != "a"

    assert back([record("a", 1), record("b", 1), record("a", 2)], settle) == ["a1", "a2"]
    assert sorted(seen) == [("a", "1-a-0"), ("b", "1-a-0")]


def test_a_poison_record_takes_nobody_with_it():
    async def settle(job):
        if job.citizen_id == "b":
            raise LookupError("a town that is gone")
        return True

    assert back([record("a", 1, "no json"), record("b", 1), record("c", 1)], settle) == ["a1", "b1"]


@pytest.mark.parametrize(
    ("outcome", "counted"),
    [
        (Refused(131009), ["AnswerRefused", "AnswerWordingRefused"]),
        (Refused(131047), ["AnswerRefused"]),
        (Halted(190), []),
    ],
)
def test_an_answer_that_did_not_go_out_is_logged_with_code_and_town(monkeypatch, outcome, counted):
    found, lines = [], []
    monkeypatch.setattr(reply, "count", found.append)
    monkeypatch.setattr(reply.log, "warning", lambda what, **fields: lines.append(fields))
    reply.report(AnswerRef("vreden", "0" * 20, "1795518000-3f9c0d1a2b3c-0"), outcome)
    assert lines == [{"town": "vreden", "correlation": "3f9c0d1a2b3c", "code": outcome.code}]
    assert found == counted
