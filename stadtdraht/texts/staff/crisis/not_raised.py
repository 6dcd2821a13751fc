"""Why a press sent nothing although nothing was wrong with it: another alert stands. For duty officers, in German."""

from stadtdraht.domain.crisis.alert import ENDS, Alert
from stadtdraht.domain.town import Town
from stadtdraht.texts.follow_ups import LABELS
from stadtdraht.texts.scenarios import SCENARIOS


def spent_on_others(earlier: Alert | None, town: Town) -> str:
    """A page's nonce or a machine's key that comes again with other choices."""
    which = f": {_named(earlier, town)}" if earlier else ""
    return (
        f"Mit dieser Seite oder Kennung wurde schon eine andere Meldung ausgelöst{which}. Was Sie jetzt gewählt haben, "
        "wurde NICHT gesendet. Soll es hinausgehen, lösen Sie es neu aus, mit neuer Seite oder neuer Kennung."
    )


def followed_by_another(later: Alert, town: Town) -> str:
    """A follow-up of an alert that something else followed already."""
    next_step = (
        f"Damit ist sie beendet ({later.alert_id})."
        if later.kind in ENDS
        else f"Geben Sie, was Sie sagen wollen, zu dieser Meldung: {later.alert_id}"
    )
    return f"Es wurde NICHTS gesendet. Auf diese Warnung folgte schon: {_named(later, town)}. {next_step}"


def _named(alert: Alert, town: Town) -> str:
    label = LABELS.get(alert.kind, "Warnung")
    scenario = SCENARIOS[alert.scenario].name if alert.scenario in SCENARIOS else alert.scenario
    return f"{label} zu {scenario}, {alert.raised_at.astimezone(town.zone):%d.%m.%Y, %H:%M} Uhr"
