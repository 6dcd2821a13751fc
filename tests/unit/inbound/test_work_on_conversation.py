"""What staff do with a conversation, and what the citizen gets of it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from stadtdraht.domain.conversation import Flag, Line, StaffAct
from stadtdraht.texts.staff.conversation import act_words, speaker
from stadtdraht.usecases.inbound import work_on_conversation as work
from tests.support.town_office import NOON, ConversationHarness

BY = "Frau Kemper"
FORWARDED = {"frequently_forwarded": True, "forwarded": True}


class StaffHarness(ConversationHarness):
    """Somebody has asked the mayor something; staff sit at the desk an hour later."""

    def __init__(self):
        super().__init__("arnsberg")
        self.hears("Hallo")
        self.hears("Wann wird die Marktstraße saniert?")
        self.who = self.person().citizen_id

    def desk(self, later=timedelta(hours=1), **town):
        return work.StaffContext(replace(self.town, **town), BY, self.at + later, self.citizens, self.queue)

    @property
    def talk(self):
        return self.person().conversation


def last_words(office):
    return list(office.citizens.stored.values())[-1].answer.body["text"]["body"]


def test_an_answer_goes_out_once_and_nobody_waits_any_more():
    office = StaffHarness()
    work.answer(office.desk(), office.who, "Im Frühjahr.", press="1")
    assert last_words(office).startswith("Im Frühjahr.")
    assert office.queue.put_in[-1] == list(office.citizens.stored)[-1]
    assert (office.talk.waiting_since, office.talk.assigned_to) == (None, BY)


def test_an_answer_is_signed_as_the_town_does():
    office = StaffHarness()
    work.answer(office.desk(persona="Ralf Beispiel, Bürgermeister"), office.who, "Im Frühjahr.", press="2")
    assert last_words(office) == "Im Frühjahr.\n\n_Ralf Beispiel, Bürgermeister_"


def test_after_24_hours_staff_hear_why_it_cannot_go_out():
    office = StaffHarness()
    with pytest.raises(work.CannotAnswer, match=r"24 Stunden.* am 24\.11\.2026 um 12:02 Uhr"):
        work.answer(office.desk(timedelta(hours=25)), office.who, "Im Frühjahr.", press="3")
    assert office.talk.waiting_since


def test_who_wrote_meanwhile_is_read_first():
    office = StaffHarness()
    seen = office.talk.last_at
    office.hears("Ach, hat sich erledigt")
    with pytest.raises(work.WroteMeanwhile):
        work.answer(office.desk(), office.who, "Im Frühjahr.", seen=seen, press="4")


def test_who_wrote_nothing_since_is_answered():
    """`seen` exactly as `inbox show` said it."""
    office = StaffHarness()
    work.answer(office.desk(), office.who, "Im Frühjahr.", seen=office.talk.last_at, press="5")
    assert office.talk.waiting_since is None


def test_what_a_colleague_has_is_not_answered_twice():
    office = StaffHarness()
    work.assign(office.desk(), office.who, "Herr Voss")
    with pytest.raises(work.TakenBySomebody, match="Herr Voss"):
        work.answer(office.desk(), office.who, "Im Frühjahr.", press="6")
    assert office.talk.waiting_since
    work.answer(office.desk(), office.who, "Im Frühjahr.", anyway=True, press="7")
    assert (office.talk.waiting_since, office.talk.assigned_to) == (None, "Herr Voss")


def test_the_list_says_until_when_it_can_be_answered():
    office = StaffHarness()
    (line,) = office.citizens.waiting("arnsberg")
    assert line.window_until == office.at + timedelta(hours=24)
    work.answer(office.desk(timedelta(hours=24) - timedelta(seconds=1)), office.who, "Im Frühjahr.", press="8")


@pytest.mark.parametrize(("words", "why"), [("", "braucht Worte"), ("  ", "braucht Worte"), ("x" * 4097, "Zeichen")])
def test_words_that_do_not_fit_are_refused(words, why):
    office = StaffHarness()
    with pytest.raises(work.CannotAnswer, match=why):
        work.answer(office.desk(persona=""), office.who, words, press="9")


def test_the_signature_takes_its_part_of_the_room_and_is_not_counted_against_the_writer():
    office, signature = StaffHarness(), "\n\n_Ihr Rathaus_"
    desk = office.desk(persona="Ihr Rathaus")
    with pytest.raises(work.CannotAnswer, match=rf"in höchstens {4096 - len(signature)} Zeichen; dies sind 4090$"):
        work.answer(desk, office.who, "x" * 4090, press="10")
    work.answer(desk, office.who, "x" * (4096 - len(signature)), press="11")


def test_a_note_needs_words():
    office = StaffHarness()
    with pytest.raises(work.CannotAnswer, match="braucht Worte"):
        work.note(office.desk(), office.who, " ")


def test_it_is_given_to_somebody_and_closed():
    office = StaffHarness()
    work.assign(office.desk(), office.who, "Herr Voss")
    assert office.citizens.waiting("arnsberg")[0].assigned_to == "Herr Voss"
    work.close(office.desk(), office.who)
    assert office.citizens.waiting("arnsberg") == []


def test_the_history_keeps_who_gave_it_to_whom_and_who_took_it():
    office = StaffHarness()
    work.answer(office.desk(), office.who, "Im Frühjahr.", written_by="Der Bürgermeister", press="12")
    work.assign(office.desk(), office.who, "Herr Voss")
    work.answer(office.desk(), office.who, "Genauer: im März.", anyway=True, press="13")
    work.close(office.desk(), office.who)
    acts = [(it.by, it.act, it.text) for it in office.citizens.notes["arnsberg", office.who]]
    assert acts == [(BY, "assigned", BY), (BY, "assigned", "Herr Voss"), (BY, "closed", "")]
    signed = [(it.answer.written_by, it.answer.released_by) for it in office.citizens.stored.values()][-2:]
    assert signed == [("Der Bürgermeister", BY), (BY, BY)]


@pytest.mark.parametrize(
    ("line", "who", "said"),
    [
        (Line(NOON, "citizen", "text", "Hallo"), "Bürger/in", "Hallo"),
        (Line(NOON, "town", "text", "Guten Tag", answers="m"), "automatisch", "Guten Tag"),
        (Line(NOON, "town", "text", "x", by=BY, released_by=BY), f"Stadt ({BY})", "x"),
        (Line(NOON, "town", "text", "x", by="A", released_by="B"), "Stadt (A, freigegeben von B)", "x"),
        (Line(NOON, "town", "text", "von früher"), "Stadt", "von früher"),
        (Line(NOON, "note", "text", "anrufen", by=BY), "Notiz", f"{BY}: anrufen"),
        (Line(NOON, "note", "text", BY, by=BY, act=StaffAct.ASSIGNED), "Notiz", f"{BY} hat das Gespräch übernommen."),
        (Line(NOON, "note", "text", "B", by=BY, act=StaffAct.ASSIGNED), "Notiz", f"{BY} hat das Gespräch B gegeben."),
        (Line(NOON, "note", "text", "", by="", act=StaffAct.CLOSED), "Notiz", "Jemand hat das Gespräch geschlossen."),
    ],
)
def test_staff_read_who_speaks_and_what_was_done(line, who, said):
    assert (speaker(line), act_words(line)) == (who, said)


def test_a_note_stays_among_staff():
    office = StaffHarness()
    before = len(office.citizens.stored)
    work.note(office.desk(), office.who, "Tiefbauamt fragen")
    assert [it.text for it in office.citizens.notes["arnsberg", office.who]] == ["Tiefbauamt fragen"]
    assert len(office.citizens.stored) == before


def test_what_was_no_chain_message_waits_after_all():
    office = StaffHarness()
    work.close(office.desk(), office.who)
    office.hears("Bitte an alle weiterleiten: Am Samstag ist Putztag im Stadtwald, kommt alle!", context=FORWARDED)
    assert office.talk.waiting_since is None
    work.unflag(office.desk(), office.who, Flag.CHAIN)
    assert office.talk.waiting_since == office.at


def test_a_citizen_who_writes_at_the_same_moment_loses_nothing():
    office = StaffHarness()

    class Late:
        """The citizen's message comes between reading and writing, once."""

        def __init__(self, citizens):
            self.citizens, self.came = citizens, False

        def get(self, town, citizen_id):
            found = self.citizens.get(town, citizen_id)
            if not self.came:
                self.came = True
                office.hears("Noch etwas")
            return found

        def __getattr__(self, name):
            return getattr(self.citizens, name)

    work.assign(replace(office.desk(), citizens=Late(office.citizens)), office.who, BY)
    assert office.talk.assigned_to == BY
    assert office.talk.last_at == office.at


