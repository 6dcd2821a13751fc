"""One human under a number, a BSUID, both, or new ones on the way: whatever is asked of them reaches all of them."""

import json
from datetime import timedelta

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from stadtdraht.domain.citizen import WireIdentity
from stadtdraht.domain.inbound.inbox import InboxUpdate, UpdateKind
from stadtdraht.domain.privacy.legal_hold import Hold, OnHold
from stadtdraht.domain.town import Offer
from stadtdraht.usecases.inbound.import_subscriber import import_subscriber
from stadtdraht.usecases.privacy.erase_citizen import erase_citizen
from stadtdraht.usecases.privacy.legal_hold import HoldPorts, held_for_person, lift_hold, note_wish, set_hold
from stadtdraht.usecases.privacy.personal_record import personal_record
from tests.support.examples import examples
from tests.support.fakes.media import FakeMediaStore
from tests.support.town_office import NOON, PEPPER, ConversationHarness
from tests.unit.privacy.test_data_archive import ports_of

TOWN, OTHER = "vreden", "49169000000"
NUMBER, BSUID, BOTH = "number", "BSUID", "both"
HOW = st.sampled_from([NUMBER, BSUID, BOTH])


def pressed(name):
    return {"kind": "interactive", "content": {"type": "button_reply", "button_reply": {"id": name, "title": name}}}


