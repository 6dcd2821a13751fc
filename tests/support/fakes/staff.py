"""Staff, their sessions, accounts and mail in memory."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from stadtdraht.domain.staff.errors import LastAdmin, MailRefused, NotOfStaff
from stadtdraht.domain.staff.mail import Mail
from stadtdraht.domain.staff.member import Absence, Member
from stadtdraht.domain.staff.roles import Roles
from stadtdraht.domain.staff.session import Session
from stadtdraht.domain.staff.sign_in import (
    GUESSES,
    LOCK,
    PASSWORD_CHARACTERS,
    Asked,
    Identified,
    Outcome,
    Question,
    Step,
    Wrong,
)

CODE = "123456"  # what every app of the fake shows


@dataclass
class FakeStaff:
    members: dict[tuple[str, str], Member] = field(default_factory=dict)
    renewals: dict[tuple[str, str], str] = field(default_factory=dict)

    def towns_of(self, staff_id: str) -> Sequence[str]:
        return sorted(town for town, who in self.members if who == staff_id)

    def get(self, town: str, staff_id: str) -> Member | None:
        return self.members.get((town, staff_id))

    def of_town(self, town: str) -> Sequence[Member]:
        found = (it for (of, _), it in self.members.items() if of == town)
        return sorted(found, key=lambda it: (it.name.casefold(), it.staff_id))

    def put(self, member: Member) -> None:
        self._keep_an_admin(member.town, member.staff_id, is_admin=member.is_admin)
        self.members[member.town, member.staff_id] = member

    def change_roles(self, town: str, staff_id: str, roles: Roles) -> None:
        changed = replace(self._there(town, staff_id), roles=roles)
        self._keep_an_admin(town, staff_id, is_admin=changed.is_admin)
        self.members[town, staff_id] = changed

    def change_profile(self, member: Member) -> None:
        there = self._there(member.town, member.staff_id)
        wanted = {name: getattr(member, name) for name in ("name", "mails", "signs", "keys")}
        changed = replace(there, **wanted, language=member.language or there.language)
        self.members[member.town, member.staff_id] = changed

    def change_absence(self, town: str, staff_id: str, absence: Absence | None) -> None:
        self.members[town, staff_id] = replace(self._there(town, staff_id), absence=absence)

    def note_sign_in(self, town: str, staff_id: str, at: datetime) -> None:
        if found := self.members.get((town, staff_id)):
            self.members[town, staff_id] = replace(found, last_sign_in=at, has_app=True)

    def begins_renewal(self, town: str, staff_id: str, press: str) -> bool:
        if (town, staff_id) not in self.members or self.renewals.get((town, staff_id)) == press:
            return False
        self.renewals[town, staff_id] = press
        return True

    def note_renewal(self, town: str, staff_id: str) -> None:
        self.members[town, staff_id] = replace(self._there(town, staff_id), has_app=False)

    def remove(self, town: str, staff_id: str, now: datetime) -> None:
        if (town, staff_id) in self.members:
            self._keep_an_admin(town, staff_id, is_admin=False)
            del self.members[town, staff_id]

    def _there(self, town: str, staff_id: str) -> Member:
        if (town, staff_id) not in self.members:
            raise NotOfStaff(town, staff_id)
        return self.members[town, staff_id]

    def _keep_an_admin(self, town: str, staff_id: str, *, is_admin: bool) -> None:
        admins = {who for (of, who), it in self.members.items() if of == town and it.is_admin}
        if not is_admin and admins == {staff_id}:
            raise LastAdmin(town)


@dataclass
class FakeSessions:
    sessions: dict[str, Session] = field(default_factory=dict)
    steps: dict[str, Step] = field(default_factory=dict)
    of_gone: set[str] = field(default_factory=set)
    touches: int = 0

    def get(self, key: str) -> Session | None:
        return self.sessions.get(key)

    def put(self, session: Session) -> None:
        self.sessions[session.key] = session

    def touch(self, session: Session) -> None:
        if session.key in self.sessions:
            self.touches += 1
            self.sessions[session.key] = session

    def of(self, staff_id: str) -> Sequence[Session]:
        found = (it for it in self.sessions.values() if it.staff_id == staff_id)
        return sorted(found, key=lambda it: it.since, reverse=True)

    def end(self, key: str, now: datetime) -> None:
        self.sessions.pop(key, None)

    def end_all(self, staff_id: str, now: datetime) -> None:
        for it in self.of(staff_id):
            self.end(it.key, now)

    def end_all_of_gone(self, staff_id: str, now: datetime) -> None:
        self.of_gone |= {it.key for it in self.of(staff_id)}
        self.end_all(staff_id, now)

    def is_of_gone(self, key: str) -> bool:
        return key in self.of_gone

    def put_step(self, step: Step) -> None:
        self.steps[step.key] = step

    def step(self, key: str, now: datetime) -> Step | None:
        step = self.steps.get(key)
        return step if step and now < step.expires_at else None

    def end_step(self, key: str, now: datetime) -> None:
        self.steps.pop(key, None)


@dataclass
class FakeGuesses:
    made: dict[str, tuple[int, datetime]] = field(default_factory=dict)

    def may_guess(self, email: str, now: datetime) -> bool:
        count, at = self.made.get(email, (0, now))
        if at + LOCK <= now:
            count = 0
        if count >= GUESSES:
            return False
        self.made[email] = (count + 1, now)
        return True

    def locked_until(self, email: str) -> datetime | None:
        count, at = self.made.get(email, (0, None))
        return at + LOCK if at and count >= GUESSES else None

    def forget(self, email: str) -> None:
        self.made.pop(email, None)


@dataclass
class Account:
    staff_id: str
    password: str
    is_first: bool = False
    has_app: bool = False


@dataclass
class FakeAccounts:
    """A proof is the question's name and the address."""

    accounts: dict[str, Account] = field(default_factory=dict)
    asked: int = 0

    def check_password(self, email: str, password: str) -> Outcome:
        self.asked += 1
        account = self.accounts.get(email)
        if account is None or account.password != password:
            return Wrong.ENTRY
        return Question(Asked.PASSWORD, f"password {email}") if account.is_first else self._second(email)

    def set_first_password(self, email: str, proof: str, password: str) -> Outcome:
        assert proof == f"password {email}"
        self.accounts[email].password, self.accounts[email].is_first = password, False
        return self._second(email)

    def check_code(self, email: str, proof: str, code: str) -> Identified | Wrong:
        assert proof == f"code {email}"
        return Identified(self.accounts[email].staff_id, email) if code == CODE else Wrong.ENTRY

    def new_app(self, proof: str) -> str | Wrong:
        return "MUSTERMUSTERMUSTERMUSTER22334455"

    def connect_app(self, proof: str, code: str) -> Identified | Wrong:
        email = proof.removeprefix("enrol ")
        if code != CODE:
            return Wrong.ENTRY
        self.accounts[email].has_app = True
        return Identified(self.accounts[email].staff_id, email)

    def find(self, email: str) -> str | None:
        account = self.accounts.get(email)
        return account.staff_id if account else None

    def create(self, email: str, password: str) -> str:
        assert email not in self.accounts
        self.accounts[email] = Account(f"staff-{len(self.accounts) + 1}", password, is_first=True)
        return self.accounts[email].staff_id

    def renew(self, email: str, password: str) -> None:
        self.accounts[email] = Account(self.accounts[email].staff_id, password, is_first=True)

    def change_password(self, email: str, password: str) -> Wrong | None:
        if email not in self.accounts:
            return Wrong.TOO_LATE
        if len(password) < PASSWORD_CHARACTERS:
            return Wrong.PASSWORD
        self.accounts[email].password, self.accounts[email].is_first = password, False
        return None

    def delete(self, email: str) -> None:
        self.accounts.pop(email, None)

    def _second(self, email: str) -> Question:
        asked = Asked.CODE if self.accounts[email].has_app else Asked.ENROL
        return Question(asked, f"{asked} {email}")


@dataclass
class FakeMails:
    sent: list[Mail] = field(default_factory=list)
    refuses: bool = False

    def send(self, mail: Mail) -> None:
        if self.refuses:
            raise MailRefused("MessageRejected")
        self.sent.append(mail)
