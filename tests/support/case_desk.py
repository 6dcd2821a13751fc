"""Citizens and cases as staff's work needs them: a turn without a message, put down whole or not at all."""

from dataclasses import replace
from pathlib import Path

from stadtdraht.adapters.files.town_file import read
from stadtdraht.domain.citizen import Citizen, WireIdentity
from stadtdraht.domain.conversation import Line
from stadtdraht.domain.inbound.turn import CaseChange, Committed, Overtaken
from stadtdraht.domain.town import Department, Template
from stadtdraht.usecases.cases.work_on_case import CasePorts
from tests.support.builders.cases import ANKE, BERND, NOON
from tests.support.fakes.cases import FakeCases

DEPARTMENTS = (
    Department("bauhof", "Bauhof", words=("Schlagloch", "Laterne")),
    Department("ordnungsamt", "Ordnungsamt", kinds=("criticism",)),
)
VREDEN = replace(
    read(Path(__file__).resolve().parents[2] / "towns" / "vreden.toml"), departments=DEPARTMENTS, templates=()
)
STATUS = Template("meldung_status", "de", "UTILITY", "Zu Ihrer Meldung {{nummer}}: jetzt {{stand}}. Ihre Stadt")


class CaseHarness:
    """`overtaken`: so often somebody else is faster. Those who wrote at noon can be told freely for a day."""

    def __init__(self, *cases, overtaken=0, wrote=NOON):
        self.cases = FakeCases()
        self.people = {
            who: Citizen(who, "vreden", WireIdentity(phone=f"49{who[0]}"), last_inbound_at=wrote, version=1)
            for who in (ANKE, BERND)
        }
        self.overtaken = overtaken
        self.sent, self.answers, self.arrived = [], [], {}
        self.queued = []
        for case in cases:
            assert self.cases.put(CaseChange(None, case))

    @property
    def ports(self):
        return CasePorts(self.cases, self, self)

    @property
    def texts(self):
        return [(ref.citizen_id, body["text"]["body"]) for ref, body in self.sent if body["type"] == "text"]

    def get(self, town, citizen_id):
        return self.people.get(citizen_id) if town == "vreden" else None

    def waiting(self, town):
        return ()

    def history(self, town, citizen_id):
        """What went out; `arrived` says by index how each ended: state, and Meta's code."""
        return [
            Line(it.ref.at, "town", "text", "", state, reason=code, by=it.written_by, answer_id=it.ref.answer_id)
            for index, it in enumerate(self.answers)
            for state, code in [self.arrived.get(index, ("accepted", ""))]
            if it.ref.citizen_id == citizen_id
        ]

    def commit(self, turn):
        who = turn.after.citizen_id
        assert (turn.message, turn.after.version) == (None, turn.before.version + 1)
        if self.overtaken:
            self.overtaken -= 1
            self.people[who] = replace(self.people[who], version=self.people[who].version + 1)
        if self.people[who] is not turn.before or (turn.case and not self.cases.put(turn.case)):
            return Overtaken()
        self.people[who] = turn.after
        self.sent += [(it.ref, it.body) for it in turn.answers]
        self.answers += turn.answers
        return Committed(tuple(it.ref for it in turn.answers))

    def put(self, refs):
        self.queued += refs
