"""Meta's error codes that the product acts on. Source: Meta, Error codes, 2026-09.

What staff read about a code stands in texts/staff/delivery_reasons.py.
"""

from typing import Final

APP_CALLS: Final = 4  # the app's calls per hour
TOKEN_REFUSED: Final = 190
ACCOUNT_CALLS: Final = 80007  # the account's calls per hour
THROTTLED: Final = 130429  # the number's messages per second
BAD_CERTIFICATE: Final = 131045
WINDOW_CLOSED: Final = 131047  # the person wrote more than 24 hours ago; a template would still go through
PAIR_RATE: Final = 131056  # too many messages to the same person
IN_MAINTENANCE: Final = 131057  # the account
TEMPLATE_MISSING: Final = 132001
TEMPLATE_PAUSED: Final = 132015
TEMPLATE_DISABLED: Final = 132016
SERVER_BUSY: Final = 133004

CALLS: Final = frozenset({APP_CALLS, ACCOUNT_CALLS})
LATER: Final = frozenset({PAIR_RATE, SERVER_BUSY})
"""Nothing was sent, and the same message may be sent later."""
TEMPLATE_REFUSED: Final = frozenset(
    {132000, TEMPLATE_MISSING, 132005, 132007, 132012, TEMPLATE_PAUSED, TEMPLATE_DISABLED}
)
"""Refused because of the template, whoever the message was for."""
WORDING_REFUSED: Final = frozenset({100, 131008, 131009, 131051, 131053, 132000, 132005, 132007, 132012, 135000})
"""Refused for what the message says or how it is made: whoever comes by these words hears nothing, until the town or we
mend them.
"""
WHOLE_NUMBER: Final = frozenset(
    {0, 3, 10, TOKEN_REFUSED, 200, 368, 131005, 131031, 131042, BAD_CERTIFICATE, 131048, IN_MAINTENANCE, 133010}
    | {TEMPLATE_MISSING, TEMPLATE_PAUSED, TEMPLATE_DISABLED}
)
"""Nothing more can be sent until somebody mends token, account, payment, number or template."""
CLEAR_DESPITE_5XX: Final = frozenset({BAD_CERTIFICATE, IN_MAINTENANCE, SERVER_BUSY})
"""Their text leaves no doubt that nothing was sent, though Meta answers with an HTTP status of 5xx."""
