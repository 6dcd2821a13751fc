"""Need and answers that failed start a look at once: the message itself does, and the clock need not come first."""

from datetime import timedelta

import pytest

from functions.inbound import process
from stadtdraht.adapters.dynamodb.inbound.undelivered import undelivered_row
from stadtdraht.adapters.dynamodb.table import to_item
from stadtdraht.domain.inbound.answer import AnswerRef
from tests.support.adapters import FakeAdapters
from tests.support.fakes.notices import FakeReminders
from tests.support.fakes.towns import FakeTowns
from tests.support.town_office import NOON, ConversationHarness

FIRE = "Es brennt bei uns, wir kommen nicht raus!"


@pytest.fixture
def hall():
    return ConversationHarness("arnsberg")


def test_words_of_need_start_a_look_after_their_person_was_answered(hall):
    hall.reminders = FakeReminders()
    answered = []
    hall.reminders.start = lambda town: answered.append((town, len(hall.queue.put_in)))
    hall.hears(FIRE)
    assert answered == [("arnsberg", hall.handed)]
    assert hall.handed > 0


def test_what_somebody_adds_before_staff_looked_starts_nothing(hall):
    hall.hears(FIRE)
    hall.hears("Bitte schnell, es brennt immer noch!")
    hall.hears("Vielen Dank für die Auskunft")
    assert hall.reminders.started == ["arnsberg"]


def test_an_ordinary_message_starts_nothing(hall):
    hall.hears("Warum ist das Schwimmbad zu?")
    assert hall.reminders.started == []


def test_need_that_comes_again_starts_a_look_again_since_the_first_may_have_died(hall):
    hall.hears(FIRE)
    hall.again(hall.update)
    assert hall.reminders.started == ["arnsberg", "arnsberg"]


def failed(town, number, **changed):
    at = NOON + timedelta(seconds=number)
    row = {**undelivered_row(AnswerRef.new(town, "c" * 20, at, f"wamid.{number}", 0), at), **changed}
    return {"eventName": "INSERT", "dynamodb": {"NewImage": to_item(row), "SequenceNumber": str(number)}}


def followers(reminders, **others):
    return FakeAdapters(reminders=reminders, towns=FakeTowns({}), **others)


def test_answers_that_failed_start_one_look_for_each_town_of_a_batch():
    reminders = FakeReminders()
    records = [failed("arnsberg", 1), failed("arnsberg", 2), failed("vreden", 3)]
    answer = process.handler({"Records": records}, None, adapters=followers(reminders))
    assert answer == {"batchItemFailures": []}
    assert reminders.started == ["arnsberg", "vreden"]


def test_a_look_that_cannot_be_started_holds_up_nothing_and_is_the_clock_s(caplog):
    class Down:
        def start(self, town):
            raise TimeoutError

    answer = process.handler({"Records": [failed("arnsberg", 1)]}, None, adapters=followers(Down()))
    assert answer == {"batchItemFailures": []}
    assert "staff were not told at once" in caplog.text


def test_the_town_is_the_one_that_the_row_lies_in(hall):
    """Not one that merely stands in it."""
    record = failed("arnsberg", 1, pk="arnsberg#CITIZEN#1")
    adapters = followers(hall.reminders, retry_queue=hall.queue)
    process.handler({"Records": [record]}, None, adapters=adapters)
    assert hall.reminders.started == []
