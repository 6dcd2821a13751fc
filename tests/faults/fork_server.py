"""A process that has imported the newsletter's sender, and forks a fresh sender for each job it reads.

`python -m tests.faults.fork_server`: jobs come as JSON lines on stdin, how each ended goes to stdout. One at a time.
{"do": "run", "body": …, "later_s": 20, …} forks; {"do": "continue"} wakes a frozen one; {"do": "kill"} ends it.
A sender is ended or frozen by a real signal, at the step that its job names.
"""

import gc
import json
import os
import signal
import sys
import traceback
from typing import Any

from tests.faults.disturbed_sender import STILL_RUNNING, prepare, work

ENDS_WITHIN_S = 300  # one that hangs is ended, so that the test fails instead


def ended(pid: int) -> str:
    """Waits for the sender: "done", "still running", "failed", "killed" or "frozen"."""
    _, status = os.waitpid(pid, os.WUNTRACED)
    if os.WIFSTOPPED(status):
        return "frozen"
    if os.WIFSIGNALED(status):
        return "killed" if os.WTERMSIG(status) == signal.SIGKILL else "failed"
    return {0: "done", STILL_RUNNING: "still running"}.get(os.WEXITSTATUS(status), "failed")


def forked(job: dict[str, Any]) -> int:
    pid = os.fork()
    if pid:
        return pid
    signal.alarm(ENDS_WITHIN_S)
    code = 1
    try:
        code = work(job)
    except BaseException:  # noqa: BLE001 - the process ends here, and its exit code tells
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(code)


def main() -> None:
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # the sender's log, beside what it says of its errors
    prepare()
    gc.freeze()
    pid = 0
    print("ready", file=answers, flush=True)
    for line in sys.stdin:
        job = json.loads(line)
        match job["do"]:
            case "run":
                pid = forked(job)
            case "continue":
                os.kill(pid, signal.SIGCONT)
            case "kill":
                os.kill(pid, signal.SIGKILL)
        print(ended(pid), file=answers, flush=True)


if __name__ == "__main__":
    main()
