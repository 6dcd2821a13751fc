"""Media up and down (Meta, Media, 2026-09-11), and a sample photo where none is given."""

import base64
import hashlib
import hmac
import io
import secrets
from dataclasses import dataclass
from typing import Final

from PIL import Image, ImageDraw

from local.whatsapp.model.errors import Refused

URL_VALID_S: Final = 300  # Meta, Media, 2026-09-11
UPLOAD_KEPT_S: Final = 30 * 24 * 3600
INCOMING_KEPT_S: Final = 7 * 24 * 3600
_LARGEST_BYTES: Final = {
    "image/jpeg": 5_000_000,
    "image/png": 5_000_000,
    "video/mp4": 16_000_000,
    "video/3gpp": 16_000_000,
    "audio/aac": 16_000_000,
    "audio/amr": 16_000_000,
    "audio/mpeg": 16_000_000,
    "audio/mp4": 16_000_000,
    "audio/ogg": 16_000_000,
    "image/webp": 500_000,
}
_DOCUMENT_BYTES: Final = 100_000_000
_DOCUMENTS: Final = ("text/plain", "application/pdf", "application/msword", "application/vnd.")


@dataclass(frozen=True, slots=True)
class Medium:
    """One file, bound to the number it came through."""

    id: str
    phone_number_id: str
    mime_type: str
    content: bytes
    expires_at: float
    filename: str | None = None

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()

    @property
    def sha256_base64(self) -> str:
        """The webhook's spelling of the same hash."""
        return base64.b64encode(hashlib.sha256(self.content).digest()).decode()


class Media:
    """All files, and the short-lived addresses they are fetched from."""

    def __init__(self) -> None:
        self._media: dict[str, Medium] = {}
        self._url_key = secrets.token_bytes(16)

    def all(self) -> list[Medium]:
        return list(self._media.values())

    def put(self, medium: Medium) -> Medium:
        self._media[medium.id] = medium
        return medium

    def keep(
        self,
        phone_number_id: str,
        mime_type: str,
        content: bytes,
        expires_at: float,
        filename: str | None = None,
    ) -> Medium:
        media_id = "160" + str(secrets.randbelow(10**13)).zfill(13)
        return self.put(Medium(media_id, phone_number_id, mime_type, content, expires_at, filename))

    def upload(self, phone_number_id: str, mime_type: str, content: bytes, now: float, filename: str | None) -> Medium:
        """Raises 131053 for a kind or a size that Meta does not take."""
        plain = mime_type.split(";", maxsplit=1)[0].strip()
        largest = _LARGEST_BYTES.get(plain, _DOCUMENT_BYTES if plain.startswith(_DOCUMENTS) else 0)
        if not largest:
            raise Refused(131053, f"{plain} is not a supported media type.")
        if not 0 < len(content) <= largest:
            raise Refused(131053, f"{plain}: 1 to {largest} bytes, not {len(content)}.")
        return self.keep(phone_number_id, mime_type, content, now + UPLOAD_KEPT_S, filename)

    def find(self, media_id: str, now: float) -> Medium | None:
        medium = self._media.get(media_id)
        return medium if medium and now < medium.expires_at else None

    def forget(self, media_id: str) -> None:
        self._media.pop(media_id, None)

    def address(self, medium: Medium, base_url: str, now: float) -> str:
        """Valid for 5 minutes, then it answers 404 and has to be looked up again."""
        expires = int(now) + URL_VALID_S
        return (
            f"{base_url}/whatsapp_business/attachments/"
            f"?mid={medium.id}&ext={expires}&hash={self._mark(medium.id, expires)}"
        )

    def at_address(self, media_id: str, expires: str, mark: str, now: float) -> Medium | None:
        genuine = expires.isdigit() and hmac.compare_digest(self._mark(media_id, int(expires)), mark)
        return self.find(media_id, now) if genuine and now < int(expires) else None

    def _mark(self, media_id: str, expires: int) -> str:
        return hmac.new(self._url_key, f"{media_id}.{expires}".encode(), hashlib.sha256).hexdigest()[:24]


def sample_photo() -> bytes:
    """A small JPEG of a street with a pothole, with EXIF as phones write it (even the place)."""
    image = Image.new("RGB", (640, 480), "#b9d3e6")
    draw = ImageDraw.Draw(image)
    for left, top, wall, roof in ((20, 150, "#d8b48a", "#8c4a32"), (230, 120, "#e4d5b7", "#6b3a2a")):
        draw.rectangle((left, top, left + 170, 300), fill=wall)
        draw.polygon(((left - 12, top), (left + 85, top - 70), (left + 182, top)), fill=roof)
        for column in (25, 75, 125):
            for row in (25, 85):
                draw.rectangle((left + column, top + row, left + column + 28, top + row + 36), fill="#5f7f95")
    draw.rectangle((455, 180, 475, 300), fill="#6b4f2e")
    draw.ellipse((405, 80, 525, 210), fill="#5d8a4a")
    draw.rectangle((0, 300, 640, 330), fill="#a9a9a3")
    draw.rectangle((0, 330, 640, 480), fill="#65676b")
    for left in range(20, 640, 120):
        draw.rectangle((left, 346, left + 60, 352), fill="#e8e6df")
    draw.ellipse((250, 380, 440, 450), fill="#3d3b3a", outline="#8b8780", width=6)
    draw.ellipse((280, 395, 400, 436), fill="#51606b")
    exif = Image.Exif()
    exif[0x010F] = "Beispielphone"
    exif[0x0112] = 1
    exif.get_ifd(0x8825).update({1: "N", 2: (51.0, 50.0, 20.0), 3: "E", 4: (6.0, 36.0, 50.0)})
    written = io.BytesIO()
    image.save(written, "JPEG", quality=82, exif=exif)
    return written.getvalue()
