"""Reports as Open311 GeoReport v2 shows them to anybody, as far as their town publishes them.

Source: https://wiki.open311.org/GeoReport_v2, frozen.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import TYPE_CHECKING, Any

from stadtdraht.domain.cases.case import Case, CaseKind, Place, is_on_earth
from stadtdraht.domain.errors import StadtdrahtError
from stadtdraht.domain.media.media import shown_key
from stadtdraht.domain.redaction import without_contacts
from stadtdraht.domain.town import PublishReports, Town
from stadtdraht.texts.cases import word_state

if TYPE_CHECKING:
    from stadtdraht.ports.cases import Cases
    from stadtdraht.ports.media import MediaStore

SPAN = timedelta(days=90)  # GeoReport v2, GET Service Requests: the default limits
MOST = 1000
MOST_NAMED = 100  # each is a read of its own
YEARS = range(2020, 3000)  # no report is older
ROUGHLY = 3  # decimal places of a degree: about a hundred metres
NAMES = {
    CaseKind.IDEA: "Idee",
    CaseKind.SUGGESTION: "Anregung",
    CaseKind.HINT: "Hinweis",
    CaseKind.CRITICISM: "Kritik",
    CaseKind.PRAISE: "Lob",
    CaseKind.QUESTION: "Frage",
}
OPEN, CLOSED = "open", "closed"


class NotAQuery(StadtdrahtError):
    """What was asked for cannot be understood."""


@dataclass(frozen=True, slots=True)
class Query:
    """Which reports: these numbers, or those of a span of time. Nothing named means all kinds and states."""

    since: datetime
    until: datetime
    numbers: tuple[str, ...] = ()
    kinds: frozenset[str] = frozenset()
    states: frozenset[str] = frozenset()

    @classmethod
    def of(cls, asked: Mapping[str, str], now: datetime) -> Query:
        """From the parameters of an address. Raises NotAQuery."""
        until = _moment(asked, "end_date") or now
        since = _moment(asked, "start_date") or until - SPAN
        numbers = _listed(asked, "service_request_id")
        if len(numbers) > MOST_NAMED:
            raise NotAQuery(f"service_request_id: at most {MOST_NAMED} at a time")
        states = frozenset(_listed(asked, "status"))
        if not states <= {OPEN, CLOSED}:
            raise NotAQuery("status: open or closed")
        kinds = frozenset(_listed(asked, "service_code"))
        if unknown := sorted(kinds - set(CaseKind)):
            raise NotAQuery(f"service_code: {unknown[0][:40]} was not found; services.json lists them")
        if not numbers and until - since > SPAN:
            raise NotAQuery(f"start_date and end_date: at most {SPAN.days} days apart")
        return cls(since, until, numbers, kinds, states)

    def wants(self, case: Case) -> bool:
        """Whether the case is one of these."""
        return (
            self.since <= case.opened_at <= self.until
            and (not self.kinds or case.kind in self.kinds)
            and (not self.states or _status(case) in self.states)
        )


def services(town: Town) -> list[dict[str, Any]]:
    """The kinds of report; none asks for more than words and a place."""
    return [
        {
            "service_code": str(kind),
            "service_name": name,
            "description": f"{name} an {town.name}, auf WhatsApp: {town.number.display_phone_number}",
            "metadata": False,
            "type": "realtime",
            "keywords": "",
            "group": "",
        }
        for kind, name in NAMES.items()
    ]


def reports(
    town: Town, query: Query, now: datetime, *, cases: Cases, files: MediaStore | None = None
) -> list[dict[str, Any]]:
    """The published reports that are asked for, newest first. files: for the town's own system, which sees all."""
    if town.publish_reports is PublishReports.OFF and files is None:
        return []
    if query.numbers:
        named = (cases.get(town.id, number) for number in query.numbers)
        return [as_open311(case, town, files) for case in named if case]
    wanted = (case for case in _of_span(town, query, now, cases) if query.wants(case))
    return [as_open311(case, town, files) for case in islice(wanted, MOST)]


def as_open311(case: Case, town: Town, files: MediaStore | None = None) -> dict[str, Any]:
    """One report, without anybody's name or number. What the town says to its citizen is between the two.

    files: with words, place and photos, whatever the town publishes; the addresses hold for some minutes, and one of a
    photo that could not be fetched leads nowhere.
    """
    with_text = town.publish_reports is PublishReports.TEXT or files is not None
    photos = [files.link(shown_key(case.town, case.citizen_id, wamid)) for wamid in case.photo_ids] if files else []
    latitude, longitude = _degrees(case.place, exact=with_text)
    labels = {it.id: it.label for it in town.departments}
    return {
        "service_request_id": case.number,
        "status": _status(case),
        "status_notes": word_state(case.state, town, "de"),
        "service_name": NAMES[case.kind],
        "service_code": str(case.kind),
        "description": without_contacts(case.description) if with_text else None,
        "agency_responsible": labels.get(case.department, town.name),
        "service_notice": None,
        "requested_datetime": _utc(case.opened_at),
        "updated_datetime": _utc(case.latest.at if case.latest else case.last_added_at),
        "expected_datetime": None,
        "address": (case.place.address or None) if with_text else None,
        "address_id": None,
        "zipcode": None,
        "lat": latitude,
        "long": longitude,
        "media_url": photos[0] if photos else None,
        **({"extended_attributes": {"media_urls": photos}} if len(photos) > 1 else {}),
    }


def _of_span(town: Town, query: Query, now: datetime, cases: Cases) -> Iterator[Case]:
    first = max(query.since.astimezone(town.zone).year, YEARS.start)
    last = min(query.until, now).astimezone(town.zone).year
    for year in range(last, first - 1, -1):
        yield from cases.of_year(town.id, year)


def _status(case: Case) -> str:
    return CLOSED if case.state.is_over else OPEN


def _degrees(place: Place, *, exact: bool) -> tuple[float | None, float | None]:
    latitude, longitude = place.latitude, place.longitude
    if latitude is None or longitude is None or not is_on_earth(latitude, longitude):
        return None, None
    return (latitude, longitude) if exact else (round(latitude, ROUGHLY), round(longitude, ROUGHLY))


def _utc(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def _listed(asked: Mapping[str, str], name: str) -> tuple[str, ...]:
    return tuple(part for part in map(str.strip, asked.get(name, "").split(",")) if part)


def _moment(asked: Mapping[str, str], name: str) -> datetime | None:
    if not (typed := asked.get(name, "")):
        return None
    try:
        at = datetime.fromisoformat(typed.replace(" ", "+"))  # a plus sign that somebody forgot to escape
    except ValueError:
        at = None
    if at is None or at.tzinfo is None or at.year not in YEARS:
        raise NotAQuery(f"{name}: expected a time like 2026-11-24T00:00:00Z")
    return at
