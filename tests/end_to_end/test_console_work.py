"""A day of work in the console on the running system, by forms alone: answered once, forwarded, released, sent."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from stadtdraht.adapters.dynamodb.consultations import DynamoConsultations
from stadtdraht.adapters.dynamodb.table import Table
from stadtdraht.adapters.dynamodb.towns.towns import DynamoTowns
from stadtdraht.usecases.consultations.hold_consultation import PlannedConsultation, plan_consultation
from tests.acceptance.reading import words
from tests.support.console_visitor import Visitor, form_of, person_of

pytestmark = pytest.mark.system

ASKER, REPORTER, READER, NEEDY, ASKED, QUEUED = (f"491510004110{number}" for number in range(1, 7))


@pytest.fixture
def signed_in(system):
    def enter(town, role="all"):
        visitor = Visitor(system.run["app"])
        visitor.follow(visitor.sign_in(person_of(system.run, town, role)))
        return visitor

    return enter


def heard(system, person, town, said):
    return [it for it in system.received(person, town) if said in words(it)]


def counted(page):
    """The page once it can be pressed; who reads it sooner is told so."""
    return page if "sobald feststeht" not in page.text else None


def test_an_answer_pressed_twice_is_one_message_and_a_note_is_none(system, signed_in):
    system.answer_to(ASKER, "arnsberg", "Wann macht die Eissporthalle auf?")
    staff = signed_in("arnsberg", "agent")
    page = staff.follow(staff.get(f"/console/arnsberg/inbox?q={ASKER}"))  # a number leads to its conversation
    assert "Eissporthalle" in page.text
    answers = page.url.path + "/answer"
    for said in ("Gesendet.", "Das war schon gesendet"):
        assert said in staff.follow(staff.fill(page, answers, text="Am Freitag um 15 Uhr.")).text
    noted = staff.follow(staff.fill(page, page.url.path + "/note", note="Rückruf vereinbart"))
    assert "Rückruf vereinbart" in noted.text
    system.until(lambda: heard(system, ASKER, "arnsberg", "Am Freitag um 15 Uhr."), "the answer")
    system.quiet()
    assert len(heard(system, ASKER, "arnsberg", "Am Freitag um 15 Uhr.")) == 1
    assert not heard(system, ASKER, "arnsberg", "Rückruf")


def test_an_answer_that_somebody_changes_before_the_release_goes_out_once_and_shows_both_wordings(system, signed_in):
    system.answer_to(ASKED, "arnsberg", "Wann macht die Eissporthalle am Samstag auf?")
    writer, releaser = signed_in("arnsberg", "agent"), signed_in("arnsberg")
    page = writer.follow(writer.get(f"/console/arnsberg/inbox?q={ASKED}"))
    talk = page.url.path
    asks = writer.post(talk + "/ask", form_of(page, talk + "/answer")[1] | {"text": "Am Samstag ist zu."})
    words = {"text": "Am Samstag ist zu.", "of": ""}
    assert "wartet auf Freigabe" in writer.follow(writer.fill(asks, talk + "/ask/release", **words)).text
    draft = releaser.get(talk)
    assert "Freigeben und senden" in draft.text, draft.text
    done = releaser.follow(releaser.fill(draft, talk + "/release", text="Am Samstag ist leider zu."))
    assert "sieht, was Sie geändert haben" in done.text
    system.until(lambda: heard(system, ASKED, "arnsberg", "leider zu."), "the answer")
    system.quiet()
    assert not heard(system, ASKED, "arnsberg", "Samstag ist zu.")
    seen = writer.get(talk).text
    assert "geändert und freigegeben von" in seen
    assert "<ins>leider " in seen


def test_a_consultation_ends_by_its_function_s_own_role_with_a_word_to_who_waits(system):
    table = Table(system.client("dynamodb"), system.run["table"])
    consultations, now = DynamoConsultations(table), datetime.now(UTC)
    town = DynamoTowns(table).get("bocholt")
    hour = PlannedConsultation(now - timedelta(hours=1), now + timedelta(minutes=30), "Frau Beispiel", "", "Kim", "e2e")
    held = plan_consultation(hour, town, now - timedelta(hours=2), consultations)
    system.answer_to(QUEUED, "bocholt", "Warum wird die Nordstraße erst im Frühjahr saniert?")
    system.until(lambda: heard(system, QUEUED, "bocholt", "Frau Beispiel"), "the place in the queue")
    consultations.save(held, replace(held, closes_at=now, version=held.version + 1))
    for _ in range(2):
        answer = system.client("lambda").invoke(FunctionName="stadtdraht-local-consultations-end", Payload=b"{}")
        assert "FunctionError" not in answer, answer["Payload"].read()
    system.until(lambda: heard(system, QUEUED, "bocholt", "Frau Beispiel ist zu Ende"), "the word at the end")
    system.quiet()
    assert len(heard(system, QUEUED, "bocholt", "Frau Beispiel ist zu Ende")) == 1
    assert consultations.get("bocholt", held.id).summary.left_waiting == 1


def test_staff_are_told_of_need_at_once_and_once_by_the_message_itself(system):
    """The clock comes every five minutes; a mail within seconds is none of its."""

    def mails():
        listed = httpx.get(f"{system.run['graph']}/_sim/mails").json()["mails"]
        return [it for it in listed if "/console/neu-ulm/" in it["text"] and "Notfall" in it["subject"] + it["text"]]

    before = len(mails())
    system.answer_to(NEEDY, "neu-ulm", "Es brennt bei uns im Haus, wir kommen nicht raus!")
    system.until(lambda: len(mails()) > before, "a mail about need")
    system.quiet()
    told = [it["to"] for it in mails()[before:]]
    assert len(told) == len(set(told))
    assert "brennt" not in str(mails())


def test_a_report_that_is_forwarded_mails_a_link_and_no_words(system, signed_in):
    system.answer_to(REPORTER, "vreden", "Die Laterne an der Wüllener Straße 12 flackert seit gestern")
    staff = signed_in("vreden")
    page = staff.get("/console/vreden/cases?view=list")
    number = re.search(r"/cases/(\d{4}-\d+)\"[^>]*>[^<]*Laterne an der Wüllener", page.text)
    assert number, page.text[-3000:]
    report = staff.get(f"/console/vreden/cases/{number[1]}")
    done = staff.fill(report, report.url.path + "/forward", department="bauhof", note="bitte heute")
    assert done.headers["location"].endswith("?done=forwarded"), done.text
    mails = httpx.get(f"{system.run['graph']}/_sim/mails").json()["mails"]
    (mail,) = [it for it in mails if number[1] in it["text"]]
    assert mail["to"] == "bauhof@vreden.example"
    assert not {"Laterne", "flackert", "heute"} & set(re.findall(r"\w+", mail["subject"] + mail["text"]))


def test_a_newsletter_that_one_writes_and_another_releases_arrives(system, signed_in):
    system.answer_to(READER, "bocholt", "Hallo")
    system.answer_to(READER, "bocholt", press="News")
    system.answer_to(READER, "bocholt", press="Ja")
    editor, mayor = signed_in("bocholt", "editor"), signed_in("bocholt")
    begun = editor.get("/console/bocholt/newsletters/new")
    draft = editor.follow(editor.fill(begun, "/console/bocholt/newsletters/new"))
    story = {"t1": "Eisbahn öffnet", "x1": "Ab Freitag vor dem Rathaus.", "l1": "https://www.bocholt.de/eis"}
    saved = editor.follow(editor.fill(draft, draft.url.path, **story))
    asks = editor.get(saved.url.path + "/release")
    assert "Zur Freigabe gegeben." in editor.follow(editor.fill(asks, saved.url.path + "/ask")).text
    asked = system.until(lambda: counted(mayor.get(saved.url.path + "/release")), "how many people get it")
    assert "möchte diesen Newsletter" in asked.text
    assert "Freigegeben." in mayor.follow(mayor.fill(asked, saved.url.path + "/release", when="now")).text
    system.until(lambda: [it for it in system.received(READER, "bocholt") if "Eisbahn" in str(it)], "the newsletter")
