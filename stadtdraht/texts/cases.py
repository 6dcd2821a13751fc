"""What a person hears about their report."""

from stadtdraht.domain.cases.case import Case, CaseState
from stadtdraht.domain.town import Town
from stadtdraht.texts.replies import text

BY_STATE = {
    CaseState.IN_WORK: "case_in_work",
    CaseState.FORWARDED: "case_forwarded",
    CaseState.ANSWERED: "case_answered",
    CaseState.CLOSED: "case_closed",
}


def word_case(name: str, case: Case, town: Town, language: str, *, said: str = "") -> str:
    """A sentence about a case, filled in. `said`: the town's own words, which follow in a paragraph of their own."""
    labels = {it.id: it.label for it in town.departments}
    return text(town, language, name).format(
        number=case.number,
        department=labels.get(case.department, town.name),
        said=f"\n\n{said}" if said else "",
    )


def word_state(state: CaseState, town: Town, language: str) -> str:
    """How a state is called: "in Bearbeitung"."""
    return text(town, language, f"case_state_{state}")
