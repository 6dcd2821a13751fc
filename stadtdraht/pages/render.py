"""Server-rendered pages: one layout, one style sheet inlined, no script, nothing loaded from elsewhere."""

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
    # Our own file, not anybody's input.
    environment.globals["style"] = Markup(files("stadtdraht.pages").joinpath("style.css").read_text("utf-8"))  # noqa: S704
    return environment


def render(template: str, **values: Any) -> str:
    """A page from stadtdraht/pages/templates/; values are escaped. A value that is missing raises UndefinedError."""
    return _environment().get_template(template).render(**values)
