"""Ports Staff, Sessions and Guesses: the fakes and the table keep the same."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from stadtdraht.adapters.dynamodb import keys
from stadtdraht.adapters.dynamodb.staff.guesses import DynamoGuesses
from stadtdraht.adapters.dynamodb.staff.members import DynamoStaff
from stadtdraht.adapters.dynamodb.staff.sessions import DynamoSessions
from stadtdraht.domain.staff.errors import LastAdmin, NotOfStaff
from stadtdraht.domain.staff.member import Absence, Member, StaffLanguage
from stadtdraht.domain.staff.roles import Role
from stadtdraht.domain.staff.session import Session
from stadtdraht.domain.staff.sign_in import GUESSES, LOCK, Asked, Step
from tests.support.fakes.staff import FakeGuesses, FakeSessions, FakeStaff

NOON = datetime(2026, 11, 24, 11, 0, tzinfo=UTC)
BOTH = ["fake", pytest.param("table", marks=pytest.mark.local_aws)]
ADMIN, AGENT = frozenset({Role.ADMIN}), frozenset({Role.AGENT})


@pytest.fixture(params=BOTH)
def staff(request):
    return FakeStaff() if request.param == "fake" else DynamoStaff(request.getfixturevalue("table"))


@pytest.fixture(params=BOTH)
def sessions(request):
    return FakeSessions() if request.param == "fake" else DynamoSessions(request.getfixturevalue("table"))


@pytest.fixture(params=BOTH)
def guesses(request):
    return FakeGuesses() if request.param == "fake" else DynamoGuesses(request.getfixturevalue("table"))


def a_member(staff_id="one", town="vreden", name="Maria Muster", roles=ADMIN, **given):
    return Member(staff_id, town, name, f"{staff_id}@{town}.example", roles, since=NOON, **given)


def a_session(key="k", staff_id="one", since=NOON):
    return Session(key, staff_id, "one@vreden.example", "csrf", since, since, "Firefox · Windows")


def test_a_member_is_kept_with_all_that_is_known_and_stands_with_their_towns(staff):
    away = Absence(NOON, NOON + timedelta(days=3), "two")
    one = a_member(absence=away, mails=False, signs=True, keys=False, last_sign_in=NOON, has_app=True)
    staff.put(one)
    staff.put(a_member(town="bocholt", roles=AGENT))
    assert staff.get("vreden", "one") == one
    assert list(staff.towns_of("one")) == ["bocholt", "vreden"]
    assert staff.get("arnsberg", "one") is None
    assert staff.towns_of("two") == []


def test_everybody_of_a_town_by_name(staff):
    for staff_id, name in (("1", "zoe"), ("2", "Anna"), ("3", "Mia")):
        staff.put(a_member(staff_id, name=name))
    assert [it.name for it in staff.of_town("vreden")] == ["Anna", "Mia", "zoe"]


def test_each_change_leaves_the_others(staff):
    staff.put(a_member())
    staff.change_roles("vreden", "one", ADMIN | AGENT)
    english = StaffLanguage.ENGLISH
    wanted = replace(
        staff.get("vreden", "one"), name="M. Muster", mails=False, signs=True, keys=False, language=english
    )
    staff.change_profile(wanted)
    away = Absence(NOON, NOON + timedelta(days=1), "")
    staff.change_absence("vreden", "one", away)
    staff.note_sign_in("vreden", "one", NOON)
    changed = a_member(
        name="M. Muster",
        roles=ADMIN | AGENT,
        mails=False,
        signs=True,
        keys=False,
        language=english,
        absence=away,
        last_sign_in=NOON,
        has_app=True,
    )
    assert staff.get("vreden", "one") == changed
    staff.change_absence("vreden", "one", None)
    staff.note_renewal("vreden", "one")
    assert staff.get("vreden", "one") == replace(changed, absence=None, has_app=False)


def test_one_press_renews_once_and_another_again(staff):
    staff.put(a_member())
    assert [staff.begins_renewal("vreden", "one", press) for press in ("a", "a", "b", "b")] == [True, False] * 2
    assert not staff.begins_renewal("vreden", "nobody", "a")
    assert staff.get("vreden", "one") == a_member()


def test_who_is_gone_is_gone_from_both_sides_and_stays_so(staff):
    staff.put(a_member())
    staff.put(a_member("two", roles=AGENT))
    staff.remove("vreden", "two", NOON)
    staff.remove("vreden", "two", NOON)
    staff.note_sign_in("vreden", "two", NOON)
    assert staff.get("vreden", "two") is None
    assert staff.towns_of("two") == []
    assert [it.staff_id for it in staff.of_town("vreden")] == ["one"]
    with pytest.raises(NotOfStaff):
        staff.change_roles("vreden", "two", ADMIN)
    with pytest.raises(NotOfStaff):
        staff.change_profile(a_member(staff_id="two"))
    staff.put(a_member("two", roles=AGENT))
    assert staff.towns_of("two") == ["vreden"]


def test_the_last_administrator_cannot_go_in_any_way(staff):
    staff.put(a_member())
    staff.put(a_member("two", roles=AGENT))
    staff.put(a_member("other", town="bocholt"))
    for go in (
        lambda: staff.change_roles("vreden", "one", AGENT),
        lambda: staff.remove("vreden", "one", NOON),
        lambda: staff.put(a_member(roles=AGENT)),
    ):
        with pytest.raises(LastAdmin):
            go()
    assert staff.get("vreden", "one") == a_member()
    staff.change_roles("vreden", "two", ADMIN)
    staff.remove("vreden", "one", NOON)
    assert staff.towns_of("one") == []


@pytest.mark.local_aws
def test_of_two_who_take_each_other_s_role_away_one_is_told(table):
    staff = DynamoStaff(table)
    for staff_id in ("one", "two"):
        staff.put(a_member(staff_id))

    def take(staff_id):
        try:
            staff.remove("vreden", staff_id, NOON)
        except LastAdmin:
            return True
        return False

    with ThreadPoolExecutor(2) as both:
        assert sorted(both.map(take, ("one", "two"))) == [False, True]
    assert len(staff.of_town("vreden")) == 1


def test_a_session_is_found_by_its_key_until_it_ends(sessions):
    sessions.put(a_session())
    assert sessions.get("k") == a_session()
    seen = replace(a_session(), seen=NOON + timedelta(minutes=2))
    sessions.touch(seen)
    assert sessions.get("k") == seen
    sessions.end("k", NOON)
    sessions.touch(seen)  # a click that was under way brings it not back
    assert sessions.get("k") is None
    assert sessions.of("one") == []


def test_every_device_of_a_person_ends_and_nobody_else_s(sessions):
    for key, staff_id, minutes in (("a", "one", 0), ("b", "one", 5), ("c", "two", 0)):
        sessions.put(a_session(key, staff_id, NOON + timedelta(minutes=minutes)))
    assert [it.key for it in sessions.of("one")] == ["b", "a"]
    sessions.end_all("one", NOON)
    assert (sessions.get("a"), sessions.get("b")) == (None, None)
    assert sessions.get("c") is not None


def test_of_sessions_of_somebody_gone_it_is_known_that_they_were_and_nothing_else(sessions):
    for it in (a_session("a"), a_session("b"), a_session("c", staff_id="two")):
        sessions.put(it)
    sessions.end("b", NOON)
    sessions.end_all_of_gone("one", NOON)
    assert [sessions.get(key) for key in "ab"] == [None, None]
    assert [sessions.is_of_gone(key) for key in ("a", "b", "c", "never")] == [True, False, False, False]
    sessions.touch(a_session("a"))
    assert sessions.get("a") is None
    assert sessions.of("one") == []
    assert sessions.get("c")


@pytest.mark.local_aws
def test_the_row_of_such_a_session_names_nobody(table):
    DynamoSessions(table).put(a_session())
    DynamoSessions(table).end_all_of_gone("one", NOON)
    row = table.get(keys.session("k"), keys.SESSION)
    assert set(row) == {"pk", "sk", "ended_at", "expires_at", "is_of_gone"}


def test_a_step_lasts_until_its_time_or_until_it_was_taken(sessions):
    step = Step("k", "one@vreden.example", Asked.ENROL, "proof", NOON + timedelta(minutes=10), "SECRET")
    other = Step("l", "one@vreden.example", Asked.CODE, "proof", NOON + timedelta(minutes=10))
    sessions.put_step(step)
    sessions.put_step(other)
    assert sessions.step("k", NOON) == step
    assert sessions.step("l", NOON) == other
    assert sessions.step("k", NOON + timedelta(minutes=10)) is None
    sessions.end_step("k", NOON)
    assert sessions.step("k", NOON) is None
    assert sessions.get("l") is None  # a step is no session


def test_guesses_run_out_for_one_address_and_come_back_after_the_lock(guesses):
    tried = [guesses.may_guess("a@x.example", NOON) for _ in range(GUESSES + 2)]
    assert tried == [True] * GUESSES + [False, False]
    assert guesses.locked_until("a@x.example") == NOON + LOCK
    assert guesses.may_guess("b@x.example", NOON)
    assert guesses.locked_until("b@x.example") is None
    assert guesses.may_guess("a@x.example", NOON + LOCK)
    assert guesses.locked_until("a@x.example") is None


def test_the_right_person_has_all_guesses_again(guesses):
    for _ in range(GUESSES - 1):
        guesses.may_guess("a@x.example", NOON)
    guesses.forget("a@x.example")
    guesses.forget("nobody@x.example")
    assert all(guesses.may_guess("a@x.example", NOON) for _ in range(GUESSES))


@pytest.mark.local_aws
def test_many_who_guess_at_once_have_no_more_than_one_has(table):
    guesses = DynamoGuesses(table)
    with ThreadPoolExecutor(8) as many:
        assert sum(many.map(lambda _: guesses.may_guess("a@x.example", NOON), range(24))) == GUESSES
