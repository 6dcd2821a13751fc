"""Processor time of a running local system, by what used it: wall time says little on a machine that others share."""

import os
from collections import Counter
from pathlib import Path

TICKS_A_SECOND = os.sysconf("SC_CLK_TCK")
PARTS = {  # by a word of the command line
    "functions.inbound.webhook": "webhook",
    "functions.inbound.process": "process",
    "functions.inbound.reply": "reply",
    "awslambdaric": "other functions",
    "local.aws.leading_keys": "local AWS",
    "local.whatsapp": "simulated WhatsApp",
    "local": "Lambda host",
}


def by_part(root: int) -> Counter[str]:
    """Seconds that the process `root` and everything below it have used so far. What has ended counts no more."""
    used: Counter[str] = Counter()
    for pid in _family(root):
        try:
            words = Path(f"/proc/{pid}/cmdline").read_bytes().decode().split("\0")
            behind_name = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        except OSError:  # ended meanwhile
            continue
        user, system = map(int, behind_name[11:13])
        part = next((name for word, name in PARTS.items() if any(it.startswith(word) for it in words)), "others")
        used[part] += (user + system) / TICKS_A_SECOND  # type: ignore[assignment] - a Counter adds any number
    return used


def _family(root: int) -> list[int]:
    found = [root]
    for pid in found:
        for children in Path(f"/proc/{pid}/task").glob("*/children"):
            try:
                found += map(int, children.read_text().split())
            except OSError:
                continue
    return found
