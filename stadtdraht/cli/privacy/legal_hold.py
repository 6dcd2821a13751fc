"""`stadtdraht case hold|release`, `stadtdraht citizen hold|release|holds`: what is kept for a procedure."""

from datetime import UTC, datetime
from typing import Annotated

import typer

from stadtdraht.bootstrap import Adapters
from stadtdraht.cli.deployment import connected
from stadtdraht.cli.inbound.find_citizen import Person, find_person
from stadtdraht.cli.options import TownOption, operator
from stadtdraht.cli.output import AsJson, give, refuse, table
from stadtdraht.domain.privacy.legal_hold import Hold
from stadtdraht.domain.town import Town
from stadtdraht.texts.staff.moments import NONE, moment
from stadtdraht.usecases.cases.work_on_case import CaseMissing
from stadtdraht.usecases.privacy import legal_hold
from stadtdraht.usecases.privacy.legal_hold import HoldPorts

Number = Annotated[str, typer.Argument(metavar="NUMBER", help="2026-0142, as in `stadtdraht case list`.")]
By = Annotated[str, typer.Option("--by", help="Who does it; your login name when left out.")]
Why = Annotated[str, typer.Option("--why", help="The procedure that needs it, with its file number; no names.")]


@connected
def hold_case(
    adapters: Adapters, number: Number, town_id: TownOption, why: Why, by: By = "", as_json: AsJson = False
) -> None:
    """Keep a case, and all of its citizen, for a procedure: nothing ends or is erased until `case release`."""
    town = adapters.towns.get(town_id)
    case = adapters.cases.get(town.id, number)
    if case is None:
        raise CaseMissing(number)
    _hold(adapters, town, case.citizen_id, number, why, by, as_json=as_json)


@connected
def release_case(adapters: Adapters, number: Number, town_id: TownOption, as_json: AsJson = False) -> None:
    """End the hold of a case: everything ends when it would have, or now, if the citizen asked for that meanwhile."""
    town = adapters.towns.get(town_id)
    _release(adapters, town, legal_hold.held_for_case(town.id, number, adapters.holds), as_json=as_json)


@connected
def hold_person(
    adapters: Adapters, town_id: TownOption, person: Person, why: Why, by: By = "", as_json: AsJson = False
) -> None:
    """Keep everything of a person for a procedure: nothing ends or is erased until `citizen release`."""
    town = adapters.towns.get(town_id)
    _hold(adapters, town, find_person(adapters, town, person).citizen_id, "", why, by, as_json=as_json)


@connected
def release_person(adapters: Adapters, town_id: TownOption, person: Person, as_json: AsJson = False) -> None:
    """End the hold of a person: everything ends when it would have, or now, if they asked for that meanwhile."""
    town = adapters.towns.get(town_id)
    who = find_person(adapters, town, person).citizen_id
    _release(
        adapters, town, legal_hold.held_for_person(town.id, who, adapters.citizens, adapters.holds), as_json=as_json
    )


@connected
def holds(adapters: Adapters, town_id: TownOption, as_json: AsJson = False) -> None:
    """What is kept for a procedure: since when, why, by whom, and who has asked to be erased meanwhile."""
    town = adapters.towns.get(town_id)
    found = [_value(it) for it in adapters.holds.all(town.id)]
    head = ("Bürger/in", "Meldung", "seit", "von", "warum", "will gelöscht werden seit")
    rows = [
        (it.citizen_id, it.case or NONE, moment(it.since, town), it.by, it.why, moment(it.wished_at, town))
        for it in adapters.holds.all(town.id)
    ]
    give(
        found,
        as_json=as_json,
        show=lambda out: out.print(table(head, rows, nothing="Zurzeit wird für kein Verfahren etwas festgehalten.")),
    )


def _hold(adapters: Adapters, town: Town, citizen_id: str, case: str, why: str, by: str, *, as_json: bool) -> None:
    if not why.strip():
        refuse("say with --why which procedure needs it: the person has a right to know")
    now = datetime.now(UTC)
    wanted = Hold(town.id, citizen_id, case, why.strip(), operator(by), now)
    rows = legal_hold.set_hold(wanted, _ports(adapters), now)
    words = f"Held: {rows} rows have no end any more. Every night holds what comes in, until you release it."
    give(_value(wanted) | {"rows": rows}, as_json=as_json, show=lambda out: out.print(words))


def _release(adapters: Adapters, town: Town, hold: Hold, *, as_json: bool) -> None:
    now, pepper = datetime.now(UTC), adapters.secrets.pepper()
    done = legal_hold.lift_hold(hold, _ports(adapters), now, erasures=adapters.erasures, pepper=pepper)
    words = "Released. Rows have the end back that they had; what is past it goes within two days."
    if done.still:
        words = f"Released; {len(done.still)} other hold(s) still keep this person: stadtdraht citizen holds"
    elif done.wrote_since:
        words += (
            f" They asked to be erased on {hold.wished_at:%Y-%m-%d}, but have written again since: ask whether they "
            f"still want it, then `stadtdraht citizen erase --town {town.id} …`."
        )
    elif done.proof:
        words = f"Released, and erased as they had asked; proof {done.proof.name}."
    value = _value(hold) | {
        "still_held": [_value(it) for it in done.still],
        "wrote_since": done.wrote_since,
        "proof": done.proof.name if done.proof else None,
    }
    give(value, as_json=as_json, show=lambda out: out.print(words))


def _ports(adapters: Adapters) -> HoldPorts:
    return HoldPorts(adapters.citizens, adapters.holds, adapters.media_store)


def _value(hold: Hold) -> dict[str, object]:
    return {
        "town": hold.town,
        "citizen_id": hold.citizen_id,
        "case": hold.case,
        "why": hold.why,
        "by": hold.by,
        "since": hold.since.isoformat(timespec="seconds"),
        "wished_at": hold.wished_at.isoformat(timespec="seconds") if hold.wished_at else None,
    }
