"""A report as staff see it, in tables and for programs."""

from datetime import datetime
from typing import Any

from stadtdraht.cli.output import local_time
from stadtdraht.domain.cases.case import Case, OpenCase, Place, due_day
from stadtdraht.domain.conversation import DID_NOT_ARRIVE
from stadtdraht.domain.town import Town
from stadtdraht.texts.staff import case_desk as words
from stadtdraht.texts.staff.broadcast.delivery_reasons import why_not
from stadtdraht.texts.staff.case_work import done_words
from stadtdraht.texts.staff.conversation import arrival
from stadtdraht.texts.staff.moments import NONE, moment
from stadtdraht.usecases.cases.case_history import DoneToCase


def due(case: Case | OpenCase, town: Town, now: datetime) -> str:
    last = f"{due_day(case.due_at, town):%d.%m.%Y}"
    return f"{last} {words.OVERDUE}" if case.is_overdue(now) else last


def fields(case: Case, town: Town, now: datetime, more: dict[str, Any]) -> list[tuple[str, str]]:
    """What is known of it, under German names; what is empty is left out."""
    labels = {it.id: it.label for it in town.departments} | {it.id: it.label for it in town.districts}
    told = {
        **described(case, town, now),
        **more,
        "state": words.STATES[case.state],
        "kind": words.KINDS[case.kind],
        "opened": moment(case.opened_at, town),
        "due": due(case, town, now),
        "first_feedback": moment(case.first_feedback_at, town) if case.first_feedback_at else "",
        "department": labels.get(case.department, case.department),
        "district": labels.get(case.district, case.district),
        "photos": ", ".join(case.photo_ids),
        "maybe_the_same": ", ".join(more["maybe_the_same"]),
        "duplicates": ", ".join(case.duplicates),
        "rating": str(case.rating) if case.rating else "",
    }
    return [(label, str(told[name])) for name, label in words.FIELDS.items() if told[name]]


def listed(case: Case | OpenCase, town: Town, now: datetime) -> dict[str, Any]:
    return {
        "number": case.number,
        "state": str(case.state),
        "kind": str(case.kind),
        "opened": local_time(case.opened_at, town),
        "due": due_day(case.due_at, town).isoformat(),
        "overdue": case.is_overdue(now),
        "department": case.department,
        "assigned_to": case.assigned_to,
        "district": case.district,
        "where": case.place.address or _pin(case.place),
        "last_at": local_time(case.last_added_at or case.opened_at, town),
        "last_words": case.last_words,
    }


def described(case: Case, town: Town, now: datetime) -> dict[str, Any]:
    first = case.first_feedback_at
    return listed(case, town, now) | {
        "pin": _pin(case.place),
        "first_feedback": local_time(first, town) if first else "",
        "citizen": case.citizen_id,
        "text": case.description,
        "photos": list(case.photo_ids),
        "maybe_the_same": list(case.near),
        "duplicates": list(case.duplicates),
        "merged_into": case.merged_into,
        "rating": case.rating,
    }


def event_row(done: DoneToCase, town: Town) -> tuple[str, ...]:
    event = done.event
    told = arrival(done.answer) if done.answer else "ja" if event.told else NONE
    by = event.by or "Bürger/in"
    return moment(event.at, town), by, words.STATES[event.state], told, event.said, done_words(event, town)


def event_value(done: DoneToCase, town: Town) -> dict[str, Any]:
    event, answer = done.event, done.answer
    note = " ".join(part for part in (event.note, event.department and f"→ {event.department}") if part)
    return {
        "at": local_time(event.at, town),
        "by": event.by,
        "state": str(event.state),
        "told": event.told,
        "said": event.said,
        "note": note,
        "assigned_to": event.assigned_to,
        "kind": str(event.kind) if event.kind else None,
        "merged_into": event.merged_into,
        "arrived": answer.state if answer else "",
        "why_not": why_not(answer.reason) if answer and answer.state in DID_NOT_ARRIVE else "",
    }


def _pin(place: Place) -> str:
    return "" if place.latitude is None or place.longitude is None else f"{place.latitude:.5f},{place.longitude:.5f}"
