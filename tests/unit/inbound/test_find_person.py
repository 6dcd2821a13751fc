"""Whatever staff have in hand finds the person: a number, a user id, the id of a list, a report."""

from dataclasses import replace

import pytest
from typer.testing import CliRunner

from stadtdraht.cli.inbound import citizen, inbox
from stadtdraht.domain.citizen import Citizen, WireIdentity
from stadtdraht.domain.conversation import Conversation
from stadtdraht.domain.inbound.turn import Turn
from stadtdraht.domain.phone_numbers import NotANumber, masked, read_typed_number
from stadtdraht.usecases.inbound.find_person import NobodyFound, PersonPorts, find_person
from tests.support.adapters import FakeAdapters
from tests.support.town_office import ANNA, ConversationHarness

BERND = "DE.8123456789"


@pytest.fixture
def office():
    made = ConversationHarness("vreden")
    made.hears("Die Laterne vor der Ahauser Straße 3 ist kaputt")
    return made


@pytest.fixture
def finds(office):
    ports = PersonPorts(office.citizens, office.citizens.cases)
    return lambda typed: find_person(office.town, typed, ports).citizen_id


@pytest.mark.parametrize(
    "typed",
    [
        "4915112345678",
        "+49 151 123 456 78",
        "+49 (0)151 / 12345678",
        "0049-151-12345678",
        "0151 12345678",
        "  0151–123456 78 ",
        "\u202a+49 151 12345678\u202c",
        "+49151\u2011 12345678",
        "+４９１５１１２３４５６７８",
        "tel:+4915112345678",
    ],
)
def test_a_number_is_known_in_any_spelling(office, finds, typed):
    assert finds(typed) == office.person(ANNA).citizen_id


def test_a_brazilian_number_is_known_in_both_of_its_spellings(office, finds):
    office.hears("Olá", who="553188880001")
    assert finds("+55 31 9 8888-0001") == finds("+55 31 8888 0001")


def test_the_id_of_a_list_and_the_number_of_a_report_lead_there_too(office, finds):
    who = office.person(ANNA).citizen_id
    assert finds(who) == finds(f" {who.upper()} ") == finds(office.cases[0].number) == who


def test_a_user_id_finds_its_person(office, finds):
    new = Citizen("b" * 20, "vreden", WireIdentity(BERND), version=1)
    office.citizens.commit(Turn(None, new))
    assert finds(BERND) == "b" * 20


def test_the_id_from_before_a_merge_leads_to_whom_they_are_now(office, finds):
    """Lists and notes of yesterday still name the one who was taken for somebody else."""
    now = office.person(ANNA)
    before = replace(now, citizen_id="c" * 20)
    office.citizens.people["vreden", before.citizen_id] = before
    assert finds("c" * 20) == "c" * 20
    office.citizens.joins["vreden", now.citizen_id] = [before.citizen_id]
    assert finds("c" * 20) == now.citizen_id


@pytest.mark.parametrize(
    ("typed", "tried"),
    [
        ("0170 9876543", "die Telefonnummer +49 … 543"),
        ("2026-0999", "eine Meldung 2026-0999"),
        ("0" * 20, "die Kennung 0000"),
        ("DE.999", "Nutzerkennung"),
        ("Frau Meier", "Nutzerkennung"),
        ("  ", "nichts"),
    ],
)
def test_who_is_not_found_is_told_what_was_tried_and_no_number(finds, typed, tried):
    with pytest.raises(NobodyFound) as why:
        finds(typed)
    assert tried in str(why.value)
    assert "9876543" not in str(why.value)


def test_a_number_is_shown_so_that_nobody_can_ring_it():
    assert masked("4915112345678") == "+49 … 678"
    assert masked("3519123456") == "+351 … 456"


@pytest.mark.parametrize("typed", ["", "0", "Rathaus", "151 12 ab", "+49 151 123456789012345"])
def test_what_is_no_number_is_taken_for_none(typed):
    with pytest.raises(NotANumber):
        read_typed_number(typed, "+49 2564 1")


def test_a_leading_zero_means_the_country_of_the_town():
    assert read_typed_number("0664 1234567", "+43 1 58858") == "436641234567"
    assert read_typed_number("0664 1234567", "") == "496641234567"


COMMANDS = [
    (inbox.app, ["show"]),
    (inbox.app, ["reply", "--say", "Gern."]),
    (inbox.app, ["assign", "--to", "Frau Terhalle"]),
    (inbox.app, ["note", "--text", "angerufen"]),
    (inbox.app, ["unflag", "--flag", "chain"]),
    (inbox.app, ["close"]),
    (citizen.app, ["show"]),
]


@pytest.mark.parametrize(("app", "words"), COMMANDS, ids=[words[0] for _, words in COMMANDS])
@pytest.mark.parametrize("typed", ["0151 12345678", "id", "2026-0001"])
def test_every_command_takes_each_of_them(office, app, words, typed):
    adapters = FakeAdapters(
        towns=office.towns, citizens=office.citizens, cases=office.citizens.cases, answer_queue=office.queue
    )
    later = office.at.replace(year=2999)
    who = replace(office.person(ANNA), conversation=Conversation(office.at, office.at), last_inbound_at=later)
    office.citizens.people["vreden", who.citizen_id] = who
    person = who.citizen_id if typed == "id" else typed
    done = CliRunner().invoke(app, [*words, "--town", "vreden", person], obj=adapters, catch_exceptions=False)
    assert done.exit_code == 0, done.output
