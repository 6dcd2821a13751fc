"""What an address of the public web answers when somebody looks before its readers do."""

from dataclasses import dataclass
from enum import StrEnum

FIRST_ERROR = 400  # of HTTP's statuses


class WebTrouble(StrEnum):
    """Why an address brings nothing; words for staff stand in texts/staff/broadcast/web_trouble.py."""

    STATUS = "status"
    """It answers, and not with 200."""
    LATE = "late"
    SLOW = "slow"
    BREAKS_OFF = "breaks_off"
    NO_CONNECTION = "no_connection"
    CERTIFICATE = "certificate"
    NO_ADDRESS = "no_address"
    LEADS_TO_NO_ADDRESS = "leads_to_no_address"
    TOO_MANY_REDIRECTS = "too_many_redirects"
    NOT_HTTPS = "not_https"
    OWN_PORT = "own_port"
    HOST_NOT_LOOKED_UP = "host_not_looked_up"
    NO_HOST = "no_host"
    HOST_NOT_PUBLIC = "host_not_public"
    PACKED_UNASKED = "packed_unasked"
    PACKED_WRONGLY = "packed_wrongly"
    TOO_LARGE = "too_large"
    NO_FEED = "no_feed"


@dataclass(frozen=True, slots=True)
class LinkAnswer:
    """Whether readers would get there."""

    trouble: str = ""
    """Why they would not, in English; "" when it answers 200."""
    status: int | None = None
    """At the end of all redirects; None: nothing answered, or nothing that may be asked."""
    code: WebTrouble | None = None
    """Which trouble it is; None when it answers 200."""
    detail: str = ""
    """What its words need beside: a status, a host, a number, or what TLS says."""

    @property
    def is_error(self) -> bool:
        """Whether the page itself says that it is not there. Else it may be our own way to it that is closed."""
        return self.status is not None and self.status >= FIRST_ERROR
