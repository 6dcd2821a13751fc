"""Pages of the console: one frame, one sheet, one small script; every page works without the script."""

from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from stadtdraht.pages.console.assets import script, sheet
from stadtdraht.texts.staff.language import gettext, language_read, ngettext


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("stadtdraht.pages", "templates/console"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    environment.policies["ext.i18n.trimmed"] = True
    environment.install_gettext_callables(gettext, ngettext, newstyle=True)  # type: ignore[attr-defined]
    environment.globals |= {"sheet": sheet().name, "script": script().name, "language_read": language_read}
    return environment


def render_console(template: str, **values: Any) -> str:
    """A page from templates/console/; values are escaped. A value that is missing raises UndefinedError."""
    return _environment().get_template(template).render(**values)
