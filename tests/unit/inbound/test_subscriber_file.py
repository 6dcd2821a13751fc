"""Subscriber files: what is right is taken, what is wrong is named by its line."""

import csv
import inspect
import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from stadtdraht.adapters.files import subscriber_file
from stadtdraht.adapters.files.subscriber_file import Subscriber, WrongLine, read
from stadtdraht.cli.main import app
from stadtdraht.domain import phone_numbers
from stadtdraht.domain.citizen import OfferConsent, WireIdentity
from stadtdraht.domain.town import Offer, OfferText, TopicOrDistrict
from stadtdraht.texts.staff.imported import EXPECTED
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
        ("+4915112345678", "015112345678", "phone", "eine Nummer mit + und Landesvorwahl"),
        ("+4915112345678", "", "phone", "hier oder in user_id"),
        (",,news", ",8123,news", "user_id", "eine Nutzerkennung wie DE."),
        ("news crisis", "news reports", "offers", "eines oder mehrere von crisis, news"),
        ("traffic", "sport", "topics", "Kennungen von Bocholt: traffic"),
        ("barlo", "mitte", "district", "Kennungen von Bocholt: mussum, barlo, suderwick"),
        (",en,", ",klingon,", "language", "eine Sprache von de, de-easy, en"),
        ("2026-03-01T10:00:00+01:00", "March", "consent_at", "ein Zeitpunkt wie"),
        ("2026-03-01T10:00:00+01:00", "2096-03-01", "consent_at", "liegt in der Zukunft"),
        (",Formular,", ",,", "consent_how", "wie die Einwilligung gegeben wurde"),
        ("Formular", "Formular, Rathaus", "line", "braucht Anführungszeichen"),
    ],
)
def test_a_wrong_line_is_named_and_its_neighbours_are_taken(tmp_path, right, wrong, field, expected):
    found = lines(tmp_path, "\n".join([HEAD.strip(), GOOD, GOOD.replace(right, wrong, 1), GOOD]))
    assert [type(it) for it in found] == [Subscriber, WrongLine, Subscriber]
    assert (found[1].line, found[1].field) == (3, field)
    assert expected in found[1].expected


def test_no_words_are_left_over():
    source = inspect.getsource(subscriber_file) + inspect.getsource(phone_numbers)
    assert [code for code in EXPECTED if f'"{code}"' not in source] == []


def test_what_stands_in_a_wrong_line_is_repeated_nowhere(tmp_path):
    secret = GOOD.replace("+4915112345678", "Anna Beispiel").replace("barlo", "Hinterhof 7")
    (wrong,) = lines(tmp_path, HEAD + secret)
    assert "Anna" not in str(wrong)
    assert "Hinterhof" not in str(wrong)


