"""The figures of a span of days, as staff see them: one read of rows that hold nobody."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from stadtdraht.domain.figures import span
from stadtdraht.domain.figures.day import NOT_NAMED, CasesDay, DayFigures, OfferDay, SentNewsletter, Signal
from stadtdraht.domain.figures.hidden import Cell, shown, shown_groups, shown_parts
from stadtdraht.domain.figures.workload import LOOKED_BACK, Forecast, forecast
from stadtdraht.domain.opening import is_working_day
from stadtdraht.domain.town import Offer, Town

if TYPE_CHECKING:
    from stadtdraht.ports.figures import FigureDays

BANDS = (0, 6, 8, 10, 12, 14, 16, 20, 24)  # hours in which writing is told apart
COMPARABLE = 0.9  # of the days before have to be counted


@dataclass(frozen=True, slots=True)
class Month:
    """Those who came in one month: how many there were, as far as counted, and how many are still there."""

    month: str
    joined: int
    still: Cell


@dataclass(frozen=True, slots=True)
class OfferFigures:
    """Who takes one offer."""

    offer: Offer
    people: Cell
    grown: int | None
    """By so many since the span began; None where that is not known, or says too much of too few."""
    joined: Cell
    left: Cell
    by_topic: Mapping[str, Cell]
    by_district: Mapping[str, Cell]
    by_language: Mapping[str, Cell]
    by_month: tuple[Month, ...]


@dataclass(frozen=True, slots=True)
class NewsletterFigures:
    """A newsletter, and how many took the news back after it."""

    day: date
    newsletter: SentNewsletter
    opt_outs: Cell


@dataclass(frozen=True, slots=True)
class FiguresView:
    """All of a span."""

    first: date
    last: date
    days: tuple[DayFigures, ...]
    """Those that were counted."""
    offers: tuple[OfferFigures, ...]
    asked: int
    asked_before: int | None
    """In the span of the same length before; None where it was not counted."""
    messages: int
    first_contacts: Cell
    answers: span.AnswerTimes
    answers_before: span.AnswerTimes | None
    buckets: tuple[span.Bucket, ...]
    coarse: tuple[span.Bucket, ...]
    """The same in weeks at least, for numbers of people that a day has too few of."""
    heat: tuple[tuple[Cell, ...], ...]
    """By weekday from Monday on, and by BANDS."""
    heat_days: int
    newsletters: tuple[NewsletterFigures, ...]
    left_otherwise: Cell
    """Took the news back after no newsletter."""
    cases: Mapping[str, CasesDay]
    forecast: Forecast | None
    signals: tuple[Signal, ...]
    """Of the last day, if it was counted."""

    @property
    def is_empty(self) -> bool:
        return not self.days


def read_figures(town: Town, length: int, now: datetime, days: FigureDays) -> FiguresView:
    """Of so many days up to yesterday."""
    last = now.astimezone(town.zone).date() - timedelta(days=1)
    first = last - timedelta(days=length - 1)
    compared = first - timedelta(days=length) if length < span.SPANS[-1] else first  # before that, nothing is kept
    begin = min(compared, last - timedelta(days=LOOKED_BACK - 1))
    every = days.between(town.id, begin, last)
    mine = [it for it in every if it.day >= first]
    before = [it for it in every if compared <= it.day < first]
    comparable = len(before) >= COMPARABLE * length
    for_heat = every[-LOOKED_BACK:] if length < LOOKED_BACK else mine
    opt_outs = shown_parts(span.opt_outs_of(mine))
    return FiguresView(
        first=first,
        last=last,
        days=tuple(mine),
        offers=_offers(town, mine, before),
        asked=sum(it.asked for it in mine),
        asked_before=sum(it.asked for it in before) if comparable else None,
        messages=sum(it.heard for it in mine),
        first_contacts=shown(sum(it.first_contacts for it in mine)),
        answers=span.answer_times(mine),
        answers_before=span.answer_times(before) if comparable else None,
        buckets=tuple(span.buckets(first, last, mine)),
        coarse=tuple(span.buckets(first, last, mine, by_day=0)),
        heat=tuple(_banded(row) for row in span.by_weekday_and_hour(for_heat)),
        heat_days=max(length, LOOKED_BACK),
        newsletters=tuple(
            NewsletterFigures(it.day, sent, opt_outs.get(sent.broadcast_id, 0))
            for it in reversed(mine)
            for sent in it.sent
        ),
        left_otherwise=opt_outs.get(NOT_NAMED, 0),
        cases=span.cases_of(mine),
        forecast=forecast(every, lambda day: is_working_day(town, day)),
        signals=every[-1].signals if every and every[-1].day == last else (),
    )


def _offers(town: Town, mine: Sequence[DayFigures], before: Sequence[DayFigures]) -> tuple[OfferFigures, ...]:
    if not mine:
        return ()
    kept = [offer for offer in Offer if offer in mine[-1].offers]
    return tuple(_offer(town, offer, mine, before) for offer in kept)


def _offer(town: Town, offer: Offer, mine: Sequence[DayFigures], before: Sequence[DayFigures]) -> OfferFigures:
    now = mine[-1].offers[offer]
    at_first = before[-1].offers.get(offer) if before else None
    tellable = isinstance(shown(now.people), int) and at_first and isinstance(shown(at_first.people), int)
    days = [it.offers[offer] for it in mine if offer in it.offers]
    topics = {it.id: it.label for it in town.topics}
    districts = {it.id: it.label for it in town.districts}
    return OfferFigures(
        offer=offer,
        people=shown(now.people),
        grown=now.people - at_first.people if tellable and at_first else None,
        joined=shown(sum(it.joined for it in days)),
        left=shown(sum(it.left for it in days)),
        by_topic=_named(shown_groups(now.by_topic, now.people), topics),
        by_district=_named(shown_parts(now.by_district), districts),
        by_language=shown_parts(now.by_language),
        by_month=_months(offer, now, mine),
    )


def _named(cells: Mapping[str, Cell], labels: Mapping[str, str]) -> dict[str, Cell]:
    """In the town's order, by the label of today; what the town no longer has keeps its id, and stands last."""
    order = [*(it for it in labels if it in cells), *(it for it in cells if it not in labels)]
    return {labels.get(it, it): cells[it] for it in order}


def _months(offer: Offer, now: OfferDay, days: Sequence[DayFigures]) -> tuple[Month, ...]:
    """Months that were counted whole."""
    joined: dict[str, int] = {}
    for it in days:
        if offer in it.offers:
            month = f"{it.day:%Y-%m}"
            joined[month] = joined.get(month, 0) + it.offers[offer].joined
    partial = f"{days[0].day:%Y-%m}" if days[0].day.day > 1 else ""
    still = shown_parts(now.by_month)
    return tuple(
        Month(month, count, still.get(month, 0)) for month, count in joined.items() if month != partial and count
    )


def _banded(row: Sequence[int]) -> tuple[Cell, ...]:
    """Hours put together, and hidden so that the day's total tells none of them."""
    bands = {str(begin): sum(row[begin:end]) for begin, end in pairwise(BANDS)}
    return tuple(shown_parts(bands).values())
