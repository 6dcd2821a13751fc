"""`stadtdraht crisis ready`: whether a warning could go out now."""

from datetime import UTC, datetime
from typing import Annotated, Any, Final

import typer

from stadtdraht.bootstrap import Adapters
from stadtdraht.cli.deployment import connected
from stadtdraht.cli.output import REFUSED, AsJson, give, refuse, table
from stadtdraht.domain.crisis.readiness import Check, CheckName, Level, Readiness
from stadtdraht.domain.town import Offer
from stadtdraht.texts.staff.crisis import crisis_desk as words
from stadtdraht.texts.staff.crisis.readiness import ADVICE, LEVELS, NAMES, found
from stadtdraht.usecases.crisis.check_readiness import check_readiness, observe_shared

FOR_OPERATORS: Final = {
    CheckName.TOKEN: "stadtdraht doctor; a new token: stadtdraht town apply towns/{town}.toml --token-file …",
    CheckName.NUMBER: "WhatsApp Manager names the reason; fewer newsletters until it is GREEN again",
    CheckName.TEMPLATES: "stadtdraht template check --town {town}",
    CheckName.SECOND: "stadtdraht template check --town {town} says which is paused or missing: mend that one. "
    "Is only one named? Name a second in crisis_templates and hand it in",
    CheckName.LIMIT: "ask Meta for a higher limit (business verification), or send newsletters until it rises; "
    "put what Meta says into number.portfolio_limit of the town file",
    CheckName.ACCOUNT: "stadtdraht template check --town {town} says what Meta told and what to do",
    CheckName.QUEUES: "stadtdraht dlq list; is an alert being sent? stadtdraht dlq redrive once the cause is gone",
    CheckName.SENDERS: "errors or throttles of crisis-send? docs/operations/runbooks.md",
    CheckName.PAGE: "errors or throttles of crisis-page? docs/operations/runbooks.md",
    CheckName.KEYS: "docs/operations/deploy.md, Secrets",
    CheckName.LINKS: 'stadtdraht crisis link --town {town} --holder "…" --expires 180d',
    CheckName.DRILL: "stadtdraht crisis link --town {town} --drill …, and have somebody press it",
}


@connected
def ready(
    adapters: Adapters,
    town_id: Annotated[str, typer.Option("--town", help="Kennung der Stadt, wie in `town list` (id of the town)")],
    as_json: AsJson = False,
) -> None:
    """Jetzt alles ansehen, was eine Warnung braucht, und sagen, was zu tun ist. Sendet nichts. (look at everything a
    warning needs; exit code 1 if red)
    """
    town = adapters.towns.get(town_id)
    if Offer.CRISIS not in town.offers_of():
        refuse(words.NO_OFFER.format(town=town.name))
    shared = observe_shared([town], adapters.crisis_queues, adapters.crisis_sender)
    readiness = check_readiness(town, shared, datetime.now(UTC), adapters.readiness_ports())
    rows = [
        (words.LIGHTS[it.level], NAMES[it.name], found(it, town), "" if it.passed else ADVICE[it.name])
        for it in readiness.checks
    ]

    def show(out: Any) -> None:
        out.print(f"{town.name}: {LEVELS[readiness.level]} ({words.LIGHTS[readiness.level]})")
        out.print(table(words.READY_HEAD, rows))
        if wrong := [it for it in readiness.checks if not it.passed]:
            out.print(words.FOR_OPERATORS)
        for check in wrong:
            out.print(f"  {check.name}: {advice(check, town.id)}")

    give(described(readiness, town.id), as_json=as_json, show=show)
    if readiness.level is Level.RED:
        raise typer.Exit(REFUSED)


def advice(check: Check, town_id: str) -> str:
    """What the operator does about it; nothing when it has passed."""
    return "" if check.passed else FOR_OPERATORS[check.name].format(town=town_id)


def described(readiness: Readiness, town_id: str) -> dict[str, Any]:
    """For programs, with the field names they know."""
    return {
        "town": town_id,
        "colour": str(readiness.level),
        "looked_at": readiness.checked_at.isoformat(),
        "lights": [
            {
                "name": str(it.name),
                "colour": str(it.level),
                "found": it.finding,
                "advice": advice(it, town_id),
                "for_staff": "" if it.passed else ADVICE[it.name],
            }
            for it in readiness.checks
        ],
    }
