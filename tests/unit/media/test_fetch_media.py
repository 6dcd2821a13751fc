"""From Meta to where staff can see it."""

import hashlib
from dataclasses import replace
from types import SimpleNamespace

import pytest

from stadtdraht.adapters.files.photos import PillowPhotos
from stadtdraht.domain.media.media import ATTEMPTS, Fetched, MediaFailure, MediaKind, MediaLost, MediaNotNow, MediaState
from stadtdraht.usecases.media.fetch_media import fetch_again, fetch_media
from tests.support.builders.media import ANKE, PDF, VOICE, a_media, a_photo
from tests.support.fakes.media import FakeMediaQueue, FakeMediaRows, FakeMediaSource, FakeMediaStore
from tests.support.fakes.towns import FakeTowns


def fetched(content, sha256=None):
    return Fetched(content, "image/jpeg", hashlib.sha256(content).hexdigest() if sha256 is None else sha256)


class MediaHarness:
    """Everything that fetching needs, in memory."""

    def __init__(self, *answers, keep=False, **media):
        self.rows, self.store, self.queue = FakeMediaRows(), FakeMediaStore(), FakeMediaQueue()
        self.source = FakeMediaSource([fetched(it) if isinstance(it, bytes) else it for it in answers])
        self.photos = PillowPhotos()
        self.towns = FakeTowns({"vreden": SimpleNamespace(keep_original_photos=keep)})
        self.rows.begin(a_media(**media))

    def fetch(self):
        return fetch_media(
            *("vreden", ANKE, "wamid.1"),
            towns=self.towns,
            rows=self.rows,
            store=self.store,
            source=self.source,
            photos=self.photos,
        )

    @property
    def row(self):
        return self.rows.load("vreden", ANKE, "wamid.1")


def parts(desk):
    return sorted(key.partition("/")[0] for key in desk.store.files)


def test_of_a_photo_others_get_a_copy_without_its_place_and_the_original_is_dropped():
    desk = MediaHarness(a_photo())
    done = desk.fetch()
    assert done == desk.row
    assert (done.state, done.type, done.size_bytes) == (MediaState.STORED, "image/jpeg", len(a_photo()))
    assert parts(desk) == ["shown", "thumbnail"]
    assert all(b"Exif" not in content for content, _ in desk.store.files.values())


def test_a_town_may_keep_the_original_in_a_folder_of_its_own():
    desk = MediaHarness(a_photo(), keep=True)
    assert desk.store.files[desk.fetch().original][0] == a_photo()
    assert parts(desk) == ["original", "shown", "thumbnail"]


def test_a_photo_sent_as_a_file_loses_its_place_too():
    desk = MediaHarness(a_photo(), kind=MediaKind.DOCUMENT)
    desk.fetch()
    assert parts(desk) == ["shown", "thumbnail"]


@pytest.mark.parametrize(
    ("kind", "content", "found"),
    [(MediaKind.AUDIO, VOICE, "audio/ogg"), (MediaKind.DOCUMENT, PDF, "application/pdf")],
)
def test_what_is_no_photo_is_kept_as_it_came(kind, content, found):
    desk = MediaHarness(content, kind=kind)
    assert desk.store.files[desk.fetch().shown] == (content, found)
    assert parts(desk) == ["shown"]


def test_twice_is_once():
    desk = MediaHarness(a_photo())
    assert desk.fetch() == desk.fetch()
    assert desk.source.asked == 1


def test_a_wrong_type_is_refused_and_nothing_is_stored():
    desk = MediaHarness(PDF)
    assert (desk.fetch().state, desk.row.why) == (MediaState.REFUSED, MediaFailure.WRONG_TYPE)
    assert not desk.store.files


def test_wrong_bytes_are_fetched_again():
    desk = MediaHarness(fetched(a_photo()[:-9], sha256=hashlib.sha256(a_photo()).hexdigest()), a_photo())
    with pytest.raises(MediaNotNow):
        desk.fetch()
    assert not desk.store.files
    assert desk.fetch().state is MediaState.STORED


def test_what_passes_is_tried_again_until_the_last_time_and_then_whenever_somebody_asks():
    desk = MediaHarness(MediaNotNow("http 503"))
    for _ in range(ATTEMPTS - 1):
        with pytest.raises(MediaNotNow):
            desk.fetch()
    assert (desk.fetch().state, desk.row.why) == (MediaState.FAILED, MediaFailure.GAVE_UP)
    desk.source.answers.append(fetched(a_photo()))
    assert fetch_again("vreden", ANKE, "wamid.1", rows=desk.rows, queue=desk.queue)
    assert desk.queue.messages == [("vreden", ANKE, "wamid.1")]
    assert desk.fetch().state is MediaState.STORED
    assert fetch_again("vreden", ANKE, "wamid.1", rows=desk.rows, queue=desk.queue) is None


def test_what_is_gone_is_not_tried_again():
    desk = MediaHarness(MediaLost(MediaFailure.GONE))
    assert (desk.fetch().state, desk.row.why) == (MediaState.FAILED, MediaFailure.GONE)
    desk.fetch()
    assert desk.source.asked == 1


def test_whoever_is_erased_while_their_photo_is_fetched_leaves_nothing():
    desk = MediaHarness(a_photo(), keep=True)
    put = desk.store.put

    def put_and_erase(key, content, content_type):
        put(key, content, content_type)
        if key.startswith("original/"):
            desk.rows.forget(a_media())

    desk.store.put = put_and_erase
    assert desk.fetch() is None
    assert not desk.store.files
    assert desk.fetch() is None


def test_what_its_person_had_deleted_is_deleted_from_the_store_and_never_fetched_again():
    desk = MediaHarness(a_photo(), keep=True)
    desk.fetch()
    assert desk.store.files
    desk.rows.begin(replace(a_media(), state=MediaState.FORGOTTEN))
    assert desk.fetch().state is MediaState.FORGOTTEN
    assert not desk.store.files
    assert fetch_again("vreden", ANKE, "wamid.1", rows=desk.rows, queue=desk.queue) is None


def test_what_is_deleted_while_it_is_fetched_leaves_nothing():
    desk = MediaHarness(a_photo(), keep=True)
    put = desk.store.put

    def put_and_forget(key, content, content_type):
        put(key, content, content_type)
        desk.rows.begin(replace(a_media(), state=MediaState.FORGOTTEN))

    desk.store.put = put_and_forget
    assert desk.fetch().state is MediaState.FORGOTTEN
    assert not desk.store.files


def test_of_two_who_fetch_at_once_neither_takes_the_other_s_file_away():
    desk = MediaHarness(a_photo())
    put = desk.store.put

    def put_and_be_overtaken(key, content, content_type):
        put(key, content, content_type)
        desk.rows.begin(replace(a_media(), state=MediaState.STORED, attempts=1))

    desk.store.put = put_and_be_overtaken
    assert desk.fetch().state is MediaState.STORED
    assert parts(desk) == ["shown", "thumbnail"]
