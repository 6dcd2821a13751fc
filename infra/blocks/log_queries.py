"""Saved queries over the logs: what on-call asks, with the one word to put in (docs/operations/follow-a-message.md)."""

from collections.abc import Sequence
from dataclasses import dataclass

from aws_cdk import aws_logs as logs
from constructs import Construct

from infra.blocks.lambda_function import LambdaFunction
from infra.deployment import Deployment

MOST_LINES = 1_000
WHAT = ("@timestamp", "@log", "level", "message")  # its log group says which function
ENDS = ("lane", "seq", "ended", "accepted", "refused", "unknown", "throttled", "halted_by")  # of a sender's slice
OF_OURS = ("api_request_id", "function_request_id")
REQUEST_IDS = (*OF_OURS, "requestId", "record.requestId", "request")  # Lambda's, of two kinds of line; the API's
WENT_WELL = 'not (message = "status" and level = "INFO")'  # three lines for each recipient


@dataclass(frozen=True, slots=True)
class SavedQuery:
    """`asks`: the filter, with a word in capitals to put in. `of`: beginnings of functions' names; empty: all."""

    name: str
    fields: Sequence[str]
    asks: Sequence[str]
    of: Sequence[str] = ()
    newest_first: bool = False


QUERIES = (
    SavedQuery(
        "one message",
        (*WHAT, "town", "kind", "answers", "status", "code", "cause", "why", "sent_as", *OF_OURS),
        ('correlation = "CORRELATION" or sent_as = "CORRELATION"',),
    ),
    SavedQuery(
        "one newsletter",
        (*WHAT, *ENDS, "planned", "slices", "correlation", "status", "code", "why"),
        ('cause = "NEWSLETTER"', WENT_WELL),
        ("broadcast", "inbound-webhook"),
    ),
    SavedQuery(
        "one alert",
        (*WHAT, *ENDS, "outcome", "attempt", "settled", "correlation", "status", "code", "why"),
        ('cause = "ALERT"', WENT_WELL),
        ("crisis", "inbound-webhook"),
    ),
    SavedQuery(
        "one town's last hour",
        (*WHAT, "correlation", "cause", "status", "code", "why", *OF_OURS),
        ('town = "TOWN"', WENT_WELL),
        newest_first=True,
    ),
    SavedQuery(
        "one request",
        (*WHAT, "town", "correlation", "code", "why", *OF_OURS, "errorType", "type", "record.status", "route"),
        (" or ".join(f'{one} = "REQUEST"' for one in REQUEST_IDS),),
    ),
)


class LogQueries(Construct):
    """Each over the log groups that it can find something in; CloudWatch lists them under the stage's name."""

    def __init__(
        self,
        scope: Construct,
        *,
        deployment: Deployment,
        functions: Sequence[LambdaFunction],
        access_log: logs.ILogGroup,
    ) -> None:
        super().__init__(scope, "LogQueries")
        for query in QUERIES:
            groups: list[logs.ILogGroup] = [it.log for it in functions if it.name.startswith(tuple(query.of) or "")]
            logs.QueryDefinition(
                self,
                "".join(word.capitalize() for word in query.name.replace("'", "").split()),
                query_definition_name=f"stadtdraht-{deployment.stage}/{query.name}",
                query_string=logs.QueryString(
                    fields=list(query.fields),
                    filter_statements=list(query.asks),
                    sort=f"@timestamp {'desc' if query.newest_first else 'asc'}",
                    limit=MOST_LINES,
                ),
                log_groups=groups if query.of else [*groups, access_log],
            )
