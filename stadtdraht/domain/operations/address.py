"""What the public address of a deployment answers, and what that says: the way that Meta's webhooks come."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from stadtdraht.domain.operations.finding import Finding, Remedy, fail, ok, warn

OK_STATUS: Final = 200
WRONG_SIGNATURE: Final = 401
WRONG_TOKEN: Final = 403
PROBE: Final = b'{"object":"whatsapp_business_account","entry":[]}'
"""A webhook that holds nothing: it is checked as every other, stores nothing, and is counted as a probe."""
SKEW_WARNS_S: Final = 30
SKEW_FAILS_S: Final = 240  # AWS refuses what was signed more than five minutes ago
HEX_DIGITS: Final = 32  # of an app secret of Meta's


@dataclass(frozen=True, slots=True)
class Answer:
    """What an address answered."""

    status: int
    body: str
    at: datetime | None
    """By the clock over there; None when it does not say."""


def address_check(address: str, answer: Answer) -> Finding:
    what = f"address {address}"
    if answer.status == OK_STATUS:
        return ok(what, "answers")
    return fail(what, f"/healthz answers {answer.status}", Remedy.ADDRESS)


def clock_check(asked: datetime, answered: datetime, there: datetime | None) -> Finding:
    """`there`: the clock of AWS between the two moments of this machine, which it tells to the second."""
    if there is None:
        return warn("clock", "the address tells no time", Remedy.PROXY)
    early_s, late_s = (there - answered).total_seconds(), (asked - there).total_seconds() - 1
    skew_s = max(0.0, early_s, late_s)
    found = f"this machine is {skew_s:.0f} s {'behind' if early_s > late_s else 'ahead of'} the address"
    if skew_s > SKEW_FAILS_S:
        return fail("clock", found, Remedy.CLOCK)
    return warn("clock", found, Remedy.CLOCK) if skew_s > SKEW_WARNS_S else ok("clock", "as the address has it")


def handshake_check(right: Answer, wrong: Answer, challenge: str) -> Finding:
    """The answers to the verify token that the secret holds, and to another one."""
    what = "verify token"
    if right.status == WRONG_TOKEN:
        return fail(what, "the webhook does not take it", Remedy.WAIT_FOR_SECRET)
    if (right.status, right.body) != (OK_STATUS, challenge):
        return fail(what, f"the webhook answers {right.status}", Remedy.WEBHOOK_LOG)
    if wrong.status == OK_STATUS:
        return fail(what, "the webhook takes any token", Remedy.OTHER_SERVER)
    return ok(what, "the handshake succeeds")


def app_secret_check(secrets: Sequence[str]) -> Finding:
    """Whether what is stored can be an app secret at all."""
    what = "app secret"
    if not secrets:
        return fail(what, "none is stored: every webhook is refused", Remedy.STORE_SECRET)
    odd = [it for it in secrets if len(it) != HEX_DIGITS or not set(it.lower()) <= set("0123456789abcdef")]
    if odd:
        found = f"{len(odd)} of {len(secrets)} does not look like Meta's, which are {HEX_DIGITS} hex digits"
        return warn(what, found, Remedy.COPY_SECRET)
    return ok(what, f"{len(secrets)} in force")


def certificate_check(client: str, ours: Sequence[Answer]) -> Finding:
    """The answers to probes that are signed as Meta signs, and bring no certificate of Meta's."""
    if any(it.status != WRONG_SIGNATURE for it in ours):
        return fail("signature", f"the webhook takes what brings no certificate of {client}", Remedy.OTHER_SERVER)
    return ok("signature", f"not to be tried from here: the webhook takes nothing but from {client}")


def signature_checks(ours: Sequence[Answer], stranger: Answer) -> Iterator[Finding]:
    """The webhook's answers to a probe signed with each stored secret, and to one signed with none of them."""
    what, statuses = "signature", [it.status for it in ours]
    if WRONG_SIGNATURE in statuses:
        found = "the webhook refuses a probe signed with the stored secret"
        yield fail(what, found, Remedy.WAIT_FOR_SECRET)
    elif any(status != OK_STATUS for status in statuses):
        yield fail(what, f"the webhook answers a probe with {max(statuses)}", Remedy.WEBHOOK_LOG)
    elif statuses:
        yield ok(what, "the webhook takes a probe signed with each secret in force")
    if stranger.status == WRONG_SIGNATURE:
        yield ok("wrong signature", "refused")
    else:
        found = f"the webhook answers {stranger.status} instead of {WRONG_SIGNATURE}"
        yield fail("wrong signature", found, Remedy.OTHER_SERVER)
