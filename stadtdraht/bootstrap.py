"""The adapters of a process: each is built when it is first asked for, so that a function pays for what it uses.

Entry points hand `Adapters` in, whole or in parts; use cases only receive ports. No framework.
"""

import time
from collections.abc import Coroutine
from functools import cached_property
from threading import Lock
from typing import TYPE_CHECKING, Any, TypeVar

from stadtdraht.settings import Settings

if TYPE_CHECKING:
    import asyncio

    import boto3.session

    from stadtdraht.adapters.dynamodb.table import Table
    from stadtdraht.adapters.web.public_web import PublicWeb
    from stadtdraht.domain.understanding.ears import Ears
    from stadtdraht.ports.broadcast import (
        Audience,
        Broadcasts,
        Clicks,
        ErrandRunner,
        Errands,
        Feeds,
        Links,
        Schedule,
        Starter,
    )
    from stadtdraht.ports.cases import Cases
    from stadtdraht.ports.consultations import Consultations
    from stadtdraht.ports.contests import ContestReminders, Contests
    from stadtdraht.ports.crisis import (
        AlertCounts,
        Alerts,
        CrisisLinks,
        CrisisQueues,
        CrisisSender,
        Evidence,
        Holders,
        LatestReadiness,
        LinkSigner,
        RecheckQueue,
    )
    from stadtdraht.ports.delivery import Arrivals, Controls, Deliveries, NumberRates, SliceQueue, Slices
    from stadtdraht.ports.figures import DayTraffic, FigureDays
    from stadtdraht.ports.inbound import (
        AnswerQueue,
        Answers,
        Citizens,
        Conversations,
        Desk,
        Inbox,
        RetryQueue,
        TextBlocks,
    )
    from stadtdraht.ports.media import MediaQueue, MediaRows, MediaSource, MediaStore, Photos
    from stadtdraht.ports.migration import StoredRows
    from stadtdraht.ports.notices import Notices, Reminders, UndeliveredAnswers
    from stadtdraht.ports.operations import Cloud, Logs, MetaApp, PublicAddress, Queues, Trail
    from stadtdraht.ports.privacy import Audit, DataLinks, ErasureQueue, Erasures, Figures, Holds, Retention
    from stadtdraht.ports.staff import Accounts, Guesses, Mails, Sessions, Staff
    from stadtdraht.ports.towns import Directory, Secrets, TownData, Towns
    from stadtdraht.ports.whatsapp import AccountSnapshots, GraphApi, LineSignsOf, WhatsAppAccount
    from stadtdraht.usecases.crisis.check_readiness import ReadinessPorts
    from stadtdraht.usecases.figures.count_day import CountPorts
    from stadtdraht.usecases.privacy.personal_record import RecordPorts

T = TypeVar("T")
TOWN_KEPT_S = 600  # of the 900 that its credentials live


