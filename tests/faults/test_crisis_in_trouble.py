"""A warning while the table throttles, Meta's limit is used up, or every town presses in the same second."""

import asyncio
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest

from stadtdraht.adapters.dynamodb.crisis import alerts as alerts_adapter
from stadtdraht.adapters.dynamodb.delivery.slices import DynamoSlices
from stadtdraht.adapters.dynamodb.table import from_item
from stadtdraht.domain.delivery.delivery import OutcomeKind
from stadtdraht.domain.delivery.slices import SliceState
from tests.faults.control_room import ControlRoom
from tests.support.crisis_page import PIN

pytestmark = pytest.mark.local_aws

SPAM_LIMIT = 131048  # of the whole number
SAID = "WhatsApp nimmt gerade nichts an. WhatsApp bremst die Nummer, weil zu viele Menschen sie gemeldet haben."
UNTOLD = 131999  # of one person; Meta does not say which code the portfolio's daily limit has
TOWNS = 20
SHARE = 0.05  # of the calls that fail for good, after the four tries that the real client makes


@pytest.fixture
def room(table, monkeypatch):
    made = ControlRoom(table)
    monkeypatch.setattr(alerts_adapter, "PAUSE_S", 0.0)
    return made


# the press


@pytest.mark.parametrize(
    ("operation", "mood"),
    [
        ("get_item", "refused"),
        ("update_item", "refused"),
        ("transact_write_items", "refused"),
        ("transact_write_items", "lost"),
    ],
)
def test_a_press_that_the_table_does_not_answer_gets_a_calm_page_and_the_next_one_makes_one_alert(
    room, operation, mood
):
    officer = room.town(1, people=3)
    form = officer.filled_in()
    room.client.mood = lambda asked: mood if asked == operation else "well"
    answer = officer.press(form)
    assert answer["statusCode"] == 503
    assert "Bitte versuchen Sie es noch einmal" in answer["body"]
    assert "Es bleibt bei einer Warnung" in answer["body"]
    assert PIN not in answer["body"]
    assert room.client.hit[operation] >= 1
    assert len(officer.alert_ids) == (1 if mood == "lost" else 0)
    room.client.mood = lambda _: "well"
    first = officer.raised(officer.press(form))  # the browser sends its form again
    second = officer.raised(officer.press(officer.filled_in()))  # or somebody goes back and presses once more
    assert [first] == [second] == officer.alert_ids
    asyncio.run(room.send(officer, first))
    assert room.meta.whom == dict.fromkeys(officer.ids, 1)


def test_opening_a_page_that_the_table_does_not_answer_says_that_nothing_was_triggered(room):
    officer = room.town(1, people=3)
    room.client.mood = lambda _: "refused"
    answer = officer.ask("GET")
    assert answer["statusCode"] == 503
    assert "löst nichts aus" in answer["body"]
    assert answer["headers"]["Cache-Control"] == "no-store"


# the way out


@pytest.mark.parametrize("seed", [1, 2])
def test_a_table_that_throttles_while_an_alert_goes_out_costs_time_and_nobody(room, seed):
    officer = room.town(1, people=90)
    alert_id = officer.raised(officer.press(officer.filled_in()))
    room.client.rolls(SHARE, seed)
    asyncio.run(room.send(officer, alert_id))
    room.client.mood = lambda _: "well"
    assert room.client.hit.total() >= 1
    assert set(room.meta.whom) == officer.ids, "somebody was never warned"
    alert = room.well.get(alert_id)
    assert room.now() < alert.expires_at
    assert {at.state for _, at in DynamoSlices(room.table).all(alert_id)} == {SliceState.DONE}


def test_a_limit_of_the_number_is_told_to_the_officer_and_marks_nobody_and_the_rest_follows_once_it_is_lifted(room):
    officer = room.town(1, people=90)
    alert_id = officer.raised(officer.press(officer.filled_in()))
    room.meta.room, room.meta.code = 40, SPAM_LIMIT
    asyncio.run(room.send(officer, alert_id, rounds=3))
    assert room.meta.asked < 40 + 3 * 90, "a number that cannot send is asked for everybody again and again"
    kinds = Counter(kind for _, _, kind, _ in room.deliveries.rows(officer.town.id, alert_id))
    assert kinds == {OutcomeKind.ACCEPTED: 40}
    assert {at.state for _, at in room.slices.all(alert_id)} == {SliceState.WAITING}
    assert SAID in officer.ask("GET", alert_id)["body"]
    room.meta.room = 1000
    asyncio.run(room.send(officer, alert_id))
    assert room.meta.whom == dict.fromkeys(officer.ids, 1)
    assert SAID not in officer.ask("GET", alert_id)["body"]


def test_a_limit_that_is_told_person_by_person_names_them_and_a_repetition_reaches_just_these(room):
    officer = room.town(1, people=60)
    alert_id = officer.raised(officer.press(officer.filled_in()))
    room.meta.room, room.meta.code = 25, UNTOLD
    asyncio.run(room.send(officer, alert_id))
    rows = {who: (kind, reason) for who, _, kind, reason in room.deliveries.rows(officer.town.id, alert_id)}
    left_out = {who for who, (kind, _) in rows.items() if kind is OutcomeKind.REFUSED}
    assert len(left_out) == 35
    assert {rows[who][1] for who in left_out} == {str(UNTOLD)}
    page = officer.ask("GET", alert_id)["body"]
    assert "Nicht zustellbar: 35" in page
    room.meta.room, before = 1000, set(room.meta.whom)
    again = officer.raised(officer.press(officer.filled_in(kind="repeat", follows=alert_id)))
    asyncio.run(room.send(officer, again))
    assert room.meta.whom[next(iter(left_out))] == 1
    assert set(room.meta.whom) - before == left_out


# all at once


def test_twenty_towns_that_press_in_the_same_second_each_get_their_own_alert_and_nothing_else(room):
    officers = [room.town(number, people=6) for number in range(TOWNS)]
    forms = [officer.filled_in() for officer in officers]
    common = rows_of_no_town(room)
    with ThreadPoolExecutor(TOWNS) as hands:
        answers = list(hands.map(lambda pair: pair[0].press(pair[1]), zip(officers, forms, strict=True)))
    raised = {officer.town.id: officer.raised(answer) for officer, answer in zip(officers, answers, strict=True)}

    async def all_send():
        await asyncio.gather(*(room.send(officer, raised[officer.town.id]) for officer in officers))

    asyncio.run(all_send())
    assert rows_of_no_town(room) == common, "towns share a row that presses write to"
    for officer in officers:
        town = officer.town
        assert officer.alert_ids == [raised[town.id]]
        taken = [(number, who) for of, number, who in room.meta.taken if of == town.id]
        assert sorted(taken) == sorted((town.number.phone_number_id, who) for who in officer.ids)
    others = {row["pk"]: row for row in every_row(room) if crosses(row, raised)}
    assert not others, f"rows of one town name an alert of another: {sorted(others)}"


def every_row(room):
    pages = room.table.client.get_paginator("scan").paginate(TableName=room.table.name, ConsistentRead=True)
    return [from_item(item) for page in pages for item in page["Items"]]


def rows_of_no_town(room):
    return {(row["pk"], row["sk"]): row for row in every_row(room) if row["pk"].startswith("#")}


def crosses(row, raised):
    """Whether it stands with one town and speaks of another's alert."""
    town, text = row["pk"].partition("#")[0], str(row)
    return any(alert_id in text for other, alert_id in raised.items() if not town.startswith(other))
