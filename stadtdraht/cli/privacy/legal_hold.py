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
from stadtdraht.texts.staff import legal_hold as words
from stadtdraht.texts.staff.moments import NONE, day, moment
from stadtdraht.usecases.cases.work_on_case import CaseMissing
from stadtdraht.usecases.privacy import legal_hold
from stadtdraht.usecases.privacy.legal_hold import HoldPorts

Number = Annotated[
    str, typer.Argument(metavar="NUMBER", help="Nummer der Meldung, 2026-0142, wie in `case list` (number of the case)")
]
By = Annotated[str, typer.Option("--by", help="Wer es tut; sonst Ihr Anmeldename (who does it; else your login name)")]
Why = Annotated[
    str,
    typer.Option(
        "--why", help="Das Verfahren, das es braucht, mit Aktenzeichen; keine Namen (the procedure, no names)"
    ),
]


@connected
def hold_case(
    adapters: Adapters, number: Number, town_id: TownOption, why: Why, by: By = "", as_json: AsJson = False
) -> None:
    """Eine Meldung und alles von ihrer Person für ein Verfahren festhalten, bis `case release`. (keep a case for a
    procedure)
    """
    town = adapters.towns.get(town_id)
    case = adapters.cases.get(town.id, number)
    if case is None:
        raise CaseMissing(number)
    _hold(adapters, town, case.citizen_id, number, why, by, as_json=as_json)


@connected
def release_case(adapters: Adapters, number: Number, town_id: TownOption, as_json: AsJson = False) -> None:
    """Eine Meldung nicht mehr festhalten: Alles endet zu seiner Zeit, oder jetzt, wenn die Person es verlangt hat.
    (end the hold of a case)
    """
    town = adapters.towns.get(town_id)
    _release(adapters, town, legal_hold.held_for_case(town.id, number, adapters.holds), as_json=as_json)


@connected
def hold_person(
    adapters: Adapters, town_id: TownOption, person: Person, why: Why, by: By = "", as_json: AsJson = False
) -> None:
    """Alles von einer Person für ein Verfahren festhalten: Nichts endet oder wird gelöscht bis `citizen release`.
    (keep everything of a person for a procedure)
    """
    town = adapters.towns.get(town_id)
    _hold(adapters, town, find_person(adapters, town, person).citizen_id, "", why, by, as_json=as_json)


@connected
def release_person(adapters: Adapters, town_id: TownOption, person: Person, as_json: AsJson = False) -> None:
    """Nichts von der Person mehr festhalten: Alles endet zu seiner Zeit, oder jetzt, wenn sie es inzwischen verlangt
    hat. (end the hold of a person)
    """
    town = adapters.towns.get(town_id)
    who = find_person(adapters, town, person).citizen_id
    _release(
        adapters, town, legal_hold.held_for_person(town.id, who, adapters.citizens, adapters.holds), as_json=as_json
    )


@connected
def holds(adapters: Adapters, town_id: TownOption, as_json: AsJson = False) -> None:
    """Was für ein Verfahren festgehalten ist: seit wann, warum, von wem, und wer inzwischen gelöscht werden will.
    (what is held)
    """
    town = adapters.towns.get(town_id)
    found = [_value(it) for it in adapters.holds.all(town.id)]
    rows = [
        (it.citizen_id, it.case or NONE, moment(it.since, town), it.by, it.why, moment(it.wished_at, town))
        for it in adapters.holds.all(town.id)
    ]
    give(
        found,
        as_json=as_json,
        show=lambda out: out.print(table(words.HEAD, rows, nothing=words.NOTHING)),
    )


def _hold(adapters: Adapters, town: Town, citizen_id: str, case: str, why: str, by: str, *, as_json: bool) -> None:
    if not why.strip():
        refuse(words.SAY_WHY)
    now = datetime.now(UTC)
    wanted = Hold(town.id, citizen_id, case, why.strip(), operator(by), now)
    rows = legal_hold.set_hold(wanted, _ports(adapters), now)
    give(_value(wanted) | {"rows": rows}, as_json=as_json, show=lambda out: out.print(words.held(rows)))


def _release(adapters: Adapters, town: Town, hold: Hold, *, as_json: bool) -> None:
    now, pepper = datetime.now(UTC), adapters.secrets.pepper()
    done = legal_hold.lift_hold(hold, _ports(adapters), now, erasures=adapters.erasures, pepper=pepper)
    said = words.RELEASED
    if done.still:
        said = words.still(len(done.still))
    elif done.wrote_since and hold.wished_at:
        said += words.WROTE_SINCE.format(wished=day(hold.wished_at, town), town=town.id)
    elif done.proof:
        said = words.ERASED.format(proof=done.proof.name)
    value = _value(hold) | {
        "still_held": [_value(it) for it in done.still],
        "wrote_since": done.wrote_since,
        "proof": done.proof.name if done.proof else None,
    }
    give(value, as_json=as_json, show=lambda out: out.print(said))


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