class Adapters:
    """One adapter for each port, and what they are made of. Tests give members of their own by name:
    `Adapters(Settings(public_url=…), table=table)`.
    """

    def __init__(self, settings: Settings | None = None, **given: object) -> None:
        """Builds nothing yet. `settings`: in place of those of the environment; `given`: in place of our members."""
        if unknown := given.keys() - vars(Adapters).keys():
            raise TypeError(f"no such adapters: {', '.join(sorted(unknown))}")
        self._clients: dict[str, Any] = {}
        self._one_at_a_time = Lock()
        self._towns: dict[str, tuple[float, TownAdapters]] = {}
        vars(self).update(given if settings is None else {"settings": settings, **given})

    @cached_property
    def settings(self) -> Settings:
        return Settings.from_environment()

    @cached_property
    def _session(self) -> "boto3.session.Session":
        """One for all clients: what it reads of botocore's data (endpoints, retries) is read once."""
        import boto3.session

        return boto3.session.Session()

    def client(self, service: str) -> Any:
        """One low-level client per service; standard retries for AWS's own hiccups (never for the Graph API)."""
        with self._one_at_a_time:  # a session may not make two at a time
            if service not in self._clients:
                self._clients[service] = self._new_client(service)
            return self._clients[service]

    def _new_client(self, service: str, **credentials: str) -> Any:
        from botocore.config import Config

        config = Config(
            retries={"mode": "standard", "max_attempts": 4},
            connect_timeout=2,
            max_pool_connections=32,
            user_agent="stadtdraht",  # botocore's own is put together twice for each request: a fifth of its CPU
            # Rows have their types from `to_item`, requests their form from mypy, and DynamoDB refuses what is
            # malformed; to look at each value once more took two fifths of a batch's CPU. Tests' clients do. Not of
            # S3, where a request without a key would mean the bucket.
            parameter_validation=service != "dynamodb",
            # the addresses of encrypted files are signed no other way
            signature_version="s3v4" if service == "s3" else None,
        )
        client = self._session.client(service, config=config, **credentials)  # type: ignore[call-overload]
        client.meta.events.register("provide-client-params", _refuse_nothing)
        return client

    def limited_to(self, town: str) -> "Adapters":
        """The same, but its rows and files are those of this town, whatever it is asked for: for pages of the console.

        The credentials are kept, and taken anew before they end.
        """
        kept_until, found = self._towns.get(town, (0.0, None))
        if found is None or time.monotonic() > kept_until:
            from stadtdraht.adapters.aws.town_credentials import TownCredentials

            credentials = TownCredentials(
                self.client("sts"), self.settings.office_role_arn, self.settings.media_bucket
            ).of(town)
            found = TownAdapters(self, credentials)
            self._towns[town] = (time.monotonic() + TOWN_KEPT_S, found)
        return found

    @cached_property
    def table(self) -> "Table":
        from stadtdraht.adapters.dynamodb.table import Table

        return Table(self.client("dynamodb"), self.settings.table_name)

    @cached_property
    def _runner(self) -> "asyncio.Runner":
        import asyncio

        return asyncio.Runner()

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        """Runs async work on the process's one event loop, so that connections outlive an invocation."""
        return self._runner.run(work)

    def close(self) -> None:
        """Lets go of what was opened to Meta; for a command, which ends. A function's process never does."""
        if "graph" in vars(self):
            self.run(vars(self)["graph"].close())
        if "_runner" in vars(self):
            self._runner.close()

    @cached_property
    def towns(self) -> "Towns":
        from stadtdraht.adapters.dynamodb.towns.towns import DynamoTowns

        return DynamoTowns(self.table)

    @cached_property
    def directory(self) -> "Directory":
        from stadtdraht.adapters.dynamodb.towns.directory import DynamoDirectory

        return DynamoDirectory(self.table)

    @cached_property
    def secrets(self) -> "Secrets":
        from stadtdraht.adapters.aws.secrets import SecretsManagerSecrets

        return SecretsManagerSecrets(self.client("secretsmanager"), self.settings)

    @cached_property
    def ears(self) -> "Ears":
        from stadtdraht.adapters.files.ears import load_ears

        return load_ears()

    @cached_property
    def inbox(self) -> "Inbox":
        from stadtdraht.adapters.dynamodb.inbound.inbox import DynamoInbox

        return DynamoInbox(self.table)

    @cached_property
    def desk(self) -> "Desk":
        from stadtdraht.adapters.dynamodb.inbound.desk import DynamoDesk

        return DynamoDesk(self.table)

    @cached_property
    def text_blocks(self) -> "TextBlocks":
        from stadtdraht.adapters.dynamodb.inbound.desk import DynamoTextBlocks

        return DynamoTextBlocks(self.table)

    @cached_property
    def conversations(self) -> "Conversations":
        from stadtdraht.adapters.dynamodb.inbound.lists import DynamoConversations

        return DynamoConversations(self.table)

    @cached_property
    def undelivered(self) -> "UndeliveredAnswers":
        from stadtdraht.adapters.dynamodb.inbound.undelivered import DynamoUndelivered

        return DynamoUndelivered(self.table)

    @cached_property
    def notices(self) -> "Notices":
        from stadtdraht.adapters.dynamodb.staff.notices import DynamoNotices

        return DynamoNotices(self.table)

    @cached_property
    def citizens(self) -> "Citizens":
        from stadtdraht.adapters.dynamodb.inbound.citizens import DynamoCitizens

        return DynamoCitizens(self.table, self.secrets.pepper())

    @cached_property
    def contests(self) -> "Contests":
        from stadtdraht.adapters.dynamodb.contests import DynamoContests

        return DynamoContests(self.table)

    @cached_property
    def consultations(self) -> "Consultations":
        from stadtdraht.adapters.dynamodb.consultations import DynamoConsultations

        return DynamoConsultations(self.table)

    @cached_property
    def cases(self) -> "Cases":
        from stadtdraht.adapters.dynamodb.cases import DynamoCases

        return DynamoCases(self.table)

    @cached_property
    def contest_reminders(self) -> "ContestReminders":
        from stadtdraht.adapters.aws.scheduler import EventBridgeContestReminders

        return EventBridgeContestReminders(self.client("scheduler"), self.settings)

    @cached_property
    def answers(self) -> "Answers":
        from stadtdraht.adapters.dynamodb.inbound.answers import DynamoAnswers

        return DynamoAnswers(self.table)

    @cached_property
    def answer_queue(self) -> "AnswerQueue":
        from stadtdraht.adapters.aws.sqs import SqsAnswerQueue

        return SqsAnswerQueue(self.client("sqs"), self.settings.answers_queue_url)

    @cached_property
    def retry_queue(self) -> "RetryQueue":
        from stadtdraht.adapters.aws.sqs import SqsRetryQueue

        return SqsRetryQueue(self.client("sqs"), self.settings.inbound_retry_queue_url)

    @cached_property
    def second_names_queue(self) -> "RetryQueue":
        from stadtdraht.adapters.aws.sqs import SqsRetryQueue

        return SqsRetryQueue(self.client("sqs"), self.settings.second_names_queue_url)

    @cached_property
    def erasure_queue(self) -> "ErasureQueue":
        from stadtdraht.adapters.aws.sqs import SqsErasureQueue

        return SqsErasureQueue(self.client("sqs"), self.settings.erasure_queue_url)

    @cached_property
    def erasures(self) -> "Erasures":
        from stadtdraht.adapters.dynamodb.privacy.erasures import DynamoErasures

        return DynamoErasures(self.table, self.secrets.pepper())

    @cached_property
    def audit(self) -> "Audit":
        from stadtdraht.adapters.dynamodb.privacy.audit import DynamoAudit

        return DynamoAudit(self.table)

    @cached_property
    def accounts(self) -> "Accounts":
        from stadtdraht.adapters.aws.cognito import CognitoAccounts

        return CognitoAccounts(self.client("cognito-idp"), self.settings.staff_pool_id, self.settings.staff_client_id)

    @cached_property
    def sessions(self) -> "Sessions":
        from stadtdraht.adapters.dynamodb.staff.sessions import DynamoSessions

        return DynamoSessions(self.table)

    @cached_property
    def guesses(self) -> "Guesses":
        from stadtdraht.adapters.dynamodb.staff.guesses import DynamoGuesses

        return DynamoGuesses(self.table)

    @cached_property
    def staff(self) -> "Staff":
        from stadtdraht.adapters.dynamodb.staff.members import DynamoStaff

        return DynamoStaff(self.table)

    @cached_property
    def mails(self) -> "Mails":
        from stadtdraht.adapters.aws.mails import SesMails

        return SesMails(self.client("sesv2"), self.settings.mail_sender)

    @cached_property
    def figures(self) -> "Figures":
        from stadtdraht.adapters.aws.figures import CloudWatchFigures

        return CloudWatchFigures(self.client("cloudwatch"))

    @cached_property
    def figure_days(self) -> "FigureDays":
        from stadtdraht.adapters.dynamodb.figures import DynamoFigureDays

        return DynamoFigureDays(self.table)

    @cached_property
    def day_traffic(self) -> "DayTraffic":
        from stadtdraht.adapters.dynamodb.figures import DynamoDayTraffic

        return DynamoDayTraffic(self.table)

    def count_ports(self) -> "CountPorts":
        """What a day's figures are counted from, and where they are kept."""
        from stadtdraht.usecases.figures.count_day import CountPorts

        return CountPorts(self.audience, self.broadcasts, self.cases, self.citizens, self.day_traffic, self.figure_days)

    @cached_property
    def holds(self) -> "Holds":
        from stadtdraht.adapters.dynamodb.privacy.holds import DynamoHolds

        return DynamoHolds(self.table)

    @cached_property
    def retention(self) -> "Retention":
        from stadtdraht.adapters.dynamodb.privacy.retention import DynamoRetention

        return DynamoRetention(self.table)

    @cached_property
    def account_snapshots(self) -> "AccountSnapshots":
        from stadtdraht.adapters.dynamodb.towns.account_snapshots import DynamoAccountSnapshots

        return DynamoAccountSnapshots(self.table)

    def account(self, town: str) -> "WhatsAppAccount":
        """The town's account at Meta, with its token as it is now. Raises NoSecret."""
        from stadtdraht.adapters.whatsapp.account import GraphAccount

        return GraphAccount(
            self.secrets.access_token(town), self.settings.graph_api_url, self.settings.graph_api_version
        )

    @cached_property
    def town_data(self) -> "TownData":
        from stadtdraht.adapters.dynamodb.towns.town_data import DynamoTownData

        return DynamoTownData(self.table)

    @cached_property
    def stored_rows(self) -> "StoredRows":
        from stadtdraht.adapters.dynamodb.migration.stored_rows import DynamoStoredRows

        return DynamoStoredRows(self.table, self.secrets.pepper())

    @cached_property
    def data_links(self) -> "DataLinks":
        from stadtdraht.adapters.crypto.data_links import SignedDataLinks

        return SignedDataLinks(self.secrets.pepper(), self.settings.public_url)

    @cached_property
    def media_queue(self) -> "MediaQueue":
        from stadtdraht.adapters.aws.sqs import SqsMediaQueue

        return SqsMediaQueue(self.client("sqs"), self.settings.media_queue_url)

    @cached_property
    def media_rows(self) -> "MediaRows":
        from stadtdraht.adapters.dynamodb.media import DynamoMediaRows

        return DynamoMediaRows(self.table)

    @cached_property
    def media_store(self) -> "MediaStore":
        from stadtdraht.adapters.aws.s3_media import S3MediaStore

        return S3MediaStore(self.client("s3"), self.settings.media_bucket)

    @cached_property
    def media_source(self) -> "MediaSource":
        from stadtdraht.adapters.whatsapp.media import GraphMedia

        return GraphMedia(self.secrets, self.settings.graph_api_url, self.settings.graph_api_version)

    @cached_property
    def photos(self) -> "Photos":
        from stadtdraht.adapters.files.photos import PillowPhotos

        return PillowPhotos()

    @cached_property
    def newsletter_queue(self) -> "SliceQueue":
        from stadtdraht.adapters.aws.sqs import SqsSliceQueue

        return SqsSliceQueue(self.client("sqs"), self.settings.newsletter_queue_url)

    @cached_property
    def crisis_queue(self) -> "SliceQueue":
        from stadtdraht.adapters.aws.sqs import SqsSliceQueue

        return SqsSliceQueue(self.client("sqs"), self.settings.crisis_queue_url)

    @cached_property
    def recheck_queue(self) -> "RecheckQueue":
        from stadtdraht.adapters.aws.sqs import SqsRecheckQueue

        return SqsRecheckQueue(self.client("sqs"), self.settings.crisis_recheck_queue_url)

    @cached_property
    def graph(self) -> "GraphApi":
        from stadtdraht.adapters.whatsapp.messages import GraphClient

        return GraphClient(self.secrets, self.settings.graph_api_url, self.settings.graph_api_version)

    @cached_property
    def audience(self) -> "Audience":
        from stadtdraht.adapters.dynamodb.broadcast.audience import DynamoAudience

        return DynamoAudience(self.table)

    @cached_property
    def broadcasts(self) -> "Broadcasts":
        from stadtdraht.adapters.dynamodb.broadcast.broadcasts import DynamoBroadcasts

        return DynamoBroadcasts(self.table)

    @cached_property
    def public_web(self) -> "PublicWeb":
        from stadtdraht.adapters.web.public_web import Detour, PublicWeb
        from stadtdraht.adapters.web.public_web import client as web_client

        if not self.settings.web_detour:
            return PublicWeb()
        detour = Detour.parsed(self.settings.web_detour, self.settings.web_detour_authority)
        return PublicWeb(web_client(detour.authority), detour=detour)

    @cached_property
    def links(self) -> "Links":
        return self.public_web

    @cached_property
    def feeds(self) -> "Feeds":
        from stadtdraht.adapters.web.feed import WebFeeds

        return WebFeeds(self.public_web)

    @cached_property
    def clicks(self) -> "Clicks":
        from stadtdraht.adapters.dynamodb.broadcast.clicks import DynamoClicks

        return DynamoClicks(self.table)

    @cached_property
    def slices(self) -> "Slices":
        from stadtdraht.adapters.dynamodb.delivery.slices import DynamoSlices

        return DynamoSlices(self.table)

    @cached_property
    def deliveries(self) -> "Deliveries":
        from stadtdraht.adapters.dynamodb.delivery.deliveries import DynamoDeliveries

        return DynamoDeliveries(self.table)

    @cached_property
    def trail(self) -> "Trail":
        from stadtdraht.adapters.dynamodb.delivery.trail import DynamoTrail

        return DynamoTrail(self.table)

    @cached_property
    def logs(self) -> "Logs":
        from stadtdraht.adapters.aws.logs import CloudWatchLogs

        return CloudWatchLogs(self.client("logs"), f"/stadtdraht/{self.settings.stage}/")

    @cached_property
    def controls(self) -> "Controls":
        from stadtdraht.adapters.dynamodb.delivery.controls import DynamoControls

        return DynamoControls(self.table)

    @cached_property
    def arrivals(self) -> "Arrivals":
        from stadtdraht.adapters.dynamodb.delivery.arrivals import DynamoArrivals

        return DynamoArrivals(self.table)

    @cached_property
    def number_rates(self) -> "NumberRates":
        from stadtdraht.adapters.dynamodb.delivery.controls import DynamoControls

        return DynamoControls(self.table)

    @cached_property
    def schedule(self) -> "Schedule":
        from stadtdraht.adapters.aws.scheduler import EventBridgeSchedule

        return EventBridgeSchedule(self.client("scheduler"), self.settings)

    @cached_property
    def starter(self) -> "Starter":
        from stadtdraht.adapters.aws.starter import LambdaStarter

        return LambdaStarter(self.client("lambda"), self.settings.broadcast_start_function)

    @cached_property
    def background_starter(self) -> "Starter":
        from stadtdraht.adapters.aws.starter import LambdaStarter

        return LambdaStarter(self.client("lambda"), self.settings.broadcast_start_function, waits=False)

    @cached_property
    def errands(self) -> "Errands":
        from stadtdraht.adapters.dynamodb.broadcast.errands import DynamoErrands

        return DynamoErrands(self.table)

    @cached_property
    def errand_runner(self) -> "ErrandRunner":
        from stadtdraht.adapters.aws.starter import LambdaErrandRunner

        return LambdaErrandRunner(self.client("lambda"), self.settings.broadcast_errand_function)

    @cached_property
    def reminders(self) -> "Reminders":
        from stadtdraht.adapters.aws.starter import LambdaReminders

        return LambdaReminders(self.client("lambda"), self.settings.console_remind_function)

    @cached_property
    def alerts(self) -> "Alerts":
        from stadtdraht.adapters.dynamodb.crisis.alerts import DynamoAlerts

        return DynamoAlerts(self.table)

    @cached_property
    def crisis_links(self) -> "CrisisLinks":
        from stadtdraht.adapters.dynamodb.crisis.links import DynamoCrisisLinks

        return DynamoCrisisLinks(self.table)

    @cached_property
    def holders(self) -> "Holders":
        from stadtdraht.adapters.dynamodb.crisis.holders import DynamoHolders

        return DynamoHolders(self.table)

    @cached_property
    def alert_counts(self) -> "AlertCounts":
        from stadtdraht.adapters.dynamodb.crisis.alert_counts import DynamoAlertCounts

        return DynamoAlertCounts(self.table)

    @cached_property
    def latest_readiness(self) -> "LatestReadiness":
        from stadtdraht.adapters.dynamodb.crisis.readiness import DynamoLatestReadiness

        return DynamoLatestReadiness(self.table)

    @cached_property
    def line_signs(self) -> "LineSignsOf":
        from stadtdraht.adapters.dynamodb.towns.line_signs import DynamoLineSigns

        return DynamoLineSigns(self.table)

    def readiness_ports(self) -> "ReadinessPorts":
        """The ports of checking one town."""
        from stadtdraht.usecases.crisis.check_readiness import ReadinessPorts

        return ReadinessPorts(
            self.account,
            self.account_snapshots,
            self.alerts,
            self.crisis_links,
            self.link_signer(),
            self.latest_readiness,
        )

    def record_ports(self) -> "RecordPorts":
        """Where what is stored about a person lies."""
        from stadtdraht.usecases.privacy.personal_record import RecordPorts

        return RecordPorts(self.citizens, self.cases, self.contests, self.broadcasts, self.alerts, self.deliveries)

    @cached_property
    def crisis_queues(self) -> "CrisisQueues":
        from stadtdraht.adapters.aws.crisis_probe import SqsCrisisQueues

        return SqsCrisisQueues(
            self.client("sqs"), (self.settings.crisis_queue_url, self.settings.crisis_recheck_queue_url)
        )

    @cached_property
    def crisis_sender(self) -> "CrisisSender":
        from stadtdraht.adapters.aws.crisis_probe import LambdaCrisisSender

        return LambdaCrisisSender(
            self.client("lambda"), self.settings.crisis_send_function, self.settings.crisis_page_function
        )

    @cached_property
    def public_address(self) -> "PublicAddress":
        from stadtdraht.adapters.web.public_address import HttpsPublicAddress

        return HttpsPublicAddress(self.settings.public_url)

    @cached_property
    def meta_app(self) -> "MetaApp":
        from stadtdraht.adapters.whatsapp.app import GraphMetaApp

        return GraphMetaApp(self.settings.graph_api_url, self.settings.graph_api_version)

    @cached_property
    def cloud(self) -> "Cloud":
        from stadtdraht.adapters.aws.cloud import AwsCloud

        return AwsCloud(self.client, self.settings)

    @cached_property
    def queues(self) -> "Queues":
        from stadtdraht.adapters.aws.queues import SqsQueues

        return SqsQueues(self.client("sqs"), self.settings)

    @cached_property
    def evidence(self) -> "Evidence":
        from stadtdraht.adapters.dynamodb.crisis.evidence import DynamoEvidence

        return DynamoEvidence(self.table)

    def link_signer(self) -> "LinkSigner":
        """Built for each use, from secrets that are cached for minutes: so long a removed key's links still hold."""
        from stadtdraht.adapters.crypto.crisis_links import LinkSigner

        return LinkSigner(self.secrets.link_keys())

    @cached_property
    def recording_graph(self) -> "GraphApi":
        from stadtdraht.adapters.whatsapp.drill_client import RecordingGraph

        return RecordingGraph()

    def graph_for(self, cause: str) -> "GraphApi":
        """Where the messages of this cause go: to Meta, and those of a drill nowhere."""
        return self.recording_graph if _is_drill(cause) else self.graph

    def controls_for(self, cause: str) -> "Controls":
        """The number's control item; a drill only reads it."""
        from stadtdraht.adapters.dynamodb.delivery.drill_controls import DrillControls

        return DrillControls(self.controls) if _is_drill(cause) else self.controls


