"""How an alarm is made, and who is told. Which alarms there are, each construct declares beside what it measures."""

from collections.abc import Iterable

from aws_cdk import Annotations, Duration, Stack
from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_cloudwatch_actions as actions
from aws_cdk import aws_iam as iam
from aws_cdk import aws_sns as sns
from aws_cdk import aws_sns_subscriptions as subscriptions
from constructs import Construct

from infra.blocks.alarm import MINUTE, Alarm, Watched
from infra.blocks.lambda_function import NAMESPACE, LambdaFunction
from infra.blocks.parts import Parts

REACHED = cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD
BELOW = cloudwatch.ComparisonOperator.LESS_THAN_THRESHOLD
MISSING_IS_GOOD, MISSING_IS_BAD = cloudwatch.TreatMissingData.NOT_BREACHING, cloudwatch.TreatMissingData.BREACHING
RUNBOOKS = "docs/operations/runbooks.md"


class Monitoring(Construct):
    """Two topics: `urgent` wakes somebody at night (crisis, webhook), `morning` waits for the morning.

    Neither has a key of ours: what CloudWatch cannot encrypt it does not send, so that a key that is disabled, or whose
    policy is spoilt, would silence the very alarms that tell of it. An alarm's text holds no personal data.
    """

    def __init__(self, scope: Construct, parts: Parts) -> None:
        super().__init__(scope, "Monitoring")
        deployment = parts.deployment
        if not (deployment.alarm_email or deployment.is_local):
            Annotations.of(self).add_warning_v2(
                "stadtdraht:nobody-is-told", "No alarm_email: alarms will change colour and wake nobody."
            )
        self.urgent = self._topic("Urgent", deployment.urgent_email or deployment.alarm_email)
        self.morning = self._topic("Morning", deployment.alarm_email)
        self.dashboard = cloudwatch.Dashboard(
            self, "Dashboard", dashboard_name=deployment.named("overview"), default_interval=Duration.hours(3)
        )

    def show_commands(self, *metrics: str) -> None:
        """A graph of what people do by the command line (stadtdraht/adapters/aws/figures.py)."""
        figures = [
            cloudwatch.Metric(
                namespace=NAMESPACE,
                metric_name=name,
                dimensions_map={"service": "command-line"},
                period=Duration.hours(1),
                statistic="Sum",
            )
            for name in metrics
        ]
        self.dashboard.add_widgets(cloudwatch.GraphWidget(title="command line: counted", left=figures))

    def watch(self, owners: Iterable[Watched]) -> None:
        """Make every alarm that these constructs declare."""
        for owner in owners:
            for alarm in owner.alarms:
                self._make(alarm)

    def show(self, functions: Iterable[LambdaFunction]) -> None:
        """One graph for each function, and another for what it counts."""
        for it in functions:
            left = [it.function.metric_invocations(period=MINUTE), it.function.metric_errors(period=MINUTE)]
            right = [it.function.metric_duration(period=MINUTE, statistic="p95")]
            self.dashboard.add_widgets(cloudwatch.GraphWidget(title=it.name, left=left, right=right))
            if it.figures:
                self.dashboard.add_widgets(cloudwatch.GraphWidget(title=f"{it.name}: counted", left=it.figures))

    def _topic(self, name: str, email: str) -> sns.Topic:
        topic = sns.Topic(self, name, enforce_ssl=True)
        topic.add_to_resource_policy(self._alarms_may_publish(topic))
        if email:
            topic.add_subscription(subscriptions.EmailSubscription(email))
        return topic

    def _alarms_may_publish(self, topic: sns.Topic) -> iam.PolicyStatement:
        """Written out, since a topic with a policy of its own has lost SNS's, by which its account may publish."""
        stack = Stack.of(self)
        ours = f"arn:aws:cloudwatch:{stack.region}:{stack.account}:alarm:{stack.stack_name}-*"
        return iam.PolicyStatement(
            sid="OurAlarmsMayPublish",
            principals=[iam.ServicePrincipal("cloudwatch.amazonaws.com")],
            actions=["sns:Publish"],
            resources=[topic.topic_arn],
            conditions={"StringEquals": {"aws:SourceAccount": stack.account}, "ArnLike": {"aws:SourceArn": ours}},
        )

    def _make(self, alarm: Alarm) -> None:
        made = cloudwatch.Alarm(
            self,
            "".join(part.capitalize() for part in alarm.name.split("-")),
            alarm_name=f"{Stack.of(self).stack_name}-{alarm.name}",
            alarm_description=f"{alarm.about}. {RUNBOOKS}#{alarm.name}",
            metric=alarm.metric,
            threshold=alarm.threshold,
            evaluation_periods=alarm.periods,
            datapoints_to_alarm=alarm.of_them,
            comparison_operator=BELOW if alarm.rings_below else REACHED,
            treat_missing_data=MISSING_IS_BAD if alarm.rings_below else MISSING_IS_GOOD,
        )
        made.add_alarm_action(actions.SnsAction(self.urgent if alarm.urgent else self.morning))
