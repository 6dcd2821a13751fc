"""What joins all log lines about one message: 12 hex digits, from the webhook to the last status of the last answer.

They are computed from what each function has in its hands anyway, so that nothing is read or handed on for them. An
answer to a citizen's message carries the digits of that message in its id, and so back in each of Meta's statuses.

No key is needed: what goes in is the digest of a wamid, an id, or a citizen's keyed hash, and none of them is guessed.
"""

import re

from stadtdraht.domain.identifiers import short_digest

_OF_ANSWER = re.compile(r"a\.\d+-([0-9a-f]{12})-\d+")  # domain/inbound/answer.py


def of_update(key: str) -> str:
    """Of an update as the webhook stored it, by its key; and of whatever follows from it."""
    return short_digest(key)


def of_delivery(cause: str, citizen_id: str) -> str:
    """Of an answer, that of the message it answers; of a broadcast or an alert to one person, one of its own.

    An answer that staff sent to many (a consultation, a contest) has one for all: `sent_as` tells them apart.
    """
    answer = _OF_ANSWER.fullmatch(cause)
    return answer[1] if answer else short_digest(f"{cause}:{citizen_id}")


def of_erasure(citizen_id: str) -> str:
    """Of every try to erase one person."""
    return short_digest(f"erasure:{citizen_id}")


def sent_as(message_id: str) -> str:
    """What a message that Meta took is called in the log: the beginning of its message id, a digest of its wamid."""
    return message_id[:12]
