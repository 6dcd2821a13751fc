"""Files without a row: gone after a day, put down, and nothing else touched."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from functions.privacy import sweep
from stadtdraht.domain.media.media import MediaState, key_of
from stadtdraht.usecases.media.sweep_files import sweep_files
from tests.support.adapters import FakeAdapters
from tests.support.builders.media import ANKE, a_media
from tests.support.fakes.citizens import FakeCitizens
from tests.support.fakes.holds import FakeHolds
from tests.support.fakes.media import FakeMediaRows, FakeMediaStore
from tests.support.fakes.retention import FakeRetention
from tests.support.fakes.towns import FakeTowns
from tests.support.town_office import TOWNS

NIGHT = datetime(2026, 11, 24, 2, 30, tzinfo=UTC)


def a_store(*files, stored_at=NIGHT - timedelta(days=2)):
    store = FakeMediaStore(stored_at=stored_at)
    for key in files:
        store.put(key, b"", "image/jpeg")
    return store


def swept(store, *stored, held=()):
    rows, retention = FakeMediaRows(), FakeRetention()
    for media in stored:
        rows.begin(media)
    deleted = sweep_files("vreden", NIGHT, rows=rows, store=store, retention=retention, held=held)
    return deleted, retention.noted("vreden")


def test_a_file_whose_row_is_gone_is_deleted_and_put_down():
    kept = replace(a_media(), state=MediaState.STORED, shown=key_of("shown", a_media()))
    lost = key_of("shown", a_media(wamid="wamid.9"))
    unnamed = key_of("original", a_media())
    store = a_store(kept.shown, lost, unnamed)
    assert swept(store, kept) == (2, [(NIGHT, {"file": 2})])
    assert set(store.files) == {kept.shown}


def test_a_file_that_was_just_stored_waits_for_its_row():
    store = a_store(key_of("shown", a_media()), stored_at=NIGHT - timedelta(hours=23))
    assert swept(store) == (0, [])
    assert len(store.files) == 1


def test_files_of_somebody_who_is_held_stay():
    store = a_store(key_of("shown", a_media()))
    assert swept(store, held={ANKE}) == (0, [])
    assert len(store.files) == 1


def test_files_of_another_town_are_not_looked_at():
    store = a_store(key_of("shown", a_media(town="bocholt")))
    assert swept(store) == (0, [])
    assert len(store.files) == 1


class Context:
    def __init__(self, *left_ms):
        self.left_ms = list(left_ms)

    def get_remaining_time_in_millis(self):
        return self.left_ms.pop(0)


def test_a_night_that_is_too_short_leaves_towns_to_the_next(capsys):
    store = a_store(*[key_of("shown", a_media(town=town)) for town in TOWNS])
    made = {
        "towns": FakeTowns(TOWNS),
        "media_rows": FakeMediaRows(),
        "media_store": store,
        "retention": FakeRetention(),
        "citizens": FakeCitizens(),
        "holds": FakeHolds(),
    }
    adapters = FakeAdapters(**made)
    assert sweep.handler({}, Context(900_000, 500_000, 59_000), adapters=adapters) == {"deleted": 2}
    assert "SweepUnfinished" in capsys.readouterr().out
    assert sweep.handler({}, Context(*[900_000] * len(TOWNS)), adapters=adapters) == {"deleted": len(TOWNS) - 2}
    assert not store.files
