"""Files as citizens send them."""

import io
import zipfile
from datetime import UTC, datetime

from PIL import Image

from stadtdraht.domain.media.media import Media, MediaKind

AT = datetime(2026, 11, 24, 9, tzinfo=UTC)
ANKE = "a" * 20
PDF = b"%PDF-1.7\n" + b"x" * 50
VOICE = b"OggS\x00\x02" + b"\x00" * 22 + b"OpusHead\x01\x01" + b"\x00" * 40
FILM = b"\x00\x00\x00\x18ftypisom\x00\x00\x02\x00isomiso2" + b"\x00" * 40


def a_media(**other):
    values = {
        "town": "vreden",
        "citizen_id": ANKE,
        "wamid": "wamid.1",
        "media_id": "1600000000000001",
        "kind": MediaKind.IMAGE,
        "at": AT,
    }
    return Media(**(values | other))


def a_photo(form="JPEG", size=(64, 32), orientation=1, **more):
    """Left half red, right half blue, with the place and the phone in its EXIF."""
    photo = Image.new("RGB", size, "blue")
    photo.paste("red", (0, 0, size[0] // 2, size[1]))
    exif = Image.Exif()
    exif[0x010F] = "Beispielphone"
    exif[0x0112] = orientation
    exif.get_ifd(0x8825).update({1: "N", 2: (51.0, 50.0, 20.0), 3: "E", 4: (6.0, 36.0, 50.0)})
    written = io.BytesIO()
    photo.save(written, form, exif=exif, **more)
    return written.getvalue()


def an_archive(*names):
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return written.getvalue()
