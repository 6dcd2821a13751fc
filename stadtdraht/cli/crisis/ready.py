"""`stadtdraht crisis ready`: whether a warning could go out now."""

from datetime import UTC, datetime
from typing import Annotated, Any

import typer

from stadtdraht import bootstrap
from stadtdraht.cli.deployment import connected
from stadtdraht.cli.output import REFUSED, AsJson, give, refuse, table
from stadtdraht.domain.crisis.readiness import Colour, Lamp, Light
from stadtdraht.domain.town import Offer
from stadtdraht.texts.readiness import ADVICE, FOR_OPERATORS
from stadtdraht.usecases.crisis.check_readiness import look_at_lamp, look_at_shared


@connected
def ready(
    town: Annotated[str, typer.Option("--town", help="Id of the town, as in `stadtdraht town list`.")],
    as_json: AsJson = False,
) -> None:
    """Look now at everything a warning needs, and say what to do. Sends nothing. Ends with 1 when it is red."""
    of = bootstrap.towns().get(town)
    if Offer.CRISIS not in of.offers_of():
        refuse(f"{of.name} offers no warnings; add the offer `crisis` to its town file first")
    shared = look_at_shared([of], bootstrap.crisis_queues(), bootstrap.crisis_sender())
    lamp = look_at_lamp(of, shared, datetime.now(UTC), bootstrap.gauges())
    rows = [(it.colour, it.name, it.found, advice(it, of.id)) for it in lamp.lights]

    def show(out: Any) -> None:
        out.print(f"{of.name}: {lamp.colour}")
        out.print(table(("", "what", "found", "what to do"), rows))
        for light in lamp.lights:
            if not light.well:
                out.print(f"For staff: {ADVICE[light.name]}", markup=False)

    give(described(lamp, of.id), as_json=as_json, show=show)
    if lamp.colour is Colour.RED:
        raise typer.Exit(REFUSED)


def advice(light: Light, town: str) -> str:
    """What the operator does about it; nothing when it is well."""
    return "" if light.well else FOR_OPERATORS[light.name].format(town=town)


def described(lamp: Lamp, town: str) -> dict[str, Any]:
    """A lamp for programs."""
    return {
        "town": town,
        "colour": str(lamp.colour),
        "looked_at": lamp.looked_at.isoformat(),
        "lights": [
            {
                "name": str(it.name),
                "colour": str(it.colour),
                "found": it.found,
                "advice": advice(it, town),
                "for_staff": "" if it.well else ADVICE[it.name],
            }
            for it in lamp.lights
        ],
    }
