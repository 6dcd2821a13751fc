"""Finds the person that a command names."""

from typing import Annotated

import typer

from stadtdraht.adapters.files.subscriber_file import PHONE
from stadtdraht.bootstrap import Adapters
from stadtdraht.cli.output import refuse
from stadtdraht.domain.citizen import Citizen, WireIdentity
from stadtdraht.domain.town import Town

Person = Annotated[str, typer.Argument(metavar="PHONE_OR_USER_ID", help="+4915112345678 or DE.8123456789.")]


def find_person(adapters: Adapters, town: Town, person: str) -> Citizen:
    """By number or user id; refuses what nobody has."""
    digits = "".join(letter for letter in person if letter.isdigit())
    is_phone = PHONE.fullmatch(f"+{digits}") and not person[:1].isalpha()
    identity = WireIdentity(phone=digits) if is_phone else WireIdentity(user_id=person)
    citizen = adapters.citizens.find(town.id, identity)
    if citizen is None:
        refuse(f"{town.name} knows nobody by this number or user id; numbers are written as +4915112345678")
    return citizen
