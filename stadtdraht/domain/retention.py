"""How long what is kept. One page, because the privacy notice, the rows' TTL and the operator must say the same.

DynamoDB deletes a row within two days after its time is over.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

UPDATE_AS_IT_CAME = timedelta(days=14)  # twice Meta's redelivery, so that a late repeat still meets its first copy
CONVERSATION = timedelta(days=180)  # messages and answers, from their own time
ANSWER_STATUS = timedelta(days=14)  # may come after its person was erased; it holds no name and ends soon
DELIVERY = timedelta(days=90)  # who got which newsletter or alert, and Meta's statuses
LEFT_OFFER = timedelta(days=30)  # the mark that keeps a running broadcast from a person who left
ARRIVAL = timedelta(hours=1)  # how many messages a webhook brought, without whose
SAME_TEXT = timedelta(days=7)  # keyed hashes of long texts, to know a chain message by its many senders
OPT_OUT_MARK = timedelta(days=3 * 365)  # keyed hash of somebody erased, so that an import does not bring them back
ERASURE_PROOF = timedelta(days=3 * 365)  # that somebody was erased, without saying who
AUDIT = timedelta(days=3 * 365)  # who saw a number, when and why, without saying whose
STAFF_AUDIT = timedelta(days=365)  # who signed in, and who gave whom which role
DRAFT = timedelta(days=7)  # what staff typed for somebody and did not send
SENT_FORM = timedelta(minutes=1)  # that an answer's form went out; what its script kept may still be on its way
LOOKING = timedelta(minutes=1)  # that a member of staff has a conversation open
UNDELIVERED = timedelta(days=2)  # that an answer did not arrive, for the list that staff work through
TOLD = timedelta(days=2)  # what a member of staff was told by mail, so that it is told once
FIGURES = timedelta(days=3 * 365)  # a town's numbers of a day, with nobody in them
WINDOW = timedelta(days=1)  # that somebody wrote, while WhatsApp lets the town write freely
SPENT_NONCE = timedelta(days=2)
PIN_GUESSES = timedelta(days=1)  # after the last one; they count for a quarter of an hour
CONSULTATION = timedelta(days=3 * 365)  # when, with whom, and a summary without names
CONSULTATION_MARK = timedelta(days=30)  # that somebody came into its queue or left it, without saying who
CASE = timedelta(days=2 * 365)  # after its end, so that a town can answer for what it did
CASE_SHOWN_AFTER_END = timedelta(days=7)  # its row in the list that staff work through

# Kinds of rows that have an end from their beginning, by their names in a report. The others end with what they are
# about (a case, a contest), when somebody leaves, or when they are erased. A legal hold takes the end of any.
PERIODS = {
    "arrivals": ARRIVAL,
    "audit": AUDIT,
    "citizen answer": CONVERSATION,
    "citizen draft": DRAFT,
    "citizen media": CONVERSATION,
    "citizen message": CONVERSATION,
    "citizen note": CONVERSATION,
    "citizen press": SPENT_NONCE,
    "consultation": CONSULTATION_MARK,
    "consultations": CONSULTATION,
    "conversations": CONVERSATION,
    "delivery": DELIVERY,
    "erasures": ERASURE_PROOF,
    "figures": FIGURES,
    "guesses": PIN_GUESSES,
    "inbox": UPDATE_AS_IT_CAME,
    "looking": LOOKING,
    "media trouble": CONVERSATION,
    "nonce": SPENT_NONCE,
    "opted out": OPT_OUT_MARK,
    "recent": CONVERSATION,
    "same": SAME_TEXT,
    "status": UPDATE_AS_IT_CAME,
    "sweeps": ERASURE_PROOF,
    "told": TOLD,
    "undelivered": UNDELIVERED,
    "waiting": CONVERSATION,
    "windows": WINDOW,
}


@dataclass(frozen=True, slots=True)
class KeptRow:
    """A stored row."""

    kind: str
    """Names no person."""
    ends_at: datetime | None
    """None without an end."""
    key: tuple[str, str]
    """(pk, sk), which may name a person and is never shown."""
    held: bool = False
    """Whether it lost its end to a legal hold."""
