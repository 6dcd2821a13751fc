"""Errors that a rule of any area can raise.

They name what and which; no command, no HTTP code, no secret, no number of a person.
"""


class StadtdrahtError(Exception):
    """Something stops us; the caller at the edge turns it into an answer."""


class ToldToStaff(StadtdrahtError):
    """Staff read its sentences as they are, in German or English; facts fill their {blanks}."""

    def __init__(self, *sentences: str, **facts: object) -> None:
        super().__init__("; ".join(it.format_map(facts) if facts else it for it in sentences))
        self.sentences = sentences
        self.facts = facts


def german(words: str) -> str:
    """Marks words that stand in a table, for the catalogue of English; they are said where they are used."""
    return words


class NotADeliveryKey(StadtdrahtError):
    """A status brought back callback data that we did not write."""


class NotOurs(StadtdrahtError):
    """An event, a queue's message or a row has a form that we do not write, or names what is not there.

    Another try cannot help, a person can.
    """


class UnknownTown(NotOurs):
    """No town of that id is set up."""

    def __init__(self, town: str) -> None:
        super().__init__(f"no town “{town}” is set up")
        self.town = town


class LinkNotValid(StadtdrahtError):
    """A crisis link or its page's nonce does not hold; `reason` is for our own counting, never for the page."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class SliceStillRunning(StadtdrahtError):
    """A slice has an owner who may still be sending; the queue brings it again."""

    def __init__(self, cause: str, lane: int, seq: int) -> None:
        super().__init__(f"slice {lane}/{seq} of {cause} is still being sent")


class NoTemplate(StadtdrahtError):
    """A town has no template to send this with; certainly nothing was sent."""


class NumberTaken(StadtdrahtError):
    """Another town has this WhatsApp number or account."""

    def __init__(self, phone_number_id: str) -> None:
        super().__init__(f"the number {phone_number_id} or its account belongs to another town already")
        self.phone_number_id = phone_number_id


class NoSecret(StadtdrahtError):
    """A secret is missing, or has not the shape that docs/operations/deploy.md names. Never carries a value."""

    def __init__(self, secret_id: str, part: str = "") -> None:
        what = f"has no “{part}”" if part else "does not exist"
        super().__init__(f"the secret {secret_id or '(not named in the settings)'} {what}")
