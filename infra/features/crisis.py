"""A crisis: the signed link, the immediate push, and a second look at what stayed unknown."""

from collections.abc import Mapping

from constructs import Construct

from infra.blocks.alarm import FIVE_MINUTES, NO_BLIP, Way
from infra.blocks.lambda_function import SENDER_MB, LambdaFunction
from infra.blocks.parts import Parts
from infra.blocks.table import GET, PUT, PUT_MANY, QUERY, UPDATE, Rows
from infra.features.inbound import JOB_TIMEOUT_S, JOB_VISIBILITY_S

# 1.7 vCPU, and what a new account may have at the most: most of a press is the PIN's hash, whose four lanes use them.
# AWS Lambda, quotas and Configuring memory, 2026-09.
PAGE_MB = 3008

ATTEMPTS = 50
WAITS_AT_MOST_S = 90  # a message counts as waiting while its function works, 60 s at most
DRILLS_WITHIN_S = 300  # it waits up to three minutes for its second
LOOKS_WITHIN_S = 240  # the next look begins after 300
RESENDS_AT_ONCE = 20


class Crisis(Construct):
    """Five functions, and two queues: slices by lane, and unknown outcomes after a pause. All of it is urgent."""

    def __init__(self, scope: Construct, parts: Parts) -> None:
        super().__init__(scope, "Crisis")
        self.slices = parts.queue(self, "crisis.fifo", visibility_s=JOB_VISIBILITY_S, attempts=ATTEMPTS, urgent=True)
        self.recheck = parts.queue(self, "crisis-recheck", visibility_s=JOB_VISIBILITY_S, attempts=5, urgent=True)
        self.page = self._page(parts)
        self.send = self._send(parts)
        self.resend = self._resend(parts)
        self.drill = self._drill(parts)
        self.readiness = self._readiness(parts)

    def _page(self, parts: Parts) -> LambdaFunction:
        function = parts.function(
            self,
            "crisis-page",
            handler="crisis/page",
            purpose="Shows the crisis page behind a signed link, and raises an alert once",
            variables={
                "table_name": parts.table.name,
                "crisis_queue_url": self.slices.url,
                "link_keys_secret_id": parts.secrets.link_keys.secret_arn,
                "public_url": parts.public_url,
            },
            timeout_s=20,
            urgent=True,
            way=Way.CRISIS,
            memory_mb=PAGE_MB,
            reserved_concurrency=parts.deployment.crisis_pages,  # whatever else the account is doing
        )
        function.alarm_on_throttles()
        alert = (Rows.NONCE, Rows.CAUSE, Rows.CAUSES)
        # The one link and holder that a request names, and never their list; written by the command line alone.
        parts.table.grant(function, GET, on=(Rows.CRISIS, Rows.GUESSES, Rows.NONCE, Rows.CAUSE, Rows.TOWN, Rows.LAMP))
        parts.table.grant(function, QUERY, on=(Rows.CAUSE, Rows.CAUSES, Rows.AUDIENCE, Rows.DELIVERY))
        parts.table.grant(function, PUT, UPDATE, on=(*alert, Rows.NUMBER))
        parts.table.grant(function, UPDATE, on=(Rows.GUESSES,))
        parts.table.grant(function, QUERY, PUT, on=(Rows.EVIDENCE,))  # added to, and never changed
        parts.secrets.grant_read(function, parts.secrets.link_keys)
        self.slices.grant_send(function)
        function.alarm_on(
            "CrisisPinLocked", "a holder of a crisis link is locked out after five wrong PINs", urgent=True
        )
        about = "the crisis page could not answer an officer, who was asked to try again"
        # Counts no error, since the function ended well; an officer who is asked to try again does.
        function.alarm_on("CrisisPageFailed", about, urgent=True, threshold=2, way=Way.CRISIS)
        # The alert went out all the same; what happened has to be written down by hand.
        function.alarm_on("CrisisEvidenceMissing", "a press could not be kept in the evidence folder", urgent=False)
        return function

    def _drill(self, parts: Parts) -> LambdaFunction:
        function = parts.function(
            self,
            "crisis-drill",
            handler="crisis/drill",
            purpose="Begins a drill in every town that can warn",
            variables={
                "table_name": parts.table.name,
                "crisis_queue_url": self.slices.url,
                "public_url": parts.public_url,
            },
            timeout_s=DRILLS_WITHIN_S,
            urgent=True,
        )
        parts.table.grant(function, GET, QUERY, on=(Rows.NONCE, Rows.CAUSE, Rows.TOWN, Rows.DIRECTORY))
        parts.table.grant(
            function, PUT, on=(Rows.NONCE, Rows.CAUSE, Rows.CAUSES)
        )  # no number: a drill takes none from the newsletters
        parts.table.grant(function, QUERY, PUT, on=(Rows.EVIDENCE,))
        self.slices.grant_send(function)
        return function

    def _send(self, parts: Parts) -> LambdaFunction:
        function = self._sender(
            parts,
            "send",
            "Sends one slice of an alert at once",
            variables={"crisis_queue_url": self.slices.url},
            reserved_concurrency=parts.deployment.crisis_senders,
        )
        parts.table.grant(function, PUT, on=(Rows.CAUSE, Rows.DELIVERY))
        parts.table.grant(function, UPDATE, on=(Rows.CAUSE, Rows.NUMBER))
        self.slices.grant_send(function)
        self.slices.trigger(function, pollers=parts.deployment.crisis_pollers)
        self.slices.alarm_when_waiting(WAITS_AT_MOST_S, urgent=True, way=Way.CRISIS)
        function.alarm_when_halted("crisis", urgent=True)
        function.show("CrisisAccepted", "CrisisUnknown")
        function.alarm_on_throttles()
        return function

    def _resend(self, parts: Parts) -> LambdaFunction:
        purpose = "Looks again at what stayed unknown, and sends it again"
        at_once = parts.deployment.at_once(RESENDS_AT_ONCE)
        function = self._sender(parts, "resend", purpose, variables={}, reserved_concurrency=at_once)
        parts.table.grant(function, PUT, on=(Rows.DELIVERY,))
        parts.table.grant(function, UPDATE, on=(Rows.NUMBER,))
        self.recheck.trigger(function, most_at_once=at_once)  # more would be refused, and count as a try
        function.show("CrisisResent")
        about = "people of an alert are still unknown after a minute and two tries"
        function.alarm_on("CrisisStillUnknown", about, urgent=True)
        return function

    def _readiness(self, parts: Parts) -> LambdaFunction:
        function = parts.function(
            self,
            "crisis-readiness",
            handler="crisis/readiness",
            purpose="Looks at everything a warning needs, town by town",
            variables={
                "table_name": parts.table.name,
                "crisis_queue_url": self.slices.url,
                "crisis_recheck_queue_url": self.recheck.url,
                "crisis_send_function": self.send.function.function_arn,
                "crisis_page_function": self.page.function.function_arn,
                "link_keys_secret_id": parts.secrets.link_keys.secret_arn,
                "town_secret_prefix": parts.secrets.town_prefix,
            },
            timeout_s=LOOKS_WITHIN_S,
            urgent=True,
            memory_mb=SENDER_MB,
        )
        read = (Rows.CAUSE, Rows.CAUSES, Rows.CRISIS, Rows.DIRECTORY, Rows.STANDING, Rows.TOWN)
        parts.table.grant(function, GET, QUERY, on=read)
        parts.table.grant(function, QUERY, on=(Rows.FIGURES, Rows.LINE))
        parts.table.grant(function, PUT_MANY, on=(Rows.LAMP,))
        parts.secrets.grant_read(function, parts.secrets.link_keys)
        parts.secrets.grant_read_tokens(function)
        queues = [queue for it in (self.slices, self.recheck) for queue in (it.queue, it.dead_letters)]
        function.allow("sqs:GetQueueAttributes", on=[queue.queue_arn for queue in queues])
        pinged = [it.function.function_arn for it in (self.send, self.page)]
        function.allow("lambda:InvokeFunction", on=pinged)
        # Two looks of three: a single one may have met a deploy, or Meta in a bad moment.
        about, (looks, of_them) = "a warning of some town would not go out as it should", NO_BLIP
        function.alarm_on("CrisisNotReady", about, urgent=True, periods=looks, of_them=of_them)
        about = "no webhook has come for a town for much longer than usual"
        function.alarm_on("TownUnheard", about, urgent=True, periods=looks, of_them=of_them)
        about = "messages of a town were accepted, and nothing is heard of what became of them"
        function.alarm_on("StatusesMissing", about, urgent=True, periods=3)
        about = "nobody has looked for a quarter of an hour whether a warning could go out"
        function.alarm_when_idle("readiness-not-checked", about, period=FIVE_MINUTES, periods=3, urgent=True)
        return function

    def _sender(
        self,
        parts: Parts,
        name: str,
        purpose: str,
        *,
        variables: Mapping[str, str],
        reserved_concurrency: int | None = None,
    ) -> LambdaFunction:
        """What both senders need."""
        function = parts.function(
            self,
            f"crisis-{name}",
            handler=f"crisis/{name}",
            purpose=purpose,
            variables={
                "table_name": parts.table.name,
                "crisis_recheck_queue_url": self.recheck.url,
                "town_secret_prefix": parts.secrets.town_prefix,
                **variables,
            },
            timeout_s=JOB_TIMEOUT_S,
            urgent=True,
            way=Way.CRISIS,
            memory_mb=SENDER_MB,
            reserved_concurrency=reserved_concurrency,
            feeds_itself=True,
        )
        read = (Rows.AUDIENCE, Rows.TOWN, Rows.CAUSE, Rows.DELIVERY, Rows.NUMBER, Rows.STANDING, Rows.WINDOWS)
        parts.table.grant(function, GET, QUERY, on=read)
        parts.table.grant(function, PUT_MANY, on=(Rows.DELIVERY, Rows.LINE))
        parts.secrets.grant_read_tokens(function)
        self.recheck.grant_send(function)
        return function
