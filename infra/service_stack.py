"""The one stack of a deployment: what is shared, the three ways through, the address, and who watches."""

from typing import Any

from aws_cdk import CfnOutput, Stack
from aws_cdk import aws_lambda as lambda_
from constructs import Construct

from infra.blocks.clock import Clock
from infra.blocks.data_key import DataKey
from infra.blocks.http_api import HttpApi
from infra.blocks.monitoring import Monitoring
from infra.blocks.parts import Parts
from infra.blocks.secrets import Secrets
from infra.blocks.table import Table
from infra.deployment import Deployment
from infra.features.broadcast import Broadcast
from infra.features.contests import Calls
from infra.features.crisis import Crisis
from infra.features.inbound import Inbound
from infra.features.media import Media
from infra.features.open311 import Open311
from infra.features.privacy import Privacy
from infra.features.public import Console
from stadtdraht.settings import GRAPH_API_URL, GRAPH_API_VERSION

# SQS counts the age of a message until it is deleted, so also while its function works (60 s at most).
CRISIS_WAITS_AT_MOST_S = 90
ANSWER_WAITS_AT_MOST_S = 300  # one whose outcome stays unclear comes back twice


class ServiceStack(Stack):
    """Everything; what a function may touch stands in the construct that makes it."""

    def __init__(
        self, scope: Construct, name: str, *, deployment: Deployment, code: lambda_.Code, **stack: Any
    ) -> None:
        super().__init__(scope, name, description="Stadtdraht: a town's direct line to its citizens", **stack)
        key = DataKey(self, deployment=deployment)
        api = HttpApi(self, deployment=deployment)
        self.parts = Parts(
            deployment=deployment,
            code=code,
            key=key,
            table=Table(self, deployment=deployment, key=key),
            secrets=Secrets(self, deployment=deployment, key=key),
            public_url=deployment.public_url or api.url,
        )
        self.media = Media(self, self.parts)
        self.privacy = Privacy(self, self.parts, self.media)
        self.inbound = Inbound(self, self.parts, self.media.waiting, self.privacy.waiting)
        self.calls = Calls(self, self.parts, self.inbound.answers)
        self.broadcast = Broadcast(self, self.parts)
        self.crisis = Crisis(self, self.parts)
        self.console = Console(self, self.parts)
        self.open311 = Open311(self, self.parts, self.inbound.answers, self.media)
        self.clock = Clock(self, self.parts)
        self.clock.start(self.privacy.sweep, "cron(30 3 * * ? *)", what="Files that no row leads to are deleted")
        self.clock.start(self.broadcast.watch, "cron(15 4 * * ? *)", what="Templates at Meta are compared")
        self.clock.start(
            self.crisis.drill, "cron(30 10 ? * TUE#1 *)", what="Every town drills", event='{"name": "monthly"}'
        )
        self.clock.start(
            self.crisis.drill,
            "cron(58 10 ? 9 THU#2 *)",  # the clock is good to a minute: the function waits for the second
            what="Every town drills on the nationwide Warntag",
            name="Warntag",
            event='{"name": "warntag", "at": "11:00:00"}',
        )
        self.clock.start(self.crisis.lamp, "rate(5 minutes)", what="The ready lamps are looked at")
        self._route(api)
        self._watch(api)
        self._tell(api)

    def _route(self, api: HttpApi) -> None:
        api.route(self.inbound.webhook, "GET,POST", "/webhooks/whatsapp")
        api.route(self.crisis.link, "GET,HEAD,OPTIONS,POST", "/crisis/{token}")
        api.route(self.crisis.link, "GET,POST", "/crisis/{token}/{alert}")
        api.route(
            self.console.public,
            "GET",
            *("/healthz", "/t/{town}", "/t/{town}/imprint", "/t/{town}/privacy", "/a/{alert}"),
        )
        api.route(self.console.redirect, "GET,HEAD", "/r/{code}")
        api.route(self.privacy.archive, "GET,POST", "/data/{token}")
        root, one = "/open311/v2", "/open311/v2/requests/{request}"
        listed = (f"{root}/{name}.json" for name in ("discovery", "services", "requests"))
        api.route(self.open311.read, "GET", *listed, one)
        api.route(self.open311.status, "POST", one)

    def _watch(self, api: HttpApi) -> None:
        monitoring = Monitoring(self, self.parts)
        monitoring.watch_api(api)
        monitoring.watch_functions([*self.inbound.functions, *self.crisis.functions], urgent=True)
        monitoring.watch_functions(
            [
                *self.broadcast.functions,
                *self.calls.functions,
                *self.media.functions,
                *self.console.functions,
                *self.open311.functions,
                *self.privacy.functions,
            ],
            urgent=False,
        )
        monitoring.watch_halted("crisis", self.crisis.send, urgent=True)
        monitoring.watch_halted("newsletter", self.broadcast.send, urgent=False)
        monitoring.watch_webhooks(self.inbound.webhook)
        monitoring.watch_media(self.media.fetch)
        monitoring.watch_weekly(self.broadcast.start)
        monitoring.watch_clicks(self.console.redirect)
        monitoring.watch_templates(self.broadcast.watch)
        monitoring.watch_pins(self.crisis.link)
        monitoring.watch_page(self.crisis.link)
        monitoring.watch_lamp(self.crisis.lamp)
        monitoring.watch_evidence(self.crisis.link)
        monitoring.watch_schedules("broadcast", self.broadcast.schedules.name or "", "a newsletter")
        monitoring.watch_schedules("call", self.calls.schedules.name or "", "the reminder of a call")
        monitoring.watch_schedules("clock", self.clock.group.name or "", "what happens by itself at its hour")
        monitoring.watch_stream(self.inbound.process)
        monitoring.watch_throttles(self.crisis.send)
        monitoring.watch_throttles(self.inbound.webhook)
        monitoring.watch_dead_letters("inbound-stream", self.inbound.lost, urgent=True)
        work = (self.inbound, self.media, self.privacy, self.broadcast, self.crisis)
        for queue in (queue for part in work for queue in part.queues):
            monitoring.watch_dead_letters(queue.name, queue.dead_letters, urgent=queue in self.crisis.queues)
        monitoring.watch_waiting("crisis", self.crisis.slices.queue, CRISIS_WAITS_AT_MOST_S, urgent=True)
        monitoring.watch_waiting("answers", self.inbound.answers.queue, ANSWER_WAITS_AT_MOST_S, urgent=False)

    def _tell(self, api: HttpApi) -> None:
        """Outputs: every field of stadtdraht/settings.py, so that the command line finds a deployment by its stack."""
        secrets = self.parts.secrets
        outputs = {
            "ApiUrl": api.url,
            "Stage": self.parts.deployment.stage,
            "TableName": self.parts.table.name,
            "NewsletterQueueUrl": self.broadcast.newsletter.url,
            "CrisisQueueUrl": self.crisis.slices.url,
            "CrisisRecheckQueueUrl": self.crisis.recheck.url,
            "AnswersQueueUrl": self.inbound.answers.url,
            "InboundRetryQueueUrl": self.inbound.retry.url,
            "MediaQueueUrl": self.media.waiting.url,
            "ErasureQueueUrl": self.privacy.waiting.url,
            "MediaBucket": self.media.bucket.bucket_name,
            "MetaAppSecretId": secrets.meta_app.secret_arn,
            "LinkKeysSecretId": secrets.link_keys.secret_arn,
            "PepperSecretId": secrets.pepper.secret_arn,
            "TownSecretPrefix": secrets.town_prefix,
            "Open311SecretPrefix": secrets.open311_prefix,
            "CrisisSendFunction": self.crisis.send.function.function_arn,
            "BroadcastStartFunction": self.broadcast.start.function.function_arn,
            "SchedulerGroup": self.broadcast.schedules.name or "",
            "SchedulerRoleArn": self.broadcast.scheduler_role.role_arn,
            "CallRemindFunction": self.calls.remind.function.function_arn,
            "CallSchedulerGroup": self.calls.schedules.name or "",
            "CallSchedulerRoleArn": self.calls.scheduler_role.role_arn,
            "PublicUrl": self.parts.public_url,
            "GraphApiUrl": GRAPH_API_URL,
            "GraphApiVersion": GRAPH_API_VERSION,
        }
        for name, value in outputs.items():
            CfnOutput(self, name, value=value)
