"""Telephone numbers as offices write them, and in the two spellings that three countries have."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stadtdraht.domain.citizen import WireIdentity
from stadtdraht.domain.phone_numbers import NotANumber, one_spelling, read_number, spellings


@pytest.mark.parametrize(
    "written",
    [
        "+4915112345678",
        " +49 151 / 1234-5678 ",
        "\u202a+4915112345678\u202c",
        "+49\u00a0(151)\u200b12345678",
        "'+4915112345678",
    ],
)
def test_a_number_is_read_whatever_stands_between_its_digits(written):
    assert read_number(written) == "4915112345678"


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("015112345678", "expected E.164"),
        ("004915112345678", "expected E.164"),
        ("+4９15180000005", "with the digits 0 to 9"),
        ("+4٩15180000006", "expected E.164"),
        ("+49 151", "expected E.164"),
        ("+49151123456789012", "expected E.164"),
        ("4,91511E+12", "shortened the number"),
        ("+4901718000002", "without the 0 after +49"),
        ("+49 (0) 171 8000002", "without the 0 after +49"),
        ("+43066412345", "without the 0 after +43"),
        ("+310612345678", "without the 0 after +31"),
        ("+4407700900123", "without the 0 after +44"),
    ],
)
def test_what_is_no_number_says_why_and_not_what_stood_there(written, why):
    with pytest.raises(NotANumber, match=why.replace("+", r"\+")) as wrong:
        read_number(written)
    assert written not in str(wrong.value)


@pytest.mark.parametrize("written", ["+390612345678", "+2250712345678", "+242061234567"])
def test_where_a_zero_belongs_to_the_number_it_stays(written):
    assert read_number(written) == written[1:]


@pytest.mark.parametrize(
    ("one", "other"),
    [("5531988880001", "553188880001"), ("525512345001", "5215512345001"), ("5491123456789", "541123456789")],
)
def test_two_spellings_are_one_number(one, other):
    assert one_spelling(other) == one_spelling(one) == one
    assert set(spellings(other)) == set(spellings(one)) == {one, other}
    assert WireIdentity(phone=other).names == WireIdentity(phone=one).names
    assert WireIdentity(phone=other).primary == one


@pytest.mark.parametrize("digits", ["4915112345678", "553132221111", "DE.5531988880001", "5215", "33612345678", ""])
def test_every_other_number_has_one_spelling(digits):
    assert (one_spelling(digits), spellings(digits)) == (digits, (digits,))


@given(st.from_regex(r"(55|52|521|54|549)[0-9]{8,12}", fullmatch=True))
def test_a_spelling_of_a_spelling_leads_to_the_same_one(digits):
    assert {one_spelling(it) for it in spellings(digits)} == {one_spelling(digits)}
    assert digits in spellings(digits)
