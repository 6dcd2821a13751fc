"""The console's sheet and script. The sheet is built by `sass` from KERN's parts and ours (styles/), at set-up."""

import hashlib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Asset:
    """A file that pages load. `name` changes with its content."""

    name: str
    content_type: str
    text: str


@cache
def _read(stem: str, ending: str, content_type: str) -> Asset:
    text = files("stadtdraht.pages.console").joinpath("built" if ending == "css" else "script", f"{stem}.{ending}")
    content = text.read_text("utf-8")
    return Asset(f"{stem}.{hashlib.sha256(content.encode()).hexdigest()[:12]}.{ending}", content_type, content)


def sheet() -> Asset:
    return _read("console", "css", "text/css; charset=utf-8")


def script() -> Asset:
    return _read("console", "js", "text/javascript; charset=utf-8")


@cache
def named() -> dict[str, Asset]:
    """All of them, by name."""
    return {it.name: it for it in (sheet(), script())}
