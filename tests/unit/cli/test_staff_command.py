"""`stadtdraht staff …`: the first person of a town, and what an operator can do for it."""

import json

from stadtdraht.domain.staff.roles import Role
from stadtdraht.domain.staff.session import Session
from tests.support.command_line import TOWN, Office, types
from tests.support.town_office import NOON

OF_TOWN = ("--town", TOWN.id)


def test_the_first_person_of_a_town_is_invited_by_mail():
    office = Office(filled=True)
    done = types(
        office, "staff", "invite", *OF_TOWN, "kim@rathaus.example", "--name", "Kim", "--role", "admin", "--json"
    )
    assert done.exit_code == 0, done.output
    told = json.loads(done.output)
    assert (told["mailed"], told["password"], told["roles"]) == (True, None, ["admin"])
    assert office.mails.sent[0].to == "kim@rathaus.example"


def test_without_mail_the_first_password_is_printed():
    office = Office(filled=False)
    done = types(office, "staff", "invite", *OF_TOWN, "kim@rathaus.example", "--name", "Kim", "--role", "admin")
    assert office.accounts.accounts["kim@rathaus.example"].password in done.output


def test_the_list_says_roles_and_whether_the_app_is_there():
    done = types(Office(filled=True), "staff", "list", *OF_TOWN)
    assert "maria@rathaus.example" in done.output
    assert "Verwaltung" in done.output
    assert "nein" in done.output
    assert "--role admin" in types(Office(filled=False), "staff", "list", *OF_TOWN).output


def test_roles_are_set_anew_and_what_is_none_is_refused():
    office = Office(filled=True)
    types(office, "staff", "roles", *OF_TOWN, "Emil@rathaus.example", "--role", "editor", "--role", "mayor")
    emil = next(it for it in office.staff.of_town(TOWN.id) if it.name == "Emil")
    assert emil.roles == {Role.EDITOR, Role.MAYOR}
    refused = types(office, "staff", "roles", *OF_TOWN, "emil@rathaus.example", "--role", "boss")
    assert refused.exit_code == 1
    assert "diese Rolle gibt es nicht" in refused.output


def test_the_last_administrator_cannot_be_removed_and_others_are_asked_about():
    office = Office(filled=True)
    emil = next(it for it in office.staff.of_town(TOWN.id) if it.name == "Emil")
    office.sessions.put(Session("k", emil.staff_id, emil.email, "c", NOON, NOON))
    kept = types(office, "staff", "remove", *OF_TOWN, "maria@rathaus.example", "--yes")
    assert kept.exit_code == 1
    assert "der letzte Zugang mit der Rolle Verwaltung" in kept.output
    assert types(office, "staff", "remove", *OF_TOWN, "emil@rathaus.example", input="n\n").exit_code != 0
    assert types(office, "staff", "remove", *OF_TOWN, "emil@rathaus.example", input="j\n").exit_code == 0
    assert [it.name for it in office.staff.of_town(TOWN.id)] == ["Maria"]
    assert office.sessions.is_of_gone("k")
    assert "hat in bocholt keinen Zugang" in types(office, "staff", "renew", *OF_TOWN, "emil@rathaus.example").output
