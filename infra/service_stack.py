"""The one stack of a deployment: what is shared, the features, the address, and who watches."""

from typing import Any

from aws_cdk import CfnOutput, Stack, Tags
from aws_cdk import aws_lambda as lambda_
from constructs import Construct

from infra.blocks.account import Account
from infra.blocks.budget import Budget
from infra.blocks.clock import Clock
from infra.blocks.dashboards import Dashboards
from infra.blocks.data_key import DataKey
from infra.blocks.given_up import GivenUpEvents
from infra.blocks.http_api import HttpApi
from infra.blocks.job_queue import JobQueue
from infra.blocks.log_queries import LogQueries
from infra.blocks.mail_sender import MailSender
from infra.blocks.monitoring import Monitoring
from infra.blocks.own_domain import OwnDomain
from infra.blocks.parts import Parts
from infra.blocks.refusals import Refusals
from infra.blocks.secrets import Secrets
from infra.blocks.table import Table
from infra.deployment import Deployment
from infra.features.broadcast import Broadcast
from infra.features.console import Console
from infra.features.consultations import Consultations
from infra.features.contests import Contests
from infra.features.crisis import Crisis
from infra.features.figures import Figures
from infra.features.inbound import Inbound
from infra.features.media import Media
from infra.features.open311 import Open311
from infra.features.operator import Operator
from infra.features.privacy import Privacy
from infra.features.public import Public
from infra.features.whatsapp import WhatsApp
from stadtdraht.settings import GRAPH_API_URL, GRAPH_API_VERSION


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
            given_up=GivenUpEvents(self, deployment=deployment, key=key),
            mails=MailSender(self, deployment=deployment),
            public_url=deployment.public_url or api.url,
        )
        self.media = Media(self, self.parts)
        self.privacy = Privacy(self, self.parts, self.media)
        self.inbound = Inbound(self, self.parts, self.media.waiting, self.privacy.waiting)
        self.contests = Contests(self, self.parts, self.inbound.answers)
        self.consultations = Consultations(self, self.parts, self.inbound.answers)
        self.broadcast = Broadcast(self, self.parts)
        self.crisis = Crisis(self, self.parts)
        self.public = Public(self, self.parts)
        self.whatsapp = WhatsApp(self, self.parts)
        self.open311 = Open311(self, self.parts, self.inbound.answers, self.media)
        self.console = Console(self, self.parts, self.media, self.inbound.answers, self.broadcast)
        self.inbound.start_at_once(self.console.remind)
        self.figures = Figures(self, self.parts)
        self.operator = self._operator()
        self.clock = Clock(self, self.parts)
        self.clock.start(self.privacy.sweep, "cron(30 3 * * ? *)", what="Files that no row leads to are deleted")
        self.clock.start(  # not between 2 and 3, an hour that one night of the year does not have
            self.figures.count, "cron(30 1 * * ? *)", what="Every town's day that is over is counted"
        )
        self.clock.start(self.whatsapp.watch_account, "cron(15 4 * * ? *)", what="Templates at Meta are compared")
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
        self.clock.start(self.console.remind, "rate(5 minutes)", what="Staff are told by mail that somebody waits")
        self.clock.start(self.consultations.end, "rate(5 minutes)", what="Consultations whose time is up are ended")
        self.clock.start(self.crisis.readiness, "rate(5 minutes)", what="Every town's readiness is checked")
        self._route(api)
        self._watch(api)
        self._tell(api)
        OwnDomain(self, deployment=deployment, api=api)
        Budget(self, deployment=deployment)
        # Not on secrets: whatever changes of one, CloudFormation writes its first value again over a rotated one.
        Tags.of(self).add("stadtdraht:stage", deployment.stage, exclude_resource_types=["AWS::SecretsManager::Secret"])

    def _operator(self) -> Operator:
        operator = Operator(self, self.parts)
        queues = [it for it in self.parts.watched if isinstance(it, JobQueue)]
        operator.may_redrive(queues, [self.inbound.lost, self.parts.given_up.queue])
        operator.may_use(self.media, self.broadcast, self.contests, self.console.staff)
        operator.may_start(self.crisis.send, self.crisis.page)
        return operator

    def _route(self, api: HttpApi) -> None:
        """The crisis page may be asked more often than 200 towns ask in the first second of a Warntag."""
        webhook, page, alert = "/webhooks/whatsapp", "/crisis/{token}", "/crisis/{token}/{alert}"
        api.route(self.inbound.webhook, "GET,POST", webhook)
        api.route(self.crisis.page, "GET,HEAD,OPTIONS,POST", page, at_most=(500, 500))
        api.route(self.crisis.page, "GET,POST", alert, at_most=(500, 500))
        api.wake_for(f"POST {webhook}", *(f"{method} {path}" for path in (page, alert) for method in ("GET", "POST")))
        api.route(
            self.public.pages,
            "GET",
            *("/", "/healthz", "/a/{alert}"),
            *(f"/t/{{town}}{page}" for page in ("", "/imprint", "/privacy", "/contact.vcf")),
            "/{proxy+}",  # what nobody else answers: a page that says so, not API Gateway's JSON
        )
        api.route(self.broadcast.redirect, "GET,HEAD", "/r/{code}")
        api.route(self.privacy.archive, "GET,POST", "/data/{token}", at_most=(10, 10))
        root, one = "/open311/v2", "/open311/v2/requests/{request}"
        listed = (f"{root}/{name}.json" for name in ("discovery", "services", "requests"))
        api.route(self.open311.read, "GET", *listed, one, at_most=(20, 20))
        api.route(self.open311.update, "POST", one, at_most=(20, 20))
        self.console.route(api)

    def _watch(self, api: HttpApi) -> None:
        LogQueries(self, deployment=self.parts.deployment, functions=self.parts.functions, access_log=api.log)
        monitoring = Monitoring(self, self.parts)
        senders = (self.inbound.reply, self.broadcast.send, self.crisis.send, self.crisis.resend)
        shared = (api, self.parts.table, self.parts.given_up, Account(), Refusals(senders))
        monitoring.watch([*shared, *self.parts.watched])
        self.parts.lost["events"] = self.parts.given_up.queue
        if not self.parts.deployment.small:
            Dashboards(self, self.parts, api, monitoring)

    def _tell(self, api: HttpApi) -> None:
        """Outputs: every field of stadtdraht/settings.py, so that the command line finds a deployment by its stack."""
        secrets = self.parts.secrets
        outputs = {
            "ApiUrl": api.url,
            "OperatorRoleArn": self.operator.role.role_arn,
            "WebhookUrl": f"{self.parts.deployment.webhook_url or self.parts.public_url}/webhooks/whatsapp",
            "Stage": self.parts.deployment.stage,
            "TableName": self.parts.table.name,
            "NewsletterQueueUrl": self.broadcast.newsletter.url,
            "CrisisQueueUrl": self.crisis.slices.url,
            "CrisisRecheckQueueUrl": self.crisis.recheck.url,
            "AnswersQueueUrl": self.inbound.answers.url,
            "InboundRetryQueueUrl": self.inbound.retry.url,
            "SecondNamesQueueUrl": self.inbound.second_names.url,
            "MediaQueueUrl": self.media.waiting.url,
            "ErasureQueueUrl": self.privacy.waiting.url,
            "InboundStreamDeadQueueUrl": self.inbound.lost.queue_url,
            "EventsDeadQueueUrl": self.parts.given_up.queue.queue_url,
            "MediaBucket": self.media.bucket.bucket_name,
            "MetaAppSecretId": secrets.meta_app.secret_arn,
            "LinkKeysSecretId": secrets.link_keys.secret_arn,
            "PepperSecretId": secrets.pepper.secret_arn,
            "TownSecretPrefix": secrets.town_prefix,
            "Open311SecretPrefix": secrets.open311_prefix,
            "CrisisSendFunction": self.crisis.send.function.function_arn,
            "CrisisPageFunction": self.crisis.page.function.function_arn,
            "BroadcastStartFunction": self.broadcast.start.function.function_arn,
            "BroadcastErrandFunction": self.broadcast.errand.function.function_arn,
            "SchedulerGroup": self.broadcast.schedules.name,
            "SchedulerRoleArn": self.broadcast.schedules.role.role_arn,
            "CallRemindFunction": self.contests.remind.function.function_arn,
            "CallSchedulerGroup": self.contests.schedules.name,
            "CallSchedulerRoleArn": self.contests.schedules.role.role_arn,
            "StaffPoolId": self.console.staff.pool.user_pool_id,
            "StaffClientId": self.console.staff.client.user_pool_client_id,
            "OfficeRoleArn": self.console.role.role.role_arn,
            "ConsoleRemindFunction": self.console.remind.function.function_arn,
            "WebhookClient": self.parts.deployment.webhook_client,
            "MailSender": self.parts.mails.address,
            "PublicUrl": self.parts.public_url,
            "GraphApiUrl": GRAPH_API_URL,
            "GraphApiVersion": GRAPH_API_VERSION,
        }
        if version := self.parts.deployment.version:
            outputs["Version"] = version
        for name, value in outputs.items():
            CfnOutput(self, name, value=value)
