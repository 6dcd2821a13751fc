"""How long a voice message lasts, from its own bytes."""

import struct
from time import process_time

import pytest

from stadtdraht.domain.media.media import MediaKind
from stadtdraht.domain.media.voice import seconds_of
from stadtdraht.texts.staff.console.talk import say_length
from tests.support.builders.media import PDF, VOICE
from tests.unit.media.test_fetch_media import MediaHarness

SECOND, NOT_HEARD = 48_000, 312


def ogg_page(position, payload, *, stream=7, kind=0, number=0):
    head = struct.pack("<4sBBqIIIB", b"OggS", 0, kind, position, stream, number, 0, 1)
    return head + bytes([len(payload) % 256]) + payload


def opus(seconds, *, sound=b"x" * 60, stream=7):
    head = b"OpusHead\x01\x01" + struct.pack("<HI", NOT_HEARD, 16_000) + b"\x00\x00\x00"
    pages = [ogg_page(0, head, stream=stream, kind=2), ogg_page(0, b"OpusTags" + b"\x00" * 8, stream=stream, number=1)]
    pages += [ogg_page(NOT_HEARD + second * SECOND, sound, stream=stream, number=2 + second) for second in (1, seconds)]
    return b"".join(pages)


@pytest.mark.parametrize("seconds", [1, 42, 600])
def test_the_last_page_says_when_it_ends_without_what_is_not_heard(seconds):
    assert seconds_of(opus(seconds)) == seconds


def test_less_than_a_second_is_one():
    short = opus(1)[: -len(ogg_page(0, b"x" * 60))]
    assert seconds_of(short + ogg_page(NOT_HEARD + 900, b"x")) == 1


def test_the_sign_of_a_page_within_sound_and_another_stream_are_no_end():
    other = ogg_page(99 * SECOND, b"y", stream=8)
    assert seconds_of(opus(42, sound=b"xxOggSxx") + other + ogg_page(-1, b"z")) == 42


@pytest.mark.parametrize(
    "content",
    [b"", b"OggS", VOICE, VOICE[:40], PDF, b"OggS" * 1000, opus(0), opus(7 * 3600), opus(42)[:60], opus(42)[30:]],
)
def test_what_does_not_say_has_no_length(content):
    assert seconds_of(content) == 0


def test_sixteen_megabytes_of_signs_take_no_time():
    began = process_time()
    assert seconds_of(opus(42) + b"OggS" * 4_000_000) == 0
    assert process_time() - began < 0.5


def test_a_fetched_voice_message_keeps_its_seconds_and_a_photo_none():
    office = MediaHarness(opus(42), kind=MediaKind.AUDIO)
    assert office.fetch().seconds == 42
    assert MediaHarness(PDF, kind=MediaKind.DOCUMENT).fetch().seconds == 0


@pytest.mark.parametrize(("seconds", "said"), [(0, ""), (7, "0:07"), (42, "0:42"), (61, "1:01"), (3600, "60:00")])
def test_a_length_is_said_as_players_say_it(seconds, said):
    assert say_length(seconds) == said
