"""In which of a town's approved templates an alert can go out, in the order in which they are tried.

The town file names several for the same purpose, because Meta may pause or disable any of them at the worst moment.
"""

from stadtdraht.domain.town import EASY, Template, Town

INSTEAD = ("de-easy", "de")  # what somebody reads whose own language is missing


def frames(town: Town, language: str) -> tuple[Template, ...]:
    """Templates for an alert in that language, then those in easy German, then in German."""
    found: dict[tuple[str, str], Template] = {}
    for choice in (language, *INSTEAD):
        for name in town.crisis_templates:
            if (template := town.template(name, choice)) and template.speaks == choice:
                found.setdefault((template.name, template.language), template)
    return tuple(found.values())


def own_frames(town: Town, language: str) -> tuple[Template, ...]:
    """Those for an alert that speak that language; empty: its readers are warned in German."""
    return tuple(template for template in frames(town, language) if template.speaks == language)


def is_frame(town: Town, template: Template) -> bool:
    """Whether alerts go out in it; of easy German the town file names the German one only."""
    return template.name.removesuffix(EASY) in town.crisis_templates or template.name in town.crisis_templates
