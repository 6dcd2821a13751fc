"""In which of a town's approved templates an alert can go out, in the order in which they are tried.

The town file names several for the same purpose, because Meta may pause or disable any of them at the worst moment.
"""

from stadtdraht.domain.crisis.alert import ENDS, AlertKind
from stadtdraht.domain.town import Template, Town

INSTEAD = ("de-easy", "de")  # what somebody reads whose own language is missing


def frames(town: Town, language: str, kind: AlertKind = AlertKind.ALERT) -> tuple[Template, ...]:
    """Templates for an alert in that language, then those in easy German, then in German.

    The end of an alert has frames of its own; behind them, those of warnings say it as well.
    """
    chosen: dict[tuple[str, str], Template] = {}
    for choice in (language, *INSTEAD):
        for template in own_frames(town, choice, kind):
            chosen.setdefault((template.name, template.language), template)
    return tuple(chosen.values())


def own_frames(town: Town, language: str, kind: AlertKind = AlertKind.ALERT) -> tuple[Template, ...]:
    """Those for an alert that speak that language; empty: its readers are warned in German."""
    names = (*town.all_clear_templates, *town.crisis_templates) if kind in ENDS else town.crisis_templates
    named = (town.template(name, language) for name in dict.fromkeys(names))
    return tuple(template for template in named if template and template.speaks == language)
