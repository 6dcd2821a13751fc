"""A press office of three in front of the console, and everything behind its newsletters on fakes."""

import re
from dataclasses import dataclass, replace
from datetime import timedelta
from types import SimpleNamespace

from stadtdraht.domain import town as towns
from stadtdraht.domain.broadcast.broadcast import Broadcast
from stadtdraht.domain.broadcast.colleague import Colleague
from stadtdraht.domain.broadcast.draft import DraftOptions, draft
from stadtdraht.domain.broadcast.errand import Errand, ErrandResult
from stadtdraht.domain.broadcast.plan_summary import plain_plan
from stadtdraht.domain.staff.roles import Role
from stadtdraht.usecases.broadcast.planning.plan_broadcast import plan, summary_of
from tests.support.adapters import FakeAdapters
from tests.support.builders.delivery import person
from tests.support.builders.newsletter import MONDAY, PUBLIC_URL, a_newsletter_town, story
from tests.support.console import Desk, a_member
from tests.support.fakes.account_snapshots import FakeAccountSnapshots
from tests.support.fakes.alerts import FakeAlerts
from tests.support.fakes.audience import FakeAudience
from tests.support.fakes.broadcasts import FakeBroadcasts
from tests.support.fakes.citizens import FakeCitizens
from tests.support.fakes.controls import FakeControls
from tests.support.fakes.deliveries import FakeDeliveries
from tests.support.fakes.errands import FakeErrandRunner, FakeErrands
from tests.support.fakes.queues import FakeSliceQueue
from tests.support.fakes.schedule import FakeSchedule
from tests.support.fakes.slices import FakeSlices
from tests.support.fakes.towns import FakeTowns
from tests.support.fakes.web import FakeFeeds, FakeLinks

KATRIN = a_member(Role.EDITOR, town="bocholt", name="Katrin Overbeck", staff_id="k-1")
JANA = a_member(Role.MAYOR, town="bocholt", name="Jana Terhorst", staff_id="j-1")
BERND = a_member(Role.EDITOR, town="bocholt", name="Bernd Wissing", staff_id="b-1")
AGENT = a_member(Role.AGENT, town="bocholt", name="Agnes Amt", staff_id="a-1")
TESTER = towns.Tester("Anna", "4915110000001")


@dataclass
class PressDesk(Desk):
    """As Desk, of a town that has newsletters."""

    its_town: towns.Town | None = None

    @property
    def town(self):
        return self.its_town


class PressOffice:
    """`desk(member)` is one person's browser; all look at the same rows."""

    def __init__(self, entries=(), links=None, **changes):
        changes = {"two_person_release": True, "feed_url": "https://www.bocholt.example/rss", **changes}
        self.town = a_newsletter_town(testers=(TESTER,), **changes)
        self.broadcasts, self.errands, self.runner = FakeBroadcasts(), FakeErrands(), FakeErrandRunner()
        self.schedule, self.slices, self.started = FakeSchedule(), FakeSlices(), []
        self.queue, self.controls = FakeSliceQueue(), FakeControls()
        readers = [person(number, since=MONDAY - timedelta(days=9)) for number in range(12)]
        self.audience = FakeAudience({it.citizen_id: it for it in readers})
        self.adapters = FakeAdapters(
            towns=FakeTowns({"bocholt": self.town}),
            broadcasts=self.broadcasts,
            errands=self.errands,
            errand_runner=self.runner,
            schedule=self.schedule,
            slices=self.slices,
            background_starter=self,
            newsletter_queue=self.queue,
            controls=self.controls,
            audience=self.audience,
            alerts=FakeAlerts(),
            deliveries=FakeDeliveries(),
            account_snapshots=FakeAccountSnapshots(),
            feeds=FakeFeeds(entries),
            links=links or FakeLinks(),
            citizens=FakeCitizens(),
            settings=SimpleNamespace(public_url=PUBLIC_URL, dead_links_refuse=True),
            staff=SimpleNamespace(of_town=lambda _: [BERND, JANA, KATRIN, AGENT]),
        )

    def start(self, town_id, broadcast_id):
        """Port Starter, which does not wait."""
        self.started.append(broadcast_id)
        return {}

    def desk(self, member=KATRIN, now=MONDAY):
        return PressDesk(self.adapters, member, now, self.town)

    def draft(self, *items, by=KATRIN, random="abcdef", **options) -> Broadcast:
        author = Colleague(by.name, by.staff_id)
        made = draft(self.town, items or (story(1),), DraftOptions(**options), author, MONDAY, random)
        self.broadcasts.create(made)
        return made

    def counted(self, broadcast, at=MONDAY):
        """The plan came back."""
        stored = self.broadcasts.get(broadcast.broadcast_id)
        summary = summary_of(plan(stored, self.town, audience=self.audience), ())
        self.errands.answer(
            broadcast.broadcast_id, Errand.PLAN, ErrandResult(at, stored.changed_at, plain_plan(summary))
        )

    def only(self) -> Broadcast:
        (made,) = self.broadcasts.found.values()
        return made

    def change(self, broadcast, **changes) -> Broadcast:
        """Behind the back of everybody who looks."""
        stored = replace(self.broadcasts.get(broadcast.broadcast_id), **changes)
        self.broadcasts.found[broadcast.broadcast_id] = stored
        return stored


def form_of(page: str, action: str = "") -> dict[str, object]:
    """Every field of the form with that action, as a browser would post it; buttons left out."""
    forms = re.findall(r"<form[^>]*>.*?</form>", page, re.DOTALL)
    (form,) = [it for it in forms if f'action="{action}"' in it.split(">")[0]]
    found: dict[str, object] = {}
    for tag in re.findall(r"<input[^>]*>", form):
        name, value = _attribute(tag, "name"), _attribute(tag, "value")
        ticks = 'type="checkbox"' in tag or 'type="radio"' in tag
        if name and (not ticks or " checked" in tag):
            found.setdefault(name, []).append(value)  # type: ignore[attr-defined]
    for name, value in re.findall(r'<textarea[^>]*name="([^"]*)"[^>]*>\n?(.*?)</textarea>', form, re.DOTALL):
        found[name] = [value]
    for name, options in re.findall(r'<select[^>]*name="([^"]*)"[^>]*>(.*?)</select>', form, re.DOTALL):
        chosen = re.search(r'value="([^"]*)" selected', options) or re.search(r'value="([^"]*)"', options)
        found[name] = [chosen[1] if chosen else ""]
    return found


def _attribute(tag: str, name: str) -> str:
    found = re.search(rf'\b{name}="([^"]*)"', tag)
    return found[1] if found else ""
