"""Subscriber files: what is right is taken, what is wrong is named by its line."""

from datetime import UTC, datetime

import pytest

from stadtdraht.adapters.subscriber_file import Subscriber, WrongLine, read
from stadtdraht.domain.citizen import OfferConsent, WireIdentity
from stadtdraht.domain.town import Choice, Offer, OfferText
from stadtdraht.usecases.bring_subscriber import Brought, bring_subscriber
from tests.crisis_samples import a_town
from tests.fakes.citizens import FakeCitizens
from tests.fakes.erasures import FakeErasures

HEAD = "phone,user_id,offers,topics,district,language,consent_at,consent_how,consent_wording\n"
GOOD = "+4915112345678,,news crisis,traffic,barlo,en,2026-03-01T10:00:00+01:00,Formular,2025-1"
TOWN = a_town(
    offers=(OfferText(Offer.NEWS, "News", "."), OfferText(Offer.CRISIS, "Warnungen", ".")),
    topics=(Choice("traffic", "Verkehr"),),
)


def lines(tmp_path, text, **encoding):
    file = tmp_path / "people.csv"
    file.write_text(text, **{"encoding": "utf-8", **encoding})
    return list(read(file, TOWN))


def test_a_line_becomes_a_subscriber(tmp_path):
    assert lines(tmp_path, HEAD + GOOD) == [
        Subscriber(
            WireIdentity(None, "4915112345678"),
            (Offer.NEWS, Offer.CRISIS),
            frozenset({"traffic"}),
            "barlo",
            "en",
            datetime(2026, 3, 1, 9, 0, tzinfo=UTC),
            "Formular",
            "2025-1",
        )
    ]


def test_spreadsheets_write_semicolons_and_a_mark_at_the_front(tmp_path):
    text = (HEAD + GOOD).replace(",", ";")
    assert isinstance(lines(tmp_path, text, encoding="utf-8-sig")[0], Subscriber)


@pytest.mark.parametrize(
    ("right", "wrong", "expected"),
    [
        ("+4915112345678", "015112345678", "phone: expected E.164"),
        ("+4915112345678", "", "phone or user_id is needed"),
        ("news crisis", "news reports", "offers: expected some of crisis, news"),
        ("traffic", "sport", "topics: Bocholt has no sport"),
        ("barlo", "mitte", "district: Bocholt has no mitte"),
        ("2026-03-01T10:00:00+01:00", "March", "consent_at: expected a time"),
        ("2026-03-01T10:00:00+01:00", "2096-03-01", "consent_at: lies in the future"),
        (",Formular,", ",,", "consent_how: say how"),
    ],
)
def test_a_wrong_line_is_named_and_its_neighbours_are_taken(tmp_path, right, wrong, expected):
    found = lines(tmp_path, "\n".join([HEAD.strip(), GOOD, GOOD.replace(right, wrong, 1), GOOD]))
    assert [type(it) for it in found] == [Subscriber, WrongLine, Subscriber]
    assert found[1].line == 3
    assert expected in found[1].expected


def test_a_file_without_the_needed_columns_is_refused(tmp_path):
    (wrong,) = lines(tmp_path, "number,name\n1,2\n")
    assert wrong.line == 1


def bring(citizens, offers=(Offer.NEWS,), at=datetime(2026, 3, 1, tzinfo=UTC), erasures=None):
    return bring_subscriber(
        "bocholt",
        WireIdentity(phone="4915112345678"),
        offers,
        topics=frozenset(),
        district="",
        language="de",
        consent_at=at,
        how="Formular",
        wording="2025-1",
        citizens=citizens,
        erasures=erasures or FakeErasures(),
        pepper=b"pepper",
    )


def test_bringing_twice_changes_nothing_and_more_offers_add_to_it():
    citizens = FakeCitizens()
    assert bring(citizens) is Brought.NEW
    assert bring(citizens) is Brought.UNCHANGED
    assert bring(citizens, (Offer.NEWS, Offer.CRISIS)) is Brought.CHANGED
    (person,) = citizens.people.values()
    assert [it.offer for it in citizens.ledger("bocholt", person.citizen_id)] == [Offer.CRISIS, Offer.NEWS]


def test_who_left_since_does_not_come_back_but_may_by_a_newer_consent():
    citizens = FakeCitizens()
    bring(citizens)
    ((key, person),) = citizens.people.items()
    left = {Offer.NEWS: OfferConsent(granted=False, at=datetime(2026, 6, 1, tzinfo=UTC))}
    citizens.people[key] = type(person)(person.citizen_id, "bocholt", person.identity, consents=left, version=2)
    assert bring(citizens) is Brought.LEFT_SINCE
    assert bring(citizens, at=datetime(2026, 7, 1, tzinfo=UTC)) is Brought.CHANGED


def test_who_had_everything_deleted_is_not_brought_back():
    citizens, erasures = FakeCitizens(), FakeErasures()
    bring(citizens)
    (person,) = citizens.people.values()
    citizens.erase("bocholt", person.citizen_id)
    erasures.mark("bocholt", person.identity, datetime(2026, 6, 1, tzinfo=UTC))
    assert bring(citizens, erasures=erasures) is Brought.ERASED
    assert not citizens.people
