"""The state folder: who holds it, which port the Lambda host keeps, and the file that says `ready`."""

import fcntl
import json
import random
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO

from local.settings import WrongSetting, is_free

HOST_PORTS = range(20_000, 30_000)  # below the range the kernel hands out to outgoing connections


@dataclass
class StateFolder:
    """Held by one running system at a time."""

    path: Path
    _lock: TextIO | None = None

    def take(self) -> None:
        """Take the folder and forget an earlier `run.json`. Raises `WrongSetting` when it is in use."""
        self.path.mkdir(parents=True, exist_ok=True)
        self._lock = (self.path / "lock").open("w")
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            self.release()
            raise WrongSetting(
                f"Auf {self.path} läuft schon ein System; STADTDRAHT_STATE wählt einen anderen Ordner. / "
                f"A system runs on {self.path} already; STADTDRAHT_STATE chooses another folder."
            ) from None
        self.not_ready()

    def host_port(self) -> int:
        """The Lambda host's port: the same at every start where it is free, as it is part of the template."""
        file = self.path / "lambda_host.port"
        if file.exists() and is_free(port := int(file.read_text())):
            return port
        port = next(port for port in random.sample(HOST_PORTS, 100) if is_free(port))
        file.write_text(str(port))
        return port

    @property
    def run_file(self) -> Path:
        return self.path / "run.json"

    def ready(self, run: dict[str, Any]) -> None:
        """Say that the system is up, in one step."""
        fresh = self.path / "run.json.new"
        fresh.touch(mode=0o600)
        fresh.write_text(json.dumps(run, indent=2, ensure_ascii=False) + "\n")
        fresh.replace(self.run_file)

    def not_ready(self) -> None:
        """Take the word back."""
        self.run_file.unlink(missing_ok=True)

    def release(self) -> None:
        """Let another system use the folder."""
        if self._lock:
            self._lock.close()
            self._lock = None
