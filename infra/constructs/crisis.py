"""A crisis: the signed link, the immediate push, and a second look at what stayed unknown."""

from constructs import Construct

from infra.constructs.inbound import JOB_TIMEOUT_S, JOB_VISIBILITY_S
from infra.constructs.lambda_function import SENDER_MB, LambdaFunction
from infra.constructs.parts import Parts
from infra.constructs.table import Rows

ATTEMPTS = 50
RESERVED_SENDERS = 100  # nothing else on the account can take them: 100 lanes send at the same moment


class Crisis(Construct):
    """Three functions, and two queues: slices by lane, and unknown outcomes after a pause."""

    def __init__(self, scope: Construct, parts: Parts) -> None:
        super().__init__(scope, "Crisis")
        self.slices = parts.queue(self, "crisis.fifo", visibility_s=JOB_VISIBILITY_S, attempts=ATTEMPTS)
        self.recheck = parts.queue(self, "crisis-recheck", visibility_s=JOB_VISIBILITY_S, attempts=5)
        self.link = self._link(parts)
        self.send = self._sender(parts, "crisis/send", "Sends one slice of an alert at once", RESERVED_SENDERS)
        self.slices.feed(self.send)
        self.resend = self._sender(parts, "crisis/resend", "Looks again at what stayed unknown, and sends it again")
        self.recheck.feed(self.resend)
        self.functions = (self.link, self.send, self.resend)
        self.queues = (self.slices, self.recheck)

    def _link(self, parts: Parts) -> LambdaFunction:
        function = parts.function(
            self,
            "crisis/link",
            purpose="Shows the crisis page behind a signed link, and raises an alert once",
            variables={
                "table_name": parts.table.name,
                "crisis_queue_url": self.slices.url,
                "link_keys_secret_id": parts.secrets.link_keys.secret_arn,
                "public_url": parts.public_url,
            },
            timeout_s=20,
            memory_mb=SENDER_MB,
        )
        parts.table.let(
            function,
            read=[Rows.CRISIS, Rows.NONCE, Rows.CAUSE, Rows.CAUSES, Rows.TOWN, Rows.AUDIENCE, Rows.DELIVERY],
            write=[Rows.CRISIS, Rows.NONCE, Rows.CAUSE, Rows.CAUSES, Rows.NUMBER],
        )
        parts.secrets.let_read(function, parts.secrets.link_keys)
        self.slices.let_send(function)
        return function

    def _sender(self, parts: Parts, module: str, purpose: str, reserved: int | None = None) -> LambdaFunction:
        function = parts.function(
            self,
            module,
            purpose=purpose,
            variables={
                "table_name": parts.table.name,
                "crisis_queue_url": self.slices.url,
                "crisis_recheck_queue_url": self.recheck.url,
                "town_secret_prefix": parts.secrets.town_prefix,
            },
            timeout_s=JOB_TIMEOUT_S,
            memory_mb=SENDER_MB,
            feeds_itself=True,
            reserved_concurrency=reserved,
        )
        rows = [Rows.CAUSE, Rows.DELIVERY, Rows.NUMBER]
        parts.table.let(function, read=[Rows.AUDIENCE, Rows.TOWN, *rows], write=rows)
        parts.secrets.let_read_tokens(function)
        self.slices.let_send(function)
        self.recheck.let_send(function)
        return function
