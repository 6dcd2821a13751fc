"""Ports Audit and Figures: the fake and the adapters keep the same."""

from datetime import UTC, datetime, timedelta

import boto3
import pytest
from botocore.exceptions import EndpointConnectionError

from stadtdraht.adapters.aws.figures import CloudWatchFigures
from stadtdraht.adapters.dynamodb.privacy.audit import DynamoAudit
from stadtdraht.domain.privacy.audit import AuditedAct, AuditEntry, person_in_audit
from tests.support.fakes.audit import FakeAudit

NOON = datetime(2026, 11, 24, 11, 0, tzinfo=UTC)


@pytest.fixture(params=["fake", pytest.param("table", marks=pytest.mark.local_aws)])
def audit(request):
    return FakeAudit() if request.param == "fake" else DynamoAudit(request.getfixturevalue("table"))


def an_entry(**changes):
    person = person_in_audit(b"pepper", "vreden", "a" * 20)
    values = {"town": "vreden", "at": NOON, "act": AuditedAct.REVEALED, "by": "Kim", "why": "Rückruf", "person": person}
    return AuditEntry(**values | changes)


def test_entries_are_added_and_stand_in_order_in_their_own_town(audit):
    later, other = an_entry(at=NOON + timedelta(seconds=1)), an_entry(town="bocholt")
    twice = an_entry(by="Alex")  # at the same moment
    for entry in (later, an_entry(), twice, other):
        audit.record(entry)
    assert sorted(audit.entries("vreden"), key=lambda it: (it.at, it.by)) == [twice, an_entry(), later]
    assert audit.entries("bocholt") == [other]
    assert audit.entries("arnsberg") == []


def test_what_was_done_to_staff_is_read_alone_from_the_newest_on(audit):
    signed_in = [
        an_entry(at=NOON + timedelta(seconds=it), act=AuditedAct.SIGNED_IN, person="staff-1") for it in range(3)
    ]
    for entry in (*signed_in, an_entry(at=NOON + timedelta(seconds=5))):
        audit.record(entry)
    assert audit.of_staff("vreden", 2) == [signed_in[2], signed_in[1]]
    assert audit.of_staff("vreden", 2, signed_in[1].at) == [signed_in[0]]
    assert audit.of_staff("bocholt", 2) == []


class Metrics:
    def __init__(self, why=None):
        self.why, self.put = why, []

    def put_metric_data(self, **values):
        if self.why:
            raise self.why
        self.put.append(values)


def test_a_figure_has_the_dimension_of_the_dashboard_and_no_person():
    metrics = Metrics()
    assert CloudWatchFigures(metrics).count("NumberRevealed")
    (put,) = metrics.put
    assert put["MetricData"][0]["Dimensions"] == [{"Name": "service", "Value": "command-line"}]


def test_who_may_not_count_is_not_stopped():
    assert not CloudWatchFigures(Metrics(EndpointConnectionError(endpoint_url="x"))).count("NumberRevealed")


def test_a_client_of_aws_takes_what_is_counted():
    client = boto3.client("cloudwatch", region_name="eu-central-1", aws_access_key_id="x", aws_secret_access_key="x")
    client.meta.events.register("before-call", lambda **_: (type("Answer", (), {"status_code": 200})(), {}))
    assert CloudWatchFigures(client).count("NumberRevealed")
