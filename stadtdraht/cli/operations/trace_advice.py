"""What to do next about whatever `stadtdraht trace` does not find."""

from collections.abc import Mapping

from stadtdraht.domain.identifiers import BROADCAST, kind_of, town_of
from stadtdraht.domain.operations.trace import Gap, Missing

REFUSALS = "docs/operations/runbooks.md says what the code means"
NOTHING_REPORTED = "Meta took it and has reported nothing. Do webhooks come at all? `stadtdraht doctor`"
ADVICE: Mapping[Missing, str] = {
    Missing.LOG_LINES: "--days N looks further back; logs are kept for 90",
    Missing.MESSAGE: (
        "it never came, its person was erased, or it is older than the 14 days that a message is kept as it came. "
        "Should it have come: `stadtdraht doctor` looks at webhooks and signature; Meta repeats for 7 days"
    ),
    Missing.EMPTIED: "its person was erased, or what it told has been joined: nothing more is kept",
    Missing.FOLLOW_UP: (
        "`inbound-process` has not come to it, or failed, and its lines say why: `stadtdraht dlq list`, then "
        "`stadtdraht dlq redrive`; what lies in no queue any more: `stadtdraht inbox follow-up --since 6h`"
    ),
    Missing.PERSON: "its person was erased since, or turned out to be somebody else: `stadtdraht citizen erasures`",
    Missing.ANSWER: "none was due, or it was not followed up: `answers` of the line “followed up” tells which",
    Missing.ANSWER_ROW: (
        "it was never queued, its person was erased, or it is older than the 180 days that conversations are kept"
    ),
    Missing.NOT_SENT: (
        "it waits in answers.fifo, or its number cannot send (`code` of “answer halted”): `stadtdraht doctor`, "
        "`stadtdraht dlq list`"
    ),
    Missing.LOST: "a status settles it; without one it is sent once more after 30 s, and stands as unknown after that",
    Missing.REFUSED: f"{REFUSALS}; staff see „nicht angekommen“ in the conversation",
    Missing.STATUS: NOTHING_REPORTED,
    Missing.OLD_STATUS: "statuses of answers are kept for 14 days",
    Missing.CAUSE: "`stadtdraht {command} list --town {town}` shows the newest",
    Missing.SLICE: "they were not in its audience, or it was not planned yet: `stadtdraht {command} status {cause}`",
    Missing.IN_LINE: "it is tried again by itself while its cause holds",
    Missing.TURN: "its slice waits, is being sent, or is parked: `stadtdraht {command} status {cause}`",
    Missing.OUTCOME: "it is being sent; after a crash the next owner of the slice writes *unknown*",
    Missing.DELIVERY_STATUS: f"{NOTHING_REPORTED}. Rows of deliveries are kept for 90 days",
    Missing.UNCLEAR: "`stadtdraht {command} status {cause}`; a newsletter never goes twice, a warning is sent again",
    Missing.DELIVERY_REFUSED: f"`reason` is Meta’s code; {REFUSALS}",
}


def advice_for(gap: Gap) -> str:
    """One sentence or two."""
    cause = str(gap.about.get("cause", ""))
    command = "broadcast" if kind_of(cause) == BROADCAST else "crisis"
    return ADVICE[gap.missing].format(command=command, town=town_of(cause), cause=cause)
