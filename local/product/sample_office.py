"""What staff do on the sample day: answer, take over, write notes, work on reports, so that the lists show each."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from datetime import time as clock
from typing import Final, TypeVar

from local.system import System
from stadtdraht.bootstrap import Adapters
from stadtdraht.domain.cases.case import Case, CaseState
from stadtdraht.domain.cases.case_work import CaseWork
from stadtdraht.domain.citizen import Citizen, WireIdentity
from stadtdraht.domain.consultations.consultation import Consultation, ConsultationSummary
from stadtdraht.domain.errors import StadtdrahtError
from stadtdraht.domain.staff.roles import Role
from stadtdraht.domain.town import Town
from stadtdraht.settings import Settings
from stadtdraht.usecases.cases.work_on_case import CasePorts, work_on_case
from stadtdraht.usecases.consultations.hold_consultation import PlannedConsultation, plan_consultation
from stadtdraht.usecases.inbound.release_answer import ask_release
from stadtdraht.usecases.inbound.text_blocks import take_over_ready
from stadtdraht.usecases.inbound.work_on_conversation import StaffContext, answer, assign, note

HEARD_WITHIN_S: Final = 30
T = TypeVar("T")


class NotHeard(StadtdrahtError):
    """What somebody wrote did not arrive in time."""


@dataclass(frozen=True)
class Office:
    """The staff of one town, who know citizens by their number. Blocking."""

    system: System
    adapters: Adapters
    town: Town

    def staff(self, *, all_roles: bool = False) -> StaffContext:
        """Who answers, or who may do everything."""
        for it in self.adapters.staff.of_town(self.town.id):
            if it.may(frozenset({Role.AGENT})) and it.is_admin == all_roles:
                return StaffContext(
                    self.town,
                    it.name,
                    datetime.now(UTC),
                    self.adapters.citizens,
                    self.adapters.answer_queue,
                    it.staff_id,
                )
        raise LookupError(f"nobody answers in {self.town.id}")

    def answers(self, number: str, words: str) -> None:
        answer(self.staff(), self._who(number).citizen_id, words, press=f"sample {number}")

    def takes(self, number: str, *, all_roles: bool = False) -> None:
        one = self.staff(all_roles=all_roles)
        assign(one, self._who(number).citizen_id, one.by, one.by_id)

    def notes(self, number: str, words: str) -> None:
        note(self.staff(all_roles=True), self._who(number).citizen_id, words, press=f"sample {number}")

    def asks_release(self, number: str, words: str) -> None:
        citizen, one, of = self._who(number), self.staff(), self.staff(all_roles=True)
        ask_release(one, citizen.citizen_id, words, seen=one.now, of=of.by, of_id=of.by_id)

    def works_on_report_of(self, number: str, state: CaseState, words: str = "", department: str | None = None) -> None:
        case, one = self._report_of(number), self.staff()
        work = CaseWork(one.by, state, words, department=department, staff_id=one.by_id, press=f"sample {number}")
        ports = CasePorts(self.adapters.cases, self.adapters.citizens, self.adapters.answer_queue)
        work_on_case(case.number, work, self.town, one.now, ports)

    def announces_an_hour(self, host: str) -> None:
        """Tomorrow evening."""
        one, zone = self.staff(all_roles=True), self.town.zone
        tomorrow = one.now.astimezone(zone).date() + timedelta(days=1)
        opens, closes = (datetime.combine(tomorrow, clock(hour), zone).astimezone(UTC) for hour in (17, 18))
        planned = PlannedConsultation(opens, closes, host, "Newsletter und Website", one.by, "sample hour")
        plan_consultation(planned, self.town, one.now, self.adapters.consultations)

    def held_an_hour(self, host: str) -> None:
        """A week ago, invented like the figures: nobody can write in the past."""
        one, zone = self.staff(all_roles=True), self.town.zone
        day = one.now.astimezone(zone).date() - timedelta(days=7)
        opens, closes = (datetime.combine(day, clock(hour), zone).astimezone(UTC) for hour in (17, 18))
        summary = ConsultationSummary(9, 13, 12, left_waiting=1, median_wait_s=260, longest_wait_s=840)
        held = Consultation(f"{day:%Y%m%d}-sample", self.town.id, opens, closes, host, created_by=one.by)
        ended = replace(held, ended_at=closes, ended_by="", summary=summary, version=1)
        self.adapters.consultations.save(None, ended)

    def _who(self, number: str) -> Citizen:
        found = self._until(lambda: self._talked(number))
        if found is None:
            raise NotHeard(f"{self.town.id} did not hear {number} within {HEARD_WITHIN_S} s")
        return found

    def _talked(self, number: str) -> Citizen | None:
        found = self.adapters.citizens.find(self.town.id, WireIdentity(phone=number))
        return found if found and found.conversation else None

    def _report_of(self, number: str) -> Case:
        found = self._until(lambda: self._reported(number))
        if found is None:
            raise NotHeard(f"{self.town.id} has no report of {number} after {HEARD_WITHIN_S} s")
        return found

    def _reported(self, number: str) -> Case | None:
        person = self.adapters.citizens.find(self.town.id, WireIdentity(phone=number))
        return next(iter(self.adapters.cases.of_citizen(self.town.id, person.citizen_id)), None) if person else None

    def _until(self, look: Callable[[], T | None]) -> T | None:
        end = time.monotonic() + HEARD_WITHIN_S
        while (found := look()) is None and time.monotonic() < end and not self.system.stopping.wait(0.2):
            pass
        return found


def arnsberg(office: Office) -> None:
    """One is answered, one taken over, one has a note, one waits for the mayor's release; the others wait."""
    take_over_ready(office.town.id, office.staff().by, office.adapters.text_blocks)
    office.answers(
        "4915134560004",
        "Guten Tag, den Personalausweis beantragen Sie im Bürgerbüro, am besten mit Termin. Er kostet ab 24 Jahren "
        "37,00 Euro, sonst 22,80 Euro.",
    )
    office.takes("4915134560002")
    office.takes("4915134560007", all_roles=True)
    office.notes("4915134560005", "Der Bauhof holt es morgen früh ab, sagt Herr Beispiel am Telefon.")
    office.asks_release(
        "4915134560001", "Guten Tag, der Saal war am Donnerstag nicht frei. Der neue Termin steht nächste Woche fest."
    )
    office.held_an_hour("Bürgermeister Beispiel")
    office.announces_an_hour("Bürgermeister Beispiel")


