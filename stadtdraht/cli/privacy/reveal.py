"""`stadtdraht citizen reveal|audit`: a telephone number for who has to ring, and who looked at which."""

from datetime import UTC, datetime
from typing import Annotated

import typer

from stadtdraht.bootstrap import Adapters
from stadtdraht.cli.deployment import connected
from stadtdraht.cli.inbound.find_citizen import Person, find_person
from stadtdraht.cli.options import TownOption, operator
from stadtdraht.cli.output import AsJson, give, local_time, table
from stadtdraht.domain.privacy.audit import EVERYBODY, person_in_audit
from stadtdraht.texts.staff.audit import ACTS
from stadtdraht.usecases.privacy.reveal_number import RevealPorts, reveal_number

By = Annotated[str, typer.Option("--by", help="Wer nachsieht; sonst Ihr Anmeldename (who looks; else your login name)")]


@connected
def reveal(
    adapters: Adapters,
    town_id: TownOption,
    person: Person,
    why: Annotated[str, typer.Option("--why", help="Der Zweck, für das Protokoll; kein Name (a purpose, no name)")],
    by: By = "",
    as_json: AsJson = False,
) -> None:
    """Die Telefonnummer einer Person zeigen. Festgehalten wird, wer wann warum nachsah, nicht die Nummer. (show a
    number; the act is kept)
    """
    town = adapters.towns.get(town_id)
    citizen = find_person(adapters, town, person)
    ports = RevealPorts(adapters.citizens, adapters.audit, adapters.figures, adapters.secrets.pepper())
    shown = reveal_number(town, citizen, operator(by), why, datetime.now(UTC), ports)
    value = {"citizen_id": citizen.citizen_id, "phone": f"+{shown.phone}", "counted": shown.is_counted}
    give(value, as_json=as_json, show=lambda out: out.print(f"+{shown.phone}\nDas steht jetzt im Protokoll."))


@connected
def audit(
    adapters: Adapters,
    town_id: TownOption,
    person: Annotated[
        str, typer.Argument(metavar="[PERSON]", help="Nur was diese Person betrifft (only of this person)")
    ] = "",
    by: Annotated[
        str, typer.Option("--by", help="Nur was diese Person im Amt angesehen hat (only of this colleague)")
    ] = "",
    as_json: AsJson = False,
) -> None:
    """Wer sich wann und warum eine Nummer zeigen oder Daten geben ließ, das Neueste zuerst. (who looked at what, and
    why)
    """
    town, pepper = adapters.towns.get(town_id), adapters.secrets.pepper()
    whose: set[str] = set()
    if person:
        who = find_person(adapters, town, person).citizen_id
        everyone = (who, *adapters.citizens.merged_ids(town.id, who))
        whose = {EVERYBODY, *(person_in_audit(pepper, town.id, one) for one in everyone)}
    entries = adapters.audit.entries(town.id)
    found = [it for it in reversed(entries) if (not person or it.person in whose) and by in ("", it.by)]
    values = [
        {"at": it.at.isoformat(), "act": str(it.act), "by": it.by, "why": it.why, "person": it.person} for it in found
    ]
    rows = [(local_time(it.at, town), it.by, ACTS[it.act], it.why, it.person) for it in found]
    nothing = f"Das Protokoll von {town.name} hat dazu keinen Eintrag."
    head = ("wann", "wer", "was", "wozu", "Person (Hash)")
    give(values, as_json=as_json, show=lambda out: out.print(table(head, rows, nothing=nothing)))
