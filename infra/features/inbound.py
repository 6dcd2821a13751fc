"""A citizen writes: the webhook, what follows from a message, and the answer."""

from aws_cdk import Duration
from constructs import Construct

from infra.acknowledge import acknowledge
from infra.blocks.alarm import Way
from infra.blocks.job_queue import JobQueue, dead_letters, dead_letters_alarm
from infra.blocks.lambda_function import LambdaFunction
from infra.blocks.parts import Parts
from infra.blocks.table import GET, GET_MANY, PUT, PUT_MANY, QUERY, UPDATE, Rows

STREAM_BATCH = 100
SIDE_BY_SIDE = 4  # per shard of the stream; rows of one key stay in order
JOB_TIMEOUT_S = 60
JOB_VISIBILITY_S = 70
LATE_S = 300  # a message that nobody has answered for so long
SIGNATURE_WITHIN = 12  # of five minutes: Meta repeats after seconds, then minutes, then hours
MANY_FAIL = 20  # within five minutes: more than the tries of a message that we cannot read
LISTS = (Rows.WAITING, Rows.RECENT, Rows.NAMES)  # of conversations, in the transaction of whatever changes one
RETRIES_AT_ONCE = 10  # of one message each: what failed came alone, or everything fails
NAMES_AT_ONCE, NAMES_OF_A_BATCH = 2, 10  # nobody waits for them: as few as AWS lets one ask for
ANSWERS_AT_ONCE = 50  # of ten citizens each: one town's storm must not take the account's concurrency
ANSWER_WAITS_AT_MOST_S = 300  # one whose outcome stays unclear comes back twice


