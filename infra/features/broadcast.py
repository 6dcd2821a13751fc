"""The town publishes: planning a newsletter, sending its slices, and counting clicks on its links."""

from aws_cdk import Stack
from constructs import Construct

from infra.blocks.alarm import Way
from infra.blocks.grantee import Grantee
from infra.blocks.lambda_function import SENDER_MB, LambdaFunction
from infra.blocks.parts import Parts
from infra.blocks.schedule_group import CREATE
from infra.blocks.table import GET, PUT, PUT_MANY, QUERY, UPDATE, Rows
from infra.features.inbound import JOB_TIMEOUT_S, JOB_VISIBILITY_S

PLANS_WITHIN_S = 900  # a million subscribers are read in about five minutes
CLICKS_AT_ONCE = 20
SLICE_WAITS_AT_MOST_S = 3600  # the last slice of 100,000 people waits 23 minutes for its turn, in a number's one lane
ATTEMPTS = 50  # a sender that finds its lane busy hands the slice back by failing; each try costs one receive


class Broadcast(Construct):
    """Four functions, one queue with a group per lane, and a group of schedules that may start a broadcast."""

    def __init__(self, scope: Construct, parts: Parts) -> None:
        super().__init__(scope, "Broadcast")
        self.newsletter = parts.queue(self, "newsletter.fifo", visibility_s=JOB_VISIBILITY_S, attempts=ATTEMPTS)
        self.schedules = parts.schedule_group(self, "broadcast", starts="a newsletter")
        self.errand = self._errand(parts)
        self.start = self._start(parts)
        self.send = self._send(parts)
        self.redirect = self._redirect(parts)
        self.schedules.may_start(self.start)
        self.schedules.may_start(self.errand)

    def _start(self, parts: Parts) -> LambdaFunction:
        function = parts.function(
            self,
            "broadcast-start",
            handler="broadcast/start",
            purpose="Cuts the audience of a newsletter into slices and hands them to the senders",
            variables={
                "table_name": parts.table.name,
                "newsletter_queue_url": self.newsletter.url,
                "broadcast_start_function": self._arn(
                    "lambda", f"function:{parts.deployment.named('broadcast-start')}"
                ),
                "broadcast_errand_function": self.errand.function.function_arn,
                "scheduler_group": self.schedules.name,
                "scheduler_role_arn": self.schedules.role.role_arn,
                "public_url": parts.public_url,
            },
            timeout_s=PLANS_WITHIN_S,
            memory_mb=SENDER_MB,
        )
        read = (Rows.AUDIENCE, Rows.TOWN, Rows.CAUSE, Rows.CAUSES, Rows.DELIVERY, Rows.STANDING, Rows.WINDOWS)
        parts.table.grant(function, GET, QUERY, on=read)
        parts.table.grant(function, PUT, on=(Rows.CAUSE, Rows.CAUSES))
        self.newsletter.grant_send(function)
        self.schedules.let_schedule(function, CREATE)
        # Nothing fails, and no newsletter goes out this week.
        about = "a weekly newsletter has no issue this week, or one that waits as a draft"
        function.alarm_on("WeeklyIssueWaits", about, urgent=False)
        return function

    def let_publish(self, function: Grantee) -> None:
        """What a page of newsletters sets going, and waits for none of it: starts, errands, an hour, and slices that go
        on after a stop.
        """
        for started in (self.start, self.errand):
            function.allow("lambda:InvokeFunction", on=started.function.function_arn)
        self.newsletter.grant_send(function)
        self.schedules.let_schedule(function)

    @property
    def publishing(self) -> dict[str, str]:
        """The settings of a function that may do so."""
        return {
            "newsletter_queue_url": self.newsletter.url,
            "broadcast_start_function": self.start.function.function_arn,
            "broadcast_errand_function": self.errand.function.function_arn,
            "scheduler_group": self.schedules.name,
            "scheduler_role_arn": self.schedules.role.role_arn,
        }

    def _arn(self, service: str, what: str) -> str:
        """Written out, since a function that names itself would wait for itself."""
        stack = Stack.of(self)
        return f"arn:aws:{service}:{stack.region}:{stack.account}:{what}"

    def _errand(self, parts: Parts) -> LambdaFunction:
        function = parts.function(
            self,
            "broadcast-errand",
            handler="broadcast/errand",
            purpose="Finds out what pages of newsletters ask for: a plan, a report, a test for colleagues",
            variables={
                "table_name": parts.table.name,
                "pepper_secret_id": parts.secrets.pepper.secret_arn,
                "town_secret_prefix": parts.secrets.town_prefix,
                "public_url": parts.public_url,
            },
            timeout_s=PLANS_WITHIN_S,
            memory_mb=SENDER_MB,
        )
        plans = (Rows.AUDIENCE, Rows.TOWN, Rows.CAUSE, Rows.CAUSES, Rows.DELIVERY, Rows.STANDING, Rows.WINDOWS)
        reports, tests = (Rows.CITIZEN, Rows.CLICKS), (Rows.NUMBER,)
        parts.table.grant(function, GET, QUERY, on=(*plans, *reports, *tests))
        parts.table.grant(function, UPDATE, on=(Rows.CAUSE,))
        parts.secrets.grant_read(function, parts.secrets.pepper)
        parts.secrets.grant_read_tokens(function)
        return function

    def _send(self, parts: Parts) -> LambdaFunction:
        function = parts.function(
            self,
            "broadcast-send",
            handler="broadcast/send",
            purpose="Sends one slice of a newsletter at its lane's pace",
            variables={
                "table_name": parts.table.name,
                "newsletter_queue_url": self.newsletter.url,
                "town_secret_prefix": parts.secrets.town_prefix,
                "public_url": parts.public_url,
            },
            timeout_s=JOB_TIMEOUT_S,
            way=Way.BROADCAST,
            memory_mb=SENDER_MB,
            feeds_itself=True,
        )
        read = (Rows.AUDIENCE, Rows.TOWN, Rows.CAUSE, Rows.DELIVERY, Rows.NUMBER)
        parts.table.grant(function, GET, QUERY, on=read)
        parts.table.grant(function, QUERY, on=(Rows.ARRIVALS,))
        parts.table.grant(function, PUT, on=(Rows.CAUSE, Rows.DELIVERY))
        parts.table.grant(function, UPDATE, on=(Rows.CAUSE,))
        parts.table.grant(function, PUT_MANY, on=(Rows.DELIVERY, Rows.LINE))
        parts.secrets.grant_read_tokens(function)
        self.newsletter.grant_send(function)
        self.newsletter.trigger(function)
        self.newsletter.alarm_when_waiting(SLICE_WAITS_AT_MOST_S, way=Way.BROADCAST)
        function.alarm_when_halted("newsletter", urgent=False)
        function.show("NewsletterAccepted", "NewsletterRefused", "NewsletterUnknown")
        return function

    def _redirect(self, parts: Parts) -> LambdaFunction:
        function = parts.function(
            self,
            "broadcast-redirect",
            handler="broadcast/redirect",
            purpose="Leads a counted link of a newsletter on, and counts the click",
            variables={"table_name": parts.table.name},
            timeout_s=10,
            reserved_concurrency=parts.deployment.at_once(CLICKS_AT_ONCE),
        )
        parts.table.grant(function, GET, on=(Rows.TOWN, Rows.CAUSE))
        parts.table.grant(function, UPDATE, on=(Rows.CLICKS,))
        about = "clicks in newsletters are not counted; readers notice nothing"
        function.alarm_on("ClickNotCounted", about, urgent=False, threshold=10, can_wait=True)
        return function
