"""Beside an answer in free words: a template, and a department that has it from now on."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from stadtdraht.domain.conversation import StaffAct
from stadtdraht.domain.town import Department, Template
from stadtdraht.domain.whatsapp.account import TemplateSnapshot
from stadtdraht.usecases.inbound import work_on_conversation as work
from stadtdraht.usecases.inbound.office.answer_by_template import (
    NoSuchTemplate,
    answer_by_template,
    offered_templates,
)
from stadtdraht.usecases.inbound.office.forward_conversation import forward_to_department
from tests.support.builders.account import a_snapshot
from tests.support.town_office import TOWNS
from tests.unit.inbound.test_work_on_conversation import StaffHarness

ASKS = Template("rueckfrage", "de", "UTILITY", "Guten Tag, zu Ihrem Anliegen: {{frage}} Antworten Sie einfach hier.")
NEWS = Template("news", "de", "MARKETING", "Neues: {{frage}} heute.")
WARNS = Template("warnung", "de", "UTILITY", "Warnung: {{was}} jetzt.")
TEMPLATES = (ASKS, NEWS, WARNS)
BUILDINGS = Department("bau", "Bauamt", "bauamt@stadt.example")


@pytest.fixture
def office():
    return StaffHarness()


def desk(office, **more):
    town = {"templates": TEMPLATES, "crisis_templates": ("warnung",), "departments": (BUILDINGS, Department("x", "X"))}
    return office.desk(**more, **town)


def seen_at_meta(status="APPROVED", category="UTILITY"):
    return replace(
        a_snapshot(TOWNS["arnsberg"]),
        templates=tuple(
            TemplateSnapshot("1", it.name, it.language, status, category, it.body, "", None) for it in TEMPLATES
        ),
    )


def test_offered_are_approved_utility_templates_with_preview_and_price(office):
    staff = desk(office)
    (offered,) = offered_templates(staff.town, office.person(), seen_at_meta(), staff.now)
    assert offered.template == ASKS
    assert offered.eur == Decimal("0.0456")
    assert offered.preview({}) == ASKS.body
    assert "Wo genau?" in offered.preview({"frage": "Wo genau?"})


@pytest.mark.parametrize("account", [None, seen_at_meta("PAUSED"), seen_at_meta(category="MARKETING")])
def test_what_meta_has_not_approved_is_not_offered_and_not_sent(office, account):
    staff = desk(office, later=timedelta(hours=30))
    assert offered_templates(staff.town, office.person(), account, staff.now) == []
    with pytest.raises(NoSuchTemplate):
        answer_by_template(staff, office.who, "rueckfrage", {"frage": "Wo?"}, account, press="p")


def test_it_goes_out_after_the_window_once_and_nobody_waits(office):
    staff = desk(office, later=timedelta(hours=30))
    for _ in range(2):
        try:
            answer_by_template(staff, office.who, "rueckfrage", {"frage": "Wo?"}, seen_at_meta(), press="p")
        except work.AlreadyDone:
            continue
    (answer,) = [it.answer for it in office.citizens.stored.values() if it.answer.released_by]
    (part,) = answer.body["template"]["components"]
    assert part["parameters"] == [{"type": "text", "parameter_name": "frage", "text": "Wo?"}]
    assert office.talk.waiting_since is None


@pytest.mark.parametrize("said", ["", "  ", "Zeile\nzwei", "zu    weit", "x" * 1100])
def test_words_that_meta_refuses_in_a_template_are_refused_here(office, said):
    with pytest.raises(work.CannotAnswer):
        answer_by_template(desk(office), office.who, "rueckfrage", {"frage": said}, seen_at_meta(), press="p")
    assert office.talk.waiting_since is not None


def forwarded(office, department="bau", press="p", **more):
    link = "https://x.example/console/arnsberg/conversations/1"
    return forward_to_department(desk(office, **more), office.who, department, link, press=press)


def test_a_department_gets_a_link_and_no_word_of_anybody(office):
    done = forwarded(office)
    assert (done.mail.to, done.is_told) == ("bauamt@stadt.example", True)
    assert "https://x.example/console/arnsberg/conversations/1" in done.mail.text
    assert "Marktstraße" not in f"{done.mail.subject}{done.mail.text}"
    assert (office.talk.assigned_to, office.talk.assigned_to_id) == ("Bauamt", "")


def test_the_person_hears_who_has_it_and_waits_on(office):
    forwarded(office)
    assert "Bauamt" in list(office.citizens.stored.values())[-1].answer.body["text"]["body"]
    assert office.talk.waiting_since is not None
    assert office.citizens.notes["arnsberg", office.who][-1].act is StaffAct.FORWARDED


def test_after_the_window_nothing_is_sent(office):
    before = len(office.citizens.stored)
    assert not forwarded(office, later=timedelta(hours=25)).is_told
    assert len(office.citizens.stored) == before


def test_twice_pressed_it_is_one_message_and_one_mail(office):
    forwarded(office)
    with pytest.raises(work.AlreadyDone):
        forwarded(office)


def test_a_department_without_address_or_none_at_all(office):
    assert forwarded(office, "x").mail is None
    with pytest.raises(work.CannotAnswer):
        forwarded(office, "y", press="q")
