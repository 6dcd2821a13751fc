"""What citizens send beside text: photos, voice notes, videos, files. What we take, told from the bytes themselves.

Limits are Meta's own, in bytes; a larger file would not have come from WhatsApp. Source: Meta, Media, 2026-09-11.
"""

import base64
import binascii
import hashlib
import io
import re
import struct
import zipfile
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from stadtdraht.domain.errors import StadtdrahtError
from stadtdraht.domain.identifiers import message_id
from stadtdraht.domain.message import IncomingMessage
from stadtdraht.domain.retention import CONVERSATION

ATTEMPTS = 5  # then the row says failed, and somebody may ask for it again


class MediaKind(StrEnum):
    """Meta's types of messages that carry a file."""

    IMAGE = "image"
    AUDIO = "audio"
    VIDEO = "video"
    DOCUMENT = "document"
    STICKER = "sticker"


class MediaState(StrEnum):
    """PENDING is on its way; REFUSED we do not take; FAILED we could not get; FORGOTTEN its person had deleted."""

    PENDING = "pending"
    STORED = "stored"
    REFUSED = "refused"
    FAILED = "failed"
    FORGOTTEN = "forgotten"


class MediaFailure(StrEnum):
    """Why a file was not stored; words for staff stand in stadtdraht/texts/staff/media.py."""

    TOO_LARGE = "too large"
    WRONG_TYPE = "wrong type"
    UNREADABLE = "unreadable"
    TOO_MANY_PIXELS = "too many pixels"
    ANIMATED = "animated"
    GONE = "gone"
    FOREIGN_ADDRESS = "foreign address"
    GAVE_UP = "gave up"


class MediaRefused(StadtdrahtError):
    """We do not take this file, however often it is fetched."""

    def __init__(self, why: MediaFailure) -> None:
        super().__init__(why.value)
        self.why = why


class MediaLost(StadtdrahtError):
    """The file cannot be had by trying again."""

    def __init__(self, why: MediaFailure) -> None:
        super().__init__(why.value)
        self.why = why


class MediaNotNow(StadtdrahtError):
    """Trying again may help; the text names what happened, never an address or a token."""


JPEG, PNG, WEBP = "image/jpeg", "image/png", "image/webp"
PHOTOS = frozenset({JPEG, PNG, WEBP})
OFFICE = {
    "word/": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xl/": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ppt/": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}
END_RECORD = struct.Struct("<4s4H2LH")  # the end of a ZIP's directory; PKWARE, APPNOTE 6.3.10, 4.3.16
END_SIGN, ZIP64_SIGN, ZIP64_BYTES, LONGEST_COMMENT_BYTES = b"PK\x05\x06", b"PK\x06\x07", 20, 65_536
MOST_ENTRIES, MOST_DIRECTORY_BYTES = 10_000, 2_000_000  # a book of pictures has a few hundred
OLD_OFFICE = "application/msword"  # DOC, XLS and PPT begin alike
CONTROL_CHARACTERS = re.compile(rb"[\x00-\x08\x0e-\x1f\x7f]")
ALLOWED = {
    MediaKind.IMAGE: PHOTOS,
    MediaKind.STICKER: frozenset({WEBP}),
    MediaKind.AUDIO: frozenset({"audio/ogg", "audio/aac", "audio/mp4", "audio/mpeg", "audio/amr"}),
    MediaKind.VIDEO: frozenset({"video/mp4", "video/3gpp"}),
    MediaKind.DOCUMENT: PHOTOS | {"application/pdf", "text/plain", OLD_OFFICE, *OFFICE.values()},
}
ENDINGS = {
    JPEG: ".jpg",
    PNG: ".png",
    WEBP: ".webp",
    "application/pdf": ".pdf",
    "text/plain": ".txt",
    OLD_OFFICE: ".doc",
    "audio/ogg": ".ogg",
    "audio/aac": ".aac",
    "audio/mp4": ".m4a",
    "audio/mpeg": ".mp3",
    "audio/amr": ".amr",
    "video/mp4": ".mp4",
    "video/3gpp": ".3gp",
    OFFICE["word/"]: ".docx",
    OFFICE["xl/"]: ".xlsx",
    OFFICE["ppt/"]: ".pptx",
}
LARGEST_BYTES = {
    MediaKind.IMAGE: 5_000_000,
    MediaKind.STICKER: 500_000,
    MediaKind.AUDIO: 16_000_000,
    MediaKind.VIDEO: 16_000_000,
    MediaKind.DOCUMENT: 100_000_000,
}