def test_nobody_is_told_about_a_conversation_that_is_none():
    office = StaffHarness()
    with pytest.raises(work.NoSuchConversation, match="no conversation with 0"):
        work.close(office.desk(), "0" * 20)


def test_the_same_form_posted_twice_is_one_message():
    """Also where the citizen wrote between the presses; and an answer whose hand-over was lost is handed on."""
    office = StaffHarness()
    work.answer(office.desk(), office.who, "Im Frühjahr.", press="abc", seen=office.talk.last_at)
    sent, seen = len(office.citizens.stored), office.talk.last_at
    office.queue.put_in.clear()
    office.hears("Und die Ahornallee?")
    for after in (timedelta(seconds=1), timedelta(days=3)):
        with pytest.raises(work.AlreadyDone):
            work.answer(office.desk(after), office.who, "Im Frühjahr.", press="abc", seen=seen)
    assert len(office.citizens.stored) == sent
    assert len(office.queue.put_in) == 1
    work.answer(office.desk(), office.who, "Im Frühjahr.", press="abd")
    assert len(office.citizens.stored) == sent + 1


def test_two_presses_at_the_same_moment_are_one_message():
    """Both read before either wrote: the second one's transaction fails, and its next look finds the first."""
    office = StaffHarness()

    class Late:
        def __init__(self, citizens):
            self.citizens, self.came = citizens, False

        def get(self, town, citizen_id):
            found = self.citizens.get(town, citizen_id)
            if not self.came:
                self.came = True
                work.answer(office.desk(), office.who, "Im Frühjahr.", press="abc")
            return found

        def __getattr__(self, name):
            return getattr(self.citizens, name)

    before = len(office.citizens.stored)
    with pytest.raises(work.AlreadyDone):
        work.answer(replace(office.desk(), citizens=Late(office.citizens)), office.who, "Im Frühjahr.", press="abc")
    assert len(office.citizens.stored) == before + 1


def test_a_note_posted_twice_is_written_once():
    office = StaffHarness()
    work.note(office.desk(), office.who, "angerufen", press="n")
    with pytest.raises(work.AlreadyDone):
        work.note(office.desk(timedelta(hours=2)), office.who, "angerufen", press="n")
    assert len(office.citizens.notes["arnsberg", office.who]) == 1


def test_a_colleague_of_the_same_name_is_told_by_id():
    office = StaffHarness()
    work.assign(office.desk(), office.who, BY, "sub-1")
    assert (office.talk.assigned_to, office.talk.assigned_to_id) == (BY, "sub-1")
    with pytest.raises(work.TakenBySomebody):
        work.answer(replace(office.desk(), by_id="sub-2"), office.who, "Im Frühjahr.", press="a")
    renamed = replace(office.desk(), by="Frau Kemper-Voss", by_id="sub-1")
    work.answer(renamed, office.who, "Im Frühjahr.", press="b")
    answer = list(office.citizens.stored.values())[-1].answer
    assert (answer.released_by, answer.released_by_id) == ("Frau Kemper-Voss", "sub-1")
    work.close(office.desk(), office.who)
    assert (office.talk.assigned_to, office.talk.assigned_to_id) == ("", "")
