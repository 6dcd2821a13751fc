"""Finds the person that a command names."""

from typing import Annotated

import typer

from stadtdraht.bootstrap import Adapters
from stadtdraht.domain.citizen import Citizen
from stadtdraht.domain.town import Town
from stadtdraht.usecases.inbound import find_person as use_case
from stadtdraht.usecases.inbound.find_person import PersonPorts

Person = Annotated[
    str,
    typer.Argument(
        metavar="PERSON",
        help="Telefonnummer in jeder Schreibweise, Nutzerkennung (DE.8123456789), Kennung aus einer "
        "Liste oder Nummer einer Meldung (2026-0142) (number, user id, id or case)",
    ),
]


def find_person(adapters: Adapters, town: Town, person: str) -> Citizen:
    """By whatever staff have in hand. Raises NobodyFound."""
    return use_case.find_person(town, person, PersonPorts(adapters.citizens, adapters.cases))
