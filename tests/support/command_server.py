"""A process that has loaded the operator's command, and forks for each one that it reads: importing takes a second.

`python -m tests.support.command_server`: {"words": […], "environment": {…}, "folder": "/…"} comes as a JSON line on
stdin, how it ended goes to stdout: {"code": 0, "out": "…", "err": "…"}. One at a time.
"""

import gc
import importlib
import json
import os
import pkgutil
import signal
import sys
import tempfile
import traceback
from typing import IO, Any

import stadtdraht
from stadtdraht.cli.main import app

ENDS_WITHIN_S = 120


def forked(job: dict[str, Any], out: IO[str], err: IO[str]) -> int:
    """The exit code; negative when a signal ended it."""
    pid = os.fork()
    if pid:
        return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    code = 1
    try:
        signal.alarm(ENDS_WITHIN_S)
        for file, number in ((out, 1), (err, 2)):
            os.dup2(file.fileno(), number)
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        environment = os.environ  # noqa: TID251 - handed on, not read
        environment.clear()
        environment.update(job["environment"])
        os.chdir(job["folder"])
        sys.argv = ["stadtdraht", *job["words"]]
        app(prog_name="stadtdraht")
    except SystemExit as ended:
        code = ended.code if isinstance(ended.code, int) else int(ended.code is not None)
    except BaseException:  # noqa: BLE001 - the process ends here, and its exit code tells
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def main() -> None:
    """Until stdin ends."""
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    for module in pkgutil.walk_packages(stadtdraht.__path__, "stadtdraht."):
        importlib.import_module(module.name)  # what a command loads when it needs it
    gc.freeze()
    for line in sys.stdin:
        with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as err:
            code = forked(json.loads(line), out, err)
            out.seek(0)
            err.seek(0)
            ended = {"code": code, "out": out.read(), "err": err.read()}
        print(json.dumps(ended), file=answers, flush=True)


if __name__ == "__main__":
    main()
