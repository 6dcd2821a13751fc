"""The same updates in any order, repeated and cut into envelopes in any way: the same rows, and the same answers."""

import json
from datetime import timedelta
from itertools import groupby

from hypothesis import given, settings
from hypothesis import strategies as st

from stadtdraht.domain.identifiers import message_id
from stadtdraht.domain.inbound.inbox import InboxUpdate, UpdateKind
from stadtdraht.usecases.inbound.receive_webhook import receive_webhook
from tests.support.examples import examples
from tests.support.fakes.inbox import FakeInbox
from tests.support.town_office import NOON, ConversationHarness
from tests.unit.inbound.test_receive_webhook import Directory, signed

AT_S = str(int(NOON.timestamp()))
PEOPLE = ("4915100000001", "4915100000002", "4915100000003")
TALK = ("Hallo", "beides", "ja", "Ein Schlagloch in der Bahnhofstraße", "STOP")


def a_message(who, number, text):
    return "messages", {
        "from": who,
        "id": f"wamid.{who}.{number}",
        "timestamp": AT_S,
        "type": "text",
        "text": {"body": text},
    }


def a_status(number, status):
    key = f"sd1:vreden-n-20261124-4f7k2p:{number:020x}:1"
    return "statuses", {
        "id": f"wamid.out.{number}",
        "status": status,
        "timestamp": AT_S,
        "biz_opaque_callback_data": key,
    }


UPDATES = [
    *[a_message(who, number, text) for who in PEOPLE for number, text in enumerate(TALK)],
    *[a_status(number, status) for number in range(4) for status in ("sent", "delivered", "read")],
    ("statuses", {"id": "wamid.foreign", "status": "delivered", "timestamp": AT_S}),
    ("messages", {"poison": True}),
    ("messages", "not even an object"),
]


def envelope(updates):
    """One change for each run of the same kind."""
    changes = []
    for kind, of_kind in groupby(updates, key=lambda update: update[0]):
        value = {"metadata": {"phone_number_id": "301"}, kind: [update for _, update in of_kind]}
        changes.append({"field": "messages", "value": value})
    return json.dumps({"entry": [{"id": "109", "changes": changes}]}).encode()


@st.composite
def deliveries(draw):
    """Envelopes that carry every update at least once."""
    repeated = draw(st.lists(st.sampled_from(range(len(UPDATES))), max_size=20))
    order = draw(st.permutations([*range(len(UPDATES)), *repeated]))
    cuts = sorted(draw(st.sets(st.integers(1, len(order) - 1), max_size=6)))
    return [
        [UPDATES[at] for at in order[start:end]] for start, end in zip([0, *cuts], [*cuts, len(order)], strict=True)
    ]


def rows_after(envelopes):
    inbox = FakeInbox()
    for updates in envelopes:
        raw = envelope(updates)
        assert receive_webhook(raw, signed(raw), NOON, app_secrets=["ours"], directory=Directory(), inbox=inbox)
    return inbox.updates, sorted(map(repr, inbox.statuses)), sorted(map(repr, inbox.orphans))


@settings(max_examples=examples(60), deadline=None, derandomize=True)
@given(deliveries())
def test_any_order_any_repetition_and_any_cut_end_in_the_same_rows(envelopes):
    assert rows_after(envelopes) == rows_after([UPDATES])


@st.composite
def interleavings(draw):
    """Whose turn it is: each person in their own order, as the table keeps it; what was handled may come again."""
    turns = draw(st.permutations([who for who in PEOPLE for _ in TALK]))
    heard = dict.fromkeys(PEOPLE, 0)
    order = []
    for who in turns:
        order.append((who, heard[who]))
        heard[who] += 1
        if draw(st.booleans()):
            order.append(draw(st.sampled_from(order)))
    return order


