"""Subscriber files: what is right is taken, what is wrong is named by its line."""

import csv
import json
from datetime import UTC, datetime

import pytest
from typer.testing import CliRunner

from stadtdraht.adapters.files.subscriber_file import Subscriber, WrongLine, read
from stadtdraht.cli.main import app
from stadtdraht.domain.citizen import OfferConsent, WireIdentity
from stadtdraht.domain.town import Offer, OfferText, TopicOrDistrict
from stadtdraht.usecases.inbound.import_subscriber import ImportResult, import_subscriber
from tests.support.adapters import FakeAdapters
from tests.support.builders.crisis import a_town
from tests.support.fakes.citizens import FakeCitizens
from tests.support.fakes.erasures import FakeErasures
from tests.support.fakes.towns import FakeTowns

HEAD = "phone,user_id,offers,topics,district,language,consent_at,consent_how,consent_wording\n"
GOOD = "+4915112345678,,news crisis,traffic,barlo,en,2026-03-01T10:00:00+01:00,Formular,2025-1"
TOWN = a_town(
    offers=(OfferText(Offer.NEWS, "News", "."), OfferText(Offer.CRISIS, "Warnungen", ".")),
    topics=(TopicOrDistrict("traffic", "Verkehr"),),
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
    ("right", "wrong", "field", "expected"),
    [
        ("+4915112345678", "015112345678", "phone", "expected E.164"),
        ("+4915112345678", "", "phone", "phone or user_id is needed"),
        (",,news", ",8123,news", "user_id", "expected a BSUID"),
        ("news crisis", "news reports", "offers", "expected some of crisis, news"),
        ("traffic", "sport", "topics", "expected ids of Bocholt's: traffic"),
        ("barlo", "mitte", "district", "expected ids of Bocholt's: mussum, barlo, suderwick"),
        (",en,", ",klingon,", "language", "expected one of de, de-easy, en"),
        ("2026-03-01T10:00:00+01:00", "March", "consent_at", "expected a time such as"),
        ("2026-03-01T10:00:00+01:00", "2096-03-01", "consent_at", "lies in the future"),
        (",Formular,", ",,", "consent_how", "expected how the consent was given"),
        ("Formular", "Formular, Rathaus", "line", "needs quotes"),
    ],
)
def test_a_wrong_line_is_named_and_its_neighbours_are_taken(tmp_path, right, wrong, field, expected):
    found = lines(tmp_path, "\n".join([HEAD.strip(), GOOD, GOOD.replace(right, wrong, 1), GOOD]))
    assert [type(it) for it in found] == [Subscriber, WrongLine, Subscriber]
    assert (found[1].line, found[1].field) == (3, field)
    assert expected in found[1].expected


def test_what_stands_in_a_wrong_line_is_repeated_nowhere(tmp_path):
    secret = GOOD.replace("+4915112345678", "Anna Beispiel").replace("barlo", "Hinterhof 7")
    (wrong,) = lines(tmp_path, HEAD + secret)
    assert "Anna" not in str(wrong)
    assert "Hinterhof" not in str(wrong)


@pytest.mark.parametrize(
    ("head", "said"),
    [
        ("number,name", "unknown: number, name; missing: offers, consent_at, consent_how, phone or user_id"),
        (HEAD.replace(",topics", ",phone").strip(), "twice: phone"),
    ],
)
def test_a_file_without_the_needed_columns_is_refused(tmp_path, head, said):
    (wrong,) = lines(tmp_path, f"{head}\n1,2\n")
    assert (wrong.line, wrong.field) == (1, "columns")
    assert said in wrong.expected


def test_a_file_that_is_no_csv_from_a_line_on_says_where(tmp_path):
    found = lines(tmp_path, HEAD + GOOD + '\n"never closed\n')
    assert isinstance(found[0], Subscriber)
    assert (type(found[1]), found[1].field) == (WrongLine, "line")


@pytest.fixture
def office():
    return FakeCitizens()


@pytest.fixture
def imports(office):
    """The command on fakes."""

    class Keys:
        def pepper(self):
            return b"pepper"

    towns = FakeTowns({"bocholt": TOWN})
    adapters = FakeAdapters(towns=towns, citizens=office, erasures=FakeErasures(), secrets=Keys())

    def typed(file, *words):
        words = ("citizen", "import", "--town", "bocholt", str(file), *words, "--json")
        done = CliRunner().invoke(app, words, obj=adapters, catch_exceptions=False)
        return done.exit_code, json.loads(done.stdout)

    return typed


def test_a_dry_run_brings_nobody_and_writes_every_mistake_into_a_file_beside_it(office, tmp_path, imports):
    file = tmp_path / "people.csv"
    bad = (GOOD.replace("barlo", "mitte"), GOOD.replace("+4915112345678", "0151"))
    file.write_text("\n".join([HEAD.strip(), GOOD, *bad]), encoding="utf-8")
    code, value = imports(file, "--dry-run")
    assert (code, value["right"], value["imported"], len(value["wrong"])) == (0, 1, 0, 2)
    assert not office.people
    errors = tmp_path / "people.csv.errors.csv"
    assert value["error_file"] == str(errors)
    rows = list(csv.reader(errors.read_text(encoding="utf-8").splitlines(), delimiter=";"))
    assert rows[0] == ["line", "field", "expected"]
    assert [row[:2] for row in rows[1:]] == [["3", "district"], ["4", "phone"]]
    assert "0151" not in errors.read_text(encoding="utf-8")

    file.write_text(HEAD + GOOD, encoding="utf-8")
    code, value = imports(file)
    assert (code, value["imported"], value["error_file"]) == (0, 1, None)
    assert len(office.people) == 1
    assert not errors.exists()


def test_a_file_of_which_nothing_can_be_taken_ends_with_one(office, tmp_path, imports):
    file = tmp_path / "people.csv"
    file.write_text(HEAD + GOOD.replace("barlo", "mitte"), encoding="utf-8")
    assert imports(file)[0] == 1


def bring(citizens, offers=(Offer.NEWS,), at=datetime(2026, 3, 1, tzinfo=UTC), erasures=None):
    return import_subscriber(
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
    assert bring(citizens) is ImportResult.NEW
    assert bring(citizens) is ImportResult.UNCHANGED
    assert bring(citizens, (Offer.NEWS, Offer.CRISIS)) is ImportResult.CHANGED
    (person,) = citizens.people.values()
    assert [it.offer for it in citizens.ledger("bocholt", person.citizen_id)] == [Offer.CRISIS, Offer.NEWS]


def test_who_left_since_does_not_come_back_but_may_by_a_newer_consent():
    citizens = FakeCitizens()
    bring(citizens)
    ((key, person),) = citizens.people.items()
    left = {Offer.NEWS: OfferConsent(granted=False, at=datetime(2026, 6, 1, tzinfo=UTC))}
    citizens.people[key] = type(person)(person.citizen_id, "bocholt", person.identity, consents=left, version=2)
    assert bring(citizens) is ImportResult.LEFT_SINCE
    assert bring(citizens, at=datetime(2026, 7, 1, tzinfo=UTC)) is ImportResult.CHANGED


def test_who_had_everything_deleted_is_not_brought_back():
    citizens, erasures = FakeCitizens(), FakeErasures()
    bring(citizens)
    (person,) = citizens.people.values()
    citizens.erase("bocholt", person.citizen_id)
    erasures.mark("bocholt", person.identity, datetime(2026, 6, 1, tzinfo=UTC))
    assert bring(citizens, erasures=erasures) is ImportResult.ERASED
    assert not citizens.people
