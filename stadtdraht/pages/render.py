"""Server-rendered pages: one layout, the style sheet inside, no script, nothing loaded from elsewhere.

The sheets are built by `sass` at set-up from the console's tokens (styles/build.mjs).
"""

from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("stadtdraht.pages"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals |= {"style": _sheet("public"), "crisis_style": _sheet("crisis")}
    return environment


def _sheet(name: str) -> Markup:
    """Our own file, not anybody's input."""
    return Markup(files("stadtdraht.pages").joinpath("built", f"{name}.css").read_text("utf-8"))  # noqa: S704


def render(template: str, **values: Any) -> str:
    """A page from stadtdraht/pages/templates/; values are escaped. A value that is missing raises UndefinedError."""
    return _environment().get_template(template).render(**values)
