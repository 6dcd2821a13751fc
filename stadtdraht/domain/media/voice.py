"""How long a voice message lasts, from its own bytes: Meta does not say (Meta, Webhooks, audio messages, 2026-09-11).

An Ogg file ends with a page that says how many samples came until then; of Opus there are 48,000 in a second, whatever
was recorded, and some at the beginning are not heard. Source: RFC 3533, section 6; RFC 7845, sections 4 and 5.1.
"""

import struct
from typing import Final

SAMPLES_A_SECOND: Final = 48_000
LONGEST_S: Final = 6 * 3600  # of 16 MB at the least that Opus takes; more is a mistake in the file
PAGE: Final = struct.Struct("<4sBBqIIIB")  # sign, version, kind, granule position, stream, page, checksum, segments
NO_POSITION: Final = -1  # of a page on which no packet ends
LOOKED_AT: Final = 16  # places of the sign from the end on: it may stand in sound, too
HEAD_BYTES: Final = 128  # within which the head of Opus stands


def seconds_of(content: bytes) -> int:
    """At least 1; 0 for what is no Opus in Ogg, or does not say. Reads the file once from behind, and no farther than
    some pages.
    """
    first, head = _page(content, 0), content.find(b"OpusHead", 0, HEAD_BYTES)
    if first is None or head < 0 or len(content) < head + 12:
        return 0
    _, stream = first
    not_heard = int.from_bytes(content[head + 10 : head + 12], "little")
    at = len(content)
    for _ in range(LOOKED_AT):
        at = content.rfind(b"OggS", 0, at)
        if at < 0:
            return 0
        page = _page(content, at)
        if page and page[1] == stream and page[0] != NO_POSITION:
            seconds = round((page[0] - not_heard) / SAMPLES_A_SECOND)
            return max(1, seconds) if 0 <= seconds <= LONGEST_S and page[0] > not_heard else 0
    return 0


def _page(content: bytes, at: int) -> tuple[int, int] | None:
    """Granule position and stream of the page that begins there."""
    if len(content) < at + PAGE.size:
        return None
    sign, version, _, position, stream, *_ = PAGE.unpack_from(content, at)
    return (position, stream) if sign == b"OggS" and version == 0 else None
