"""A picture that Meta's reviewers look at, handed in with a template that shows one. Nobody is sent it."""

from dataclasses import dataclass
from typing import Final

from stadtdraht.domain.errors import StadtdrahtError
from stadtdraht.domain.media.media import JPEG, PNG, sniff

LARGEST_BYTES: Final = 5 * 1024 * 1024  # an image's largest size; Meta, Media, 2026-09
TAKEN: Final = {JPEG: "jpg", PNG: "png"}


class NoSample(StadtdrahtError):
    """The file is no picture that Meta takes; the text says why."""


@dataclass(frozen=True, slots=True)
class SamplePicture:
    """mime_type: image/jpeg or image/png, as its bytes show. file_name: of ours, not that on a disk."""

    content: bytes
    mime_type: str
    file_name: str


def sample_picture(content: bytes) -> SamplePicture:
    """Raises NoSample."""
    kind = sniff(content)
    if kind not in TAKEN:
        raise NoSample("the picture must be a JPEG or a PNG; save it as one of them")
    if len(content) > LARGEST_BYTES:
        raise NoSample(f"the picture has {len(content):,} bytes; Meta takes {LARGEST_BYTES:,} at most")
    return SamplePicture(content, kind, f"sample.{TAKEN[kind]}")
