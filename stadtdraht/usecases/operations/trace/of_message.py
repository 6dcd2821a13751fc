"""What the rows say of a message that a citizen wrote, and of its answers."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta

from stadtdraht.domain import correlation
from stadtdraht.domain.inbound.inbox import InboxUpdate, UpdateKind
from stadtdraht.domain.operations.trace import Gap, LogLine, Missing, Source, Step, TracedAnswer
from stadtdraht.domain.retention import ANSWER_STATUS

SOON = timedelta(minutes=1)  # in which an answer goes out, and its first status comes


def update_steps(
    update: InboxUpdate, lines: Sequence[LogLine], *, is_emptied: bool, is_in_conversation: bool
) -> Iterator[Step | Gap]:
    """From the webhook to the conversation."""
    about = {"town": update.town, "kind": update.kind, "correlation": correlation.of_update(update.key)}
    yield Step(update.at, Source.ROW, "inbox", "said, by Meta’s own time", about)
    said = {(line.group, line.fields.get("message")) for line in lines}
    if is_emptied:
        yield Gap(Missing.EMPTIED)
        return
    if update.kind is not UpdateKind.MESSAGE:
        return
    if is_in_conversation:
        yield Step(update.at, Source.ROW, "conversation", "stored with its person", {"town": update.town})
    elif ("inbound-process", "followed up") in said:
        yield Gap(Missing.PERSON)
    else:
        yield Gap(Missing.FOLLOW_UP)


def answer_steps(answers: Sequence[TracedAnswer], now: datetime) -> Iterator[Step | Gap]:
    """From the queue to the last status."""
    if not answers:
        yield Gap(Missing.ANSWER)
    for answer in answers:
        yield from _of(answer, now)


def _of(answer: TracedAnswer, now: datetime) -> Iterator[Step | Gap]:
    name = {"answer": answer.answer_id}
    by = "by staff" if answer.by_staff else "by the line"
    yield Step(_at(answer), Source.ROW, "answer", f"written {by}", name)
    if answer.claimed_at:
        yield Step(
            answer.claimed_at, Source.ROW, "answer", "claimed by its sender", {**name, "attempt": answer.attempt}
        )
    if answer.outcome:
        sent = {"sent_as": answer.sent_as} if answer.sent_as else {}
        code = {} if answer.code is None else {"code": answer.code}
        yield Step(answer.ended_at, Source.ROW, "answer", answer.outcome, {**name, **sent, **code})
    for it in answer.statuses:
        code = {} if it.code is None else {"code": it.code}
        yield Step(it.at, Source.ROW, "status", str(it.status), {**name, "attempt": it.attempt, **code})
    yield from _missing(answer, now)


def _missing(answer: TracedAnswer, now: datetime) -> Iterator[Gap]:
    about = {"answer": answer.answer_id, "code": answer.code}
    if answer.progress == "waiting":
        yield Gap(Missing.NOT_SENT, about)
    elif answer.progress == "claimed":
        yield Gap(Missing.LOST, about)
    elif answer.outcome == "refused":
        yield Gap(Missing.REFUSED, about)
    elif answer.outcome == "accepted" and not answer.statuses:
        waited = now - (answer.ended_at or now)
        if waited > SOON:
            yield Gap(Missing.OLD_STATUS if waited > ANSWER_STATUS else Missing.STATUS, about)


def _at(answer: TracedAnswer) -> datetime | None:
    """When it was due: the time of what it answers, which its id begins with."""
    seconds = answer.answer_id.partition("-")[0]
    return datetime.fromtimestamp(int(seconds), UTC) if seconds.isdecimal() else None
