"""What a file is, is told from its bytes."""

import base64
import hashlib
import io
import struct
import time
import zipfile

import pytest

from stadtdraht.domain.media.media import (
    ALLOWED,
    ATTEMPTS,
    ENDINGS,
    LARGEST_BYTES,
    MediaFailure,
    MediaKind,
    MediaRefused,
    MediaState,
    ending_of,
    is_whole,
    key_of,
    new_media,
    sniff,
    type_of,
)
from stadtdraht.domain.message import IncomingMessage
from stadtdraht.texts.staff.media import WHY_NO_FILE
from tests.support.builders.media import ANKE, AT, FILM, PDF, VOICE, a_media, a_photo, an_archive

WORD = an_archive("[Content_Types].xml", "word/document.xml")


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (a_photo("JPEG"), "image/jpeg"),
        (a_photo("PNG"), "image/png"),
        (a_photo("WEBP"), "image/webp"),
        (VOICE, "audio/ogg"),
        (b"OggS" + b"\x01vorbis" * 5, ""),
        (b"#!AMR\n" + b"\x3c" * 20, "audio/amr"),
        (b"\xff\xf1\x50\x80" + b"\x00" * 20, "audio/aac"),
        (b"ID3\x04" + b"\x00" * 20, "audio/mpeg"),
        (b"\xff\xfb\x90\x00" + b"\x00" * 20, "audio/mpeg"),
        (b"\x00\x00\x00\x18ftypM4A " + b"\x00" * 20, "audio/mp4"),
        (FILM, "video/mp4"),
        (b"\x00\x00\x00\x18ftyp3gp4" + b"\x00" * 20, "video/3gpp"),
        (b"\x00\x00\x00\x18ftypheic" + b"\x00" * 20, ""),
        (PDF, "application/pdf"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 20, "application/msword"),
        (WORD, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        (an_archive("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"), ""),
        (an_archive("setup.exe"), ""),
        (b"PK\x03\x04 broken", ""),
        ("Grüße aus Vreden\n".encode(), "text/plain"),
        ("Grüße aus Vreden\n".encode("latin-1"), "text/plain"),
        (b"MZ\x90\x00\x03", ""),
        (b"\x7fELF\x02\x01", ""),
        (b"GIF89a\x01\x00", ""),
        (b"", ""),
    ],
)
def test_bytes_tell_the_type(content, found):
    assert sniff(content) == found


def an_end(entries, directory_bytes, comment=b""):
    return struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, entries, entries, directory_bytes, 0, len(comment)) + comment


@pytest.mark.parametrize(
    "end",
    [
        an_end(60_000, 46 * 60_000),
        an_end(1, 46 * 1_500_000),
        an_end(65_535, 0xFFFFFFFF),
        an_end(60_000, 46 * 60_000, b"PK\x03\x04"),
        b"PK\x06\x07" + bytes(16) + an_end(1, 46),
        b"PK\x05\x06",
    ],
)
def test_an_archive_with_an_endless_directory_is_not_opened(end):
    entry = struct.pack("<4s6H3L5H2L", b"PK\x01\x02", *[0] * 16)
    began = time.process_time()
    assert sniff(b"PK\x03\x04" + entry * 60_000 + end) == ""
    assert time.process_time() - began < 0.1


def test_an_archive_with_many_parts_and_a_comment_is_opened():
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        for name in ("[Content_Types].xml", "word/document.xml", *(f"word/media/{n}.png" for n in range(3_000))):
            archive.writestr(name, "")
        archive.comment = b"Vreden"
    assert sniff(written.getvalue()).endswith("wordprocessingml.document")


def test_every_type_that_we_take_has_an_ending():
    assert set(ENDINGS) == {type_ for types in ALLOWED.values() for type_ in types}
    assert [ending_of(it) for it in (a_photo(), VOICE, FILM, PDF, WORD, b"MZ\x90\x00")] == [
        *(".jpg", ".ogg", ".mp4", ".pdf", ".docx", ""),
    ]


def test_a_file_that_calls_itself_a_photo_and_is_none_is_refused():
    for kind, content in ((MediaKind.IMAGE, PDF), (MediaKind.AUDIO, a_photo()), (MediaKind.VIDEO, WORD)):
        with pytest.raises(MediaRefused) as refused:
            type_of(kind, content)
        assert refused.value.why is MediaFailure.WRONG_TYPE


def test_a_file_over_meta_s_limit_is_refused():
    for kind, most in LARGEST_BYTES.items():
        with pytest.raises(MediaRefused) as refused:
            type_of(kind, bytes(most + 1))
        assert refused.value.why is MediaFailure.TOO_LARGE


def test_a_voice_note_in_a_film_s_container_is_a_voice_note():
    assert type_of(MediaKind.AUDIO, FILM) == "audio/mp4"


def test_a_hash_holds_as_hex_and_as_base64():
    digest = hashlib.sha256(PDF).digest()
    assert is_whole(PDF, digest.hex())
    assert is_whole(PDF, base64.b64encode(digest).decode())
    assert is_whole(PDF, "")
    assert not is_whole(PDF + b"!", digest.hex())
    assert not is_whole(PDF, "none of both")


def test_a_message_with_a_file_gives_media_and_one_without_gives_none():
    photo = IncomingMessage("wamid.1", AT, "image", media_id="1600000000000001")
    assert new_media(photo, "vreden", ANKE) == a_media()
    assert new_media(IncomingMessage("wamid.1", AT, "text"), "vreden", ANKE) is None
    assert new_media(IncomingMessage("wamid.1", AT, "hologram", media_id="1"), "vreden", ANKE) is None


def test_the_last_try_ends_it_and_somebody_may_ask_again():
    media = a_media()
    for _ in range(ATTEMPTS):
        assert media.state is MediaState.PENDING
        media = media.tried()
    assert (media.state, media.why, media.in_trouble) == (MediaState.FAILED, MediaFailure.GAVE_UP, True)
    assert media.again() == a_media()


def test_a_key_begins_with_what_it_is_of_and_whose():
    assert key_of("original", a_media()).startswith(f"original/vreden/{ANKE}/")
    assert "wamid" not in key_of("shown", a_media())


def test_every_reason_has_words_for_staff():
    for words in WHY_NO_FILE.values():
        assert set(words) == set(MediaFailure)
