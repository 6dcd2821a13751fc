"""Follows one message or delivery: through the logs by its correlation, and through the rows that it left."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from stadtdraht.domain import correlation
from stadtdraht.domain.delivery.delivery import DeliveryKey
from stadtdraht.domain.identifiers import is_cause_id, town_of
from stadtdraht.domain.operations.trace import Gap, LogLine, Missing, Source, Step, Subject
from stadtdraht.usecases.inbound.parse_message import identity_in, raw_in
from stadtdraht.usecases.operations.trace.of_cause import delivery_steps
from stadtdraht.usecases.operations.trace.of_message import answer_steps, update_steps

if TYPE_CHECKING:
    from stadtdraht.domain.inbound.inbox import InboxUpdate
    from stadtdraht.ports.broadcast import Broadcasts
    from stadtdraht.ports.crisis import Alerts
    from stadtdraht.ports.delivery import Deliveries, Slices
    from stadtdraht.ports.inbound import Citizens
    from stadtdraht.ports.operations import Logs, Trail
    from stadtdraht.ports.towns import Towns

Found = Iterator[Step | Gap]
ACCESS_LOG = "http-api"
ITSELF = ("message", "timestamp", "service", "level", "correlation")  # said by the step beside its facts


@dataclass(frozen=True, slots=True)
class TracePorts:
    """Where a message leaves traces."""

    towns: Towns
    logs: Logs
    trail: Trail
    citizens: Citizens
    broadcasts: Broadcasts
    alerts: Alerts
    slices: Slices
    deliveries: Deliveries


@dataclass(frozen=True, slots=True)
class Trace:
    """The way, as far as it was found: steps in order of time, those without one last."""

    correlations: tuple[str, ...]
    steps: tuple[Step, ...]
    gaps: tuple[Gap, ...]


def follow(subject: Subject, now: datetime, since: datetime, ports: TracePorts) -> Trace:
    """Looks into the logs of this time, and into rows of any. Raises LogsNotReadable, UnknownTown."""
    lines = _lines(subject, since, now, ports)
    found = [*_in_rows(subject, lines, now, ports), *map(_step, lines)]
    words = tuple(dict.fromkeys(filter(None, map(_correlation, lines)))) or tuple(_words(subject)[:1])
    steps = sorted(
        (it for it in found if isinstance(it, Step)), key=lambda step: (step.at is None, step.at or now, step.source)
    )
    gaps = [it for it in found if isinstance(it, Gap)]
    if not lines:
        days = max(1, (now - since).days)
        gaps.append(Gap(Missing.LOG_LINES, {"days": days}))
    return Trace(words, tuple(steps), tuple(gaps))


def _words(subject: Subject) -> Sequence[str]:
    """What stands in the log lines about it. Of a wamid nobody knows whether it came in or went out."""
    if subject.delivery:
        return [correlation.of_delivery(subject.delivery.cause, subject.delivery.citizen_id)]
    if subject.correlation:
        return [subject.correlation]
    return [correlation.of_update(subject.message_id), correlation.sent_as(subject.message_id)]


def _lines(subject: Subject, since: datetime, now: datetime, ports: TracePorts) -> Sequence[LogLine]:
    """Also of what follows from the first ones: the whole way of a message that was named by an answer's wamid, what
    ended a function meanwhile, and what the API says of its requests.
    """
    words = _words(subject)
    lines = list(ports.logs.lines(words, since, now))
    further = {_correlation(line) for line in lines} - {"", *words}
    lines += [line for line in ports.logs.lines(sorted(further), since, now) if line not in lines]
    requests = {str(line.fields[name]) for line in lines for name in REQUEST_IDS if line.fields.get(name)}
    around = ports.logs.lines(sorted(requests), since, now)
    lines += [line for line in around if not _correlation(line) and line not in lines]
    return sorted(lines, key=lambda line: line.at)


REQUEST_IDS = ("function_request_id", "api_request_id")


def _correlation(line: LogLine) -> str:
    return str(line.fields.get("correlation", ""))


def _step(line: LogLine) -> Step:
    fields = {name: it for name, it in line.fields.items() if name not in ITSELF}
    if line.group == ACCESS_LOG:
        return Step(line.at, Source.LOG, ACCESS_LOG, "request answered", fields)
    what = line.fields.get("message") or line.fields.get("errorType") or line.fields.get("type") or "line"
    level = {} if line.fields.get("level") in (None, "INFO") else {"level": line.fields["level"]}
    return Step(line.at, Source.LOG, line.group, str(what), {**level, **fields})


def _in_rows(subject: Subject, lines: Sequence[LogLine], now: datetime, ports: TracePorts) -> Found:
    if key := subject.delivery or _delivery_in(subject, lines, ports):
        if key.is_of_answer:
            yield from _of_answer(key, lines, now, ports)
        else:
            yield from delivery_steps(key, ports.alerts, ports.broadcasts, ports.slices, ports.trail)
        return
    update = _update(subject, lines, ports)
    if update is None:
        yield Gap(Missing.MESSAGE)
        return
    yield from _of_update(update, lines, now, ports)


def _delivery_in(subject: Subject, lines: Sequence[LogLine], ports: TracePorts) -> DeliveryKey | None:
    """Of a newsletter or an alert whose lines name the cause; who it was for, its rows tell by their correlation."""
    about = {(str(it.fields.get("cause", "")), _correlation(it)) for it in lines if _is_meant(subject, it)}
    for cause, word in about:
        if is_cause_id(cause) and word:
            for citizen_id, attempt, *_ in ports.deliveries.rows(town_of(cause), cause):
                if correlation.of_delivery(cause, citizen_id) == word:
                    return DeliveryKey(cause, citizen_id, attempt)
    return None


def _is_meant(subject: Subject, line: LogLine) -> bool:
    words = _words(subject)
    return _correlation(line) in words or str(line.fields.get("sent_as", "")) in words


def _update(subject: Subject, lines: Sequence[LogLine], ports: TracePorts) -> InboxUpdate | None:
    named = {str(line.fields["town"]) for line in lines if line.fields.get("town")}
    towns = sorted(named) or [town.id for town in ports.towns.all()]
    words = {_correlation(it) for it in lines if _is_meant(subject, it)} or set(_words(subject))
    for town in towns:
        found = ports.trail.update(town, subject.message_id) if subject.message_id else None
        for word in sorted(words) if found is None and (subject.correlation or lines) else ():
            found = found or ports.trail.correlated(town, word)
        if found:
            return found
    return None


def _of_update(update: InboxUpdate, lines: Sequence[LogLine], now: datetime, ports: TracePorts) -> Found:
    raw = raw_in(update)
    person = ports.citizens.find(update.town, identity_in(raw), update.at) if raw else None
    stored = ports.citizens.message(update.town, person.citizen_id, update.key) if person else None
    yield from update_steps(update, lines, is_emptied=not raw, is_in_conversation=stored is not None)
    if person:
        of_it = [it for it in ports.trail.answers(update.town, person.citizen_id) if it.message_id == update.key]
        yield from answer_steps(of_it, now)


def _of_answer(key: DeliveryKey, lines: Sequence[LogLine], now: datetime, ports: TracePorts) -> Found:
    """An answer says whose message it follows from; that one's way comes first."""
    answer_id = key.cause.removeprefix("a.")
    for town in ports.towns.all():
        for answer in ports.trail.answers(town.id, key.citizen_id):
            if answer.answer_id == answer_id:
                update = ports.trail.update(town.id, answer.message_id) if answer.message_id else None
                if update and not answer.by_staff:
                    yield from _of_update(update, lines, now, ports)
                else:
                    yield from answer_steps([answer], now)
                return
    yield Gap(Missing.ANSWER_ROW)
