"""Contests: the reminder a day before the end. Everything else of a contest goes by the clock alone."""

from constructs import Construct

from infra.blocks.job_queue import JobQueue
from infra.blocks.lambda_function import LambdaFunction
from infra.blocks.parts import Parts
from infra.blocks.table import GET, PUT, QUERY, Rows

REMINDS_WITHIN_S = 900  # some thousand people, each a read, a mark and a transaction


class Contests(Construct):
    """One function, and a group of schedules that may start it."""

    def __init__(self, scope: Construct, parts: Parts, answers: JobQueue) -> None:
        super().__init__(scope, "Contests")
        self.remind = self._remind(parts, answers)
        self.schedules = parts.schedule_group(self, "contests", starts="the reminder of a contest")
        self.schedules.may_start(self.remind)

    def _remind(self, parts: Parts, answers: JobQueue) -> LambdaFunction:
        function = parts.function(
            self,
            "contests-remind",
            handler="contests/remind",
            purpose="Reminds people of a contest a day before its end",
            variables={
                "table_name": parts.table.name,
                "answers_queue_url": answers.url,
                "pepper_secret_id": parts.secrets.pepper.secret_arn,
            },
            timeout_s=REMINDS_WITHIN_S,
        )
        parts.table.grant(function, GET, QUERY, on=(Rows.CALL, Rows.CALLS, Rows.CITIZEN, Rows.TOWN))
        parts.table.grant(function, PUT, on=(Rows.CALL, Rows.CITIZEN))
        parts.secrets.grant_read(function, parts.secrets.pepper)
        answers.grant_send(function)
        return function
