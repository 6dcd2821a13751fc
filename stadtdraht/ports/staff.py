"""Ports of the people who work in the console: who they are, what they may do, and what reaches them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from stadtdraht.domain.staff.mail import Mail
    from stadtdraht.domain.staff.member import Absence, Member
    from stadtdraht.domain.staff.roles import Roles
    from stadtdraht.domain.staff.session import Session
    from stadtdraht.domain.staff.sign_in import Identified, Outcome, Step, Wrong


class Accounts(Protocol):
    """Who somebody is: a mail address, a password and a second factor. What they may do is not kept here."""

    def check_password(self, email: str, password: str) -> Outcome: ...
    def set_first_password(self, email: str, proof: str, password: str) -> Outcome: ...
    def check_code(self, email: str, proof: str, code: str) -> Identified | Wrong: ...
    def new_app(self, proof: str) -> str | Wrong:
        """The secret of an app that is to be connected."""

    def connect_app(self, proof: str, code: str) -> Identified | Wrong:
        """The app is the person's second factor from now on."""

    def find(self, email: str) -> str | None:
        """The staff id of the account."""

    def create(self, email: str, password: str) -> str:
        """A new account whose password has to be changed when it is first used; returns its staff id."""

    def renew(self, email: str, password: str) -> None:
        """A new first password, and no second factor: the app has to be connected anew."""

    def change_password(self, email: str, password: str) -> Wrong | None:
        """A new one of their own; the second factor stays. What is wrong with it, or with the account."""

    def delete(self, email: str) -> None:
        """Harmless where there is none."""


class Sessions(Protocol):
    """Who is signed in, on which device."""

    def get(self, key: str) -> Session | None: ...
    def put(self, session: Session) -> None:
        """A new one."""

    def touch(self, session: Session) -> None:
        """When it was last seen; one that has ended stays ended."""

    def of(self, staff_id: str) -> Sequence[Session]:
        """Those of the person that have not ended, newest first."""

    def end(self, key: str, now: datetime) -> None:
        """Signs one device out at once."""

    def end_all(self, staff_id: str, now: datetime) -> None:
        """Signs every device of the person out at once."""

    def end_all_of_gone(self, staff_id: str, now: datetime) -> None:
        """Of somebody who works nowhere any more: nothing is kept of their sessions but that they ended so."""

    def is_of_gone(self, key: str) -> bool:
        """Whether it ended because its person works nowhere any more. False once its longest time is over."""

    def put_step(self, step: Step) -> None: ...
    def step(self, key: str, now: datetime) -> Step | None:
        """None for one that is over."""

    def end_step(self, key: str, now: datetime) -> None: ...


class Guesses(Protocol):
    """How often somebody tried an address of late, so that nobody tries for long."""

    def may_guess(self, email: str, now: datetime) -> bool:
        """Takes one of the guesses before anything is looked at, however many ask at once."""

    def locked_until(self, email: str) -> datetime | None: ...
    def forget(self, email: str) -> None:
        """The right person came."""


class Staff(Protocol):
    """What each person may do, by town."""

    def towns_of(self, staff_id: str) -> Sequence[str]:
        """Ids of the towns in which the person has a role."""

    def get(self, town: str, staff_id: str) -> Member | None: ...
    def of_town(self, town: str) -> Sequence[Member]:
        """Everybody of the town, by name."""

    def put(self, member: Member) -> None:
        """Somebody new, or somebody over what stood there. Raises LastAdmin."""

    def change_roles(self, town: str, staff_id: str, roles: Roles) -> None:
        """Raises LastAdmin, NotOfStaff."""

    def change_profile(self, member: Member) -> None:
        """Name, wishes and language as they stand there, and nothing else of it. Raises NotOfStaff."""

    def change_absence(self, town: str, staff_id: str, absence: Absence | None) -> None:
        """Raises NotOfStaff."""

    def note_sign_in(self, town: str, staff_id: str, at: datetime) -> None:
        """Harmless for somebody who is not of staff any more."""

    def begins_renewal(self, town: str, staff_id: str, press: str) -> bool:
        """Takes the press of a form. False where it was the last one that was taken, or nobody is there."""

    def note_renewal(self, town: str, staff_id: str) -> None:
        """Their app has to be connected anew."""

    def remove(self, town: str, staff_id: str, now: datetime) -> None:
        """Raises LastAdmin; harmless to repeat."""


class Mails(Protocol):
    """Mail to staff and departments."""

    def send(self, mail: Mail) -> None:
        """Raises MailRefused."""