@dataclass(frozen=True, slots=True)
class Fetched:
    """A file as Meta handed it out."""

    content: bytes
    said_type: str
    """What Meta says it is."""
    sha256: str
    """Hex or base64, as Meta said it; "" if it said none."""


@dataclass(frozen=True, slots=True)
class PhotoCopies:
    """JPEGs without anything but the picture, upright."""

    shown: bytes
    thumbnail: bytes


@dataclass(frozen=True, slots=True)
class Media:
    """One file of one message."""

    town: str
    citizen_id: str
    wamid: str
    media_id: str
    kind: MediaKind
    at: datetime
    """Time of the message."""
    state: MediaState = MediaState.PENDING
    why: MediaFailure | None = None
    said_type: str = ""
    """What Meta says it is."""
    type: str = ""
    """What its bytes show."""
    size_bytes: int = 0
    sha256: str = ""
    """Hex, of the file as it came."""
    original: str = ""
    """Key in the store; "" where the file as it came is not kept."""
    shown: str = ""
    """Key of the copy that staff see; of what is no photo, of the file as it came. "" for none."""
    thumbnail: str = ""
    """Key in the store; "" for none."""
    seconds: int = 0
    """How long a voice message lasts; 0 where its file does not say."""
    attempts: int = 0

    @property
    def expires_at(self) -> datetime:
        return self.at + CONVERSATION

    @property
    def in_trouble(self) -> bool:
        """Whether somebody should look: it was tried, and is not there."""
        return self.state in {MediaState.REFUSED, MediaState.FAILED} or (
            self.state is MediaState.PENDING and self.attempts > 0
        )

    @property
    def keys(self) -> tuple[str, ...]:
        """What of it lies in the store."""
        return tuple(key for key in (self.original, self.shown, self.thumbnail) if key)

    def ended(self, state: MediaState, why: MediaFailure) -> "Media":
        return replace(self, state=state, why=why, attempts=self.attempts + 1)

    def tried(self) -> "Media":
        """After a failure that may pass; the last one ends it."""
        if self.attempts + 1 >= ATTEMPTS:
            return self.ended(MediaState.FAILED, MediaFailure.GAVE_UP)
        return replace(self, attempts=self.attempts + 1)

    def again(self) -> "Media":
        """As new, because somebody asked for it."""
        return replace(self, state=MediaState.PENDING, why=None, attempts=0)


def new_media(message: IncomingMessage, town: str, citizen_id: str) -> Media | None:
    """What is to be fetched for a message; None when it carries no file."""
    if not message.media_id or message.kind not in set(MediaKind):
        return None
    return Media(town, citizen_id, message.wamid, message.media_id, MediaKind(message.kind), message.at)


def forgotten_media(message: IncomingMessage, town: str, citizen_id: str) -> Media | None:
    """What is left of a message's file when its person had it deleted: that it is gone. None when it carried none."""
    media = new_media(message, town, citizen_id)
    return replace(media, media_id="", state=MediaState.FORGOTTEN) if media else None


def key_of(part: str, media: Media) -> str:
    """`part` is original, shown or thumbnail: it stands first, so that a role can be held to one of them."""
    return f"{folder_of(part, media.town, media.citizen_id)}{message_id(media.wamid)}"


def shown_key(town: str, citizen_id: str, wamid: str) -> str:
    """Where the copy without EXIF of a message's photo lies."""
    return f"{folder_of(SHOWN, town, citizen_id)}{message_id(wamid)}"


@dataclass(frozen=True, slots=True)
class StoredFile:
    """What lies in the store, with what its key tells."""

    key: str
    stored_at: datetime

    @property
    def citizen_id(self) -> str:
        return self.key.split("/")[2]


def folder_of(part: str, town: str, citizen_id: str) -> str:
    return f"{part}/{town}/{citizen_id}/"


SHOWN = "shown"
THUMBNAIL = "thumbnail"
PARTS = ("original", SHOWN, THUMBNAIL)