class Inbound(Construct):
    """Three urgent functions, and three queues: answers, in order per citizen, what could not be followed up, and
    second names, of which a newsletter to imported numbers brings thousands: no message waits behind them.
    """

    def __init__(self, scope: Construct, parts: Parts, media: JobQueue, erasures: JobQueue) -> None:
        super().__init__(scope, "Inbound")
        self._media, self._erasures = media, erasures
        self.answers = parts.queue(self, "answers.fifo", visibility_s=JOB_VISIBILITY_S, attempts=5)
        self.retry = parts.queue(self, "inbound-retry.fifo", visibility_s=JOB_VISIBILITY_S, attempts=5)
        self.second_names = parts.queue(self, "second-names.fifo", visibility_s=JOB_VISIBILITY_S, attempts=5)
        self.webhook = self._webhook(parts)
        self.process = self._process(parts)
        self.reply = self._reply(parts)

    def _webhook(self, parts: Parts) -> LambdaFunction:
        function = parts.function(
            self,
            "inbound-webhook",
            handler="inbound/webhook",
            purpose="Verifies Meta's webhooks and stores every update once",
            variables={
                "table_name": parts.table.name,
                "meta_app_secret_id": parts.secrets.meta_app.secret_arn,
                "webhook_client": parts.deployment.webhook_client,
            },
            timeout_s=20,
            urgent=True,
            way=Way.INBOUND,
        )
        parts.table.grant(function, QUERY, on=(Rows.DIRECTORY,))
        parts.table.grant(
            function, PUT_MANY, on=(Rows.INBOX, Rows.DELIVERY, Rows.CITIZEN, Rows.LINE, Rows.STATUS, Rows.UNDELIVERED)
        )
        parts.table.grant(function, PUT_MANY, on=(Rows.ARRIVALS,))
        parts.secrets.grant_read(function, parts.secrets.meta_app)
        function.alarm_on_throttles()
        # Answered, and still not well: updates that Meta did not sign with our secret, or that no town owns.
        about = "webhooks that name an account of ours are refused for their signature"
        function.alarm_on("WebhookSignatureWrong", about, urgent=True, periods=SIGNATURE_WITHIN, of_them=2)
        function.alarm_on("WebhookUnrouted", "updates came for a number of no known town", urgent=False)
        function.alarm_on("WebhookUnparsed", "updates came that nobody understands", urgent=False, can_wait=True)
        about = "Meta sends a kind of update that is new to us"
        function.alarm_on("WebhookUnknown", about, urgent=False, can_wait=True)
        function.show("WebhookProbe")  # of `stadtdraht doctor`: it holds nothing
        return function

    def _process(self, parts: Parts) -> LambdaFunction:
        function = parts.function(
            self,
            "inbound-process",
            handler="inbound/process",
            purpose="Decides what follows from a citizen's message, and stores it in one transaction",
            variables={
                "table_name": parts.table.name,
                "answers_queue_url": self.answers.url,
                "inbound_retry_queue_url": self.retry.url,
                "second_names_queue_url": self.second_names.url,
                "media_queue_url": self._media.url,
                "erasure_queue_url": self._erasures.url,
                "pepper_secret_id": parts.secrets.pepper.secret_arn,
                "public_url": parts.public_url,
            },
            timeout_s=JOB_TIMEOUT_S,
            urgent=True,
            way=Way.INBOUND,
        )
        parts.table.grant(function, GET, QUERY, on=(Rows.INBOX, Rows.TOWN, Rows.IDENTITY, Rows.CITIZEN))
        parts.table.grant(function, GET, QUERY, on=(Rows.CALLS, Rows.CALL, Rows.CASES, Rows.OPEN_CASES))
        parts.table.grant(function, GET, QUERY, on=(Rows.CAUSE, Rows.CAUSES))  # alerts, for those who pass one on
        parts.table.grant(function, PUT, on=(Rows.IDENTITY, Rows.CITIZEN, Rows.AUDIENCE, Rows.CALL))
        parts.table.grant(function, QUERY, on=(Rows.CONSULTATIONS, Rows.CONSULTATION))
        parts.table.grant(function, PUT, on=(Rows.CONSULTATION,))  # marks of its queue
        parts.table.grant(function, PUT, on=(Rows.CASE, Rows.CASES, Rows.OPEN_CASES))
        parts.table.grant(function, UPDATE, on=(Rows.CASES,))  # counts their numbers
        parts.table.grant(function, QUERY, on=(Rows.HOLDS, Rows.SAME_TEXT))
        parts.table.grant(function, GET_MANY, on=(Rows.IDENTITY, Rows.CITIZEN))  # who writes, in one call
        parts.table.grant(function, GET_MANY, on=(Rows.OPTED_OUT,))  # so that nothing brings an erased person back
        parts.table.grant(function, PUT, on=(Rows.SAME_TEXT, Rows.WINDOWS, *LISTS))
        parts.table.grant(function, PUT, on=(Rows.INBOX,))  # emptied, never deleted
        parts.secrets.grant_read(function, parts.secrets.pepper)
        self.answers.grant_send(function)
        self.retry.grant_send(function)
        self.second_names.grant_send(function)
        self._media.grant_send(function)
        self._erasures.grant_send(function)
        self.retry.trigger(function, most_at_once=RETRIES_AT_ONCE)
        self.second_names.trigger(function, batch_size=NAMES_OF_A_BATCH, most_at_once=NAMES_AT_ONCE)
        self._follow_the_table(function, parts)
        about = "follow-ups of many messages end in an error of ours, and wait for another try"
        function.alarm_on("FollowUpFailed", about, urgent=True, threshold=MANY_FAIL, way=Way.INBOUND)
        about = "a rule failed at a citizen's words: staff were given the message, and the rule wants mending"
        function.alarm_on("RuleFailed", about, urgent=False, can_wait=True)
        return function

    def start_at_once(self, remind: LambdaFunction) -> None:
        """Let need, and an answer that did not arrive, reach staff before the clock's next look."""
        self.process.function.add_environment("CONSOLE_REMIND_FUNCTION", remind.function.function_arn)
        self.process.allow("lambda:InvokeFunction", on=remind.function.function_arn)

    def _follow_the_table(self, function: LambdaFunction, parts: Parts) -> None:
        self.lost = lost = dead_letters(self, "inbound-stream", deployment=parts.deployment, key=parts.key, fifo=False)
        acknowledge(lost, "AwsSolutions-SQS3", "It is the dead-letter queue of the table's stream.")
        function.allow("sqs:SendMessage", on=lost.queue_arn)
        parts.table.trigger(
            function,
            "message",
            "names",
            "preference",
            "undelivered",  # an answer that failed: staff are told of it
            written_over=True,  # an erased person's message that comes again was emptied, and has to be once more
            starting_position="TRIM_HORIZON",
            batch_size=STREAM_BATCH,
            parallelization_factor=SIDE_BY_SIDE,
            bisect_batch_on_function_error=True,
            maximum_retry_attempts=10,
            maximum_record_age_in_seconds=int(Duration.hours(12).to_seconds()),
            function_response_types=["ReportBatchItemFailures"],
            destination_config={"onFailure": {"destination": lost.queue_arn}},
        )
        parts.lost["inbound-stream"] = lost
        function.alarms.append(dead_letters_alarm("inbound-stream", lost, urgent=True))
        function.alarm_when_behind(LATE_S, f"citizens have waited {LATE_S} s for what follows from their message")

    def _reply(self, parts: Parts) -> LambdaFunction:
        function = parts.function(
            self,
            "inbound-reply",
            handler="inbound/reply",
            purpose="Sends one answer, once",
            variables={
                "table_name": parts.table.name,
                "answers_queue_url": self.answers.url,
                "town_secret_prefix": parts.secrets.town_prefix,
            },
            timeout_s=JOB_TIMEOUT_S,
            urgent=True,
            way=Way.INBOUND,
        )
        parts.table.grant(function, GET, QUERY, on=(Rows.CITIZEN, Rows.TOWN))
        parts.table.grant(function, UPDATE, on=(Rows.CITIZEN,))
        parts.table.grant(function, PUT_MANY, on=(Rows.UNDELIVERED,))
        parts.secrets.grant_read_tokens(function)
        self.answers.trigger(function, batch_size=10, most_at_once=ANSWERS_AT_ONCE)
        self.answers.alarm_when_waiting(ANSWER_WAITS_AT_MOST_S)
        about = "sending of many answers ends in an error of ours, and waits for another try"
        function.alarm_on("AnswerFailed", about, urgent=True, threshold=MANY_FAIL, way=Way.INBOUND)
        about = "Meta refuses an answer for its words or form: whoever comes by that sentence hears nothing"
        function.alarm_on("AnswerWordingRefused", about, urgent=False)
        function.show("AnswerRefused")
        return function
