"""Figures: every night the day before becomes a row of numbers, with nobody in it."""

from aws_cdk import Duration
from constructs import Construct

from infra.blocks.lambda_function import LambdaFunction
from infra.blocks.parts import Parts
from infra.blocks.table import GET, PUT, QUERY, Rows

COUNTS_WITHIN_S = 900  # 200 towns with some hundred people each who wrote lately: two queries each, 5 ms
HOURS_WITHOUT = 26  # a night later or earlier by an hour, and an hour for the retries
COUNTED = (
    Rows.AUDIENCE,
    Rows.CASES,
    Rows.CAUSES,
    Rows.CITIZEN,
    Rows.DIRECTORY,
    Rows.FIGURES,
    Rows.RECENT,
    Rows.WAITING,
)
SAID_IN_THE_MORNING = ("TownSilent", "WaitsPileUp", "NewsletterOverdue")  # by the start page: no alarm


class Figures(Construct):
    """The one function that reads people in order to count them; it writes nothing but figures."""

    def __init__(self, scope: Construct, parts: Parts) -> None:
        super().__init__(scope, "Figures")
        self.count = self._count(parts)

    def _count(self, parts: Parts) -> LambdaFunction:
        function = parts.function(
            self,
            "figures-count",
            handler="figures/count",
            purpose="Counts every town's day that is over",
            variables={"table_name": parts.table.name, "pepper_secret_id": parts.secrets.pepper.secret_arn},
            timeout_s=COUNTS_WITHIN_S,
        )
        parts.table.grant(function, GET, on=(Rows.CAUSE, Rows.TOWN))
        parts.table.grant(function, QUERY, on=COUNTED)
        parts.table.grant(function, PUT, on=(Rows.FIGURES,))
        parts.secrets.grant_read(function, parts.secrets.pepper)
        function.show(*SAID_IN_THE_MORNING)
        about = f"{function.name} has not run for {HOURS_WITHOUT} hours"
        function.alarm_when_idle(
            "figures-not-counted", about, period=Duration.hours(1), periods=HOURS_WITHOUT, urgent=False
        )
        return function