def type_of(kind: MediaKind, content: bytes) -> str:
    """The type of a file we take. Raises MediaRefused for any other, and for one that is too large or empty."""
    if len(content) > LARGEST_BYTES[kind]:
        raise MediaRefused(MediaFailure.TOO_LARGE)
    found = sniff(content)
    if kind is MediaKind.AUDIO and found == "video/mp4":
        found = "audio/mp4"  # the same container; which brand a phone writes says little
    if found not in ALLOWED[kind]:
        raise MediaRefused(MediaFailure.WRONG_TYPE)
    return found


def is_whole(content: bytes, said: str) -> bool:
    """Whether the bytes have the hash that Meta said, which it spells as hex or as base64; True if it said none."""
    if not said:
        return True
    digest = hashlib.sha256(content).digest()
    try:
        return said.lower() == digest.hex() or base64.b64decode(said, validate=True) == digest
    except (binascii.Error, ValueError):
        return False


def sniff(content: bytes) -> str:
    """The type that the bytes themselves show; "" for none that we know."""
    head = content[:64]
    if head.startswith(b"\xff\xd8\xff"):
        return JPEG
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return WEBP
    if head.startswith(b"OggS"):
        return "audio/ogg" if b"OpusHead" in head else ""
    if head.startswith(b"#!AMR"):
        return "audio/amr"
    if head[4:8] == b"ftyp":
        return _mp4(head[8:12])
    if head.startswith(b"ID3"):
        return "audio/mpeg"
    if len(head) > 1 and head[0] == 0xFF and head[1] & 0xE0 == 0xE0:  # noqa: PLR2004 - MPEG's sync word
        return _mpeg(head[1])
    if head.startswith(b"%PDF-"):
        return "application/pdf"
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return OLD_OFFICE
    if head.startswith(b"PK\x03\x04"):
        return _office(content)
    return "text/plain" if _is_text(content) else ""


def ending_of(content: bytes) -> str:
    """How the name of such a file ends, so that a computer opens it; "" for what we do not know."""
    return ENDINGS.get(sniff(content), "")


def _mp4(brand: bytes) -> str:
    if brand.startswith(b"M4A"):
        return "audio/mp4"
    if brand.startswith(b"3g"):
        return "video/3gpp"
    return "video/mp4" if brand[:3] in {b"iso", b"mp4", b"avc", b"M4V", b"MSN", b"das"} else ""


def _mpeg(second: int) -> str:
    """Two bits name the layer: none in AAC's ADTS."""
    layer = second & 0x06
    if layer == 0:
        return "audio/aac" if second & 0xF0 == 0xF0 else ""  # noqa: PLR2004 - twelve bits of sync
    return "audio/mpeg" if second & 0x18 != 0x08 else ""  # noqa: PLR2004 - a version that does not exist


def _office(content: bytes) -> str:
    """By the folder its parts lie in; none for other archives, and none for a file with macros."""
    try:
        if not _has_a_short_directory(content):
            return ""
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        return ""
    if "[Content_Types].xml" not in names or any(name.lower().endswith("vbaproject.bin") for name in names):
        return ""
    found = {kind for folder, kind in OFFICE.items() if any(name.startswith(folder) for name in names)}
    return found.pop() if len(found) == 1 else ""


def _has_a_short_directory(content: bytes) -> bool:
    """Whether an archive may be opened: its names are all read at once, and millions of empty ones fit into a file.

    Looks for the end record where `zipfile` does. No file from an office needs the form for very large archives.
    """
    last = len(content) - END_RECORD.size
    ends_with_it = last >= 0 and content[last:].startswith(END_SIGN) and content.endswith(b"\0\0")
    at = last if ends_with_it else content.rfind(END_SIGN, max(last - LONGEST_COMMENT_BYTES, 0))
    if not 0 <= at <= last or content[max(at - ZIP64_BYTES, 0) : at].startswith(ZIP64_SIGN):
        return False
    _, _, _, _, entries, directory_bytes, _, _ = END_RECORD.unpack_from(content, at)
    return bool(entries <= MOST_ENTRIES and directory_bytes <= MOST_DIRECTORY_BYTES)


def _is_text(content: bytes) -> bool:
    return bool(content) and not CONTROL_CHARACTERS.search(content)
