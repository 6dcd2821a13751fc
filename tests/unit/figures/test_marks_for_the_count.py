"""What a turn leaves in its rows for the nightly count: which words staff had to read, and how long somebody waited."""

from dataclasses import replace
from datetime import datetime, timedelta

from stadtdraht.domain.inbound.turn import Turn
from stadtdraht.usecases.inbound import work_on_conversation as work
from tests.support.town_office import ConversationHarness

BY = "Frau Kemper"


class Recorder(ConversationHarness):
    """A town that keeps its turns."""

    def __init__(self, town="arnsberg"):
        super().__init__(town)
        self.turns: list[Turn] = []
        commit = self.citizens.commit

        def kept(turn):
            self.turns.append(turn)
            return commit(turn)

        self.citizens.commit = kept

    def desk(self, later):
        return work.StaffContext(self.town, BY, self.at + later, self.citizens, self.queue)


def test_only_words_that_staff_have_to_read_are_for_staff():
    office = Recorder()
    office.hears("Hallo")
    office.hears("Wann wird die Marktstraße saniert?")
    office.hears("Danke")
    assert [turn.is_for_staff for turn in office.turns] == [False, True, False]


def test_a_report_is_for_staff_although_no_conversation_waits():
    office = Recorder("vreden")
    office.hears("Das Schlagloch am Radweg zur Schule wird immer größer.")
    (turn,) = office.turns
    assert turn.case
    assert turn.is_for_staff


def test_a_chain_message_is_for_nobody():
    office = Recorder()
    office.hears("Wann wird die Marktstraße saniert?")
    before = office.person()
    chain = replace(office.turns[-1].message, wamid="wamid.chain", at=office.at + timedelta(minutes=1))
    flagged = replace(before.conversation, last_at=chain.at, flags=before.conversation.flags | {work.Flag.CHAIN})
    assert not Turn(before, replace(before, conversation=flagged), message=chain).is_for_staff


def test_an_answer_says_since_when_its_person_waited_and_a_second_one_says_nothing():
    office = Recorder()
    office.hears("Wann wird die Marktstraße saniert?")
    asked: datetime = office.person().conversation.waiting_since
    work.answer(office.desk(timedelta(hours=1)), office.person().citizen_id, "Im Frühjahr.", press="1")
    work.answer(office.desk(timedelta(hours=2)), office.person().citizen_id, "Genauer: im April.", press="2")
    assert [turn.answers_since for turn in office.turns] == [None, asked, None]


def test_closing_without_words_is_no_answer():
    office = Recorder()
    office.hears("Wann wird die Marktstraße saniert?")
    work.close(office.desk(timedelta(hours=1)), office.person().citizen_id)
    assert office.turns[-1].answers_since is None
