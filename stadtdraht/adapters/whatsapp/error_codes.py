"""What Meta's error codes mean for a delivery. Source: Meta, Error codes, 2026-09."""

from stadtdraht.domain.delivery.delivery import Halted, NotSent, Refused, SendOutcome, Unknown

THROTTLED = 130429  # the number's messages per second
PAIR_RATE = 131056  # too many to the same person
CALLS = frozenset({4, 80007})  # the app's or the account's calls per hour
LATER = frozenset({PAIR_RATE, 133004})
WHOLE_NUMBER = frozenset(
    {0, 3, 10, 190, 200, 368, 131005, 131031, 131042, 131045, 131048, 131057, 132001, 132015, 132016, 133010}
)
CLEAR_DESPITE_5XX = frozenset({131045, 131057, 133004})  # their text leaves no doubt that nothing was sent


def outcome_of_error(http_status: int, code: int) -> SendOutcome:
    """The outcome of an answer that is not 200. A 4xx certainly sent nothing; a 5xx may have."""
    if code == THROTTLED or http_status == 429:  # noqa: PLR2004 - HTTP Too Many Requests
        return NotSent(code or THROTTLED, throttled=True)
    if http_status >= 500 and code not in CLEAR_DESPITE_5XX:  # noqa: PLR2004 - server errors
        return Unknown(f"http {http_status} code {code}")
    if code in WHOLE_NUMBER or http_status == 401:  # noqa: PLR2004 - HTTP Unauthorized
        return Halted(code)
    if code in CALLS:
        return NotSent(code, throttled=True)
    if code in LATER:
        return NotSent(code)
    return Refused(code)