def ends_after(order):
    """What each person was told, took and reported, without the numbers that cases got in the order they came."""
    office = ConversationHarness()
    for who, number in order:
        key = f"wamid.{who}.{number}"
        raw = json.dumps({"message": {"from": who, "id": key, "type": "text", "text": {"body": TALK[number]}}})
        office.again(InboxUpdate("vreden", UpdateKind.MESSAGE, "a", key, raw, NOON, 0))
    told = {
        who: sorted(
            (it.message_id, it.answer.body["type"])
            for ref, it in office.citizens.stored.items()
            if ref.citizen_id == office.person(who).citizen_id
        )
        for who in PEOPLE
    }
    taken = {who: office.person(who).consents for who in PEOPLE}
    return told, taken, sorted(case.citizen_id for case in office.cases), len(office.queue.put_in)


@settings(max_examples=examples(40), deadline=None, derandomize=True)
@given(interleavings())
def test_people_may_write_in_between_each_other_and_be_repeated(order):
    one_after_the_other = [(who, number) for who in PEOPLE for number in range(len(TALK))]
    assert ends_after(order) == ends_after(one_after_the_other)


# One report in five messages within a few minutes, and three questions: minutes after noon, kind, content.
REPORT = (
    (1, "text", {"body": "Auf der Wüllener Straße ist ein Schlagloch"}),
    (2, "image", {"id": "media.1", "mime_type": "image/jpeg"}),
    (3, "location", {"latitude": 52.0401, "longitude": 6.8301}),
    (4, "image", {"id": "media.2", "mime_type": "image/jpeg", "caption": "noch eines"}),
    (5, "contacts", [{"name": {"formatted_name": "Nachbarin"}}]),
)
QUESTIONS = tuple(
    (minute, "text", {"body": text})
    for minute, text in (
        (1, "Wann ist Sperrmüll in Neheim?"),
        (9, "Und wo melde ich Hecken an?"),
        (40, "Was kostet ein Anwohnerparkausweis?"),
    )
)


def written(town, said, order):
    """The office after somebody's messages were handled in that order; they had greeted before."""
    office = ConversationHarness(town)
    office.hears("Hallo", who=PEOPLE[0], after=timedelta(0))
    for number in order:
        minute, kind, content = said[number]
        key = f"wamid.said.{number}"
        raw = json.dumps({"message": {"from": PEOPLE[0], "id": key, "type": kind, kind: content}})
        office.again(InboxUpdate(town, UpdateKind.MESSAGE, "a", key, raw, NOON + timedelta(minutes=minute), 0))
    return office


@settings(max_examples=examples(60), deadline=None, derandomize=True)
@given(st.permutations(range(len(REPORT))), st.lists(st.sampled_from(range(len(REPORT))), max_size=3))
def test_one_person_s_report_is_one_case_in_whatever_order_its_parts_are_handled(order, repeated):
    (case,) = written("vreden", REPORT, [*order, *repeated]).cases
    (expected,) = written("vreden", REPORT, range(len(REPORT))).cases
    assert sorted(case.message_ids) == sorted(expected.message_ids)
    assert sorted(case.photo_ids) == sorted(expected.photo_ids)
    assert sorted(case.description.split("\n")) == sorted(expected.description.split("\n"))
    assert (case.place, case.department, case.last_added_at) == (
        expected.place,
        expected.department,
        expected.last_added_at,
    )


@settings(max_examples=examples(30), deadline=None, derandomize=True)
@given(st.permutations(range(len(QUESTIONS))), st.lists(st.sampled_from(range(len(QUESTIONS))), max_size=3))
def test_one_person_s_questions_wait_since_the_first_in_whatever_order_they_are_handled(order, repeated):
    office = written("arnsberg", QUESTIONS, [*order, *repeated])
    talk = office.person(PEOPLE[0]).conversation
    assert (talk.opened_at, talk.waiting_since, talk.last_at) == tuple(
        NOON + timedelta(minutes=minute) for minute in (1, 1, 40)
    )
    said = {message_id(f"wamid.said.{number}") for number in range(len(QUESTIONS))}
    received = [it for it in office.citizens.stored.values() if it.message_id in said]
    assert len(received) == 1