@pytest.mark.parametrize(
    ("head", "said"),
    [
        ("number,name", "unbekannt: number, name; es fehlen: offers, consent_at, consent_how, phone oder user_id"),
        (HEAD.replace(",topics", ",phone").strip(), "doppelt: phone"),
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
    assert str(found[1]).startswith("Zeile: CSV; ab hier wurde nichts mehr gelesen (")


FILES = Path(__file__).resolve().parents[2] / "data" / "subscribers"
BOCHOLT = replace(
    TOWN,
    topics=(*TOWN.topics, TopicOrDistrict("events", "Termine"), TopicOrDistrict("waste", "Müll")),
    districts=(*TOWN.districts, TopicOrDistrict("hemden", "Hemden")),
)


def from_office(name):
    return list(read(FILES / f"{name}.csv", BOCHOLT))


def wrongs(found):
    return [(it.line, it.field, it.expected) for it in found if isinstance(it, WrongLine)]


def phones_in(found):
    return [it.identity.phone for it in found if isinstance(it, Subscriber)]


def test_a_date_that_nobody_can_have_agreed_on_is_named_and_the_rest_is_taken():
    found = from_office("year_one")
    expected = "ein Zeitpunkt seit 2009, als WhatsApp begann"
    assert wrongs(found) == [(3, "consent_at", expected), (4, "consent_at", expected)]
    assert phones_in(found) == ["4915180000001", "4915180000004"]


@pytest.mark.parametrize("at", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "2008-12-31", "2027-06-01"])
def test_no_date_ends_the_reading(tmp_path, at):
    found = lines(tmp_path, "\n".join([HEAD.strip(), GOOD.replace("2026-03-01T10:00:00+01:00", at), GOOD]))
    assert [type(it) for it in found] == [WrongLine, Subscriber]


def test_a_number_with_the_zero_of_its_own_country_is_named():
    found = from_office("trunk_zero")
    expected = "eine Nummer mit + und Landesvorwahl, wie +4915112345678: ohne die 0 nach +49"
    assert wrongs(found) == [(2, "phone", expected), (3, "phone", expected)]


def test_only_plain_digits_make_a_number():
    assert [field for _, field, _ in wrongs(from_office("other_digits"))] == ["phone", "phone"]


def test_excel_s_hidden_first_line_is_understood_and_lines_keep_their_numbers():
    (found,) = from_office("sep_line")
    assert (found.identity.phone, found.line) == ("4915180000007", 3)


@pytest.mark.parametrize("mark", ["sep=,", '"sep=,"', "SEP=,", "\ufeffsep=,"])
def test_the_hidden_line_has_several_spellings(tmp_path, mark):
    assert isinstance(lines(tmp_path, f"{mark}\n{HEAD}{GOOD}")[0], Subscriber)


def test_tabs_and_two_marks_at_the_front_are_forgiven(tmp_path):
    text = (HEAD + GOOD).replace(",", "\t")
    assert isinstance(lines(tmp_path, f"\ufeff\ufeff{text}")[0], Subscriber)
    assert isinstance(lines(tmp_path, f"sep=\t\n{text}")[0], Subscriber)


def test_empty_columns_and_rows_are_passed_over():
    found = from_office("trailing_columns")
    assert (phones_in(found), wrongs(found)) == (["4915180000008"], [])


def test_a_word_in_a_column_without_a_name_is_no_empty_column(tmp_path):
    found = lines(tmp_path, f"{HEAD.strip()},,\n{GOOD},,ja")
    assert wrongs(found) == [(2, "line", "nichts in einer Spalte, die keinen Namen hat")]


def test_what_nobody_sees_is_taken_out():
    found = from_office("invisible")
    assert (phones_in(found), wrongs(found)) == (["4915180000009", "4915180000010", "4915180000011"], [])


def test_the_second_line_of_a_person_is_named_in_whatever_spelling():
    found = from_office("same_person_twice")
    assert [(it.line, it.repeats) for it in found][:4] == [(2, 0), (3, 2), (4, 0), (5, 4)]


def test_the_second_line_is_found_by_either_name_and_by_either_spelling(tmp_path):
    people = ["+5531988880001,,", "+553188880001,,", "+4915112345678,DE.1,", ",DE.1,", "+4915112345678,,"]
    written = "\n".join(GOOD.replace("+4915112345678,,", who) for who in people)
    assert [it.repeats for it in lines(tmp_path, HEAD + written)] == [0, 2, 0, 4, 4]


def test_a_file_that_is_no_utf8_in_its_last_line_brings_nobody(office, tmp_path, imports):
    file = tmp_path / "people.csv"
    file.write_bytes((HEAD + GOOD + "\n").encode() + "Bürgerbüro".encode("latin-1"))
    code, said = imports(file)
    assert code == 1
    assert "ist ab Zeile 3 kein Text in UTF-8" in said
    assert "CSV UTF-8" in said
    assert not office.people


def test_a_file_that_is_not_there_is_not_told_to_be_saved_as_utf8(tmp_path, imports):
    code, said = imports(tmp_path / "nofile.csv")
    assert code == 1
    assert "die Datei oder ihr Ordner ist nicht da" in said
    assert "UTF-8" not in said


def test_of_two_lines_of_a_person_the_file_s_order_decides(office, imports):
    for _ in range(3):
        office.people.clear()
        office.identities.clear()
        code, value = imports(FILES / "same_person_twice.csv")
        assert (code, len(value["repeated"]), value["repeated"][0]) == (0, 12, {"line": 3, "first": 2})
        assert {it.district for it in office.people.values()} == {"barlo"}


@pytest.fixture
def office():
    return FakeCitizens()


@pytest.fixture
def imports(office):
    """The command on fakes."""

    class Keys:
        def pepper(self):
            return b"pepper"

    towns = FakeTowns({"bocholt": BOCHOLT})
    adapters = FakeAdapters(towns=towns, citizens=office, erasures=FakeErasures(), secrets=Keys())

    def typed(file, *words):
        words = ("citizen", "import", "--town", "bocholt", str(file), *words, "--json")
        done = CliRunner().invoke(app, words, obj=adapters, catch_exceptions=False)
        return done.exit_code, json.loads(done.stdout) if done.stdout else done.stderr

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
    assert rows[0] == ["Zeile", "Feld", "erwartet"]
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
    erasures.mark("bocholt", [person.identity.phone], datetime(2026, 6, 1, tzinfo=UTC))
    assert bring(citizens, erasures=erasures) is ImportResult.ERASED
    assert not citizens.people
