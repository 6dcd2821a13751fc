"""Counts a day of a town once it is over, from the rows that the day left. The only place where figures meet people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from stadtdraht.domain.broadcast.broadcast import Broadcast
from stadtdraht.domain.cases.case import Case
from stadtdraht.domain.citizen import Recipient
from stadtdraht.domain.figures.day import HOURS, NOT_NAMED, CasesDay, DayFigures, OfferDay, SentNewsletter
from stadtdraht.domain.figures.signals import LOOKED_BACK, signals
from stadtdraht.domain.figures.taking import Stay, Taking, stay_of
from stadtdraht.domain.opening import open_time
from stadtdraht.domain.town import Offer, Town

if TYPE_CHECKING:
    from stadtdraht.ports.broadcast import Audience, Broadcasts
    from stadtdraht.ports.cases import Cases
    from stadtdraht.ports.figures import DayTraffic, FigureDays
    from stadtdraht.ports.inbound import Citizens

CAUGHT_UP = 14  # days; audience rows of those who left are kept for 30
OPTS_OUT_WITHIN = timedelta(hours=48)  # of a newsletter's beginning; it goes out for hours, and is read the next day
ANSWERED_WITHIN = timedelta(days=14)  # who wrote longer ago is not looked at for an answer of that day
KNOWN_WITHIN = timedelta(hours=12)  # after a day's end, who waits now waited then as well
MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class CountPorts:
    """What a day is counted from, and where it is kept."""

    audience: Audience
    broadcasts: Broadcasts
    cases: Cases
    citizens: Citizens
    traffic: DayTraffic
    days: FigureDays


@dataclass(frozen=True, slots=True)
class _Day:
    day: date
    begins: datetime
    ends: datetime

    def has(self, at: datetime | None) -> bool:
        return at is not None and self.begins <= at < self.ends


def count_missing(town: Town, now: datetime, ports: CountPorts) -> Iterator[DayFigures]:
    """Counts and keeps every day that is over and was not counted, oldest first; of a new town yesterday alone."""
    yesterday = now.astimezone(town.zone).date() - timedelta(days=1)
    latest = ports.days.latest(town.id)
    missing = (yesterday - latest).days if latest else 1
    for ago in range(min(missing, CAUGHT_UP) - 1, -1, -1):
        day = yesterday - timedelta(days=ago)
        figures = count_day(town, day, now, ports)
        before = ports.days.between(town.id, day - timedelta(days=LOOKED_BACK), day - timedelta(days=1))
        noticed = signals([*before, figures], sends_news=Offer.NEWS in town.offers_of())
        figures = replace(figures, signals=noticed)
        ports.days.save(town.id, figures)
        yield figures


def count_day(town: Town, day: date, now: datetime, ports: CountPorts) -> DayFigures:
    """The figures of that day; the same again as long as its rows are there."""
    span = _Day(day, _midnight(town, day), _midnight(town, day + timedelta(days=1)))
    cases = [case for year in (day.year, day.year - 1) for case in ports.cases.of_year(town.id, year)]
    newsletters = ports.broadcasts.recent(town.id) if Offer.NEWS in town.offers_of() else ()
    offers, left_news = _offers(town, span, ports)
    heard = _heard(town, span, cases, now, ports)
    minutes, in_target = _answers(town, span, now, ports)
    waiting = _waiting(town, span, ports) if now < span.ends + KNOWN_WITHIN else None
    target = timedelta(minutes=town.answer_target_minutes)
    return DayFigures(
        day=day,
        counted_at=now,
        offers=offers,
        sent=tuple(
            SentNewsletter(it.broadcast_id, it.title, it.planned)
            for it in newsletters
            if it.has_begun and span.has(it.first_at or it.goes_at)
        ),
        opt_outs=_opt_outs(left_news, newsletters),
        messages=heard.messages,
        enquiries=heard.enquiries,
        first_contacts=heard.first_contacts,
        answer_minutes=minutes,
        in_target=in_target,
        cases=_cases(cases, span),
        waiting=None if waiting is None else len(waiting),
        waiting_long=None if waiting is None else sum(it > target for it in waiting),
    )


def _midnight(town: Town, day: date) -> datetime:
    return datetime.combine(day, time(), town.zone)


def _offers(town: Town, span: _Day, ports: CountPorts) -> tuple[dict[str, OfferDay], list[datetime]]:
    """By offer; and when each of those left the news who did."""
    counted, left_news = {}, []
    for offer in sorted(town.offers_of()):
        taking = Taking(town)
        for person in ports.audience.scan(town.id, offer):
            if stay := _stay(town, offer, person, span, ports.citizens):
                taking.add(person, stay)
                left_news += [stay.left_at] if offer is Offer.NEWS and stay.left_at else []
        counted[str(offer)] = taking.counted()
    return counted, left_news


def _stay(town: Town, offer: Offer, person: Recipient, span: _Day, citizens: Citizens) -> Stay | None:
    """Asks the ledger only of those who came or left since the day began; None for who left before."""
    if person.left_at is None and person.since < span.begins:
        return Stay(is_in=True)
    if person.left_at and person.left_at < span.begins:
        return None
    return stay_of(citizens.ledger(town.id, person.citizen_id), offer, span.begins, span.ends)


def _opt_outs(left: Sequence[datetime], newsletters: Sequence[Broadcast]) -> dict[str, int]:
    begun = sorted((it.begun_at, it.broadcast_id) for it in newsletters if it.has_begun)
    found: Counter[str] = Counter()
    for at in left:
        before = [name for begun_at, name in begun if begun_at <= at <= begun_at + OPTS_OUT_WITHIN]
        found[before[-1] if before else NOT_NAMED] += 1
    return dict(sorted(found.items()))


@dataclass(frozen=True, slots=True)
class _Heard:
    messages: tuple[int, ...]
    enquiries: tuple[int, ...]
    first_contacts: int


def _heard(town: Town, span: _Day, cases: Sequence[Case], now: datetime, ports: CountPorts) -> _Heard:
    """Who wrote a report alone stands in no conversation, but in the report."""
    reported = {case.citizen_id for case in cases if case.last_added_at >= span.begins}
    messages, enquiries, new = [0] * HOURS, [0] * HOURS, 0
    for who in sorted(ports.traffic.people(town.id, span.begins, now) | reported):
        said = ports.traffic.heard(town.id, who, span.begins, span.ends)
        for it in said:
            messages[it.at.astimezone(town.zone).hour] += 1
        if first := next((it for it in said if it.is_for_staff), None):
            enquiries[first.at.astimezone(town.zone).hour] += 1
        new += bool(said) and not ports.traffic.is_known_before(town.id, who, span.begins)
    return _Heard(tuple(messages), tuple(enquiries), new)


def _answers(town: Town, span: _Day, now: datetime, ports: CountPorts) -> tuple[dict[int, int], int]:
    """How many waited how many minutes of office time, and how many of them no longer than the town means to."""
    target = timedelta(minutes=town.answer_target_minutes)
    waits = [
        open_time(town, it.waited_since, it.at)
        for who in sorted(ports.traffic.people(town.id, span.begins - ANSWERED_WITHIN, now))
        for it in ports.traffic.answers(town.id, who, span.begins, span.ends)
    ]
    return dict(sorted(Counter(wait // MINUTE for wait in waits).items())), sum(wait <= target for wait in waits)


def _waiting(town: Town, span: _Day, ports: CountPorts) -> list[timedelta]:
    """How much office time each had waited as the day ended."""
    waiting = (it.waiting_since for it in ports.citizens.waiting(town.id))
    return [open_time(town, since, span.ends) for since in waiting if since and since < span.ends]


def _cases(cases: Sequence[Case], span: _Day) -> dict[str, CasesDay]:
    there = [case for case in cases if case.opened_at < span.ends]
    by_kind = {str(kind): [case for case in there if case.kind is kind] for kind in sorted({it.kind for it in there})}
    counted = {
        kind: CasesDay(
            opened=sum(span.has(case.opened_at) for case in some),
            answered=sum(span.has(case.over_at) for case in some),
            overdue=sum(_is_open(case, span) and _is_overdue(case, span) for case in some),
            open=sum(_is_open(case, span) for case in some),
        )
        for kind, some in by_kind.items()
    }
    return {kind: it for kind, it in counted.items() if it != CasesDay()}


def _is_open(case: Case, span: _Day) -> bool:
    return case.over_at is None or case.over_at >= span.ends


def _is_overdue(case: Case, span: _Day) -> bool:
    felt = case.first_feedback_at
    return case.due_at <= span.ends and (felt is None or felt >= span.ends)
