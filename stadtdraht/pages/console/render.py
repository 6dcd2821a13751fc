"""Pages of the console: one frame, one sheet, one small script; every page works without the script.

Templates are compiled once for each language that somebody reads, with their sentences in it: a page of fifty rows
says some three hundred.
"""

import re
from functools import cache
from typing import Any, Final

from jinja2 import Environment, PackageLoader, StrictUndefined, nodes
from jinja2.visitor import NodeTransformer
from markupsafe import Markup, escape

from stadtdraht.domain.staff.member import StaffLanguage
from stadtdraht.pages.console.assets import script, sheet
from stadtdraht.texts.staff.language import gettext, language_read, ngettext, reading

_BOLD: Final = re.compile(r"(?<![\w*])\*(?=\S)([^*\n]+)(?<=\S)\*(?![\w*])")


class _Spoken(Environment):
    """Of one language."""

    def __init__(self, language: StaffLanguage, **options: Any) -> None:
        super().__init__(**options)
        self.language = language

    def compile(self, source: Any, name: str | None = None, *args: Any, **more: Any) -> Any:
        """As every template is, whoever asks for it: a page, an include, an import."""
        with reading(self.language):
            return super().compile(_Said().visit(self.parse(source, name)), name, *args, **more)


class _Said(NodeTransformer):
    """Puts sentences without blanks into the template: `{{ _("…") }}`, `{% trans %}…{% endtrans %}`."""

    def visit_Call(self, node: nodes.Call) -> nodes.Node:  # noqa: N802 - as Jinja calls it
        self.generic_visit(node)
        is_said = isinstance(node.node, nodes.Name) and node.node.name in ("_", "gettext")
        if not is_said or len(node.args) != 1 or node.kwargs or not isinstance(node.args[0], nodes.Const):
            return node
        return nodes.MarkSafe(nodes.Const(gettext(node.args[0].value), lineno=node.lineno), lineno=node.lineno)


@cache
def _environment(language: StaffLanguage) -> Environment:
    environment = _Spoken(
        language,
        loader=PackageLoader("stadtdraht.pages", "templates/console"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
        auto_reload=False,  # nobody changes them in a running function
    )
    environment.policies["ext.i18n.trimmed"] = True
    environment.install_gettext_callables(gettext, ngettext, newstyle=True)  # type: ignore[attr-defined]
    environment.filters["as_on_a_phone"] = _as_on_a_phone
    environment.globals |= {"sheet": sheet().name, "script": script().name, "language_read": language_read}
    return environment


def _as_on_a_phone(text: str) -> Markup:
    """WhatsApp shows what stands between asterisks in bold, and so do we."""
    return Markup(_BOLD.sub(r"<b>\1</b>", str(escape(text))))  # noqa: S704 - escaped before the tags


def render_console(template: str, **values: Any) -> str:
    """A page from templates/console/; values are escaped. A value that is missing raises UndefinedError."""
    return _environment(language_read()).get_template(template).render(**values)
