"""Warnings on the running system while Meta pauses their templates: the second one, free words, and who is left out."""

import uuid

import httpx
import pytest

from tests.acceptance.reading import choices
from tests.support.builders.subscribers import subscriber_file

pytestmark = pytest.mark.system

SILENT, TALKS = "+4915100050001", "4915100050002"
PIN = "482913"


@pytest.fixture(scope="module")
def two_people(system, tmp_path_factory):
    """Both take warnings and live in Suderwick or named no district; one of them wrote just now."""
    file = subscriber_file(
        tmp_path_factory.mktemp("import") / "one.csv", [SILENT], offers="crisis", district="suderwick"
    )
    system.stadtdraht("citizen", "import", "--town", "bocholt", str(file))
    greeting = system.answer_to(TALKS, "bocholt", "Hallo")
    crisis = next(title for title in choices(greeting) if "warn" in title.casefold())
    question = system.answer_to(TALKS, "bocholt", press=crisis)
    system.answer_to(TALKS, "bocholt", press=choices(question)[0])


@pytest.fixture
def at_meta(system):
    """Puts templates of these names into a state; afterwards all are approved again, and somebody has looked."""
    waba_id = system.run["towns"]["bocholt"]["waba_id"]

    def put(status, *names):
        listed = system.http.get(f"{system.run['graph']}/_sim/templates").json()["templates"]
        for it in listed:
            if it["waba_id"] == waba_id and it["name"].removesuffix("_leicht") in names:
                path = f"{system.run['graph']}/_sim/templates/{it['id']}"
                system.http.post(path, json={"status": status}).raise_for_status()

    yield put
    put("APPROVED", "warnung", "warnung_zwei")
    system.until(
        lambda: system.stadtdraht("template", "sync", "--town", "bocholt")["well"], "every template to be approved"
    )


def warned(system, scenario):
    """The alert's figures and what WhatsApp took of it, by number, once everybody was written to."""
    link = system.stadtdraht(
        "crisis", "link", "--town", "bocholt", "--holder", "Leitstelle", "--expires", "1d", "--pin", PIN
    )
    form = {
        "scenario": scenario,
        "districts": "suderwick",
        "valid_for_min": "60",
        "languages": "de",
        "pin": PIN,
        "confirm": "Bocholt",
    }
    headers = {"Accept": "application/json", "Idempotency-Key": uuid.uuid4().hex}
    answer = httpx.post(link["url"], data=form, headers=headers, timeout=60)
    assert answer.status_code == 202, answer.text
    alert_id = answer.json()["alert_id"]
    figures = system.until(
        lambda: (found := system.stadtdraht("crisis", "status", alert_id))["finished"] and found, "the alert to end"
    )
    number = system.run["towns"]["bocholt"]["phone_number_id"]
    asked = {"phone_number_id": number}
    messages = httpx.get(f"{system.run['graph']}/_sim/messages", params=asked).json()["messages"]
    ours = [it["body"] for it in messages if alert_id in (it.get("biz_opaque_callback_data") or "")]
    return figures, {body["to"].lstrip("+"): body for body in ours}


def test_a_paused_template_is_replaced_by_the_second_one_for_everybody(system, two_people, at_meta):
    at_meta("PAUSED", "warnung")
    figures, bodies = warned(system, "gas")
    assert figures["accepted"] >= 2
    assert figures["no_way"] == 0
    for who in (SILENT.lstrip("+"), TALKS):
        assert bodies[who]["template"]["name"] == "warnung_zwei"
    told = system.stadtdraht("crisis", "evidence", figures["alert_id"])
    assert told["figures"]["way warnung_zwei"] == figures["accepted"]


def test_with_both_gone_who_wrote_today_gets_the_words_and_the_other_is_named(system, two_people, at_meta):
    at_meta("PAUSED", "warnung")
    at_meta("DISABLED", "warnung_zwei")
    figures, bodies = warned(system, "ice")
    assert bodies[TALKS]["type"] == "text"
    assert bodies[TALKS]["text"]["body"].startswith("*Amtliche Warnung: gefährliches Glatteis*")
    assert SILENT.lstrip("+") not in bodies
    assert figures["accepted"] == len(bodies) < figures["planned"]
    assert figures["no_way"] >= 1
    failures = system.stadtdraht("crisis", "evidence", figures["alert_id"])["failures"]
    assert figures["no_way"] == sum(it["people"] for it in failures if it["code"] in ("132015", "132016"))