class AllOfAPerson(RuleBasedStateMachine):
    """What the human did stands beside what the town makes of it; a neighbour must stay as they are."""

    def __init__(self):
        super().__init__()
        self.office, self.media = ConversationHarness(TOWN), FakeMediaStore()
        self.number_of_names, self.said = 1, []
        self.wants_news, self.is_held = False, False
        self.asked_at, self.spoke_at = None, NOON
        self.office.hears("Hallo", who=OTHER)
        self.office.hears(who=OTHER, **pressed("yes:news"))
        self.neighbour = self.office.person(OTHER)

    @property
    def names(self):
        return WireIdentity(f"DE.{self.number_of_names}", f"4915100000{self.number_of_names}")

    @property
    def ids(self):
        """Everybody whom the town takes for them now."""
        citizens, names = self.office.citizens, self.names
        found = (citizens.find(TOWN, it) for it in (WireIdentity(names.user_id), WireIdentity(None, names.phone)))
        return list({it.citizen_id: it for it in found if it})

    def hears(self, text="", *, by, **message):
        names = {NUMBER: (self.names.phone, None), BSUID: ("", self.names.user_id)}
        phone, user_id = names.get(by, (self.names.phone, self.names.user_id))
        self.said.append(text)
        more = {"from_user_id": user_id} if user_id else {}
        answers = self.office.hears(text, who=phone, **more, **message)
        self.spoke_at = self.office.at
        return answers

    @initialize(imported=st.booleans())
    def begins(self, imported):
        if not imported:
            return
        person = {"topics": frozenset(), "district": "", "language": "de", "how": "paper", "wording": "2024"}
        ports = {"citizens": self.office.citizens, "erasures": self.office.erased, "pepper": PEPPER}
        told, at = WireIdentity(None, self.names.phone), NOON - timedelta(days=100)
        import_subscriber(TOWN, told, (Offer.NEWS,), consent_at=at, **person, **ports)
        self.wants_news = True

    @rule(by=HOW, number=st.integers(1, 999))
    def writes(self, by, number):
        self.hears(f"Laterne Nr. {number} ist dunkel", by=by)

    @rule(by=HOW)
    def takes_the_news(self, by):
        self.hears(by=by, **pressed("yes:news"))
        self.wants_news = True

    @rule(by=HOW)
    def leaves(self, by):
        self.hears("STOP", by=by)
        self.wants_news = False

    @rule()
    def is_named_whole_by_a_status(self):
        self.office.at += timedelta(minutes=1)
        raw = json.dumps({"names": {"user_id": self.names.user_id, "wa_id": self.names.phone}})
        key = f"{self.names}{self.office.at}"
        self.office.again(InboxUpdate(TOWN, UpdateKind.NAMES, "a", key, raw, self.office.at, 0))

    @precondition(lambda self: self.number_of_names < 4)
    @rule()
    def changes_their_number(self):
        before = self.names
        self.number_of_names += 1
        now = {"wa_id": self.names.phone, "user_id": self.names.user_id, "previous_user_id": before.user_id}
        system = {"type": "user_changed_number", **now}
        self.office.hears(kind="system", content=system, who=before.phone, from_user_id=before.user_id)
        self.spoke_at = self.office.at

    @precondition(lambda self: self.ids)
    @rule(which=st.integers(0, 1), asks=st.booleans())
    def is_erased(self, which, asks):
        self.is_named_whole_by_a_status()
        ids = self.ids
        if asks:
            self.hears(by=(NUMBER, BSUID)[which], **pressed("erase"))
            jobs, self.office.erasures.put_in = list(self.office.erasures.put_in), []
        else:
            self.office.at += timedelta(minutes=1)
            jobs = [(TOWN, ids[which % len(ids)], self.office.at)]
        for town, who, asked_at in jobs:
            ports = {"citizens": self.office.citizens, "media": self.media, "erasures": self.office.erased}
            by = {"by": "citizen", "asked_at": asked_at, "now": self.office.at + timedelta(seconds=30)}
            if self.is_held:
                with pytest.raises(OnHold) as why:
                    erase_citizen(town, who, **by, **ports, holds=self.office.holds, pepper=PEPPER)
                if asks:
                    assert note_wish(why.value, asked_at, self.office.holds)
                    self.asked_at = asked_at
            else:
                erase_citizen(town, who, **by, **ports, holds=self.office.holds, pepper=PEPPER)
        if self.is_held:
            self.wants_news = self.wants_news and not asks  # who asks gets nothing more meanwhile
            return
        self.is_forgotten_whole()

    @precondition(lambda self: self.ids and not self.is_held)
    @rule(which=st.integers(0, 1))
    def is_held_for_a_procedure(self, which):
        ids = self.ids
        wanted = Hold(TOWN, ids[which % len(ids)], "", "Az. 1", "kanzlei", self.office.at)
        set_hold(wanted, self.hold_ports, self.office.at)
        self.is_held = True

    @precondition(lambda self: self.is_held)
    @rule(which=st.integers(0, 1))
    def is_released(self, which):
        self.is_named_whole_by_a_status()
        hold = held_for_person(TOWN, self.ids[which % len(self.ids)], self.office.citizens, self.office.holds)
        done = lift_hold(hold, self.hold_ports, self.office.at, erasures=self.office.erased, pepper=PEPPER)
        assert not self.office.holds.all(TOWN)
        assert not self.office.holds.endless
        assert bool(done.proof) is bool(self.asked_at and self.spoke_at <= self.asked_at)
        if done.proof:
            self.is_forgotten_whole()
        self.is_held, self.asked_at = False, None

    def is_forgotten_whole(self):
        assert not self.ids
        assert {name for _, name in self.office.citizens.identities} == {OTHER}
        assert {who for _, who, *_ in self.office.citizens.messages} == {self.neighbour.citizen_id}
        self.said, self.wants_news = [], False

    @property
    def hold_ports(self):
        return HoldPorts(self.office.citizens, self.office.holds, self.media)

    @precondition(lambda self: self.ids and not self.is_held)
    @rule(by=HOW, number=st.integers(1, 99))
    def takes_a_message_back(self, by, number):
        self.is_named_whole_by_a_status()
        self.hears(f"Meine IBAN ist DE89 3704 0044 0532 0130 00, Nr. {number}", by=by)
        self.said.pop()
        self.hears(by=by, **pressed(f"forget:wamid.{self.office.count}"))
        assert not [it for it in self.office.citizens.messages.values() if "IBAN" in it.text]

    @invariant()
    def the_neighbour_is_as_they_were(self):
        assert self.office.person(OTHER) == self.neighbour

    @invariant()
    def once_whatsapp_named_them_whole_they_are_one_with_everything(self):
        if not self.ids or self.office.update.kind is not UpdateKind.NAMES:
            return
        (who,) = self.ids
        takes = [it for it in self.office.citizens.people.values() if it.takes(Offer.NEWS)]
        assert [it.citizen_id for it in takes if it != self.neighbour] == ([who] if self.wants_news else [])
        record = personal_record(self.office.town, who, ports_of(self.office))
        told = [line.text for line in record.lines if line.kind == "text"]
        assert sorted(told) == sorted(filter(None, self.said))
        for each in record.ids:
            assert personal_record(self.office.town, each, ports_of(self.office)).ids[0] == who
        words = " ".join(it.case.description for it in record.cases)
        assert all(text in words for text in self.said if text.startswith("Laterne"))


AllOfAPerson.TestCase.settings = settings(
    max_examples=examples(40), stateful_step_count=15, deadline=None, derandomize=True
)
TestAllOfAPerson = AllOfAPerson.TestCase


@pytest.mark.parametrize("imported", [False, True])
@pytest.mark.parametrize(
    ("first", "then"), [(one, other) for one in (NUMBER, BSUID, BOTH) for other in (NUMBER, BSUID)]
)
@pytest.mark.parametrize("verb", ["leaves", "takes_the_news", "writes"])
def test_from_one_name_to_another_and_a_new_number_between(imported, first, then, verb):
    human = AllOfAPerson()
    human.begins(imported=imported)
    human.writes(by=first, number=1)
    human.changes_their_number()
    human.writes(by=BSUID, number=2) if verb == "writes" else getattr(human, verb)(by=then)
    human.is_named_whole_by_a_status()
    human.once_whatsapp_named_them_whole_they_are_one_with_everything()
    human.is_held_for_a_procedure(which=0)
    human.is_erased(which=1, asks=True)
    human.is_released(which=0)
    assert not human.ids  # they had asked, and written nothing since
