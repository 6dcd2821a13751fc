"""Port Retention: one suite for the fake and for the adapter, and what the office makes of it."""

from datetime import UTC, datetime, timedelta

import pytest

from stadtdraht.adapters.dynamodb import keys
from stadtdraht.adapters.dynamodb.privacy.retention import DynamoRetention
from stadtdraht.domain.retention import KeptRow
from stadtdraht.usecases.privacy.retention_report import KindRetention, retention_report
from tests.support.fakes.retention import FakeRetention

NOW = datetime(2026, 11, 24, 11, 0, tzinfo=UTC)
DAY = timedelta(days=1)


class InMemory(FakeRetention):
    def begin(self, pk, sk, ends_at):
        self.rows[pk, sk] = KeptRow(keys.kind_of_row(pk, sk), ends_at, (pk, sk))


class OnTheTable(DynamoRetention):
    def begin(self, pk, sk, ends_at):
        end = int(ends_at.timestamp()) if ends_at else None
        self.table.put_all([{"pk": pk, "sk": sk, "expires_at": end}])


@pytest.fixture(params=["fake", pytest.param("table", marks=pytest.mark.local_aws)])
def retention(request):
    made = InMemory() if request.param == "fake" else OnTheTable(request.getfixturevalue("table"))
    anke = "a" * 20
    made.begin(keys.citizen("vreden", anke), keys.message(NOW, "wamid.1"), NOW + DAY)
    made.begin(keys.citizen("vreden", anke), keys.message(NOW, "wamid.2"), NOW - DAY)
    made.begin(keys.citizen("vreden", anke), keys.answer("1"), NOW - 3 * DAY)
    made.begin(keys.citizen("vreden", anke), keys.PROFILE, None)
    made.begin(keys.inbox("vreden", "a"), keys.update("message", "wamid.1"), NOW + DAY)
    made.begin(keys.inbox("bocholt", "a"), keys.update("message", "wamid.9"), NOW - 9 * DAY)
    return made


def test_a_report_counts_what_is_kept_and_what_is_past_its_time(retention):
    report = retention_report("vreden", NOW, retention=retention)
    assert report.kinds == (
        KindRetention("citizen answer", 180, 1, 1, 1, 0),
        KindRetention("citizen message", 180, 2, 1, 0, 0),
        KindRetention("inbox", 14, 1, 0, 0, 0),
    )
    assert not report.well
    assert report.deleted == {}
    assert not retention.noted("vreden")


def test_a_sweep_deletes_what_is_past_its_time_in_this_town_and_says_so(retention):
    report = retention_report("vreden", NOW, retention=retention, sweep=True)
    assert report.deleted == {"citizen answer": 1, "citizen message": 1}
    assert list(retention.noted("vreden")) == [(NOW, {"citizen answer": 1, "citizen message": 1})]
    after = retention_report("vreden", NOW, retention=retention)
    assert after.well
    assert sum(kept.past for kept in after.kinds) == 0
    assert {kept.kind: kept.rows for kept in after.kinds} == {"citizen message": 1, "inbox": 1} | (
        {} if isinstance(retention, InMemory) else {"sweeps": 1}
    )
    assert [row.ends_at for row in retention.kept("bocholt")] == [NOW - 9 * DAY]


def test_a_row_that_got_a_later_end_meanwhile_is_left(retention):
    anke, sk = keys.citizen("vreden", "a" * 20), keys.message(NOW, "wamid.2")
    (past,) = [row for row in retention.kept("vreden") if row.key == (anke, sk)]
    retention.begin(anke, sk, NOW + 9 * DAY)
    assert not retention.delete([past])
    assert [row.ends_at for row in retention.kept("vreden") if row.key == (anke, sk)] == [NOW + 9 * DAY]


def test_a_report_counts_only_what_a_sweep_took(retention, monkeypatch):
    """Somebody comes back between the reading and the deleting."""
    read, sk = retention.kept, keys.message(NOW, "wamid.2")

    def then_it_is_renewed(town):
        yield from list(read(town))
        retention.begin(keys.citizen("vreden", "a" * 20), sk, NOW + 9 * DAY)

    monkeypatch.setattr(type(retention), "kept", lambda _, town: then_it_is_renewed(town))
    assert retention_report("vreden", NOW, retention=retention, sweep=True).deleted == {"citizen answer": 1}


def test_a_row_without_the_end_that_its_kind_has_is_told_and_never_swept(retention):
    retention.begin(keys.citizen("vreden", "a" * 20), keys.message(NOW, "wamid.7"), None)
    report = retention_report("vreden", NOW, retention=retention, sweep=True)
    assert {kept.kind: kept.endless for kept in report.kinds if kept.endless} == {"citizen message": 1}
    assert not report.well
    assert "citizen profile" not in {kept.kind for kept in report.kinds}
