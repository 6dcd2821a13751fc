"""One line of what a look at a deployment found. Its words are English: decision 0008."""

from dataclasses import dataclass
from enum import StrEnum

from stadtdraht.domain.errors import StadtdrahtError


class Level(StrEnum):
    """OK: as it should be. WARN: it works, and somebody should look soon. FAIL: something does not work."""

    OK = "ok"
    WARN = "warn"
    FAIL = "fail"


class Remedy(StrEnum):
    """What to do about a finding; its words are the command line's, since most of it is a command."""

    NOTHING = "nothing"
    # the address and its webhook
    ADDRESS = "address"
    NO_ANSWER = "no answer"
    PROXY = "proxy"
    CLOCK = "clock"
    WAIT_FOR_SECRET = "wait for secret"  # noqa: S105 - names of remedies
    WEBHOOK_LOG = "webhook log"
    OTHER_SERVER = "other server"
    # the app at Meta, and tokens
    STORE_SECRET = "store secret"  # noqa: S105
    COPY_SECRET = "copy secret"  # noqa: S105
    SECRETS = "secrets"
    CALLBACK = "callback"
    FIELDS = "fields"
    GRAPH_VERSION = "graph version"
    GRAPH_LIST = "graph list"
    TOKEN = "token"  # noqa: S105
    SCOPES = "scopes"
    AT_META = "at meta"
    # a town's account
    LOOK_AT_ACCOUNT = "look at account"
    LOWER_LIMIT = "lower limit"
    LOWER_RATE = "lower rate"
    RAISE_RATE = "raise rate"
    QUALITY = "quality"
    WRONG_NUMBER = "wrong number"
    APPLY_TOWN = "apply town"
    OVERRIDE = "override"
    REVIEW = "review"
    FIRST_TOWN = "first town"
    LAMP = "lamp"
    LAMP_STOPPED = "lamp stopped"
    # the cloud
    RIGHTS = "rights"
    EVENT_SOURCE = "event source"
    LOG = "log"
    SCHEDULE = "schedule"
    CONFIRM = "confirm"
    ALARM_MAIL = "alarm mail"
    RUNBOOK = "runbook"
    ENABLE_ALARMS = "enable alarms"
    ROTATE = "rotate"
    END_ROTATION = "end rotation"
    CONCURRENCY = "concurrency"
    CRISIS_SENDERS = "crisis senders"
    WARM_TABLE = "warm table"
    SES = "ses"
    SANDBOX = "sandbox"
    MAIL_SENDER = "mail sender"
    # queues
    REDRIVE = "redrive"
    FOLLOW_UP = "follow up"
    START_BY_HAND = "start by hand"
    WAITING = "waiting"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at."""

    what: str
    level: Level
    found: str
    remedy: Remedy = Remedy.NOTHING
    about: str = ""
    """What the remedy is for, when that needs a name: a town, a queue, a function."""


def ok(what: str, found: str) -> Finding:
    return Finding(what, Level.OK, found)


def warn(what: str, found: str, remedy: Remedy, about: str = "") -> Finding:
    return Finding(what, Level.WARN, found, remedy, about)


def fail(what: str, found: str, remedy: Remedy, about: str = "") -> Finding:
    return Finding(what, Level.FAIL, found, remedy, about)


class NoAnswer(StadtdrahtError):
    """An address did not answer at all."""

    def __init__(self, address: str, why: str) -> None:
        super().__init__(f"{address} does not answer ({why})")


class CloudRefused(StadtdrahtError):
    """AWS said no, or nothing; the text is AWS's."""
