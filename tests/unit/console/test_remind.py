"""Every five minutes: one town after the other, and one that fails holds up no other."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from functions.console import remind
from stadtdraht.domain.staff.member import Absence
from stadtdraht.domain.staff.notices import Told
from stadtdraht.domain.staff.roles import Role
from stadtdraht.settings import Settings
from tests.support.adapters import FakeAdapters
from tests.support.console import a_member
from tests.support.fakes.notices import FakeNotices, FakeUndelivered
from tests.support.fakes.staff import FakeMails, FakeStaff
from tests.support.town_office import ConversationHarness

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


def looked(hall, mails, monkeypatch, *, conversations=None, staff=None):
    class At:
        @staticmethod
        def now(_):
            return NOW

    monkeypatch.setattr(remind, "datetime", At)
    if staff is None:
        staff = FakeStaff()
        staff.put(a_member(Role.AGENT, town="arnsberg"))
    adapters = FakeAdapters(
        conversations=conversations or hall.citizens,
        undelivered=FakeUndelivered(),
        staff=staff,
        notices=FakeNotices(),
        mails=mails,
        towns=hall.towns,
        settings=Settings(public_url="https://x.example"),
    )
    for _ in range(2):
        remind.handler({}, None, adapters=adapters)


def test_who_waits_is_told_once_with_the_way_to_the_inbox(monkeypatch, capsys):
    hall, mails = ConversationHarness("arnsberg"), FakeMails()
    hall.hears("Warum ist das Schwimmbad zu?")
    looked(hall, mails, monkeypatch)
    (mail,) = mails.sent
    assert "https://x.example/console/arnsberg/inbox" in mail.text
    assert "Schwimmbad" not in mail.text + mail.subject


def test_a_mail_that_is_refused_is_counted_and_tried_again(monkeypatch, capsys):
    hall, mails = ConversationHarness("arnsberg"), FakeMails(refuses=True)
    hall.hears("Warum ist das Schwimmbad zu?")
    looked(hall, mails, monkeypatch)
    assert capsys.readouterr().out.count('"RemindFailed":[1.0]') == 2


def test_need_that_nobody_opened_and_nobody_can_be_told_of_is_counted(monkeypatch, capsys):
    hall, mails = ConversationHarness("arnsberg"), FakeMails()
    hall.hears("Es brennt bei uns, wir kommen nicht raus!")
    looked(hall, mails, monkeypatch, staff=FakeStaff())
    told = capsys.readouterr().out
    assert '"NeedUnopened":[1.0]' in told
    assert '"NobodyForNeed":[1.0]' in told
    assert mails.sent == []


def test_need_of_which_every_mail_was_refused_is_nobody_s(monkeypatch, capsys):
    hall, mails = ConversationHarness("arnsberg"), FakeMails(refuses=True)
    hall.hears("Es brennt bei uns, wir kommen nicht raus!")
    looked(hall, mails, monkeypatch)
    assert capsys.readouterr().out.count('"NobodyForNeed":[1.0]') == 2


def test_while_all_are_away_a_person_who_waits_for_long_is_counted(monkeypatch, capsys):
    hall, staff = ConversationHarness("arnsberg"), FakeStaff()
    hall.hears("Warum ist das Schwimmbad zu?")
    absence = Absence(NOW - timedelta(days=1), NOW + timedelta(days=1))
    staff.put(replace(a_member(Role.AGENT, town="arnsberg"), absence=absence))
    looked(hall, FakeMails(), monkeypatch, staff=staff)
    assert '"NobodyOnDuty":[1.0]' in capsys.readouterr().out


def at_once(hall, mails, monkeypatch, notices, *, others=lambda: None):
    """A look that a message asks for; others: what happens while it waits for another look."""
    staff = FakeStaff()
    staff.put(a_member(Role.AGENT, town="arnsberg"))
    monkeypatch.setattr(remind.time, "sleep", lambda _: others())
    adapters = FakeAdapters(
        conversations=hall.citizens, undelivered=FakeUndelivered(), staff=staff, notices=notices, mails=mails,
        towns=hall.towns, settings=Settings(public_url="https://x.example"),
    )  # fmt: skip
    remind.handler({"town": "arnsberg"}, None, adapters=adapters)


def test_need_is_told_at_once_and_once(monkeypatch, capsys):
    hall, mails, notices = ConversationHarness("arnsberg"), FakeMails(), FakeNotices()
    hall.hears("Es brennt bei uns, wir kommen nicht raus!")
    for _ in range(2):
        at_once(hall, mails, monkeypatch, notices)
    (mail,) = mails.sent
    assert "brennt" not in mail.text + mail.subject


def claimed_by_another_look(notices, hall):
    """Another look knows of need, and is about to tell this person."""
    (member,) = [a_member(Role.AGENT, town="arnsberg")]
    now = datetime.now(UTC)
    return member.staff_id, notices.claim("arnsberg", member.staff_id, Told(), now), now


def test_while_another_look_tells_the_same_person_nobody_does_so_twice(monkeypatch, capsys):
    hall, mails, notices = ConversationHarness("arnsberg"), FakeMails(), FakeNotices()
    hall.hears("Es brennt bei uns, wir kommen nicht raus!")
    who, claim, now = claimed_by_another_look(notices, hall)
    (waits,) = hall.citizens.waiting("arnsberg")
    matter = f"need:{waits.citizen_id}:{waits.conversation.unseen_need_since:%Y%m%d%H%M%S}"
    done = replace(claim, matters={matter: now}, digest_at=now)
    at_once(hall, mails, monkeypatch, notices, others=lambda: notices.put("arnsberg", who, done, now))
    assert mails.sent == []


def test_what_the_other_look_did_not_know_of_is_told_after_it(monkeypatch, capsys):
    hall, mails, notices = ConversationHarness("arnsberg"), FakeMails(), FakeNotices()
    hall.hears("Es brennt bei uns, wir kommen nicht raus!")
    who, claim, now = claimed_by_another_look(notices, hall)
    at_once(hall, mails, monkeypatch, notices, others=lambda: notices.put("arnsberg", who, claim, now))
    assert len(mails.sent) == 1


def test_who_never_gets_to_tell_leaves_it_to_another_try(monkeypatch, capsys):
    hall, mails, notices = ConversationHarness("arnsberg"), FakeMails(), FakeNotices()
    hall.hears("Es brennt bei uns, wir kommen nicht raus!")
    claimed_by_another_look(notices, hall)
    with pytest.raises(remind.StillBeingTold):
        at_once(hall, mails, monkeypatch, notices)
    assert mails.sent == []


def test_a_town_that_cannot_be_read_holds_up_no_other(monkeypatch, capsys):
    class Broken:
        def waiting(self, town):
            raise TimeoutError

    looked(ConversationHarness("arnsberg"), FakeMails(), monkeypatch, conversations=Broken())
    told = capsys.readouterr().out
    assert '"RemindFailed":[1.0]' in told
