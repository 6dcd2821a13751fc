"""A desk at which somebody reads and answers what a town hall in memory heard."""

from dataclasses import dataclass, field, replace
from html import unescape
from re import findall, search

from stadtdraht.domain.staff.roles import Role
from stadtdraht.settings import Settings
from tests.support.adapters import FakeAdapters
from tests.support.console import Desk, a_member
from tests.support.fakes.account_snapshots import FakeAccountSnapshots
from tests.support.fakes.audit import FakeAudit
from tests.support.fakes.citizens import FakeConversations
from tests.support.fakes.desk import FakeDesk, FakeTextBlocks
from tests.support.fakes.media import FakeMediaRows, FakeMediaStore
from tests.support.fakes.secrets import FakeSecrets
from tests.support.fakes.staff import FakeMails, FakeStaff
from tests.support.town_office import ConversationHarness, Links, Remembers

MEHMET = a_member(Role.AGENT, town="arnsberg", name="Mehmet Beispiel", staff_id="staff-2")


@dataclass
class TalkDesk:
    """One town hall, and whoever sits down in it."""

    hall: ConversationHarness = field(default_factory=lambda: ConversationHarness("arnsberg"))
    queue: Remembers = field(default_factory=Remembers)
    accounts: FakeAccountSnapshots = field(default_factory=FakeAccountSnapshots)
    mails: FakeMails = field(default_factory=FakeMails)
    audit: FakeAudit = field(default_factory=FakeAudit)
    desk: FakeDesk = field(default_factory=FakeDesk)
    text_blocks: FakeTextBlocks = field(default_factory=FakeTextBlocks)
    media_rows: FakeMediaRows = field(default_factory=FakeMediaRows)
    media_store: FakeMediaStore = field(default_factory=FakeMediaStore)

    def of(self, *roles, **given):
        """Somebody's browser, with all that a page of conversations may ask for."""
        member = a_member(*(roles or (Role.AGENT,)), town=self.hall.town.id)
        adapters = FakeAdapters(
            **{
                "citizens": self.hall.citizens,
                "cases": self.hall.citizens.cases,
                "conversations": FakeConversations(self.hall.citizens),
                "answer_queue": self.queue,
                "staff": FakeStaff({(it.town, it.staff_id): it for it in (member, MEHMET)}),
                "audit": self.audit,
                "account_snapshots": self.accounts,
                "mails": self.mails,
                "ears": self.hall.ears,
                "data_links": Links(),
                "settings": Settings(public_url="https://stadt.example"),
                "secrets": FakeSecrets(),
                "desk": self.desk,
                "text_blocks": self.text_blocks,
                "media_rows": self.media_rows,
                "media_store": self.media_store,
                **given,
            }
        )
        return Desk(adapters, member, self.hall.at)

    def colleague(self, **given):
        return replace(self.of(**given), member=MEHMET)

    @property
    def who(self):
        """Of who wrote last."""
        return self.hall.person().citizen_id

    @property
    def sent(self):
        """The town's own words, oldest first."""
        return [it.answer.body["text"]["body"] for it in self.hall.citizens.stored.values() if it.answer.released_by]


def hidden(page, address):
    """The hidden fields of the form that is posted there."""
    form = search(rf'<form[^>]*action="[^"]*{address}".*?</form>', page, flags=16)[0]
    return {
        name: unescape(value) for name, value in findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)"', form)
    }
