"""The console: where a town's staff work."""

from constructs import Construct

from functions.console.routes import OPEN, ROUTES
from infra.blocks.alarm import Way
from infra.blocks.http_api import HttpApi
from infra.blocks.job_queue import JobQueue
from infra.blocks.lambda_function import LambdaFunction
from infra.blocks.parts import Parts
from infra.blocks.staff_pool import StaffPool
from infra.blocks.table import GET, PUT, PUT_MANY, QUERY, UPDATE, Rows
from infra.features.broadcast import Broadcast
from infra.features.media import Media
from infra.features.office_role import OfficeRole

OFFICE_MB = 1024
AT_ONCE = 50  # a ceiling, since anybody may ask for a page: 300 in a second at 0.15 s each
ANSWERS_WITHIN_S = 25
LOOKS_WITHIN_S = 240  # 200 towns with four reads each take some seconds; a mail takes 0.1 s
OF_THE_DOOR = (Rows.SESSION, Rows.STAFF_OF, Rows.DOOR_GUESSES)
GUESSED = "/console/sign-in"  # what anybody may ask who knows the address


class Console(Construct):
    """One function. Its own rights end at the door: who is signed in, and who works where. For a town's rows it takes
    the office role, for that town.
    """

    def __init__(self, scope: Construct, parts: Parts, media: Media, answers: JobQueue, broadcast: Broadcast) -> None:
        super().__init__(scope, "Console")
        self.staff = StaffPool(self, deployment=parts.deployment)
        self.office = parts.function(
            self,
            "console-office",
            handler="console/office",
            purpose="Shows staff the pages of their towns, and signs them in",
            variables={
                "table_name": parts.table.name,
                "public_url": parts.public_url,
                "media_bucket": media.bucket.bucket_name,
                "pepper_secret_id": parts.secrets.pepper.secret_arn,
                "answers_queue_url": answers.url,
                "staff_pool_id": self.staff.pool.user_pool_id,
                "staff_client_id": self.staff.client.user_pool_client_id,
                "mail_sender": parts.mails.address,
                **broadcast.publishing,
            },
            timeout_s=ANSWERS_WITHIN_S,
            memory_mb=OFFICE_MB,
            reserved_concurrency=parts.deployment.at_once(AT_ONCE),
        )
        self.role = OfficeRole(self, parts, media, self.office.role)
        self.office.function.add_environment("OFFICE_ROLE_ARN", self.role.role.role_arn)
        self.office.allow("sts:AssumeRole", on=self.role.role.role_arn)
        parts.table.grant(self.office, GET, QUERY, PUT, UPDATE, on=(*OF_THE_DOOR, Rows.STAFF))
        parts.table.grant(self.office, GET, on=(Rows.TOWN,))
        parts.table.grant(self.office, PUT, on=(Rows.AUDIT,))
        parts.secrets.grant_read(self.office, parts.secrets.pepper)
        self.staff.grant_sign_in(self.office)
        parts.mails.grant_send(self.office)
        answers.grant_send(self.office)
        broadcast.let_publish(self.office)
        about = "a page of the console could not be shown, and staff were asked to try again"
        # Counts no error, since the function ended well.
        self.office.alarm_on("ConsolePageFailed", about, urgent=False, way=Way.CONSOLE)
        self.office.show("SignInRefused", "ConsoleCardFailed", "DepartmentNotMailed", "RecoveryNotMailed")
        self.remind = self._remind(parts)

    def _remind(self, parts: Parts) -> LambdaFunction:
        function = parts.function(
            self,
            "console-remind",
            handler="console/remind",
            purpose="Tells staff by mail that somebody waits, and on-call that nobody looks after possible need",
            variables={
                "table_name": parts.table.name,
                "public_url": parts.public_url,
                "mail_sender": parts.mails.address,
            },
            timeout_s=LOOKS_WITHIN_S,
        )
        parts.table.grant(function, QUERY, on=(Rows.DIRECTORY, Rows.STAFF, Rows.TOLD, Rows.UNDELIVERED, Rows.WAITING))
        parts.table.grant(function, GET, on=(Rows.TOWN,))
        parts.table.grant(function, PUT, PUT_MANY, on=(Rows.TOLD,))
        parts.mails.grant_send(function)
        about = "a message that sounds like an emergency lies unread for five minutes of office time"
        function.alarm_on("NeedUnopened", about, urgent=True)
        about = "a message sounds like an emergency, and nobody of its town could be told"
        function.alarm_on("NobodyForNeed", about, urgent=True)
        about = "somebody has waited for half an hour of office time, and everybody who answers is away"
        function.alarm_on("NobodyOnDuty", about, urgent=False)
        about = "whether somebody waits could not be looked up, or a mail to staff was refused"
        function.alarm_on("RemindFailed", about, urgent=False, periods=3, of_them=2, way=Way.CONSOLE)
        return function

    def route(self, api: HttpApi) -> None:
        """Every address of its own, so that the access log tells them apart and knows no citizen."""
        for address in (*OPEN, *ROUTES):
            method, _, path = address.partition(" ")
            api.route(self.office, method, path, at_most=(20, 20) if path.startswith(GUESSED) else None)
