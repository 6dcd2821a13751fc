"""The saved queries ask for fields that functions write, in the logs of those that write them."""

import re

import pytest

from functions.broadcast import send as broadcast_send
from functions.broadcast import start as broadcast_start
from functions.crisis import resend as crisis_resend
from functions.crisis import send as crisis_send
from functions.logged import FunctionFailed
from infra.blocks.http_api import LOGGED
from infra.blocks.log_queries import QUERIES
from stadtdraht.adapters.aws.jobs import RecheckJob, slice_to_body
from stadtdraht.domain.delivery.delivery import Refused, Unknown
from stadtdraht.usecases.broadcast.sending.start_broadcast import StartResult
from stadtdraht.usecases.crisis.resend_unknown import ResendResult
from stadtdraht.usecases.delivery.protocol import EndReason, SliceResult
from tests.infra.reading import of_type
from tests.support.adapters import FakeAdapters
from tests.support.crisis_page import CrisisPageHarness
from tests.support.log_lines import log_lines
from tests.support.message_way import MessageWay
from tests.unit.test_follow_a_message import status, whole_way
from tests.unit.test_hostile_events import CAUSE, PERSON, SLICE, queued

# Of its own lines: about an error (awslambdaric, bootstrap.py), and about an invocation (AWS, Lambda telemetry schema).
OF_LAMBDA = {"requestId", "errorType", "type", "record", "record.status"}
WORD = re.compile(r'"[A-Z]+"')


def wrote(monkeypatch):
    """{function: fields} of everything that functions write about messages, slices, alerts and their errors."""

    async def sent(*_, **__):
        return SliceResult(EndReason.DONE, accepted=1, halted_by=190)

    async def resent(*_, **__):
        return ResendResult(settled=1)

    async def fails(*_, **__):
        raise ValueError

    monkeypatch.setattr(broadcast_send, "_send", sent)
    monkeypatch.setattr(crisis_send, "_send", sent)
    monkeypatch.setattr(crisis_resend, "_look", resent)
    monkeypatch.setattr(broadcast_start, "_issue", lambda *_: None)
    monkeypatch.setattr(broadcast_start, "_ports", lambda _: None)
    monkeypatch.setattr(broadcast_start, "start_broadcast", lambda *_: StartResult(1, 1))
    adapters, context = FakeAdapters(), MessageWay().context()
    asked = {"town": "vreden", "broadcast_id": CAUSE}
    with log_lines() as log:
        for outcome in (Refused(131009), Unknown("reset")):
            whole_way(outcome)
        failed = {"errors": [{"code": 131026}]}
        MessageWay().posted(statuses=[status(f"sd1:{CAUSE}:{PERSON}:1", "failed", **failed)])
        slices = {"Records": [queued("1", slice_to_body(SLICE, 0))]}
        broadcast_send.handler(slices, context, adapters=adapters)
        crisis_send.handler(slices, context, adapters=adapters)
        for sender in (broadcast_send, crisis_send):
            monkeypatch.setattr(sender, "_send", fails)
            with pytest.raises(FunctionFailed):
                sender.handler(slices, context, adapters=adapters)
        job = RecheckJob("vreden", CAUSE, (PERSON,), 1).body()
        crisis_resend.handler({"Records": [queued("1", job)]}, context, adapters=adapters)
        broadcast_start.handler(asked, context, adapters=adapters)
        _pressed()
    found = {}
    for function, line in log.by_function:
        found.setdefault(function, set()).update(line)
    return found


def _pressed():
    CrisisPageHarness().link().get().press()


def fields_of(query):
    asked = {word for text in query.asks for word in re.findall(r"\b[a-z]\w+\b", WORD.sub("", text), re.IGNORECASE)}
    return {*query.fields, *asked} - {"@timestamp", "@log", "and", "or", "not", "status"} | {"status"} & {*query.fields}


@pytest.mark.parametrize("query", QUERIES, ids=lambda it: it.name)
def test_every_field_is_one_that_a_function_in_its_groups_writes(query, monkeypatch):
    written = wrote(monkeypatch)
    beginnings = tuple(query.of) or ("",)
    there = set().union(*(fields for function, fields in written.items() if function.startswith(beginnings)))
    there |= OF_LAMBDA if query.of else OF_LAMBDA | set(LOGGED)
    assert fields_of(query) - there == set()


def test_the_template_has_them_over_log_groups_that_are_there(template):
    found = {it["Name"]: it for it in of_type(template, "AWS::Logs::QueryDefinition").values()}
    assert set(found) == {f"stadtdraht-production/{query.name}" for query in QUERIES}
    groups = of_type(template, "AWS::Logs::LogGroup")
    for query in QUERIES:
        names = {groups[it["Ref"]]["LogGroupName"].rpartition("/")[2] for it in found[_named(query)]["LogGroupNames"]}
        assert names
        assert not query.of or all(name.startswith(tuple(query.of)) for name in names)
        assert len(names) <= 50  # AWS, CloudWatch Logs Insights quotas, 2026-11
    everything = {it["LogGroupName"].rpartition("/")[2] for it in groups.values()}
    one = {groups[it["Ref"]]["LogGroupName"].rpartition("/")[2] for it in found[_named(QUERIES[0])]["LogGroupNames"]}
    assert one == everything


def _named(query):
    return f"stadtdraht-production/{query.name}"


def test_a_query_says_where_the_word_goes_and_what_comes_first(template):
    for it in of_type(template, "AWS::Logs::QueryDefinition").values():
        assert WORD.search(it["QueryString"]), it["Name"]
        assert re.search(r"\| sort @timestamp (asc|desc)", it["QueryString"])
