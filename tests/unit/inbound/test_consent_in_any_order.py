"""What one person chose and left, handled in any order: the latest by its own time decides, and nothing else."""

import json
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from stadtdraht.domain.citizen import ConsentAct
from stadtdraht.domain.inbound.inbox import InboxUpdate, UpdateKind
from stadtdraht.domain.town import Offer
from tests.support.examples import examples
from tests.support.town_office import ANNA, NOON, ConversationHarness, words


def a_yes(offers):
    press = {"type": "button_reply", "button_reply": {"id": f"yes:{offers}", "title": "Ja, bitte"}}
    return {"message": {"type": "interactive", "interactive": press}}


def a_text(text):
    return {"message": {"type": "text", "text": {"body": text}}}


YES, STOP = a_yes("news,reports"), a_text("STOP")
SWITCH = {"category": "marketing_messages", "value": "stop", "wa_id": ANNA}
ACTS = (YES, a_yes("news"), STOP, a_text("nur News abbestellen"), {"preference": SWITCH})
LEAVES = {0: (), 1: (), 2: (Offer.NEWS, Offer.REPORTS), 3: (Offer.NEWS,), 4: (Offer.NEWS,)}
TAKES = {0: (Offer.NEWS, Offer.REPORTS), 1: (Offer.NEWS,), 2: (), 3: (), 4: ()}


def update(act, number):
    """The act of that number, one a minute."""
    key = f"wamid.{number}"
    raw = ACTS[act]
    if "message" in raw:
        raw = {"message": {"from": ANNA, "id": key, **raw["message"]}}
    kind = UpdateKind.MESSAGE if "message" in raw else UpdateKind.PREFERENCE
    return InboxUpdate("vreden", kind, "a", key, json.dumps(raw), NOON + number * timedelta(minutes=1), 0)


def standing(said):
    """Offers that somebody takes who did these acts one after the other."""
    takes = set()
    for act in said:
        takes = (takes | set(TAKES[act])) - set(LEAVES[act])
    return takes


@st.composite
def handled(draw):
    """Acts as they were done; and the order, with repetitions, in which they are handled."""
    said = draw(st.lists(st.sampled_from(range(len(ACTS))), min_size=1, max_size=5))
    repeated = draw(st.lists(st.sampled_from(range(len(said))), max_size=3))
    return said, draw(st.permutations([*range(len(said)), *repeated]))


@settings(max_examples=examples(150), deadline=None, derandomize=True)
@given(handled())
def test_what_somebody_takes_is_what_they_said_last_in_whatever_order_it_is_handled(case):
    said, order = case
    office = ConversationHarness()
    office.hears("Hallo", after=timedelta(minutes=-1), wamid="wamid.hello")
    for number in order:
        office.again(update(said[number], number))
    person = office.person()
    takes = {offer for offer in Offer if person.takes(offer)}
    assert takes == standing(said)
    last = {entry.offer: entry.act for entry in office.citizens.ledger("vreden", person.citizen_id)}
    assert {offer for offer, act in last.items() if act is ConsentAct.GRANTED} == takes


def test_a_yes_that_comes_after_a_later_stop_is_not_welcomed():
    office = ConversationHarness()
    office.hears("Hallo", after=timedelta(minutes=-1), wamid="wamid.hello")
    (goodbye,) = office.again(update(2, 1))
    assert "abgemeldet" in words(goodbye)
    assert office.again(update(0, 0)) == []
    assert not office.person().takes(Offer.NEWS)


def test_a_stop_that_is_handled_after_a_later_yes_ends_nothing_and_does_not_claim_to():
    office = ConversationHarness()
    office.hears("Hallo", after=timedelta(minutes=-1), wamid="wamid.hello")
    office.again(update(0, 2))
    (answer,) = office.again(update(2, 1))
    assert "abgemeldet" not in words(answer)
    assert "nutzen Sie schon" in words(answer)
    assert office.person().takes(Offer.NEWS)


def test_a_stop_that_ends_only_what_no_later_yes_began_says_so():
    office = ConversationHarness()
    office.hears("Hallo", after=timedelta(minutes=-1), wamid="wamid.hello")
    office.again(update(0, 1))  # both
    office.again(update(1, 3))  # the news once more
    (answer,) = office.again(update(2, 2))
    assert words(answer) == "*Melder* ist abbestellt. *News* bekommen Sie weiterhin."
    assert {offer for offer in Offer if office.person().takes(offer)} == {Offer.NEWS}


def test_a_second_yes_is_put_down_and_takes_nobody_out_of_a_newsletter_under_way():
    office = ConversationHarness()
    office.hears("Hallo", after=timedelta(minutes=-1), wamid="wamid.hello")
    office.again(update(1, 1))
    (answer,) = office.again(update(1, 2))
    assert "nutzen Sie schon" in words(answer)
    consent = office.person().consents[Offer.NEWS]
    assert (consent.at, consent.since) == (NOON + timedelta(minutes=2), NOON + timedelta(minutes=1))
    assert len(office.citizens.ledger("vreden", office.person().citizen_id)) == 2
