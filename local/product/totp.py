"""Codes of an app, as RFC 6238 makes them: `python -m local.product.totp KEY` says the one that holds now."""

import base64
import hmac
import struct
import sys
import time

STEP_S = 30
DIGITS = 6


def code(secret: str, at: float | None = None) -> str:
    """Six digits. `secret` in base32, as run.json has it."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8), casefold=True)
    counter = int((time.time() if at is None else at) // STEP_S)
    digest = hmac.new(key, struct.pack(">Q", counter), "sha1").digest()
    start = digest[-1] & 0x0F
    number = struct.unpack(">I", digest[start : start + 4])[0] & 0x7FFFFFFF
    return f"{number % 10**DIGITS:0{DIGITS}}"


if __name__ == "__main__":
    print(code(sys.argv[1].replace(" ", "")))
