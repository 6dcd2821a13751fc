"""A topic that alarms tell, and the ways by which it tells people."""

from dataclasses import dataclass

from aws_cdk import Stack
from aws_cdk import aws_chatbot as chatbot
from aws_cdk import aws_iam as iam
from aws_cdk import aws_sns as sns
from aws_cdk import aws_sns_subscriptions as subscriptions
from constructs import Construct

READS = "CloudWatchReadOnlyAccess"  # the most that anybody may ask from the chat


@dataclass(frozen=True, slots=True)
class Recipients:
    """Who hears of an alarm. Mail, phone and address each confirm once that they want to."""

    mails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    """Numbers for SMS, in E.164."""
    urls: tuple[str, ...] = ()
    """HTTPS addresses that take SNS's JSON and confirm it, as on-call services do."""
    slack: tuple[str, ...] = ()
    """`workspace/channel`, by their ids; the workspace has let Amazon Q Developer in before."""

    def __bool__(self) -> bool:
        return bool(self.mails or self.phones or self.urls or self.slack)


class AlarmTopic(Construct):
    """It has no key of ours: what CloudWatch cannot encrypt it does not send, so that a key that is disabled, or whose
    policy is spoilt, would silence the very alarms that tell of it. An alarm's text holds no personal data.
    """

    def __init__(self, scope: Construct, name: str, told: Recipients) -> None:
        super().__init__(scope, f"{name}Topic")
        self.topic = sns.Topic(scope, name, enforce_ssl=True)
        self.topic.add_to_resource_policy(self._alarms_may_publish())
        for mail in told.mails:
            self.topic.add_subscription(subscriptions.EmailSubscription(mail))
        for phone in told.phones:
            self.topic.add_subscription(subscriptions.SmsSubscription(phone))
        for url in told.urls:
            self.topic.add_subscription(subscriptions.UrlSubscription(url, protocol=sns.SubscriptionProtocol.HTTPS))
        for number, where in enumerate(told.slack):
            self._tell_slack(f"{Stack.of(self).stack_name}-{name.lower()}-{number}", *where.split("/"))

    def _tell_slack(self, name: str, workspace: str, channel: str) -> None:
        role = iam.Role(self, f"{channel}Role", assumed_by=iam.ServicePrincipal("chatbot.amazonaws.com"))
        chatbot.SlackChannelConfiguration(
            self,
            channel,
            slack_channel_configuration_name=name,
            slack_workspace_id=workspace,
            slack_channel_id=channel,
            notification_topics=[self.topic],
            role=role,  # without a right: it hands on what it is told, and nobody commands anything from the chat
            guardrail_policies=[iam.ManagedPolicy.from_aws_managed_policy_name(READS)],
        )

    def _alarms_may_publish(self) -> iam.PolicyStatement:
        """Written out, since a topic with a policy of its own has lost SNS's, by which its account may publish."""
        stack = Stack.of(self)
        ours = f"arn:aws:cloudwatch:{stack.region}:{stack.account}:alarm:{stack.stack_name}-*"
        return iam.PolicyStatement(
            sid="OurAlarmsMayPublish",
            principals=[iam.ServicePrincipal("cloudwatch.amazonaws.com")],
            actions=["sns:Publish"],
            resources=[self.topic.topic_arn],
            conditions={"StringEquals": {"aws:SourceAccount": stack.account}, "ArnLike": {"aws:SourceArn": ours}},
        )
