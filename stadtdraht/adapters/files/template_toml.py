"""A template as it stands in a town file."""

import json

from stadtdraht.domain.town import Template


def as_toml(template: Template) -> str:
    """A table of `[[templates]]`. JSON's strings are TOML's, and names of variables need no quotes."""
    examples = ", ".join(f"{name} = {_quoted(value)}" for name, value in template.examples)
    return "\n".join(
        (
            "[[templates]]",
            f"name = {_quoted(template.name)}",
            f"language = {_quoted(template.language)}",
            f"category = {_quoted(template.category)}",
            f'body = """\n{template.body}"""',
            f"footer = {_quoted(template.footer)}",
            f"examples = {{ {examples} }}",
        )
    )


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
