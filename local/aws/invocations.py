"""What goes into a Lambda environment and what comes out of it, in Lambda's own shapes."""

import asyncio
import json
import time
from dataclasses import dataclass, field
from uuid import uuid4

REQUEST_LIMIT_BYTES = RESPONSE_LIMIT_BYTES = 6_291_556  # 6 MB; AWS, Lambda quotas, 2026-11-23


@dataclass(frozen=True)
class Returned:
    """What the handler returned, as JSON bytes."""

    payload: bytes


@dataclass(frozen=True)
class Failed:
    """The function did not return: its error as JSON bytes (errorType, errorMessage, maybe stackTrace)."""

    payload: bytes


@dataclass(frozen=True)
class Throttled:
    """As many invocations run as the function's reserved concurrency allows."""


Outcome = Returned | Failed | Throttled


@dataclass(eq=False)
class Invocation:
    """One event on its way through an environment; `outcome` is settled exactly once."""

    event: bytes
    function_arn: str
    request_id: str = field(default_factory=lambda: str(uuid4()))
    trace_id: str = "Root=1-00000000-000000000000000000000000;Sampled=0"
    outcome: asyncio.Future[Outcome] = field(default_factory=asyncio.Future)

    def settle(self, outcome: Outcome) -> None:
        """Answer the caller. A second answer (a late response after the timeout) changes nothing."""
        if not self.outcome.done():
            self.outcome.set_result(outcome)

    def headers(self, timeout_s: float) -> dict[str, str]:
        """The headers of the Runtime API's `next` answer."""
        return {
            "Lambda-Runtime-Aws-Request-Id": self.request_id,
            "Lambda-Runtime-Deadline-Ms": str(int((time.time() + timeout_s) * 1000)),
            "Lambda-Runtime-Invoked-Function-Arn": self.function_arn,
            "Lambda-Runtime-Trace-Id": self.trace_id,
        }


def failure(error_type: str, message: str) -> Failed:
    """An error the service reports rather than the handler."""
    return Failed(json.dumps({"errorType": error_type, "errorMessage": message}).encode())


def timed_out(request_id: str, timeout_s: float) -> Failed:
    """The function ran longer than it may."""
    return failure("Sandbox.Timedout", f"RequestId: {request_id} Error: Task timed out after {timeout_s:.2f} seconds")


def exited(request_id: str, exit_code: int) -> Failed:
    """The environment's process ended under the invocation."""
    reason = f"signal: {_signal_name(-exit_code)}" if exit_code < 0 else f"exit status {exit_code}"
    return failure("Runtime.ExitError", f"RequestId: {request_id} Error: Runtime exited with error: {reason}")


def returned(payload: bytes) -> Outcome:
    """The handler's answer, refused when it is larger than Lambda carries."""
    if len(payload) > RESPONSE_LIMIT_BYTES:
        return failure(
            "Function.ResponseSizeTooLarge",
            f"Response payload size ({len(payload)} bytes) exceeded maximum allowed payload size "
            f"({RESPONSE_LIMIT_BYTES} bytes).",
        )
    return Returned(payload)


def _signal_name(number: int) -> str:
    return {9: "killed", 11: "segmentation fault", 15: "terminated", 6: "aborted"}.get(number, str(number))
