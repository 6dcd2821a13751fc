"""A message as its citizen's history keeps it."""

from dataclasses import dataclass
from datetime import datetime

# What Meta documents, and "call", which is a ring that nobody answers.
KINDS = frozenset(
    {
        "audio",
        "button",
        "call",
        "contacts",
        "document",
        "edit",
        "image",
        "interactive",
        "location",
        "order",
        "reaction",
        "request_welcome",
        "revoke",
        "sticker",
        "system",
        "text",
        "unsupported",
        "video",
    }
)


@dataclass(frozen=True, slots=True)
class IncomingMessage:
    """What a citizen sent."""

    wamid: str
    """Its digest (`message_id`), which tells it from all others: a wamid holds the number of whoever sent it."""
    at: datetime
    kind: str
    """Meta's type ("text", "image", "interactive", …), or one of KINDS."""
    text: str = ""
    """What was written: words, a caption, a button's title, a form's fields, the new words of an edit."""
    enclosed: str = ""
    """What comes with it for staff to read, never taken for the person's words: names and numbers of a contact card,
    lines of an order, a file's name, the emoji of a reaction, what a client could not show.
    """
    choice: str = ""
    """Id of a pressed button or list row, or a template button's payload; "" for typed text."""
    media_id: str = ""
    """Meta's id of a photo, voice note or file."""
    latitude: str = ""
    longitude: str = ""
    """Degrees as sent; "" without a pin."""
    place_name: str = ""
    """What the pin calls its place."""
    in_reply_to: str = ""
    """Digest of the wamid that the citizen answered, reacted to, edited or took back."""
    profile_name: str = ""
    proof: str = ""
    """Its wamid as Meta has it, for the ledger of consents and nothing else."""
    forwarded: bool = False
    often_forwarded: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether nothing came that anybody could read, as from a client that lost what its button meant."""
        return not (self.text.strip() or self.enclosed or self.choice or self.media_id or self.latitude)

    @property
    def as_read(self) -> str:
        """All of it in one text, for staff."""
        pin = f"{self.latitude}, {self.longitude}" if self.latitude else ""
        return " ".join(part for part in (self.text, self.enclosed, self.place_name, pin) if part)
