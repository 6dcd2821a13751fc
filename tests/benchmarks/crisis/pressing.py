"""An officer presses, and what of a cause WhatsApp has accepted."""

import re
import time
import uuid
from typing import Any, Final

import httpx

from tests.support.running_system import RunningSystem

PIN: Final = "482913"


class Press:
    """One press: when it was sent (Unix seconds), how long its answer took, and what it raised."""

    def __init__(self, at: float, answered_after_s: float, alert_id: str) -> None:
        self.at, self.answered_after_s, self.alert_id = at, answered_after_s, alert_id


def press_link(system: RunningSystem, url: str, scenario: str) -> Press:
    """In Bocholt. Opening the page builds everything, as for an officer; the press itself is what is timed."""
    page = system.http.get(url).text
    found = re.search(r'name="nonce"\s+value="([^"]+)"', page)
    assert found, "the crisis page has no nonce"
    form = {
        "scenario": scenario,
        "districts": "",
        "valid_for_min": "60",
        "languages": "de",
        "pin": PIN,
        "confirm": "Bocholt",
        "nonce": found[1],
    }
    headers = {"Accept": "application/json", "Idempotency-Key": uuid.uuid4().hex}
    at = time.time()
    answer = system.http.post(url, data=form, headers=headers)
    answered_after_s = time.time() - at
    assert answer.status_code == httpx.codes.ACCEPTED, answer.text
    return Press(at, answered_after_s, str(answer.json()["alert_id"]))


def accepted_of(system: RunningSystem, town: str, cause: str, since: float = 0) -> list[dict[str, Any]]:
    """The town's messages for this cause, as the ledger of the simulated WhatsApp has them."""
    asks = {"phone_number_id": system.run["towns"][town]["phone_number_id"], "since": str(since)}
    asked = system.http.get(f"{system.run['graph']}/_sim/messages", params=asks, timeout=60)
    return [it for it in asked.json()["messages"] if f":{cause}:" in (it.get("biz_opaque_callback_data") or "")]
