"""Photos, voices and files in a conversation: shown from our own address, or why they are not there."""

from base64 import b64decode
from dataclasses import dataclass, replace

import pytest

from stadtdraht.domain.media.media import JPEG, Media, MediaFailure, MediaKind, MediaState
from tests.support.console import text_of
from tests.support.fakes.citizens import FakeConversations
from tests.unit.console.talk_desk import TalkDesk

FILE = "/conversations/{citizen}/files/{message}"


@pytest.fixture
def desk():
    return TalkDesk()


def came(desk, kind=MediaKind.IMAGE, file_type=JPEG, **more):
    """A message with a file, fetched unless `more` says otherwise."""
    desk.hall.hears(kind=kind, content={"id": "media.1", "mime_type": file_type})
    (message,) = (it for (_, who, *_), it in desk.hall.citizens.messages.items() if who == desk.who)
    found = {"state": MediaState.STORED, "type": file_type, "shown": "shown/a", "size_bytes": 9, **more}
    media = replace(Media(desk.hall.town.id, desk.who, message.wamid, "media.1", kind, message.at), **found)
    desk.media_rows.begin(media)
    desk.media_store.put("shown/a", b"whole", file_type)
    desk.media_store.put("thumbnail/a", b"small", JPEG)
    return media


@dataclass
class WithFile(FakeConversations):
    """Lines as the table gives them, with what is known of their file."""

    media: Media | None = None

    def lines(self, *given, **more):
        found = super().lines(*given, **more)
        known = {"owner": self.media.citizen_id, "file": self.media.wamid, "state": self.media.state}
        told = [replace(it, **known, file_why=self.media.why or "") for it in found.lines]
        return replace(found, lines=tuple(told))


def test_the_inbox_says_how_long_a_voice_message_is(desk):
    media = came(desk, MediaKind.AUDIO, "audio/ogg", seconds=42)
    (row,) = desk.hall.citizens.waiting(desk.hall.town.id)
    desk.media_rows.begin(replace(media, wamid=row.conversation.last.message_id))
    assert "Sprachnachricht 0:42" in text_of(desk.of().get("/inbox"))


def page(desk):
    (media,) = desk.media_rows.found.values()
    conversations = WithFile(desk.hall.citizens, media)
    return text_of(desk.of(conversations=conversations).get("/conversations/{citizen}", citizen=desk.who))


def test_a_photo_is_shown_small_and_opens_whole(desk):
    media = came(desk, thumbnail="thumbnail/a")
    address = f"/console/arnsberg/conversations/{desk.who}/files/{media.wamid}"
    assert f'<a class="photo" href="{address}"><img src="{address}?small=1"' in page(desk)
    whole = desk.of().get(FILE, citizen=desk.who, message=media.wamid)
    assert b64decode(whole["body"]) == b"whole"
    assert whole["headers"]["Content-Type"] == "image/jpeg"
    small = desk.of().get(FILE, citizen=desk.who, message=media.wamid, query={"small": "1"})
    assert b64decode(small["body"]) == b"small"


def test_a_voice_message_can_be_heard(desk):
    came(desk, MediaKind.AUDIO, "audio/ogg")
    assert "<audio" in page(desk)


def test_a_document_is_saved_and_never_shown_as_a_page(desk):
    media = came(desk, MediaKind.DOCUMENT, "text/plain")
    answer = desk.of().get(FILE, citizen=desk.who, message=media.wamid)
    assert answer["headers"]["Content-Disposition"].startswith("attachment")
    assert answer["headers"]["X-Content-Type-Options"] == "nosniff"


def test_a_large_file_is_fetched_from_the_store(desk):
    media = came(desk, MediaKind.VIDEO, "video/mp4", size_bytes=9_000_000)
    answer = desk.of().get(FILE, citizen=desk.who, message=media.wamid)
    assert answer["statusCode"] == 302
    assert answer["headers"]["Location"] == "https://files.example/shown/a"


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"state": MediaState.PENDING}, "Foto wird geladen"),
        ({"state": MediaState.REFUSED, "why": MediaFailure.UNREADABLE}, "Das Bild ist beschädigt"),
    ],
)
def test_a_file_that_is_not_there_says_why(desk, more, said):
    media = came(desk, **more)
    assert said in page(desk)
    assert "<img" not in page(desk).partition("<main")[2]
    assert desk.of().get(FILE, citizen=desk.who, message=media.wamid)["statusCode"] == 404


def test_a_file_of_nobody_is_a_page_that_is_not_there(desk):
    media = came(desk)
    assert desk.of().get(FILE, citizen="0" * 20, message=media.wamid)["statusCode"] == 404
    assert desk.of().get(FILE, citizen=desk.who, message="x")["statusCode"] == 404
