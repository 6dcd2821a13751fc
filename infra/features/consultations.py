"""Consultations by messenger: they end by the clock. Everything else of one is done by messages and in the console."""

from constructs import Construct

from infra.blocks.job_queue import JobQueue
from infra.blocks.lambda_function import LambdaFunction
from infra.blocks.parts import Parts
from infra.blocks.table import GET, PUT, QUERY, Rows

ENDS_WITHIN_S = 240  # 200 towns with a query each; a town in which an hour ends tells some people, 20 ms each


class Consultations(Construct):
    """One function."""

    def __init__(self, scope: Construct, parts: Parts, answers: JobQueue) -> None:
        super().__init__(scope, "Consultations")
        self.end = self._end(parts, answers)

    def _end(self, parts: Parts, answers: JobQueue) -> LambdaFunction:
        function = parts.function(
            self,
            "consultations-end",
            handler="consultations/end",
            purpose="Ends consultations whose time is up, with a word to who still waits",
            variables={
                "table_name": parts.table.name,
                "answers_queue_url": answers.url,
                "pepper_secret_id": parts.secrets.pepper.secret_arn,
            },
            timeout_s=ENDS_WITHIN_S,
        )
        parts.table.grant(function, GET, on=(Rows.CITIZEN, Rows.CONSULTATIONS, Rows.TOWN))
        parts.table.grant(
            function, QUERY, on=(Rows.CITIZEN, Rows.CONSULTATION, Rows.CONSULTATIONS, Rows.DIRECTORY, Rows.WAITING)
        )
        parts.table.grant(
            function, PUT, on=(Rows.CITIZEN, Rows.CONSULTATION, Rows.CONSULTATIONS, Rows.RECENT, Rows.WAITING)
        )
        parts.secrets.grant_read(function, parts.secrets.pepper)
        answers.grant_send(function)
        return function
