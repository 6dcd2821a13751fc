"""What an answer of Meta's that is not 200 means for a delivery."""

from stadtdraht.domain.delivery.delivery import Halted, NotSent, Refused, SendOutcome, Unknown
from stadtdraht.domain.whatsapp.error_codes import CALLS, CLEAR_DESPITE_5XX, LATER, THROTTLED, WHOLE_NUMBER


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