def bocholt(office: Office) -> None:
    """A question is answered."""
    office.answers("4915145670001", "Guten Tag, freitags ist das Rathaus bis 12:30 Uhr offen.")


def neu_ulm(office: Office) -> None:
    """A question is answered, and tomorrow evening is the mayor's hour."""
    office.answers("4915123450001", "Guten Tag, danke für die Idee. Wir sehen uns das Ufer im Frühjahr an.")
    office.announces_an_hour("die Oberbürgermeisterin")


def vreden(office: Office) -> None:
    """Reports on their way: begun, forwarded, answered."""
    office.works_on_report_of("4915112340001", CaseState.IN_WORK)
    office.works_on_report_of("4915112340004", CaseState.FORWARDED, department="bauhof")
    office.works_on_report_of(
        "4915112340003", CaseState.ANSWERED, "Guten Tag, ein Zaun ist für den Herbst eingeplant. Danke für den Hinweis."
    )


WORK: Final[Mapping[str, Callable[[Office], None]]] = {
    "arnsberg": arnsberg,
    "bocholt": bocholt,
    "neu-ulm": neu_ulm,
    "vreden": vreden,
}


def work_in(system: System, town_id: str) -> None:
    """Raises StadtdrahtError: NotHeard, and for what cannot be done."""
    adapters = Adapters(Settings.from_mapping(system.product_settings), client=system.account.client)
    WORK[town_id](Office(system, adapters, adapters.towns.get(town_id)))
