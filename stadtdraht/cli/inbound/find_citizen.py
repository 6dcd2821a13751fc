"""Finds the person that a command names."""

from typing import Annotated

import typer

from stadtdraht.bootstrap import Adapters
from stadtdraht.cli.output import refuse
from stadtdraht.domain.citizen import Citizen, WireIdentity
from stadtdraht.domain.phone_numbers import NotANumber, read_number
from stadtdraht.domain.town import Town

Person = Annotated[str, typer.Argument(metavar="PHONE_OR_USER_ID", help="+4915112345678 or DE.8123456789.")]


def find_person(adapters: Adapters, town: Town, person: str) -> Citizen:
    """By number or user id; refuses what nobody has."""
    try:
        identity = WireIdentity(phone=read_number(f"+{person.strip().removeprefix('+')}"))
    except NotANumber:
        identity = WireIdentity(user_id=person)
    citizen = adapters.citizens.find(town.id, identity) if person.strip() else None
    if citizen is None:
        refuse(f"{town.name} knows nobody by this number or user id; numbers are written as +4915112345678")
    return citizen
