"""What was done to a report, in the words of the town's staff."""

from stadtdraht.domain.cases.case import CaseEvent
from stadtdraht.domain.town import Town
from stadtdraht.texts.replies import text


def done_words(event: CaseEvent, town: Town) -> str:
    """Hand-overs and corrections of one act, and its note; "" where it only changed the state or said something."""
    labels = {it.id: it.label for it in town.departments}
    parts = [
        event.note,
        f"→ {labels.get(event.department, event.department)}" if event.department else "",
        f"Art jetzt: {text(town, 'de', f'case_kind_{event.kind}')}" if event.kind else "",
        f"aufgegangen in {event.merged_into}" if event.merged_into else "",
    ]
    if event.assigned_to is not None:
        parts.append(f"an {event.assigned_to} gegeben" if event.assigned_to else "an niemanden mehr vergeben")
    return "; ".join(part for part in parts if part)
