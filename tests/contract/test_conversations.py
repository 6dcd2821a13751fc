"""Port Conversations: one suite for the fake and for the table. Turns write what it reads."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from stadtdraht.adapters.dynamodb import keys
from stadtdraht.adapters.dynamodb.inbound.citizens import DynamoCitizens
from stadtdraht.adapters.dynamodb.inbound.conversations import conversation_text
from stadtdraht.adapters.dynamodb.inbound.lists import DynamoConversations
from stadtdraht.domain.citizen import Citizen, WireIdentity
from stadtdraht.domain.conversation import Conversation, Flag, LastHeard, StaffAct
from stadtdraht.domain.inbound.turn import Committed, MergedCitizen, Note, Turn
from stadtdraht.domain.message import IncomingMessage
from tests.support.fakes.citizens import FakeCitizens, FakeConversations

NOON = datetime(2026, 11, 24, 11, 0, tzinfo=UTC)
TOWN, ANKE, BERND = "vreden", "a" * 20, "b" * 20
MINUTE = timedelta(minutes=1)


@pytest.fixture(params=["fake", pytest.param("table", marks=pytest.mark.local_aws)])
def stores(request):
    if request.param == "fake":
        citizens = FakeCitizens(b"pepper")
        return citizens, FakeConversations(citizens)
    table = request.getfixturevalue("table")
    return DynamoCitizens(table, b"pepper"), DynamoConversations(table)


@pytest.fixture
def citizens(stores):
    return stores[0]


@pytest.fixture
def conversations(stores):
    return stores[1]


def person(who=ANKE, name="", talk=None, version=1, phone="4915112345678"):
    return Citizen(who, TOWN, WireIdentity(phone=phone), name=name, conversation=talk, version=version)


def talking(at=NOON, words="Wann kommt die Tonne?", **changes):
    return replace(Conversation(at, at, at, last=LastHeard(at, "text", words, "0" * 24)), **changes)


def writes(citizens, before, after, at=NOON):
    """One message of theirs; `before` is who they were."""
    message = IncomingMessage(f"wamid.{after.citizen_id}{at}", at, "text", "Hallo")
    after = replace(after, last_inbound_at=at, version=(before.version if before else 0) + 1)
    assert isinstance(citizens.commit(Turn(before, after, message)), Committed)
    return after


def test_a_line_holds_all_that_a_list_shows(citizens, conversations):
    talk = talking(flags=frozenset({Flag.EMERGENCY}), assigned_to="Kim", assigned_to_id="sub-1", case="2026-0007")
    writes(citizens, None, person(name="Anke Probe", talk=talk), NOON)
    (line,) = conversations.waiting(TOWN)
    assert (line.citizen_id, line.name, line.number, line.language) == (ANKE, "Anke Probe", "+49 … 678", "de")
    assert line.conversation == talk
    assert line.window_until == NOON + timedelta(hours=24)
    assert conversations.waiting("bocholt") == []


def test_who_is_answered_waits_no_longer_and_is_still_among_everybody(citizens, conversations):
    waiting = writes(citizens, None, person(talk=talking()))
    done = replace(waiting, conversation=replace(waiting.conversation, waiting_since=None), version=2)
    citizens.commit(Turn(waiting, done, note=Note(NOON + MINUTE, "Kim", "", StaffAct.CLOSED)))
    assert conversations.waiting(TOWN) == []
    (line,) = conversations.recent(TOWN, NOON).conversations
    assert line.conversation == done.conversation


def test_a_greeting_in_between_gives_the_window_longer(citizens, conversations):
    waiting = writes(citizens, None, person(talk=talking()))
    writes(citizens, waiting, waiting, NOON + MINUTE)
    (line,) = conversations.waiting(TOWN)
    assert line.window_until == NOON + MINUTE + timedelta(hours=24)


def test_everybody_comes_page_by_page_the_newest_first_and_each_once(citizens, conversations):
    """Over the turn of months and of the year, and with who wrote again meanwhile."""
    days = [NOON + timedelta(days=17 * number) for number in range(7)]
    people = {}
    for number, day in enumerate(days):
        who = f"{number:020}"
        people[who] = writes(citizens, None, person(who, talk=talking(day), phone=f"49151{number}"), day)
    again, latest = people["0" * 20], days[-1] + MINUTE
    writes(citizens, again, replace(again, conversation=talking(latest)), latest)
    seen, before = [], ""
    for _ in range(9):
        page = conversations.recent(TOWN, latest, before=before, limit=3)
        seen += [int(it.citizen_id) for it in page.conversations]
        if not (before := page.next):
            break
    assert seen == [0, 6, 5, 4, 3, 2, 1]


@pytest.mark.parametrize("typed", ["x", "2026-13-01T00:00:00.000Z#" + "a" * 20, "9" * 2000, "2026-11"])
def test_a_place_that_nobody_gave_out_begins_at_the_top(citizens, conversations, typed):
    writes(citizens, None, person(talk=talking()))
    assert len(conversations.recent(TOWN, NOON, before=typed).conversations) == 1


def test_somebody_who_writes_all_day_stands_once_and_hides_nobody(citizens, conversations):
    writes(citizens, None, person(BERND, talk=talking(NOON - MINUTE), phone="49222"), NOON - MINUTE)
    now = None
    for number in range(30):
        at = NOON + number * MINUTE
        now = writes(citizens, now, replace(now or person(), conversation=talking(at)), at)
    page = conversations.recent(TOWN, at, limit=2)
    assert [it.citizen_id for it in page.conversations] == [ANKE, BERND]
    assert page.next == ""


@pytest.mark.parametrize("typed", ["anke", "ANKE MÜ", "müller", "mueller-", "muel", "Müller-Lüdensch"])
def test_a_person_is_found_by_the_beginning_of_each_word_of_their_name(citizens, conversations, typed):
    writes(citizens, None, person(name="Anke Müller-Lüdenscheidt"))
    assert conversations.named(TOWN, typed) == [ANKE]
    assert conversations.named("bocholt", typed) == []


@pytest.mark.parametrize("typed", ["", " ", "üller", "anke l", "%", "#"])
def test_by_anything_else_nobody_is(citizens, conversations, typed):
    writes(citizens, None, person(name="Anke Müller-Lüdenscheidt"))
    assert conversations.named(TOWN, typed) == []


def test_names_come_in_order_and_no_more_than_asked_for(citizens, conversations):
    for number, name in enumerate(["Zoe Anders", "Anders Voss", "Kim Ander"]):
        writes(citizens, None, person(f"{number:020}", name, phone=f"49{number}"))
    assert [int(who) for who in conversations.named(TOWN, "ander")] == [2, 1, 0]
    assert len(conversations.named(TOWN, "ander", limit=2)) == 2


def test_who_has_another_name_is_found_by_it_alone(citizens, conversations):
    first = writes(citizens, None, person(name="Anke Probe"))
    writes(citizens, first, replace(first, name="Anke Beispiel"), NOON + MINUTE)
    assert conversations.named(TOWN, "probe") == []
    assert conversations.named(TOWN, "beispiel") == conversations.named(TOWN, "anke") == [ANKE]


def test_who_turns_out_to_be_somebody_known_stands_in_no_list_under_the_other_id(citizens, conversations):
    first = writes(citizens, None, person(name="Anke Probe", talk=talking()))
    second = writes(citizens, None, person(BERND, "Anke Probe", talking(NOON + MINUTE), phone="49222"), NOON + MINUTE)
    quiet = replace(second.conversation, waiting_since=None)
    merged = MergedCitizen(second, replace(second, conversation=quiet, version=2))
    both = replace(first, conversation=second.conversation, version=2)
    message = IncomingMessage("wamid.9", NOON + MINUTE, "system", "")
    citizens.commit(Turn(first, both, message, merged=merged))
    assert [it.citizen_id for it in conversations.waiting(TOWN)] == [ANKE]
    assert [it.citizen_id for it in conversations.recent(TOWN, NOON + MINUTE).conversations] == [ANKE]


def test_an_erased_person_stands_in_no_list(citizens, conversations):
    first = writes(citizens, None, person(name="Anke Probe", talk=talking()))
    writes(citizens, first, replace(first, name="Anke Beispiel", conversation=talking(NOON + MINUTE)), NOON + MINUTE)
    citizens.erase(TOWN, ANKE)
    assert conversations.waiting(TOWN) == []
    assert conversations.recent(TOWN, NOON + MINUTE).conversations == ()
    assert conversations.named(TOWN, "anke") == []


@pytest.mark.local_aws
def test_no_row_of_an_erased_person_is_left_in_lists_also_of_what_is_over(table):
    citizens = DynamoCitizens(table, b"pepper")
    first = writes(citizens, None, person(name="Anke Probe", talk=talking()))
    second = replace(first, name="Anke Beispiel", conversation=talking(NOON + timedelta(days=9)))
    writes(citizens, first, second, NOON + timedelta(days=9))
    citizens.erase(TOWN, ANKE)
    assert table.client.scan(TableName=table.name)["Items"] == []


@pytest.mark.local_aws
def test_what_is_over_ends_and_holds_no_words(table):
    citizens = DynamoCitizens(table, b"pepper")
    first = writes(citizens, None, person(name="Anke Probe", talk=talking()))
    later = NOON + MINUTE
    done = replace(first, name="Bea", conversation=replace(first.conversation, waiting_since=None), version=2)
    citizens.commit(Turn(first, done, note=Note(later, "Kim", "", StaffAct.CLOSED)))
    places = [(keys.waiting(TOWN), ANKE), (keys.names(TOWN), keys.name("probe", ANKE))]
    ended = {"over": True, "expires_at": int(later.timestamp())}
    assert [table.get(*place) for place in places] == [{"pk": pk, "sk": sk, **ended} for pk, sk in places]


@pytest.mark.local_aws
def test_the_list_of_before_is_brought_over_whole(table):
    """A table of before these lists: whoever waits there waits here, with their last words."""
    citizens, conversations = DynamoCitizens(table, b"pepper"), DynamoConversations(table)
    old = Conversation(NOON, NOON, NOON, flags=frozenset({Flag.DESPAIR}))
    writes(citizens, None, person(name="Anke Probe", talk=old))
    rows = [
        row for pk in (keys.waiting(TOWN), keys.recent(TOWN, "2026-11"), keys.names(TOWN)) for row in table.query(pk)
    ]
    table.delete_all([(row["pk"], row["sk"]) for row in rows])
    line = {"pk": keys.conversations(TOWN), "language": "de", "conversation": conversation_text(old)}
    table.put_all([{**line, "sk": ANKE}, {**line, "sk": BERND}])  # Bernd was erased a moment ago
    assert conversations.waiting(TOWN) == []
    assert [citizens.bring_over(TOWN, who) for who in (ANKE, BERND)] == [True, True]
    assert list(table.query(keys.conversations(TOWN))) == []
    (listed,) = conversations.waiting(TOWN)
    assert (listed.name, listed.flags, listed.conversation.last.words) == ("Anke Probe", old.flags, "Hallo")
    assert conversations.recent(TOWN, NOON).conversations == (listed,)
    assert conversations.named(TOWN, "probe") == [ANKE]
