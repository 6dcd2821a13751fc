"""A conversation in the words of the town's staff: who speaks, and what was done beside it."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from stadtdraht.domain.conversation import DID_NOT_ARRIVE, Line, StaffAct
from stadtdraht.texts.staff.broadcast.delivery_reasons import why_not
from stadtdraht.texts.staff.language import german, say


def speaker(line: Line) -> str:
    """Who says it: the citizen, the line by itself, or who of the town wrote it and who released it."""
    match line.who:
        case "citizen":
            return "Bürger/in"
        case "note":
            return "Notiz"
    if line.is_automatic and not line.by:
        return "automatisch"
    names = writers(line)
    return f"Stadt ({names})" if names else "Stadt"


def writers(line: Line) -> str:
    """Who wrote it, and who released it where that was somebody else."""
    if line.released_by and line.released_by != line.by:
        if line.put_forward:
            return say("{by}, geändert und freigegeben von {other}", by=line.by or "?", other=line.released_by)
        return say("{by}, freigegeben von {released_by}", by=line.by or "?", released_by=line.released_by)
    return line.by


def act_words(line: Line) -> str:
    """What staff wrote or did, in one sentence; the words of anybody else as they are."""
    if line.who != "note":
        return line.text
    by = line.by or "Jemand"
    match line.act:
        case StaffAct.ASSIGNED if not line.text:
            return f"{by} hat das Gespräch wieder freigegeben."
        case StaffAct.ASSIGNED if line.text == line.by:
            return f"{by} hat das Gespräch übernommen."
        case StaffAct.ASSIGNED:
            return f"{by} hat das Gespräch {line.text} gegeben."
        case StaffAct.CLOSED:
            return f"{by} hat das Gespräch geschlossen."
        case StaffAct.UNFLAGGED:
            return f"{by} hat die Kennzeichnung „{line.text}“ weggenommen."
        case StaffAct.OPENED:
            return f"{by} hat das Gespräch geöffnet."
        case StaffAct.ASKED_RELEASE:
            return f"{by} bittet {line.text} um Freigabe einer Antwort." if line.text else f"{by} bittet um Freigabe."
        case StaffAct.SENT_BACK:
            return f"{by} hat die Antwort zurückgegeben: {line.text}" if line.text else f"{by} hat sie zurückgenommen."
        case StaffAct.FORWARDED:
            return f"{by} hat das Gespräch weitergeleitet an: {line.text}"
        case StaffAct.REPORTED:
            return f"{by} hat daraus die Meldung {line.text} aufgenommen."
        case StaffAct.ATTACHED:
            return f"{by} hat Nachrichten zur Meldung {line.text} gelegt."
        case StaffAct.REVEALED:
            return f"{by} hat die Telefonnummer angezeigt: {line.text}"
    return f"{line.by}: {line.text}"


STATE_WORDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "waiting": german("in der Warteschlange"),
        "claimed": german("wird gesendet"),
        "unknown": german("unklar, ob es ankam"),
        "accepted": german("gesendet"),
        "sent": german("gesendet"),
        "delivered": german("zugestellt"),
        "read": german("gelesen"),
    }
)


def arrival(line: Line) -> str:
    """How far an answer came, and why it did not arrive; of a file, its state as it is; "" of the rest."""
    return missed(line) or say(STATE_WORDS.get(line.state, line.state))


def missed(line: Line) -> str:
    """Why an answer did not arrive; "" for every other line."""
    return say("nicht angekommen: {why}", why=why_not(line.reason)) if line.state in DID_NOT_ARRIVE else ""
