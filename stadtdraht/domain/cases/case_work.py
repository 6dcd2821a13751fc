"""What staff do to a case: from the case as it is to the case afterwards."""

from dataclasses import dataclass, replace
from datetime import datetime

from stadtdraht.domain.cases.case import Case, CaseEvent, CaseKind, CaseState, Place
from stadtdraht.domain.errors import ToldToStaff, german
from stadtdraht.domain.town import Town

GOES_ON_FOR = "goes on for "  # begins the note of a case that a duplicate went into; it stands in rows
SAID_CHARACTERS = 3000  # of the 4,096 of a text message; the rest is ours around it


class CaseNotFit(ToldToStaff):
    """What staff asked for cannot be done to this case."""


@dataclass(frozen=True, slots=True)
class CaseWork:
    """One thing that staff do. None leaves as it is."""

    by: str
    """As staff name themselves."""
    state: CaseState | None = None
    say: str = ""
    """Words for the citizen."""
    note: str = ""
    """For staff only."""
    department: str | None = None
    kind: CaseKind | None = None
    place: Place | None = None
    assigned_to: str | None = None
    merged_into: str = ""
    due_at: datetime | None = None
    """The end of the day until which something is to happen."""
    staff_id: str = ""
    """Of who does it in the console."""
    press: str = ""
    """Nonce of the form: what is posted twice is done once."""
    told_otherwise: bool = False
    """The citizen heard of it on the telephone or in person, which is a first feedback too."""

    @property
    def is_heard(self) -> bool:
        """Whether the citizen should hear of it: a new state or words, but no correction of ours."""
        return self.state is not None or bool(self.say)


def apply_work(case: Case, work: CaseWork, town: Town, now: datetime, *, told: bool) -> Case:
    """The case after the work. `told`: the words go out on WhatsApp with it. Raises CaseNotFit, in words."""
    _check(case, work, town)
    state = work.state or case.state
    event = CaseEvent(
        now,
        work.by,
        state,
        work.say,
        work.note,
        work.department or "",
        told,
        assigned_to=None if work.assigned_to == case.assigned_to else work.assigned_to,
        kind=None if work.kind is case.kind else work.kind,
        merged_into=work.merged_into,
        version=case.version + 1,
        staff_id=work.staff_id,
        press=work.press,
        due_at=None if work.due_at == case.due_at else work.due_at,
    )
    is_first = case.first_feedback_at is None and work.is_heard and (told or work.told_otherwise)
    return replace(
        case,
        state=state,
        department=case.department if work.department is None else work.department,
        kind=work.kind or case.kind,
        place=work.place or case.place,
        assigned_to=case.assigned_to if work.assigned_to is None else work.assigned_to,
        merged_into=work.merged_into or case.merged_into,
        first_feedback_at=now if is_first else case.first_feedback_at,
        due_at=work.due_at or case.due_at,
        is_due_again=case.is_due_again if event.due_at is None else True,
        over_at=(case.over_at or now) if state.is_over else None,
        latest=event,
        version=case.version + 1,
    )


def take_over(case: Case, other: Case, by: str, now: datetime, *, staff_id: str = "") -> Case:
    """The case that goes on for `other` and for those that `other` went on for. Raises CaseNotFit."""
    if case.number == other.number:
        raise CaseNotFit("{number} kann nicht in sich selbst aufgehen", number=case.number)
    if case.merged_into:
        raise CaseNotFit(
            "{number} ist selbst aufgegangen in {into}; nennen Sie diese", number=case.number, into=case.merged_into
        )
    numbers = tuple(dict.fromkeys((*case.duplicates, other.number, *other.duplicates)))
    note = f"{GOES_ON_FOR}{other.number}"
    event = CaseEvent(now, by, case.state, note=note, version=case.version + 1, staff_id=staff_id)
    return replace(case, duplicates=numbers, latest=event, version=case.version + 1)


IS_OVER = {
    CaseState.ANSWERED: german("{number} ist schon beantwortet"),
    CaseState.CLOSED: german("{number} ist schon abgeschlossen"),
}


def _check(case: Case, work: CaseWork, town: Town) -> None:
    departments = [it.id for it in town.departments]
    wrong = {
        german("{number} ist aufgegangen in {into}; arbeiten Sie dort weiter"): bool(case.merged_into),
        german("Sagen Sie es in höchstens {most} Zeichen"): len(work.say) > SAID_CHARACTERS,
        german("Eine Antwort braucht Ihre Worte"): work.state is CaseState.ANSWERED and not work.say.strip(),
        IS_OVER.get(case.state, ""): work.state is case.state and case.state.is_over and not work.told_otherwise,
        german("Es gibt nichts zu tun: keine Worte, keine Notiz, nichts ändert sich"): work
        == CaseWork(work.by, staff_id=work.staff_id, press=work.press),
        german("Neu ist eine Meldung nur, bis jemand daran arbeitet"): work.state is CaseState.NEW,
        german("Zum Weiterleiten gehört eine Stelle"): work.state is CaseState.FORWARDED and not work.department,
        german("{town} hat keine Stelle „{department}“; es gibt: {known}"): bool(work.department)
        and work.department not in departments,
    }
    found = [what for what, is_so in wrong.items() if is_so]
    if found:
        raise CaseNotFit(
            *found,
            number=case.number,
            into=case.merged_into,
            most=SAID_CHARACTERS,
            town=town.name,
            department=work.department,
            known=", ".join(departments) or "–",
        )
