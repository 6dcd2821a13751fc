"""Around every handler: request ids in its lines, and one line for an error that nothing else caught.

Powertools' `inject_lambda_context` would add 250 bytes to a line (the function's ARN, its memory), and its
`log_uncaught_exceptions` the error's message, which may quote a citizen.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from aws_lambda_powertools import Logger

from stadtdraht.domain.errors import StadtdrahtError
from stadtdraht.observability import error_place

P = ParamSpec("P")
R = TypeVar("R")


class FunctionFailed(RuntimeError):
    """In place of an error that is not ours: Lambda logs an error's message, and that may quote what a citizen wrote.

    It says kind and place, and its line stands in the log already.
    """


def logged(log: Logger) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """For handlers. Of Lambda: `function_request_id`; of API Gateway, as its access log has it: `api_request_id`.

    Where there are both, a line of what went well says the API's alone (stadtdraht/observability.py).
    """

    def around(handler: Callable[P, R]) -> Callable[P, R]:
        @wraps(handler)
        def run(*given: P.args, **adapters: P.kwargs) -> R:
            event, context, *_ = given
            log.append_keys(function_request_id=getattr(context, "aws_request_id", None), **_of_the_api(event))
            try:
                with named(log):
                    return handler(*given, **adapters)
            except StadtdrahtError as why:  # whose message is ours, and which a command may be waiting for
                log.error("failed", why=error_place(why), said=str(why))  # noqa: TRY400
                raise

        return run

    return around


@contextmanager
def named(log: Logger, **work: Any) -> Iterator[None]:
    """An error inside ends the function; the line about it says whose work it was. Raises FunctionFailed."""
    try:
        yield
    except (FunctionFailed, StadtdrahtError):
        raise
    except Exception as why:  # noqa: BLE001 - raised again under another name
        log.error("failed", **work, why=error_place(why))  # noqa: TRY400
        raise FunctionFailed(error_place(why)) from None


def _of_the_api(event: object) -> Mapping[str, Any]:
    """None where no request began it, so that nothing of the last one stays."""
    asked = event.get("requestContext") if isinstance(event, Mapping) else None
    return {"api_request_id": asked.get("requestId") if isinstance(asked, Mapping) else None}
