"""A message as its citizen's history keeps it."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class IncomingMessage:
    """`text`: what was written, a caption, or a button's title.

    choice: id of a pressed button or list row, or a template button's payload; "" for typed text.
    kind: Meta's type ("text", "image", "interactive", …). media_id: Meta's id of a photo, voice note or file.
    latitude, longitude: degrees as sent, "" without a pin; place_name: what a pin calls its place.
    in_reply_to: the wamid that the citizen answered to.
    """

    wamid: str
    at: datetime
    kind: str
    text: str = ""
    choice: str = ""
    media_id: str = ""
    latitude: str = ""
    longitude: str = ""
    place_name: str = ""
    in_reply_to: str = ""
    profile_name: str = ""
    forwarded: bool = False
    often_forwarded: bool = False