def _refuse_nothing(params: dict[str, Any], **_: Any) -> None:
    """A parameter that says None would be left out on the way: of a condition, the write would have none."""
    if None in params.values():
        raise TypeError(f"no value for {', '.join(name for name, value in params.items() if value is None)}")


class TownAdapters(Adapters):
    """Those of one town. Queues, secrets, and who works where, stay with the process that they are made by."""

    def __init__(self, own: Adapters, credentials: dict[str, str]) -> None:
        super().__init__(own.settings)
        self._own = own
        self._credentials = credentials

    def client(self, service: str) -> Any:
        if service not in ("dynamodb", "s3"):
            return self._own.client(service)
        with self._own._one_at_a_time:  # noqa: SLF001 - it guards the session, which is shared
            if service not in self._clients:
                self._clients[service] = self._own._new_client(service, **self._credentials)  # noqa: SLF001
            return self._clients[service]

    @cached_property
    def secrets(self) -> "Secrets":
        return self._own.secrets

    @cached_property
    def sessions(self) -> "Sessions":
        return self._own.sessions

    @cached_property
    def staff(self) -> "Staff":
        return self._own.staff

    @cached_property
    def accounts(self) -> "Accounts":
        return self._own.accounts

    @cached_property
    def mails(self) -> "Mails":
        return self._own.mails


def _is_drill(cause: str) -> bool:
    from stadtdraht.domain.identifiers import DRILL, kind_of

    return kind_of(cause) == DRILL
