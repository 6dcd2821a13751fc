"""The local system as it is broken and mended."""

import json
import re
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from tests.rehearsal.chapters import Chapter
from tests.support.running_system import REPOSITORY, RunningSystem

PIN = "482913"
LOOKS_EVERY_S = 0.2


@dataclass
class Stage:
    """values: what is filled into the blanks of the page's commands."""

    system: RunningSystem
    folder: Path
    values: dict[str, str] = field(default_factory=dict)

    def town(self, town: str) -> dict[str, Any]:
        """What run.json says of it; from here on the page's commands are about this town."""
        self.values |= {"TOWN": town, "FILE": str(REPOSITORY / "towns" / f"{town}.toml")}
        return dict(self.system.run["towns"][town])

    def ringing(self) -> set[str]:
        """Names of alarms that are red now, by the template's own definitions."""
        found = self.system.http.get(f"{self.system.run['graph']}/dashboards/alarms.json").json()
        return {it["name"] for it in found["alarms"] if it["state"] == "ALARM"}

    def wait_for(self, alarms: frozenset[str] | set[str], within_s: float) -> float:
        """Seconds until all of them ring."""
        began = time.monotonic()
        self.system.until(lambda: alarms <= self.ringing(), f"{', '.join(sorted(alarms))} to ring", within_s)
        return time.monotonic() - began

    def comes(self, look: Callable[[], object], within_s: float) -> bool:
        """Whether what is looked for is there in time; that it is not is no failure yet."""
        end = time.monotonic() + within_s
        while not (found := look()) and time.monotonic() < end:
            time.sleep(LOOKS_EVERY_S)
        return bool(found)

    def type(self, chapter: Chapter) -> list[str]:
        """What is on the page, in its order. Looks may say that something is wrong; acts must succeed."""
        outputs = []
        for words in chapter.typed(self.values):
            done = self.system.command(*words)
            text = done.stdout + done.stderr
            assert "Traceback" not in text, f"{words}: {text}"
            assert done.returncode == 0 or is_look(words), f"{words} ended with {done.returncode}: {text}"
            outputs.append(text)
        return outputs

    def simulate(self, method: str, path: str, body: Any = None) -> Any:
        """A control route of the simulated WhatsApp."""
        answer = self.system.http.request(method, f"{self.system.run['graph']}/_sim/{path}", json=body)
        assert answer.status_code < 300, answer.text
        return answer.json() if answer.content else None

    def press(self, url: str, pin: str) -> httpx.Response:
        """Somebody types a PIN on the crisis page of Bocholt."""
        nonce = re.search(r'name="nonce"\s+value="([^"]+)"', self.system.http.get(url).text)
        assert nonce, "the page asks for nothing"
        form = {"scenario": "fire", "districts": "*", "valid_for_min": "60", "languages": "de", "confirm": "Bocholt"}
        as_machine = {"Accept": "application/json", "Idempotency-Key": uuid.uuid4().hex}
        return self.system.http.post(url, data={**form, "pin": pin, "nonce": nonce[1]}, headers=as_machine)

    def looked(self, *words: str) -> Any:
        """The JSON of a command that only looks, whatever it ends with."""
        return json.loads(self.system.command(*words, "--json").stdout)


def is_look(words: list[str]) -> bool:
    """Whether the command ends with 1 to say what it saw."""
    return words[0] == "doctor" or words[:2] in (["template", "check"], ["crisis", "ready"])
