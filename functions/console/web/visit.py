"""A signed-in member of staff asks for a page of a town in which they have a role."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from secrets import token_urlsafe
from threading import Lock
from typing import Any, TypeVar

from functions.console.web.request import Form, Request
from stadtdraht.bootstrap import Adapters
from stadtdraht.domain.conversation import ListedConversation
from stadtdraht.domain.staff.member import Member
from stadtdraht.domain.staff.roles import Roles
from stadtdraht.domain.staff.session import Session
from stadtdraht.domain.town import Town
from stadtdraht.pages.responses import HttpResponse, see_other

T = TypeVar("T")


class ReadOnce:
    """What several parts of one page ask for, read by whichever asks first while the others wait; parts are made side
    by side. What could not be read is read anew by the next.
    """

    def __init__(self) -> None:
        self._locks: dict[str, Lock] = {}
        self._found: dict[str, Any] = {}

    def __call__(self, name: str, read: Callable[[], T]) -> T:
        with self._locks.setdefault(name, Lock()):
            if name not in self._found:
                self._found[name] = read()
            found: T = self._found[name]
            return found


@dataclass(frozen=True, slots=True)
class Visit:
    """All that a page is given. `adapters` see no rows but those of this town, whatever the page asks them for."""

    request: Request
    town: Town
    member: Member
    session: Session
    now: datetime
    adapters: Adapters
    other_towns: tuple[str, ...] = ()
    """Ids of further towns in which the person has a role."""
    once: ReadOnce = field(default_factory=ReadOnce, repr=False, compare=False)

    @property
    def path(self) -> dict[str, str]:
        return dict(self.request.path)

    @property
    def query(self) -> Form:
        return self.request.query

    @property
    def form(self) -> Form:
        return self.request.form

    @property
    def by(self) -> str:
        """The name under which acts are written down."""
        return self.member.name

    def waiting(self) -> Sequence[ListedConversation]:
        """Who waits or is flagged: the menu counts them, and the page often shows them."""
        return self.once("waiting", lambda: self.adapters.citizens.waiting(self.town.id))

    def may(self, allowed: Roles) -> bool:
        return self.member.may(allowed)

    def url(self, page: str = "") -> str:
        """The address of a page of this town: `visit.url("inbox")`."""
        return f"/console/{self.town.id}/{page}" if page else f"/console/{self.town.id}"

    def to(self, page: str) -> HttpResponse:
        """After a form was posted: the result, so that reloading posts nothing again."""
        return see_other(self.url(page))

    def press(self) -> str:
        """A nonce for a form: what is posted twice with it is done once."""
        return token_urlsafe(12)


Page = Callable[[Visit], HttpResponse]
Values = dict[str, Any]
