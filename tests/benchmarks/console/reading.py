"""What reading the inbox, and a conversation, costs with many people against few: on the real adapters and boto3."""

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from stadtdraht.adapters.dynamodb.inbound.answers import answer_row
from stadtdraht.adapters.dynamodb.inbound.history import message_row
from stadtdraht.adapters.dynamodb.inbound.lists import DynamoConversations, list_rows
from stadtdraht.adapters.dynamodb.table import Item
from stadtdraht.domain.citizen import Citizen, WireIdentity
from stadtdraht.domain.conversation import Conversation, LastHeard
from stadtdraht.domain.inbound.answer import Answer, AnswerRef
from stadtdraht.domain.message import IncomingMessage
from stadtdraht.usecases.inbound.list_conversations import Tab, list_conversations
from tests.benchmarks.console.stub_rows import StubRows
from tests.benchmarks.inbound.figures import Figure
from tests.benchmarks.turns import by_turns, cpu_ms

TOWN, NOON = "arnsberg", datetime(2026, 11, 24, 11, 0, tzinfo=UTC)
FEW, MANY = 100, 10_000
WAITING = 60
TURNS = 40
MOST_TIMES = 1.2
WORDS = "Warum ist das Schwimmbad an der Ruhr seit Montag zu, und ab wann können die Kinder wieder hinein?"


def rows_of(people: int) -> Iterator[Item]:
    """Of conversations over the days before noon, of which the newest wait."""
    for number in range(people):
        at = NOON - timedelta(minutes=number)
        talk = Conversation(at, at, at if number < WAITING else None, last=LastHeard(at, "text", WORDS, "0" * 24))
        identity = WireIdentity(phone=f"49151{number:08}")
        who = Citizen(f"{number:020x}", TOWN, identity, f"Kim Beispiel{number}", conversation=talk, last_inbound_at=at)
        yield from list_rows(None, who, at)


def talk_of(messages: int) -> Iterator[Item]:
    """Of one person who writes every hour and is answered."""
    who, identity = "a" * 20, WireIdentity(phone="49151")
    for number in range(messages):
        at = NOON - timedelta(hours=number)
        yield message_row(TOWN, who, IncomingMessage(f"{number:024x}", at, "text", WORDS))
        ref = AnswerRef.new(TOWN, who, at, str(number))
        yield answer_row(Answer(ref, {"type": "text", "text": {"body": WORDS}}), identity, f"{number:024x}", at)


def readings() -> Sequence[tuple[str, Callable[[int], StubRows], Callable[[DynamoConversations], Any]]]:
    """Name, rows of so many, and what is read of them."""
    return [
        ("who waits", lambda size: StubRows(rows_of(size)), lambda it: list_conversations(TOWN, Tab.WAITING, it)),
        ("everybody, newest 50", lambda size: StubRows(rows_of(size)), lambda it: it.recent(TOWN, NOON)),
        ("names, 20", lambda size: StubRows(rows_of(size)), lambda it: it.named(TOWN, "beispiel")),
        (
            "a conversation, newest 50 lines",
            lambda size: StubRows(talk_of(size)),
            lambda it: it.lines(TOWN, ["a" * 20]),
        ),
    ]


def figures() -> Sequence[Figure]:
    return [figure for name, make, read in readings() for figure in _compared(name, make, read)]


def _compared(
    name: str, make: Callable[[int], StubRows], read: Callable[[DynamoConversations], Any]
) -> Sequence[Figure]:
    few, many = (DynamoConversations(make(size).table()) for size in (FEW, MANY))
    taken = by_turns({name: lambda: cpu_ms(lambda: read(many))}, lambda: cpu_ms(lambda: read(few)), TURNS)[name]
    return [
        Figure(f"CPU, {name}, of {MANY:,}", taken.ours_ms, "ms"),
        Figure(f"against {FEW}", taken.ratio, "times", MOST_TIMES, taken.quartiles),
    ]
