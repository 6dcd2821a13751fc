"""Who is told by mail that somebody waits, and when: numbers only, each matter once, need at once."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from stadtdraht.domain.conversation import Conversation, Flag, ListedConversation
from stadtdraht.domain.staff.member import Absence
from stadtdraht.domain.staff.notices import Told, Undelivered, due_notices, unseen_need
from stadtdraht.domain.staff.roles import Role
from stadtdraht.texts.staff.console.mails import say_notice
from tests.support.console import a_member
from tests.support.town_office import TOWNS

TOWN = TOWNS["arnsberg"]
TUESDAY = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)  # 11:00 there, in office hours
NIGHT = datetime(2026, 11, 24, 23, 0, tzinfo=UTC)
MINUTES = timedelta(minutes=1)
ANNA = a_member(Role.AGENT, town="arnsberg", name="Anna Beispiel", staff_id="anna")
BERND = a_member(Role.AGENT, town="arnsberg", name="Bernd Beispiel", staff_id="bernd")
EDITOR = a_member(Role.EDITOR, town="arnsberg", name="Eva Beispiel", staff_id="eva")
OFFICER = a_member(Role.CRISIS, town="arnsberg", name="Carl Beispiel", staff_id="carl")


def waits(minutes, now=TUESDAY, *, citizen_id="c1", assigned=None, need=False, window=timedelta(hours=20)):
    since = now - minutes * MINUTES
    conversation = Conversation(
        since,
        since,
        since,
        assigned_to=assigned.name if assigned else "",
        assigned_to_id=assigned.staff_id if assigned else "",
        flags=frozenset({Flag.EMERGENCY}) if need else frozenset(),
        unseen_need_since=since if need else None,
    )
    return ListedConversation(citizen_id, "Erika Muster", "+49 … 678", "de", now + window, conversation)


def told(*listed, members=(ANNA, BERND, EDITOR), now=TUESDAY, before=None, undelivered=()):
    return {it.to.staff_id: it for it in due_notices(TOWN, now, listed, undelivered, members, before or {}).notices}


def test_a_storm_of_need_is_five_mails_in_five_minutes_and_goes_on_after_them():
    """Each counts everybody in need."""
    know, now = Told(), NIGHT
    mails = []
    for second in range(0, 60, 5):
        now = NIGHT + timedelta(seconds=second)
        found = told(
            *(waits(1, now, citizen_id=f"c{it}", need=True) for it in range(second + 1)),
            members=(OFFICER,), now=now, before={"carl": know},
        )  # fmt: skip
        if found:
            mails.append(found["carl"].need)
            know = know.after(found["carl"], now)
    assert mails == [1, 6, 11, 16, 21]
    later = NIGHT + 5 * MINUTES + timedelta(seconds=1)
    again = told(waits(6, later, citizen_id="c99", need=True), members=(OFFICER,), now=later, before={"carl": know})
    assert again["carl"].need == 1


def test_answers_that_fail_one_after_the_other_are_told_together():
    first, second = (Undelivered("c1", f"m{it}", TUESDAY) for it in range(2))
    know = Told().after(told(undelivered=[first])["anna"], TUESDAY)
    soon, later = TUESDAY + MINUTES, TUESDAY + 3 * MINUTES
    assert "anna" not in told(undelivered=[first, second], now=soon, before={"anna": know})
    assert told(undelivered=[first, second], now=later, before={"anna": know})["anna"].undelivered == 1


def test_the_first_minutes_are_nobody_s_news():
    assert told(waits(5)) == {}


def test_who_answers_is_told_of_who_waits_and_how_long():
    found = told(waits(24), waits(12, citizen_id="c2"))
    assert set(found) == {"anna", "bernd"}
    assert (found["anna"].waiting, found["anna"].longest) == (2, 24 * MINUTES)


def test_a_colleague_s_conversation_is_news_for_others_only_later():
    assert set(told(waits(20, assigned=ANNA))) == {"anna"}
    assert set(told(waits(31, assigned=ANNA))) == {"anna", "bernd"}


def test_a_deputy_is_told_at_once_of_what_is_the_absent_one_s():
    away = replace(ANNA, absence=Absence(TUESDAY - timedelta(days=1), TUESDAY + timedelta(days=1), "bernd"))
    found = told(waits(12, assigned=ANNA), members=(away, BERND))
    assert set(found) == {"bernd"}
    assert found["bernd"].instead_of == "Anna Beispiel"


def test_nobody_is_told_again_within_half_an_hour():
    notice = told(waits(24))["anna"]
    known = {"anna": Told().after(notice, TUESDAY)}
    assert "anna" not in told(waits(30, TUESDAY + 6 * MINUTES), now=TUESDAY + 6 * MINUTES, before=known)
    assert "anna" in told(waits(55, TUESDAY + 31 * MINUTES), now=TUESDAY + 31 * MINUTES, before=known)


def test_outside_office_hours_who_waits_is_no_news_but_need_is():
    assert told(waits(300, NIGHT), now=NIGHT) == {}
    found = told(waits(1, NIGHT, need=True), members=(ANNA, OFFICER, EDITOR), now=NIGHT)
    assert set(found) == {"anna", "carl"}
    assert found["carl"].need == 1


def test_each_need_is_told_once_and_a_second_one_again():
    first = waits(1, need=True)
    known = {"carl": Told().after(told(first, members=(OFFICER,))["carl"], TUESDAY)}
    assert told(first, members=(OFFICER,), before=known) == {}
    both = told(first, waits(1, citizen_id="c2", need=True), members=(OFFICER,), before=known)
    assert both["carl"].need == 2


def test_need_without_anybody_to_tell_is_an_alarm():
    result = due_notices(TOWN, TUESDAY, [waits(1, need=True)], (), (EDITOR,), {})
    assert (result.notices, result.need_falls_to) == ((), frozenset())
    assert due_notices(TOWN, TUESDAY, [waits(60)], (), (EDITOR,), {}).need_falls_to is None


AWAY = Absence(TUESDAY - timedelta(days=1), TUESDAY + timedelta(days=1))


def left_alone(minutes, *members, now=TUESDAY):
    return due_notices(TOWN, now, [waits(minutes, now)], (), members, {}).nobody_on_duty


def test_who_waits_for_long_while_everybody_who_answers_is_away_is_an_alarm():
    away = replace(ANNA, absence=AWAY)
    assert left_alone(31, away, EDITOR)
    assert not left_alone(29, away, EDITOR)
    assert not left_alone(31, away, BERND)
    assert not left_alone(31, EDITOR), "nobody of this town works here"
    assert not left_alone(300, away, now=NIGHT)


def test_what_was_given_to_somebody_who_is_gone_or_away_without_a_deputy_is_everybody_s():
    gone = replace(BERND, staff_id="gone")
    assert set(told(waits(12, assigned=gone))) == {"anna", "bernd"}
    away = replace(BERND, absence=AWAY)
    assert set(told(waits(12, assigned=BERND), members=(ANNA, away))) == {"anna"}
    looked_after = replace(BERND, absence=replace(AWAY, deputy_id="eva"))
    assert told(waits(12, assigned=BERND), members=(ANNA, looked_after, EDITOR)) == {}


def test_windows_and_answers_that_failed_are_told_at_any_hour():
    failed = (Undelivered("c9", "1-a-0", NIGHT),)
    found = told(waits(300, NIGHT, window=timedelta(minutes=90)), undelivered=failed, now=NIGHT)["anna"]
    assert (found.windows, found.undelivered, found.waiting) == (1, 1, 0)


def test_at_night_answers_that_go_on_failing_are_told_every_half_hour():
    first, second = (Undelivered("c1", f"m{it}", NIGHT) for it in range(2))
    know = {"anna": Told().after(told(undelivered=[first], now=NIGHT)["anna"], NIGHT)}
    for minutes, mails in ((29, 0), (31, 1)):
        at = NIGHT + minutes * MINUTES
        assert len(told(undelivered=[first, second], members=(ANNA,), now=at, before=know)) == mails


def test_windows_that_end_and_answers_that_failed_are_told_once():
    ending = waits(5, window=timedelta(minutes=90))
    failed = (Undelivered("c9", "1-a-0", TUESDAY - timedelta(hours=1)),)
    found = told(ending, undelivered=failed)["anna"]
    assert (found.windows, found.undelivered, found.waiting) == (1, 1, 0)
    known = {"anna": Told().after(found, TUESDAY)}
    assert told(ending, members=(ANNA,), undelivered=failed, before=known) == {}


def test_who_wants_no_mail_gets_none_but_need():
    quiet = replace(ANNA, mails=False)
    assert told(waits(60), members=(quiet,)) == {}
    assert told(waits(60, need=True), members=(quiet,))["anna"].need == 1


def test_the_morning_names_who_wrote_in_the_night():
    opens = datetime(2026, 11, 24, 7, 35, tzinfo=UTC)  # five minutes after the doors open
    found = told(waits(600, opens), now=opens)
    assert (found["anna"].waiting, found["anna"].overnight) == (1, 1)
    assert "Die Nachricht kam außerhalb der Sprechzeit." in say_notice(found["anna"], TOWN, "")[1]
    of_yesterday = waits(18 * 60, opens, citizen_id="c2")  # in office hours
    both = told(waits(600, opens), of_yesterday, now=opens)["anna"]
    assert (both.waiting, both.overnight) == (2, 1)
    assert "Einer davon hat außerhalb der Sprechzeit geschrieben." in say_notice(both, TOWN, "")[1]


def test_later_in_the_day_nothing_is_said_of_the_night():
    assert told(waits(24))["anna"].overnight == 0


def test_a_mail_carries_no_name_and_no_number_of_a_citizen():
    notice = told(waits(24, need=True, window=timedelta(minutes=90)))["anna"]
    subject, text = say_notice(notice, TOWN, "https://x.example/console/arnsberg/inbox")
    assert "Erika" not in subject + text
    assert "678" not in subject + text
    assert subject == "Arnsberg: Eine Nachricht klingt nach einem Notfall"
    assert "Ein Mensch wartet seit 24 Min. Dienstzeit" in text
    assert "https://x.example/console/arnsberg/inbox" in text


def test_need_that_nobody_opened_is_counted_in_office_time():
    within = timedelta(minutes=5)
    assert unseen_need(TOWN, TUESDAY, [waits(6, need=True), waits(60)], within) == 1
    assert unseen_need(TOWN, TUESDAY, [waits(4, need=True)], within) == 0
    assert unseen_need(TOWN, NIGHT, [waits(60, NIGHT, need=True)], within) == 0
