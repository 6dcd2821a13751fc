"""By which way an alert reaches a person: the first template, the second, free words, German, and what is left."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from stadtdraht.domain.delivery.delivery import (
    Accepted,
    DeliveryKey,
    Halted,
    NotSent,
    Outcome,
    OutcomeKind,
    Refused,
    Unknown,
)
from stadtdraht.usecases.crisis.alert_cause import AlertToSend, NoCrisisTemplate
from stadtdraht.usecases.delivery.protocol import send_one
from tests.support.builders.account import a_snapshot
from tests.support.builders.crisis import NOON, a_town, a_trigger, with_second
from tests.support.crisis_page import CrisisPageHarness, a_person
from tests.support.fakes.audience import FakeAudience

PAUSED, DISABLED, NO_WINDOW = 132015, 132016, 131047
TOWN = with_second(a_town())
GERMAN, ENGLISH = a_person(1), a_person(2, language="en")


class Meta:
    """Refuses what it is told to refuse, and keeps what it took as "template language" or "text"."""

    def __init__(self, **refuses):
        self.refuses = refuses
        self.asked = []

    async def post(self, body):
        if body["type"] == "text":
            said = "text"
        else:
            said = f"{body['template']['name']} {body['template']['language']['code']}"
        self.asked.append(said)
        code = self.refuses.get(said.replace(" ", "_"))
        return code if isinstance(code, Halted | Refused | NotSent | Unknown) else Accepted("wamid.1")


class Line:
    """One sender of an alert, and how often it waited for a further way."""

    def __init__(self, town=TOWN, snapshot=None, open_for=(), until=NOON + timedelta(hours=1)):
        self.audience = FakeAudience(windows={person.citizen_id: until for person in open_for})
        self.to_send = AlertToSend(a_trigger().alert, town, snapshot, self.audience, lambda: NOON)
        self.waits, self.may_go_on = 0, True

    def send(self, meta, person=GERMAN):
        async def waited():
            self.waits += 1
            return self.may_go_on

        return asyncio.run(send_one(self.to_send, person, 1, meta.post, waited))


def paused(*names, code=PAUSED):
    return {name: Halted(code) for name in names}


def test_while_all_is_well_everybody_gets_the_first_template():
    meta, line = Meta(), Line(snapshot=a_snapshot(TOWN), open_for=[GERMAN])
    assert line.send(meta) == (Accepted("wamid.1"), "warnung")
    assert (meta.asked, line.waits) == (["warnung de"], 0)


@pytest.mark.parametrize("code", [PAUSED, DISABLED])
def test_whom_the_first_was_refused_for_gets_the_second_and_the_next_is_not_refused_again(code):
    meta, line = Meta(**paused("warnung_de", code=code)), Line()
    assert line.send(meta) == (Accepted("wamid.1"), "warnung_zwei")
    assert line.send(meta, a_person(3)) == (Accepted("wamid.1"), "warnung_zwei")
    assert meta.asked == ["warnung de", "warnung_zwei de", "warnung_zwei de"]
    assert line.waits == 1


def test_each_language_has_a_template_of_its_own():
    meta, line = Meta(**paused("warnung_de")), Line()
    line.send(meta)
    assert line.send(meta, ENGLISH) == (Accepted("wamid.1"), "warnung")


@pytest.mark.parametrize(
    "changes", [{"status": "PAUSED"}, {"category": "MARKETING"}, {"body": "Anderes"}, {"ttl_s": None}]
)
def test_a_template_that_did_not_stand_as_approved_is_not_tried_first(changes):
    snapshot = a_snapshot(TOWN)
    first, *others = snapshot.templates
    meta, line = Meta(), Line(snapshot=replace(snapshot, templates=(replace(first, **changes), *others)))
    assert line.send(meta) == (Accepted("wamid.1"), "warnung_zwei")
    assert meta.asked == ["warnung_zwei de"]


def test_what_stood_badly_when_somebody_last_looked_is_tried_at_last():
    meta, line = Meta(**paused("warnung_zwei_de")), Line(snapshot=a_snapshot(TOWN, status="PAUSED"))
    assert line.send(meta) == (Accepted("wamid.1"), "warnung")
    meta = Meta(**paused("warnung_de"))
    assert Line(snapshot=a_snapshot(TOWN, status="PAUSED")).send(meta) == (Accepted("wamid.1"), "warnung_zwei")
    assert meta.asked == ["warnung de", "warnung_zwei de"]


def test_low_quality_keeps_no_template_back():
    assert Line(snapshot=a_snapshot(TOWN, quality="RED")).send(Meta())[1] == "warnung"


def test_with_both_paused_an_open_window_is_used_and_who_has_none_is_named_with_the_reason():
    meta = Meta(**paused("warnung_de"), warnung_zwei_de=Halted(DISABLED))
    line = Line(open_for=[GERMAN])
    assert line.send(meta) == (Accepted("wamid.1"), "text")
    assert line.send(meta, a_person(3)) == (Refused(PAUSED), "warnung")
    assert meta.asked == ["warnung de", "warnung_zwei de", "text"]


def test_a_window_counts_until_it_closes():
    meta = Meta(**paused("warnung_de", "warnung_zwei_de"))
    assert Line(open_for=[GERMAN], until=NOON).send(meta) == (Refused(PAUSED), "warnung")


def test_free_words_say_the_same_as_the_template_in_the_readers_language():
    line = Line(open_for=[ENGLISH], snapshot=a_snapshot(TOWN, status="DISABLED"))
    message = asyncio.run(line.to_send.message(ENGLISH, 2))
    words = line.to_send.alert.wording["en"]
    assert message.body["type"] == "text"
    assert message.body["text"]["body"].startswith(f"Official warning: {words['was']}. Area: {words['wo']}.")
    assert message.body["text"]["body"].endswith("Unsubscribe with STOP")
    assert "{{" not in message.body["text"]["body"]
    assert message.body["to"] == f"+{ENGLISH.identity.phone}"
    assert message.body["biz_opaque_callback_data"].endswith(f"{ENGLISH.citizen_id}:2:1")


def test_a_window_that_whatsapp_says_is_closed_is_not_asked_again():
    meta = Meta(text=Refused(NO_WINDOW), **paused("warnung_zwei_de"))
    line = Line(open_for=[GERMAN], snapshot=a_snapshot(TOWN, status="PAUSED"))
    assert line.send(meta) == (Accepted("wamid.1"), "warnung")
    assert meta.asked == ["text", "warnung de"]
    meta = Meta(text=Refused(NO_WINDOW), **paused("warnung_de", "warnung_zwei_de"))
    line = Line(open_for=[GERMAN])
    assert line.send(meta) == (Refused(PAUSED), "warnung")
    assert meta.asked == ["warnung de", "warnung_zwei de", "text"]


def test_who_cannot_be_reached_in_their_language_reads_german_before_nothing():
    meta, line = Meta(**paused("warnung_en", "warnung_zwei_en")), Line()
    assert line.send(meta, ENGLISH) == (Accepted("wamid.1"), "warnung")
    assert meta.asked[-1] == "warnung de"


@pytest.mark.parametrize("answer", [Refused(131026), Halted(190), NotSent(130429, throttled=True), Unknown("lost")])
def test_what_is_not_about_the_template_tries_no_other(answer):
    meta, line = Meta(warnung_de=answer), Line(open_for=[GERMAN])
    assert line.send(meta) == (answer, "warnung")
    assert meta.asked == ["warnung de"]


def test_nothing_more_is_tried_once_nothing_may_be_sent_any_more():
    meta, line = Meta(**paused("warnung_de")), Line()
    line.may_go_on = False
    assert line.send(meta) == (NotSent(PAUSED), "warnung")
    assert meta.asked == ["warnung de"]


def test_a_town_without_a_crisis_template_halts_and_refuses_nobody():
    line = Line(town=replace(TOWN, crisis_templates=("gone",)), open_for=[GERMAN])
    assert line.send(Meta()) == (Halted(132001), "")
    with pytest.raises(NoCrisisTemplate, match="bocholt"):
        asyncio.run(line.to_send.message(GERMAN, 1))


# ---- what crisis staff are told ------------------------------------------------------------------------------


def a_page(refused):
    """The progress page of an alert that so many people were not reached by, each for one of these reasons."""
    harness, trigger = CrisisPageHarness(), a_trigger()
    harness.alerts.raise_once(trigger)
    alert_id = trigger.alert.alert_id
    for person, reason in zip(harness.audience.people, refused, strict=False):
        key = DeliveryKey(alert_id, person.citizen_id, 1)
        harness.deliveries.outcomes[person.citizen_id, 1] = Outcome(key, OutcomeKind.REFUSED, NOON, reason=reason)
    return harness.link().get(alert_id).page


@pytest.mark.parametrize(
    ("refused", "told"),
    [
        (["132015"], "Ein Mensch wurde deshalb nicht erreicht"),
        (["132015", "132016", "131026"], "2 Menschen wurden deshalb nicht erreicht"),
    ],
)
def test_the_progress_page_says_whom_no_template_reaches_and_what_to_do(refused, told):
    page = a_page(refused)
    assert told in page
    assert "warnen Sie zusätzlich über andere Wege" in page
    assert "Nur Nichterreichte" in page


def test_the_progress_page_blames_no_template_for_what_is_the_person_s_own():
    assert "Vorlagen für Warnungen" not in a_page(["131026", "opted_out"])
