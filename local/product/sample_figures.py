"""A year of figures for each town, so that the page „Zahlen“ shows what it will look like. Numbers alone, invented."""

from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Final

from local.system import System
from stadtdraht.adapters.dynamodb.figures import day_row
from stadtdraht.bootstrap import Adapters
from stadtdraht.domain.cases.case import CaseKind
from stadtdraht.domain.figures.day import CasesDay, DayFigures, OfferDay, SentNewsletter
from stadtdraht.domain.opening import is_working_day
from stadtdraht.domain.town import Offer, Town
from stadtdraht.settings import Settings

DAYS: Final = 400
HOURS_OF_DAY: Final = (*(0,) * 6, 1, 3, 7, 9, 12, 10, 5, 4, 7, 6, 4, 3, 3, 2, 2, 1, 1, 0)
LETTER_WEEKDAY: Final = 3
LETTER_HOUR: Final = 15
TITLES: Final = ("Wochenmarkt zieht um", "Freibad öffnet früher", "Neue Buslinie", "Stadtfest am Samstag")
ANSWER_MINUTES: Final = (12, 25, 31, 40, 48, 55, 70, 95, 110, 150, 240)


def write_past(system: System, now: datetime | None = None) -> None:
    """Blocking. Days that a town has already are left as they are."""
    adapters = Adapters(Settings.from_mapping(system.product_settings), client=system.account.client)
    at = now or datetime.now(UTC)
    for town in adapters.towns.all():
        if adapters.figure_days.latest(town.id) is None:
            adapters.table.put_all([day_row(town.id, it) for it in past_days(town, at)])


def past_days(town: Town, now: datetime) -> list[DayFigures]:
    """The same for the same town and day, up to yesterday; a town that grows slowly but steadily."""
    random = Random(town.id)  # noqa: S311 - sample numbers
    yesterday = now.astimezone(town.zone).date() - timedelta(days=1)
    people = dict.fromkeys(sorted(town.offers_of()), 150)
    before = f"{yesterday - timedelta(days=DAYS):%Y-%m}"
    months: dict[str, dict[str, int]] = {offer: {before: count} for offer, count in people.items()}
    found = []
    for ago in range(DAYS - 1, -1, -1):
        day = yesterday - timedelta(days=ago)
        found.append(_day(town, day, now, random, people, months))
    return found


def _day(
    town: Town, day: date, now: datetime, random: Random, people: dict[Offer, int], months: dict[str, dict[str, int]]
) -> DayFigures:
    works = is_working_day(town, day)
    letter = Offer.NEWS in people and day.weekday() == LETTER_WEEKDAY and works
    asked = (
        random.choice((4, 6, 7)) if letter else random.choice((2, 2, 3, 3, 4)) if works else random.choice((0, 0, 1))
    )
    name = f"{town.id}-n-{day:%Y%m%d}-sample"
    left_after = random.choice((0, 1, 2)) if letter else 0
    offers = {str(offer): _offer(town, offer, day, random, people, months, left_after) for offer in people}
    hours = [0] * 24
    for hour in random.choices(range(24), HOURS_OF_DAY, k=asked):
        hours[LETTER_HOUR if letter and random.random() < 0.4 else hour] += 1  # noqa: PLR2004 - a share
    minutes = [random.choice(ANSWER_MINUTES) for _ in range(asked)] if works and town.office_hours else []
    return DayFigures(
        day=day,
        counted_at=now,
        offers=offers,
        sent=(SentNewsletter(name, random.choice(TITLES), people[Offer.NEWS]),) if letter else (),
        opt_outs={name: left_after} if left_after else {},
        messages=tuple(it * 2 for it in hours),
        enquiries=tuple(hours),
        first_contacts=asked // 2,
        answer_minutes={it: minutes.count(it) for it in sorted(set(minutes))},
        in_target=sum(it <= town.answer_target_minutes for it in minutes),
        cases=_cases(random) if Offer.REPORTS in people and works else {},
        waiting=random.choice((0, 1, 2)),
        waiting_long=0,
    )


def _offer(
    town: Town,
    offer: Offer,
    day: date,
    random: Random,
    people: dict[Offer, int],
    months: dict[str, dict[str, int]],
    left_after: int,
) -> OfferDay:
    joined = random.choice((0, 1, 1, 2, 3))
    left = left_after if offer is Offer.NEWS else random.choice((0, 0, 0, 1))
    people[offer] += joined - left
    month = f"{day:%Y-%m}"
    months[offer][month] = months[offer].get(month, 0) + joined
    since = [it for it, count in months[offer].items() if count >= left]
    months[offer][random.choices(since, [months[offer][it] + 1 for it in since])[0]] -= left
    here = people[offer]
    return OfferDay(
        people=here,
        joined=joined,
        left=left,
        by_topic={it.id: here * 3 // (at + 4) for at, it in enumerate(town.topics)},
        by_district=_parts(here, [it.id for it in town.districts]),
        by_language={"de": here - here // 9 - 3, "tr": here // 9, "ar": 3},
        by_month=dict(months[offer]),
    )


def _parts(people: int, districts: list[str]) -> dict[str, int]:
    """Each a third of those who are left, so that the small ones are hidden."""
    found = {"": people // 30}
    left = people - found[""]
    for it in districts:
        found[it] = left if it == districts[-1] else left // 3
        left -= found[it]
    found[""] += left
    return found


def _cases(random: Random) -> dict[str, CasesDay]:
    return {
        str(CaseKind.HINT): CasesDay(random.choice((0, 1, 2)), random.choice((0, 1, 1)), random.choice((0, 0, 1)), 5),
        str(CaseKind.IDEA): CasesDay(random.choice((0, 0, 1)), random.choice((0, 0, 1)), 0, 2),
    }
