"""What Meta says of a town's account: looked at every night, and at once after an event of Meta's."""

from constructs import Construct

from infra.blocks.lambda_function import LambdaFunction
from infra.blocks.parts import Parts
from infra.blocks.table import GET, PUT_MANY, QUERY, Rows

WATCHES_WITHIN_S = 900  # 200 towns, two requests of a second each at the most, and who takes warnings is counted
EVENTS_AT_ONCE, EVENTS_GATHER_S = 100, 5  # Meta tells a change of many templates one by one


class WhatsApp(Construct):
    """One function. What it finds at night, nobody has to find in the middle of an alert."""

    def __init__(self, scope: Construct, parts: Parts) -> None:
        super().__init__(scope, "WhatsApp")
        self.watch_account = self._watch_account(parts)

    def _watch_account(self, parts: Parts) -> LambdaFunction:
        function = parts.function(
            self,
            "whatsapp-watch-account",
            handler="whatsapp/watch_account",
            purpose="Compares every town's templates at Meta with those it had approved",
            variables={"table_name": parts.table.name, "town_secret_prefix": parts.secrets.town_prefix},
            timeout_s=WATCHES_WITHIN_S,
        )
        parts.table.grant(function, GET, QUERY, on=(Rows.AUDIENCE, Rows.DIRECTORY, Rows.TOWN))
        parts.table.grant(function, PUT_MANY, on=(Rows.STANDING,))
        parts.secrets.grant_read_tokens(function)
        parts.table.trigger(  # what is lost here is found at night: no dead letters
            function,
            "event",
            starting_position="LATEST",
            batch_size=EVENTS_AT_ONCE,
            maximum_batching_window_in_seconds=EVENTS_GATHER_S,
            maximum_retry_attempts=3,
        )
        _declare_alarms(function)
        return function


def _declare_alarms(function: LambdaFunction) -> None:
    function.alarm_on(
        "CrisisTemplateTrouble",
        "a template that warnings go out with is not as the town had it approved",
        urgent=True,
    )
    function.alarm_on(
        "TemplateTrouble",
        "a template is not as the town had it approved; its newsletters wait",
        urgent=False,
    )
    function.alarm_on(
        "AccountTrouble",
        "Meta restricts, bans or warns a town's account, or says that a rule was broken",
        urgent=True,
    )
    function.alarm_on(
        "NumberSecurity",
        "somebody asks for the PIN of a town's number at Meta, or changed it",
        urgent=True,
    )
    function.alarm_on(
        "MetaNotReadable",
        "a town's account at Meta cannot be read: is its token good?",
        urgent=False,
    )
