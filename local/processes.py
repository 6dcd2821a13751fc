"""Child processes that never outlive us: each leads its own group and dies when this process does."""

import asyncio
import contextlib
import ctypes
import os
import signal
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

PR_SET_PDEATHSIG = 1  # linux/prctl.h
_libc = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


@dataclass(eq=False)
class ChildDied(Exception):
    """A process the system needs ended by itself."""

    name: str
    exit_code: int
    log: Path

    def __str__(self) -> str:
        return f"{self.name} ended unexpectedly with exit code {self.exit_code}; its log is {self.log}"


def _die_with_parent(death_signal: signal.Signals) -> Callable[[], None] | None:
    """What a child runs before its program: ask the kernel for a signal at our death (Linux only).

    The kernel ties it to the *thread* that started the child, so children are started on the main thread.
    """
    if _libc is None:
        return None
    parent = os.getpid()
    prctl = _libc.prctl

    def before_program() -> None:
        prctl(PR_SET_PDEATHSIG, int(death_signal), 0, 0, 0)
        if os.getppid() != parent:  # the parent died in between
            os._exit(1)

    return before_program


async def start(
    program: Sequence[str],
    *,
    environment: Mapping[str, str],
    folder: Path,
    stdout: int,
    stderr: int = asyncio.subprocess.STDOUT,
    death_signal: signal.Signals = signal.SIGKILL,
) -> asyncio.subprocess.Process:
    """Start `program` in a session of its own, so that a Ctrl-C at the terminal reaches only us."""
    return await asyncio.create_subprocess_exec(
        *program,
        env=dict(environment),
        cwd=folder,
        stdin=asyncio.subprocess.DEVNULL,
        stdout=stdout,
        stderr=stderr,
        start_new_session=True,
        preexec_fn=_die_with_parent(death_signal),
    )


def kill_group(process: asyncio.subprocess.Process, which: signal.Signals = signal.SIGKILL) -> None:
    """Send `which` to the process and to everything it started; silent when it is gone."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, which)


async def stop(process: asyncio.subprocess.Process, *, grace_s: float) -> None:
    """End a process: SIGTERM, `grace_s` seconds to finish, then SIGKILL for whatever is left of its group."""
    if process.returncode is None:
        kill_group(process, signal.SIGTERM)
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(process.wait(), grace_s)
    kill_group(process)
    await process.wait()


def last_lines(log: Path, count: int = 20) -> str:
    """The end of a log, for an error message."""
    if not log.exists():
        return ""
    return "\n".join(log.read_text(errors="replace").splitlines()[-count:])
