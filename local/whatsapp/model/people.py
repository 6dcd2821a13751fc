"""The citizens of the simulated world, with and without a visible phone number."""

import hashlib
import re
from dataclasses import dataclass
from typing import Any, Final

_FIRST: Final = (
    "Anna", "Ayşe", "Bernd", "Clara", "Daria", "David", "Elif", "Emma", "Fatma", "Felix", "Greta", "Hannes",
    "Heike", "Ida", "Jonas", "Jürgen", "Karin", "Katrin", "Lena", "Lukas", "Maja", "Mehmet", "Mia", "Nadia",
    "Nils", "Oksana", "Omar", "Paul", "Petra", "Ralf", "Rosa", "Sabine", "Sören", "Tarik", "Ulla", "Yusuf",
)  # fmt: skip
_LAST: Final = (
    "Albers", "Becker", "Böhm", "Demir", "Ebbing", "Fischer", "Grothues", "Hülsmann", "Jansen", "Kaya",
    "König", "Lange", "Möller", "Nienhaus", "Özdemir", "Petrenko", "Richter", "Schäfer", "Schulte",
    "Tenbrink", "Uhl", "Vogt", "Weber", "Wolf", "Yıldız", "Ziegler",
)  # fmt: skip

# A German number as people have one: 49, then 8 to 11 digits without a leading zero. Longer ones are what
# comes of a `to` without "+", to which Meta prepends the business number's country code (Meta, Send messages).
_PLAUSIBLE: Final = re.compile(r"49[1-9]\d{7,11}")
_OTHER_COUNTRY: Final = re.compile(r"(?!49)[1-9]\d{7,14}")
_BSUID: Final = re.compile(r"[A-Z]{2}\.(?:ENT\.)?[A-Za-z0-9]{1,128}")

NOT_ON_WHATSAPP: Final = "4915550000"  # refused at once with 131026
FAILS_LATER: Final = "4915550001"  # accepted, then a `failed` status with 131026


@dataclass(slots=True)
class Person:
    """A citizen. `wa_id` is None for people known by BSUID only; `phone_withheld` hides a number."""

    user_id: str
    wa_id: str | None
    name: str
    phone_withheld: bool = False
    username: str | None = None
    read_receipts: bool = True
    stopped_marketing_of: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        return self.user_id

    @property
    def visible_wa_id(self) -> str | None:
        return None if self.phone_withheld else self.wa_id

    def as_contact(self) -> dict[str, Any]:
        """The entry in a webhook's `contacts`."""
        profile: dict[str, Any] = {"name": self.name}
        if self.username:
            profile["username"] = self.username
        contact: dict[str, Any] = {"profile": profile}
        if self.visible_wa_id:
            contact["wa_id"] = self.visible_wa_id
        return {**contact, "user_id": self.user_id}


def is_bsuid(text: str) -> bool:
    return _BSUID.fullmatch(text) is not None


def digits_of(text: str) -> str:
    return re.sub(r"\D", "", text)


def is_plausible_number(digits: str) -> bool:
    return bool(_PLAUSIBLE.fullmatch(digits) or _OTHER_COUNTRY.fullmatch(digits))


def _number_from(text: str) -> int:
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big")


def invented_name(seed: str) -> str:
    number = _number_from(seed)
    return f"{_FIRST[number % len(_FIRST)]} {_LAST[number // 97 % len(_LAST)]}"


def bsuid_of_number(digits: str) -> str:
    return f"DE.{_number_from(digits) % 9 * 10**18 + 10**18 + _number_from(digits + '#') % 10**18}"


class People:
    """Everybody there is, found by phone number or BSUID."""

    def __init__(self, *, everyone_exists: bool) -> None:
        self._everyone_exists = everyone_exists
        self._by_user_id: dict[str, Person] = {}
        self._by_wa_id: dict[str, Person] = {}

    def __len__(self) -> int:
        return len(self._by_user_id)

    def all(self) -> list[Person]:
        return list(self._by_user_id.values())

    def find(self, identifier: str) -> Person | None:
        """By BSUID, or by phone number in any spelling."""
        if is_bsuid(identifier):
            return self._by_user_id.get(identifier)
        return self._by_wa_id.get(digits_of(identifier))

    def add(self, person: Person) -> Person:
        self._by_user_id[person.user_id] = person
        if person.wa_id:
            self._by_wa_id[person.wa_id] = person
        return person

    def meet(self, identifier: str, name: str | None = None) -> Person:
        """The person of this number or BSUID, who comes into being with the first word they write."""
        known = self.find(identifier)
        if known:
            if name:
                known.name = name
            return known
        if is_bsuid(identifier):
            return self.add(Person(identifier, None, name or invented_name(identifier), phone_withheld=True))
        digits = digits_of(identifier)
        return self.add(Person(bsuid_of_number(digits), digits, name or invented_name(digits)))

    def recipient(self, digits: str) -> Person | None:
        """Who gets a message to this number; None when nobody there has WhatsApp."""
        if digits.startswith(NOT_ON_WHATSAPP):
            return None
        known = self._by_wa_id.get(digits)
        if known or not self._everyone_exists or not is_plausible_number(digits):
            return known
        return self.meet(digits)

    def change_number(self, person: Person, new_digits: str) -> tuple[Person, str]:
        """A new number always makes a new BSUID (Meta, Business-scoped user IDs). Answers the old BSUID too."""
        previous = person.user_id
        self._by_user_id.pop(previous)
        if person.wa_id:
            self._by_wa_id.pop(person.wa_id, None)
        person.wa_id = new_digits
        person.user_id = bsuid_of_number(new_digits)
        return self.add(person), previous
