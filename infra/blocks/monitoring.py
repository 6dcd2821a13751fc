"""How an alarm is made, and who is told. Which alarms there are, each construct declares beside what it measures."""

from collections.abc import Iterable

from aws_cdk import Annotations, Stack
from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_cloudwatch_actions as actions
from constructs import Construct

from infra.blocks.alarm import Alarm, Priority, Watched, Way
from infra.blocks.alarm_topic import AlarmTopic
from infra.blocks.parts import Parts

REACHED = cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD
BELOW = cloudwatch.ComparisonOperator.LESS_THAN_THRESHOLD
MISSING_IS_GOOD, MISSING_IS_BAD = cloudwatch.TreatMissingData.NOT_BREACHING, cloudwatch.TreatMissingData.BREACHING
RUNBOOKS = "docs/operations/runbooks.md"
STANDS_STILL = {
    Way.INBOUND: "citizens are not heard, or not answered",
    Way.BROADCAST: "newsletters stand still",
    Way.CRISIS: "warnings cannot be raised, or do not go out",
    Way.CONSOLE: "staff cannot work as usual",
}


class Monitoring(Construct):
    """Two topics: `urgent` wakes somebody at night, `morning` waits for the morning. Both also hear that it is over."""

    def __init__(self, scope: Construct, parts: Parts) -> None:
        super().__init__(scope, "Monitoring")
        deployment = parts.deployment
        self._small = deployment.small
        if not (deployment.morning or deployment.is_local):
            Annotations.of(self).add_warning_v2(
                "stadtdraht:nobody-is-told", "No alarm_email: alarms will change colour and wake nobody."
            )
        self.urgent = AlarmTopic(self, "Urgent", deployment.urgent or deployment.morning)
        self.morning = AlarmTopic(self, "Morning", deployment.morning)
        self.made: dict[Alarm, cloudwatch.Alarm] = {}
        self.ways: dict[Way, cloudwatch.CompositeAlarm] = {}

    def watch(self, owners: Iterable[Watched]) -> None:
        """Make every alarm that these constructs declare, and one for each way that may stand still. A small stage has
        those that would wake somebody.
        """
        rings = [alarm for owner in owners for alarm in owner.alarms if alarm.urgent or not self._small]
        self.made |= {alarm: self._make(alarm) for alarm in rings}
        for alarm, made in self.made.items():
            if alarm.way is None:
                self._tell(made, urgent=alarm.urgent)
        self.ways |= {way: self._of_way(way) for way in Way if any(alarm.way is way for alarm in rings)}

    def _of_way(self, way: Way) -> cloudwatch.CompositeAlarm:
        """Ten alarms of one cause ring once, and say once that it is over."""
        parts = {alarm: made for alarm, made in self.made.items() if alarm.way is way}
        (priority,) = {alarm.priority for alarm in parts}
        ringing = (
            cloudwatch.AlarmRule.from_alarm(made, cloudwatch.AlarmState.ALARM)
            for _, made in sorted(parts.items(), key=lambda it: it[0].name)
        )
        name = f"{way}-unwell"
        made = cloudwatch.CompositeAlarm(
            self,
            _logical(name),
            composite_alarm_name=f"{Stack.of(self).stack_name}-{name}",
            alarm_description=f"{priority}: {STANDS_STILL[way]}. {RUNBOOKS}#{name}",
            alarm_rule=cloudwatch.AlarmRule.any_of(*ringing),
        )
        self._tell(made, urgent=priority is Priority.P1)
        return made

    def _tell(self, made: cloudwatch.AlarmBase, *, urgent: bool) -> None:
        tell = actions.SnsAction((self.urgent if urgent else self.morning).topic)
        made.add_alarm_action(tell)
        made.add_ok_action(tell)

    def _make(self, alarm: Alarm) -> cloudwatch.Alarm:
        return cloudwatch.Alarm(
            self,
            _logical(alarm.name),
            alarm_name=f"{Stack.of(self).stack_name}-{alarm.name}",
            alarm_description=f"{alarm.priority}: {alarm.about}. {RUNBOOKS}#{alarm.name}",
            metric=alarm.metric,
            threshold=alarm.threshold,
            evaluation_periods=alarm.periods,
            datapoints_to_alarm=alarm.of_them,
            comparison_operator=BELOW if alarm.rings_below else REACHED,
            treat_missing_data=MISSING_IS_BAD if alarm.rings_below else MISSING_IS_GOOD,
        )


def _logical(name: str) -> str:
    return "".join(part.capitalize() for part in name.split("-"))
