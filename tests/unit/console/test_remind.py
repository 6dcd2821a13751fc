"""Every five minutes: one town after the other, and one that fails holds up no other."""

from datetime import UTC, datetime

from functions.console import remind
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


def test_a_town_that_cannot_be_read_holds_up_no_other(monkeypatch, capsys):
    class Broken:
        def waiting(self, town):
            raise TimeoutError

    looked(ConversationHarness("arnsberg"), FakeMails(), monkeypatch, conversations=Broken())
    told = capsys.readouterr().out
    assert '"RemindFailed":[1.0]' in told
