"""Town files: the four presets load, and a mistake names file, line, field and what is expected."""

import time
from pathlib import Path

import pytest

from stadtdraht.adapters.files.town_file import parse, read
from stadtdraht.adapters.files.town_mistakes import TownFileWrong
from stadtdraht.domain.town import Mode, Offer

TOWNS = Path(__file__).resolve().parents[3] / "towns"
BOCHOLT = (TOWNS / "bocholt.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("town", "mode", "offers"),
    [
        ("vreden", Mode.OFFERS, {Offer.NEWS, Offer.REPORTS}),
        ("neu-ulm", Mode.NAMED_CHAT, {Offer.CHAT, Offer.NEWS}),
        ("arnsberg", Mode.CHOICE, {Offer.CHAT, Offer.NEWS}),
        ("bocholt", Mode.ONE_WAY, {Offer.NEWS, Offer.CRISIS}),
    ],
)
def test_the_four_towns_are_what_the_design_says(town, mode, offers):
    found = read(TOWNS / f"{town}.toml")
    assert (found.id, found.mode, found.offers_of()) == (town, mode, offers)


def test_no_two_towns_share_a_number_or_an_account():
    numbers = [read(file).number for file in TOWNS.glob("*.toml")]
    assert len({number.phone_number_id for number in numbers}) == len({number.waba_id for number in numbers}) == 4


def test_a_name_is_never_asked_for_before_a_warning():
    assert all(Offer.CRISIS not in read(file).name_required_for for file in TOWNS.glob("*.toml"))


def mistakes(text):
    with pytest.raises(TownFileWrong) as wrong:
        parse(text, Path("towns/x.toml"))
    return str(wrong.value).splitlines()


def line_with(text, part):
    return 1 + next(number for number, line in enumerate(text.splitlines()) if part in line)


@pytest.mark.parametrize(
    ("right", "wrong", "field", "expected"),
    [
        (
            'mode = "one-way"',
            'mode = "two-way"',
            "mode",
            "'offers', 'named-chat', 'choice' or 'one-way', not 'two-way'",
        ),
        ("rate_mps = 80", "rate_mps = 0", "number.rate_mps", "greater than 0, not 0"),
        ('land = "NW"', 'land = "XX"', "land", "not 'XX'"),
        ('phone = "+49 2871 953-0"', 'phone = "02871 9530"', "imprint.phone", "not '02871 9530'"),
        ('label = "Warnungen"', 'label = "Warnungen für ganz Bocholt"', "offers.1.label", "at most 20 characters"),
        ('label = "Müllabfuhr"', 'lable = "Müllabfuhr"', "topics.3.lable", "is not a field of a town file"),
        (
            'crisis_templates = ["warnung", "warnung_zwei"]',
            'crisis_templates = ["warnug", "warnung_zwei"]',
            "town",
            "name warnug, which",
        ),
        (
            'languages = ["de", ',
            'languages = ["xx", ',
            "languages.0",
            "expected one of de, de-easy, en, tr, uk, ar, pl, ru, not 'xx'",
        ),
        ('tr = "Büyük', 'xx = "Büyük', "offers.1.description_in.xx", "expected one of de, de-easy, en"),
        ('pl = "W razie', 'de = "W razie', "offers.1.description_in.de", "expected a language other than German"),
        ('land = "NW"', 'streets = ["Ostwall", "ostwall"]', "streets", "expected each street once"),
        ("ttl_s = 43200", "ttl_s = 5", "templates.1.ttl_s", "greater than or equal to 30, not 5"),
    ],
)
def test_a_mistake_names_file_line_field_and_what_is_expected(right, wrong, field, expected):
    text = BOCHOLT.replace(right, wrong, 1)
    assert text != BOCHOLT
    said = mistakes(text)
    line = line_with(text, wrong) if field != "town" else 1
    assert any(it.startswith(f"towns/x.toml:{line}: {field}: ") and expected in it for it in said), said


def test_what_is_missing_is_named_with_the_table_it_belongs_to():
    text = BOCHOLT.replace('email = "presse@bocholt.de"\n', "")
    assert mistakes(text) == [f"towns/x.toml:{line_with(text, '[imprint]')}: imprint.email: is needed and missing"]


def test_all_mistakes_come_at_once_in_order_of_lines():
    text = BOCHOLT.replace('land = "NW"', 'land = "XX"').replace("rate_mps = 80", "rate_mps = 5000")
    assert [it.split(":")[2].strip() for it in mistakes(text)] == ["land", "number.rate_mps"]


def test_broken_toml_names_the_line():
    text = BOCHOLT.replace('name = "Bocholt"', "name = Bocholt", 1)
    assert mistakes(text)[0].startswith(f"towns/x.toml:{line_with(text, 'name = Bocholt')}: TOML: ")


@pytest.mark.parametrize(
    "text", ["x = " + "[" * 3000, "x = " + "1" * 5000, "[" + " " * 20_000, "x = " + "{a = " * 3000]
)
def test_a_file_that_no_office_writes_is_a_mistake_and_no_traceback(text):
    began = time.process_time()
    assert ": TOML: " in mistakes(text)[0]
    assert time.process_time() - began < 2


def test_a_file_that_is_no_utf8_names_the_line(tmp_path):
    file = tmp_path / "x.toml"
    file.write_bytes(b'id = "x"\nname = "M\xfcnster"\n')
    with pytest.raises(TownFileWrong, match=r"x\.toml:2: TOML: expected UTF-8 text"):
        read(file)


def test_a_template_needs_an_example_for_each_variable():
    text = BOCHOLT.replace('title = "Wochenmarkt zieht um", ', "")
    assert "examples must hold a value for title" in mistakes(text)[0]
