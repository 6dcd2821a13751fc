"""What town and citizen have said to each other, as the citizen's phone shows it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final, Literal

from local.whatsapp.model.numbers import Number
from local.whatsapp.model.people import Person
from local.whatsapp.model.template_shape import Template

Tick = Literal["accepted", "failed", "sent", "delivered", "read"]
RANK: Final[dict[Tick, int]] = {"accepted": 0, "sent": 1, "failed": 2, "delivered": 3, "read": 4}

SERVICE_WINDOW_S: Final = 24 * 3600  # Meta, Send messages, 2026-09-11


@dataclass(slots=True)
class ChatMessage:
    """One bubble. `body` holds `type` and the object named like it, as on the wire; `time` in Unix seconds.

    For messages of the town: `recipient_id` is the number it was sent to (None when sent to a BSUID),
    `pricing` what its statuses will carry.
    """

    id: str
    chat: "Chat"
    from_town: bool
    time: float
    body: dict[str, Any]
    tick: Tick = "accepted"
    template: Template | None = None
    recipient_id: str | None = None
    opaque: str | None = None
    pricing: dict[str, Any] | None = None
    error_code: int | None = None

    def climb(self, tick: Tick) -> bool:
        """Ticks only ever improve; False when this one says nothing new."""
        if RANK[tick] <= RANK[self.tick]:
            return False
        self.tick = tick
        return True


@dataclass(slots=True)
class Chat:
    """One town's number and one citizen."""

    number: Number
    person: Person
    messages: list[ChatMessage] = field(default_factory=list)
    last_word_of_citizen: float | None = None
    typing_until: float = 0.0

    def window_is_open(self, now: float) -> bool:
        last = self.last_word_of_citizen
        return last is not None and now < last + SERVICE_WINDOW_S


class Chats:
    """All chats, found by number and person; all messages, found by wamid."""

    def __init__(self) -> None:
        self._chats: dict[tuple[str, str], Chat] = {}
        self._of_person: dict[str, list[Chat]] = {}
        self._messages: dict[str, ChatMessage] = {}
        self._lively: dict[str, None] = {}  # person keys, the one with the newest message last

    def all(self) -> list[Chat]:
        return list(self._chats.values())

    def between(self, number: Number, person: Person) -> Chat:
        pair = (number.phone_number_id, person.key)
        chat = self._chats.get(pair)
        if chat is None:
            chat = self._chats[pair] = Chat(number, person)
            self._of_person.setdefault(person.key, []).append(chat)
        chat.number = number
        return chat

    def of_person(self, person: Person) -> list[Chat]:
        return self._of_person.get(person.key, [])

    def keep(self, message: ChatMessage) -> ChatMessage:
        message.chat.messages.append(message)
        self._messages[message.id] = message
        self._lively.pop(message.chat.person.key, None)
        self._lively[message.chat.person.key] = None
        return message

    def liveliest(self) -> Iterator[str]:
        """Keys of everybody who has a chat, the newest message first."""
        return reversed(self._lively)

    def find(self, wamid: str) -> ChatMessage | None:
        return self._messages.get(wamid)

    def follow(self, person: Person, previous_key: str) -> None:
        """The person has a new BSUID: their chats go with them."""
        moved = self._of_person.pop(previous_key, [])
        if previous_key in self._lively:
            del self._lively[previous_key]
            self._lively[person.key] = None
        self._of_person[person.key] = moved
        for chat in moved:
            self._chats.pop((chat.number.phone_number_id, previous_key), None)
            self._chats[chat.number.phone_number_id, person.key] = chat
