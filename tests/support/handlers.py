"""The modules of functions/ that Lambda calls."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def handlers() -> list[str]:
    """Names such as "functions.inbound.webhook"."""
    files = (ROOT / "functions").rglob("*.py")
    found = [file.relative_to(ROOT) for file in files if re.search(r"^def handler\(", file.read_text(), re.MULTILINE)]
    return sorted(".".join(file.with_suffix("").parts) for file in found)
