"""`make run`: the whole product on this machine until Ctrl-C."""

import asyncio
import os
import signal
import sys
import time
from pathlib import Path
from typing import Any

from rich.console import Console

from local import processes, startup, where_to_look
from local.aws.deploy import DeployFailed
from local.aws.synth import SynthFailed
from local.settings import LocalSettings, WrongSetting

CONSOLE = Console(highlight=False, soft_wrap=True)
BEGAN = time.monotonic()


def say(text: str) -> None:
    """One line of progress, with the seconds since the start."""
    CONSOLE.print(f"[dim]{time.monotonic() - BEGAN:6.1f} s[/]  {text}", markup=True)


async def main(settings: LocalSettings) -> int:
    """Run until a signal asks to stop; the exit code."""

    def ready(run: dict[str, Any]) -> None:
        where_to_look.show(run, simulated=not settings.graph_api_url, console=CONSOLE)

    asked_to_stop = asyncio.Event()
    for which in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        asyncio.get_running_loop().add_signal_handler(which, asked_to_stop.set)
    try:
        await startup.run(settings, say, ready, asked_to_stop)
    except processes.ChildDied as died:
        CONSOLE.print(f"\n{died}\n{processes.last_lines(died.log)}", style="red", markup=False)
        return 1
    except (WrongSetting, SynthFailed, DeployFailed) as why:
        CONSOLE.print(f"\n{why}", style="red", markup=False)
        return 1
    return 0


def _run() -> int:
    try:
        settings = LocalSettings.from_environment(Path.cwd())
    except WrongSetting as why:
        CONSOLE.print(str(why), style="red", markup=False)
        return 2
    try:
        return asyncio.new_event_loop().run_until_complete(main(settings))
    except Exception:  # noqa: BLE001 - whatever stopped a step: every process has ended, now say why
        CONSOLE.print_exception()
        return 1


if __name__ == "__main__":
    exit_code = _run()
    sys.stdout.flush()
    os._exit(exit_code)  # a step that still waits in a thread must not hold the terminal
