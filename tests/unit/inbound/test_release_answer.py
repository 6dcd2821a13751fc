"""An answer that waits for somebody else to let it out."""

from dataclasses import replace
from datetime import timedelta

import pytest

from stadtdraht.domain.conversation import StaffAct
from stadtdraht.usecases.inbound import release_answer as release
from stadtdraht.usecases.inbound import work_on_conversation as work
from stadtdraht.usecases.inbound.list_conversations import Tab, list_conversations
from tests.support.fakes.citizens import FakeConversations
from tests.unit.inbound.test_work_on_conversation import StaffHarness

MAYOR = {"by": "Der Bürgermeister", "by_id": "staff-9"}


@pytest.fixture
def office():
    office = StaffHarness()
    release.ask_release(writer(office), office.who, "Im Frühjahr.", seen=office.talk.last_at, of=MAYOR["by"])
    return office


def writer(office, **more):
    return replace(office.desk(**more), by_id="staff-1")


def mayor(office, **more):
    return replace(office.desk(**more), **MAYOR)


def notes(office):
    return [it.act for it in office.citizens.notes["arnsberg", office.who]]


def sent(office):
    return [it.answer for it in office.citizens.stored.values() if it.answer.released_by]


def test_it_waits_with_the_conversation_and_nothing_goes_out(office):
    (line,) = release.releases_in(FakeConversations(office.citizens).waiting("arnsberg"))
    assert (line.citizen_id, line.conversation.release.words) == (office.who, "Im Frühjahr.")
    assert line.waiting_since is not None
    assert sent(office) == []
    assert notes(office) == [StaffAct.ASKED_RELEASE]


def test_released_it_says_who_wrote_and_who_released_it(office):
    release.release_answer(mayor(office), office.who, press="r", asked_at=office.talk.release.asked_at)
    (answer,) = sent(office)
    assert answer.body["text"]["body"].startswith("Im Frühjahr.")
    assert (answer.written_by, answer.written_by_id) == ("Frau Kemper", "staff-1")
    assert (answer.released_by, answer.released_by_id) == tuple(MAYOR.values())
    assert (office.talk.waiting_since, office.talk.release) == (None, None)
    with pytest.raises(work.AlreadyDone):
        release.release_answer(mayor(office), office.who, press="r")
    with pytest.raises(release.NothingToRelease):
        release.release_answer(mayor(office), office.who, press="s")
    assert len(sent(office)) == 1


def test_changed_before_it_goes_out_both_wordings_and_both_names_are_kept(office):
    release.release_answer(mayor(office), office.who, press="r", words="Im Frühjahr, spätestens im Mai.")
    (answer,) = sent(office)
    assert answer.body["text"]["body"].startswith("Im Frühjahr, spätestens im Mai.")
    assert answer.put_forward.startswith("Im Frühjahr.")
    assert (answer.written_by, answer.released_by) == ("Frau Kemper", MAYOR["by"])


@pytest.mark.parametrize("words", [None, "Im Frühjahr.", "Im Frühjahr.\n"])
def test_unchanged_one_wording_is_kept(office, words):
    release.release_answer(mayor(office), office.who, press="r", words=words)
    (answer,) = sent(office)
    assert answer.put_forward == ""


@pytest.mark.parametrize("words", ["", " ", "x" * 5000])
def test_a_change_that_cannot_be_sent_leaves_it_waiting(office, words):
    with pytest.raises(work.CannotAnswer):
        release.release_answer(mayor(office), office.who, press="r", words=words)
    assert office.talk.release.words == "Im Frühjahr."
    assert sent(office) == []


def test_who_asked_does_not_release(office):
    with pytest.raises(release.OwnAnswer):
        release.release_answer(writer(office), office.who, press="r")
    assert sent(office) == []


def test_it_is_never_sent_past_a_message_that_came_since(office):
    office.hears("Ich meine die Ahornallee!")
    with pytest.raises(release.StaleAnswer, match="Frau Kemper"):
        release.release_answer(mayor(office), office.who, press="r")
    assert sent(office) == []
    assert office.talk.release is None
    assert office.talk.waiting_since is not None
    assert notes(office) == [StaffAct.ASKED_RELEASE, StaffAct.SENT_BACK]


def test_another_answer_than_the_one_that_was_read_does_not_go_out(office):
    read = office.talk.release.asked_at
    release.ask_release(writer(office, later=timedelta(hours=2)), office.who, "Im März.", seen=office.talk.last_at)
    with pytest.raises(release.NothingToRelease):
        release.release_answer(mayor(office, later=timedelta(hours=3)), office.who, press="r", asked_at=read)
    assert sent(office) == []


def test_after_the_window_it_stays_and_says_so(office):
    with pytest.raises(work.WindowClosed):
        release.release_answer(mayor(office, later=timedelta(hours=25)), office.who, press="r")
    assert office.talk.release is not None


def test_it_goes_back_with_a_reason(office):
    with pytest.raises(work.CannotAnswer):
        release.send_back(mayor(office), office.who, " ")
    release.send_back(mayor(office), office.who, "Bitte freundlicher")
    assert office.talk.release is None
    assert office.citizens.notes["arnsberg", office.who][-1].text == "Bitte freundlicher"
    with pytest.raises(release.NothingToRelease):
        release.send_back(mayor(office), office.who, "noch einmal")


def test_who_asked_takes_it_back_without_a_reason(office):
    release.send_back(writer(office), office.who, "")
    assert office.talk.release is None


def test_what_cannot_be_sent_cannot_be_asked_for(office):
    for words in ("", "x" * 5000):
        with pytest.raises(work.CannotAnswer):
            release.ask_release(writer(office), office.who, words, seen=office.talk.last_at)
    with pytest.raises(work.WroteMeanwhile):
        release.ask_release(writer(office), office.who, "Ja", seen=office.talk.last_at - timedelta(minutes=1))


def test_an_answer_of_somebody_else_ends_the_asking(office):
    work.answer(mayor(office), office.who, "Das mache ich selbst.", press="a")
    assert office.talk.release is None


def test_a_release_alone_stands_in_its_own_list(office):
    office.citizens.people["arnsberg", office.who] = replace(
        office.person(), conversation=replace(office.talk, waiting_since=None)
    )
    conversations = FakeConversations(office.citizens)
    assert list_conversations("arnsberg", Tab.WAITING, conversations) == []
    assert len(release.releases_in(conversations.waiting("arnsberg"))) == 1
