"""Who is woken by what. Every alarm's name is a heading of docs/operations/runbooks.md."""

from collections.abc import Iterable

from aws_cdk import Annotations, Duration, Stack
from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_cloudwatch_actions as actions
from aws_cdk import aws_logs as logs
from aws_cdk import aws_sns as sns
from aws_cdk import aws_sns_subscriptions as subscriptions
from aws_cdk import aws_sqs as sqs
from constructs import Construct

from infra.blocks.http_api import HttpApi
from infra.blocks.lambda_function import NAMESPACE, LambdaFunction
from infra.blocks.parts import Parts

MINUTE = Duration.minutes(1)
FIVE_MINUTES = Duration.minutes(5)
HALTED = logs.FilterPattern.any(  # the senders' log line of a slice carries Meta's code, 0 when all is well
    logs.FilterPattern.number_value("$.halted_by", ">", 0), logs.FilterPattern.number_value("$.halted_by", "<", 0)
)
LATE_S = 300  # a message that nobody has answered for so long
RUNBOOKS = "docs/operations/runbooks.md"


class Monitoring(Construct):
    """Two topics: `urgent` wakes somebody at night (crisis, webhook), `alarm` waits for the morning."""

    def __init__(self, scope: Construct, parts: Parts) -> None:
        super().__init__(scope, "Monitoring")
        deployment = parts.deployment
        self._parts = parts
        if not (deployment.alarm_email or deployment.is_local):
            Annotations.of(self).add_warning_v2(
                "stadtdraht:nobody-is-told", "No alarm_email: alarms will change colour and wake nobody."
            )
        self.urgent = self._topic("Urgent", deployment.urgent_email or deployment.alarm_email)
        self.morning = self._topic("Morning", deployment.alarm_email)
        self.dashboard = cloudwatch.Dashboard(
            self, "Dashboard", dashboard_name=deployment.named("overview"), default_interval=Duration.hours(3)
        )

    def watch_functions(self, functions: Iterable[LambdaFunction], *, urgent: bool) -> None:
        """One alarm per function: any error within a minute."""
        for function in functions:
            errors = function.function.metric_errors(period=MINUTE)
            self._alarm(f"{function.service}-errors", errors, 1, urgent=urgent, about=f"{function.module} fails")
            self.dashboard.add_widgets(
                cloudwatch.GraphWidget(
                    title=function.module,
                    left=[function.function.metric_invocations(period=MINUTE), errors],
                    right=[function.function.metric_duration(period=MINUTE, statistic="p95")],
                )
            )

    def watch_throttles(self, function: LambdaFunction) -> None:
        """A function that must never wait."""
        throttles = function.function.metric_throttles(period=MINUTE)
        about = f"{function.module} finds no free concurrency"
        self._alarm(f"{function.service}-throttles", throttles, 1, urgent=True, about=about)

    def watch_dead_letters(self, name: str, queue: sqs.Queue, *, urgent: bool) -> None:
        """Anything in a dead-letter queue is work that nobody does."""
        waiting = queue.metric_approximate_number_of_messages_visible(period=MINUTE, statistic="Maximum")
        self._alarm(f"{name}-dead-letters", waiting, 1, urgent=urgent, about=f"work of {name} was given up")

    def watch_waiting(self, name: str, queue: sqs.Queue, most_s: int, *, urgent: bool) -> None:
        """Work that waits too long."""
        age = queue.metric_approximate_age_of_oldest_message(period=MINUTE, statistic="Maximum")
        self._alarm(f"{name}-waits", age, most_s, urgent=urgent, about=f"work of {name} waits for {most_s} s")

    def watch_stream(self, function: LambdaFunction) -> None:
        """Messages that are stored and not followed up."""
        age = function.function.metric("IteratorAge", period=MINUTE, statistic="Maximum")
        about = f"citizens have waited {LATE_S} s for what follows from their message"
        self._alarm("inbound-process-late", age, LATE_S * 1000, urgent=True, about=about)

    def watch_halted(self, name: str, function: LambdaFunction, *, urgent: bool) -> None:
        """Meta refuses the whole number or template: nothing fails, and nothing goes out."""
        halted = logs.MetricFilter(
            self,
            f"{name.capitalize()}HaltedCount",
            log_group=function.log,
            filter_pattern=HALTED,
            metric_namespace=NAMESPACE,
            metric_name=f"{name.capitalize()}Halted",
        ).metric(period=MINUTE, statistic="Sum")
        self._alarm(f"{name}-halted", halted, 1, urgent=urgent, about=f"Meta takes nothing of {name} from this number")

    def watch_webhooks(self, webhook: LambdaFunction) -> None:
        """Answered, and still not well: envelopes that Meta did not sign with our secret, or that no town owns."""
        wrong = self._counted("WebhookSignatureWrong", webhook)
        about = "webhooks are refused for their signature, again and again; a scanner does not come back so regularly"
        self._alarm("webhook-signature-wrong", wrong, 1, urgent=True, about=about, times=3)
        unrouted = self._counted("WebhookUnrouted", webhook)
        self._alarm("webhook-unrouted", unrouted, 1, urgent=False, about="updates came for a number of no known town")
        unparsed = self._counted("WebhookUnparsed", webhook)
        self._alarm("webhook-unparsed", unparsed, 1, urgent=False, about="updates came that nobody understands")
        unknown = self._counted("WebhookUnknown", webhook)
        self._alarm("webhook-unknown", unknown, 1, urgent=False, about="Meta sends a kind of update that is new to us")

    def watch_media(self, fetch: LambdaFunction) -> None:
        """Settled, and still not there: WhatsApp keeps a file for seven days only."""
        given_up = self._counted("MediaGivenUp", fetch)
        about = "files of citizens could not be fetched from WhatsApp"
        self._alarm("media-given-up", given_up, 1, urgent=False, about=about)

    def watch_weekly(self, start: LambdaFunction) -> None:
        """Nothing fails, and no newsletter goes out this week."""
        waits = self._counted("WeeklyIssueWaits", start)
        about = "a weekly newsletter has no issue this week, or one that waits as a draft"
        self._alarm("weekly-issue-waits", waits, 1, urgent=False, about=about)

    def watch_clicks(self, redirect: LambdaFunction) -> None:
        """Readers are led on whatever happens to the counter."""
        lost = self._counted("ClickNotCounted", redirect)
        about = "clicks in newsletters are not counted; readers notice nothing"
        self._alarm("click-not-counted", lost, 10, urgent=False, about=about)

    def watch_templates(self, watch: LambdaFunction) -> None:
        """Found at night or by an event of Meta's, so that nobody finds it in the middle of an alert."""
        crisis = self._counted("CrisisTemplateTrouble", watch)
        about = "a template that warnings go out with is not as the town had it approved"
        self._alarm("crisis-template-trouble", crisis, 1, urgent=True, about=about)
        routine = self._counted("TemplateTrouble", watch)
        about = "a template is not as the town had it approved; its newsletters wait"
        self._alarm("template-trouble", routine, 1, urgent=False, about=about)
        account = self._counted("AccountTrouble", watch)
        about = "Meta restricts, bans or warns a town's account, or says that a rule was broken"
        self._alarm("account-trouble", account, 1, urgent=True, about=about)
        security = self._counted("NumberSecurity", watch)
        about = "somebody asks for the PIN of a town's number at Meta, or changed it"
        self._alarm("number-security", security, 1, urgent=True, about=about)
        unread = self._counted("MetaNotReadable", watch)
        about = "a town's account at Meta cannot be read: is its token good?"
        self._alarm("meta-not-readable", unread, 1, urgent=False, about=about)

    def watch_pins(self, link: LambdaFunction) -> None:
        """Somebody has a link and guesses, or an officer under stress cannot get in: both need a person at once."""
        locked = self._counted("CrisisPinLocked", link)
        about = "a holder of a crisis link is locked out after five wrong PINs"
        self._alarm("crisis-pin-locked", locked, 1, urgent=True, about=about)

    def watch_page(self, link: LambdaFunction) -> None:
        """An officer was asked to press again; the function itself ended well, and counts no error."""
        failed = self._counted("CrisisPageFailed", link)
        about = "the crisis page could not answer an officer, who was asked to try again"
        self._alarm("crisis-page-failed", failed, 1, urgent=True, about=about)

    def watch_lamp(self, lamp: LambdaFunction) -> None:
        """Two looks in a row: a single one may have met a deploy, or Meta in a bad moment."""
        red = self._counted("CrisisNotReady", lamp)
        about = "a warning of some town would not go out as it should"
        self._alarm("crisis-not-ready", red, 1, urgent=True, about=about, times=2)

    def watch_evidence(self, link: LambdaFunction) -> None:
        """The alert went out all the same; what happened has to be written down by hand."""
        missing = self._counted("CrisisEvidenceMissing", link)
        about = "a press could not be kept in the evidence folder"
        self._alarm("crisis-evidence-missing", missing, 1, urgent=False, about=about)

    def watch_schedules(self, name: str, group: str, what: str) -> None:
        """Whatever had its hour come and was not started."""
        dropped = cloudwatch.Metric(
            namespace="AWS/Scheduler",
            metric_name="InvocationDroppedCount",
            dimensions_map={"ScheduleGroup": group},
            period=FIVE_MINUTES,
            statistic="Sum",
        )
        about = f"a schedule could not start {what}"
        self._alarm(f"{name}-schedule-dropped", dropped, 1, urgent=False, about=about)

    def watch_api(self, api: HttpApi) -> None:
        """Answers of 5xx: Meta redelivers, people see an error."""
        failed = cloudwatch.Metric(
            namespace="AWS/ApiGateway",
            metric_name="5xx",
            dimensions_map={"ApiId": api.api.api_id},
            period=MINUTE,
            statistic="Sum",
        )
        self._alarm("http-api-5xx", failed, 5, urgent=True, about="the API answers with errors of ours")

    def _counted(self, name: str, function: LambdaFunction) -> cloudwatch.Metric:
        """A metric that the function's code counts (stadtdraht/observability.py)."""
        return cloudwatch.Metric(
            namespace=NAMESPACE,
            metric_name=name,
            dimensions_map={"service": function.service},
            period=FIVE_MINUTES,
            statistic="Sum",
        )

    def _topic(self, name: str, email: str) -> sns.Topic:
        topic = sns.Topic(self, name, master_key=self._parts.key.key, enforce_ssl=True)
        if email:
            topic.add_subscription(subscriptions.EmailSubscription(email))
        return topic

    def _alarm(
        self, name: str, metric: cloudwatch.IMetric, least: float, *, urgent: bool, about: str, times: int = 1
    ) -> None:
        """`times`: so many periods in a row."""
        alarm = cloudwatch.Alarm(
            self,
            "".join(part.capitalize() for part in name.split("-")),
            alarm_name=f"{Stack.of(self).stack_name}-{name}",
            alarm_description=f"{about}. {RUNBOOKS}#{name}",
            metric=metric,
            threshold=least,
            evaluation_periods=times,
            comparison_operator=cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
            treat_missing_data=cloudwatch.TreatMissingData.NOT_BREACHING,
        )
        alarm.add_alarm_action(actions.SnsAction(self.urgent if urgent else self.morning))
