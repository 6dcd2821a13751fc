"""PINs of crisis holders: stored as argon2id hashes, compared in constant time."""

import secrets

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

PIN_DIGITS = 6
PRODUCTION = PasswordHasher()  # the library's defaults: RFC 9106, second recommended option


def new_pin() -> str:
    """Six digits for a person to keep apart from the link."""
    return f"{secrets.randbelow(10**PIN_DIGITS):0{PIN_DIGITS}}"


def hash_pin(pin: str, hasher: PasswordHasher = PRODUCTION) -> str:
    """What it costs stands in the hash, and comparing costs the same: tests hand in a cheaper hasher."""
    return hasher.hash(pin)


def pin_matches(pin: str, pin_hash: str) -> bool:
    try:
        return PRODUCTION.verify(pin_hash, pin)
    except (VerificationError, InvalidHashError):
        return False
