"""`stadtdraht inbox …`: conversations that wait for the town, from the list to the answer."""

import secrets
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Annotated, Any

import typer

from stadtdraht.bootstrap import Adapters
from stadtdraht.cli.deployment import connected
from stadtdraht.cli.inbound.find_citizen import Person, find_person
from stadtdraht.cli.inbound.follow_up import follow_up
from stadtdraht.cli.inbound.try_line import try_line
from stadtdraht.cli.options import TownOption, operator
from stadtdraht.cli.output import AsJson, give, table
from stadtdraht.domain.citizen import Citizen
from stadtdraht.domain.conversation import DID_NOT_ARRIVE, SERVICE_WINDOW, Flag, Line, ListedConversation
from stadtdraht.domain.inbound.words_of_templates import in_words
from stadtdraht.domain.town import Town
from stadtdraht.texts.staff import inbox as words
from stadtdraht.texts.staff.broadcast.delivery_reasons import why_not
from stadtdraht.texts.staff.conversation import act_words, arrival, speaker
from stadtdraht.texts.staff.moments import NONE, moment
from stadtdraht.texts.staff.person import NO_NUMBER, person_rows
from stadtdraht.usecases.inbound import work_on_conversation
from stadtdraht.usecases.inbound.list_conversations import Tab, list_conversations
from stadtdraht.usecases.inbound.work_on_conversation import NoSuchConversation, StaffContext

app = typer.Typer(no_args_is_help=True)
app.command("try")(try_line)
app.command("follow-up")(follow_up)

QUOTED = 80  # characters of an older message beside what is about it
By = Annotated[str, typer.Option("--by", help="Wer es tut; sonst Ihr Anmeldename (who does it; else your login name)")]


@app.command("list")
@connected
def list_waiting(
    adapters: Adapters,
    town_id: TownOption,
    mine: Annotated[str, typer.Option("--assigned-to", help="Nur die dieser Person (only those of this person)")] = "",
    chain: Annotated[
        bool, typer.Option("--chain", help="Die als Kettenbrief gelten, auf die niemand antwortet (chain messages)")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Gespräche, die auf Antwort warten: Notfälle zuerst, dann, wer am längsten wartet. (conversations that wait)"""
    town, now = adapters.towns.get(town_id), datetime.now(UTC)
    found = list_conversations(town.id, Tab.CHAIN if chain else Tab.WAITING, adapters.conversations)
    listed = [it for it in found if mine in ("", it.assigned_to)]
    rows = [_row(it, town, now) for it in listed]
    nothing = "Zurzeit wartet niemand auf eine Antwort." if not chain else "Es gibt keine Kettenbriefe."
    give(
        [_listed(it) for it in listed],
        as_json=as_json,
        show=lambda out: out.print(table(words.HEAD, rows, nothing=nothing)),
    )


@app.command()
@connected
def show(adapters: Adapters, town_id: TownOption, person: Person, as_json: AsJson = False) -> None:
    """Das ganze Gespräch mit Notizen und Dateien, und ob jede Antwort ankam. (the whole conversation)"""
    town = adapters.towns.get(town_id)
    citizen = find_person(adapters, town, person)
    lines = list(in_words(adapters.citizens.history(town.id, citizen.citizen_id), town))
    if not lines:
        raise NoSuchConversation(citizen.citizen_id)

    cases = [it.number for it in adapters.cases.of_citizen(town.id, citizen.citizen_id)]
    head = [*person_rows(citizen, town, cases), *_standing(citizen, town, datetime.now(UTC))]

    def show_lines(out: Any) -> None:
        out.print(table(("", ""), head))
        out.print()
        for line in lines:
            out.print(f"{line.at.astimezone(town.zone):%d.%m. %H:%M}  {speaker(line)}: {_said(line)}")

    give([_line(line) for line in lines], as_json=as_json, show=show_lines)


@app.command()
@connected
def reply(
    adapters: Adapters,
    town_id: TownOption,
    person: Person,
    say: Annotated[
        str, typer.Option("--say", help="Die Worte der Stadt, so wie sie gelesen werden (the town's words)")
    ],
    by: By = "",
    written_by: Annotated[
        str,
        typer.Option(
            "--written-by", help="Wer die Worte geschrieben hat, wenn jemand anderes sendet (who wrote the words)"
        ),
    ] = "",
    seen: Annotated[
        datetime | None,
        typer.Option(
            "--seen",
            help="last_at, wie Sie es gelesen haben: Kam seither etwas, wird nicht geantwortet (last_at as"
            " you read it)",
        ),
    ] = None,
    anyway: Annotated[
        bool, typer.Option("--anyway", help="Auch wenn es jemand anderes im Amt hat (also where a colleague has it)")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Auf WhatsApp antworten; das geht bis 24 Stunden nach der letzten Nachricht der Person.
    (answer within 24 hours)
    """
    staff, citizen = _staff(adapters, town_id, by), _id(adapters, town_id, person)
    as_read = seen.replace(tzinfo=seen.tzinfo or UTC) if seen else None
    press = secrets.token_hex(16)
    work_on_conversation.answer(staff, citizen, say, press=press, written_by=written_by, seen=as_read, anyway=anyway)
    _done(citizen, "answered", words.ON_ITS_WAY, as_json=as_json)


@app.command()
@connected
def assign(
    adapters: Adapters,
    town_id: TownOption,
    person: Person,
    to: Annotated[str, typer.Option("--to", help="Wer antwortet; '' für niemand (who answers)")],
    by: By = "",
    as_json: AsJson = False,
) -> None:
    """Ein Gespräch jemandem geben. (give a conversation to somebody)"""
    citizen = _id(adapters, town_id, person)
    work_on_conversation.assign(_staff(adapters, town_id, by), citizen, to)
    _done(citizen, "assigned", words.ASSIGNED.format(to=to) if to else words.FREE, as_json=as_json)


@app.command()
@connected
def note(
    adapters: Adapters,
    town_id: TownOption,
    person: Person,
    text: Annotated[str, typer.Option("--text", help="Nur fürs Amt; die Person bekommt es nie (for staff only)")],
    by: By = "",
    as_json: AsJson = False,
) -> None:
    """Eine Notiz zu einem Gespräch schreiben. (write a note beside a conversation)"""
    citizen = _id(adapters, town_id, person)
    work_on_conversation.note(_staff(adapters, town_id, by), citizen, text)
    _done(citizen, "noted", words.NOTED, as_json=as_json)


@app.command()
@connected
def close(adapters: Adapters, town_id: TownOption, person: Person, by: By = "", as_json: AsJson = False) -> None:
    """Niemand muss mehr antworten: Es ist am Telefon gesagt oder braucht keine Antwort. (nobody has to answer any
    more)
    """
    citizen = _id(adapters, town_id, person)
    work_on_conversation.close(_staff(adapters, town_id, by), citizen)
    _done(citizen, "closed", words.DONE, as_json=as_json)


@app.command()
@connected
def unflag(
    adapters: Adapters,
    town_id: TownOption,
    person: Person,
    flag: Annotated[
        Flag, typer.Option("--flag", help="Welcher; ohne „chain“ wartet das Gespräch doch auf Antwort (which flag)")
    ],
    by: By = "",
    as_json: AsJson = False,
) -> None:
    """Einen Hinweis wegnehmen, der nicht stimmt. (take a flag away)"""
    citizen = _id(adapters, town_id, person)
    work_on_conversation.unflag(_staff(adapters, town_id, by), citizen, flag)
    _done(citizen, "unflagged", words.UNFLAGGED.format(flag=words.FLAGS.get(flag, flag)), as_json=as_json)


def _staff(adapters: Adapters, town_id: str, by: str) -> StaffContext:
    town: Town = adapters.towns.get(town_id)
    return StaffContext(town, operator(by), datetime.now(UTC), adapters.citizens, adapters.answer_queue)


def _id(adapters: Adapters, town_id: str, person: str) -> str:
    return find_person(adapters, adapters.towns.get(town_id), person).citizen_id


def _done(citizen: str, what: str, told: str, *, as_json: bool) -> None:
    give({"citizen_id": citizen, "done": what}, as_json=as_json, show=lambda out: out.print(told))


def _ago(since: datetime | None, now: datetime) -> str:
    if since is None:
        return NONE
    minutes = int((now - since).total_seconds() // 60)
    return f"{minutes // 60} Std. {minutes % 60} Min." if minutes >= 60 else f"{minutes} Min."  # noqa: PLR2004


def _standing(citizen: Citizen, town: Town, now: datetime) -> list[tuple[str, str]]:
    """How the conversation stands: who has it, how long it has waited, until when it may be answered."""
    talk, last = citizen.conversation, citizen.last_inbound_at
    until = last + SERVICE_WINDOW if last else None
    rows = [("Antwort bis", moment(until, town) if until and until > now else "vorbei; anrufen oder Brief")]
    if talk:
        rows += [("bei", talk.assigned_to or "niemandem"), ("wartet", _ago(talk.waiting_since, now))]
        rows += [("Hinweis", words.flags(talk.flags))] if talk.flags else []
    return rows


def _said(line: Line) -> str:
    kind = f"[{words.KINDS.get(line.kind, line.kind)}]" if line.kind != "text" else ""
    quotes = words.ABOUT.format(quoted=" ".join(line.quotes.split())[:QUOTED]) if line.quotes else ""
    state = f"({arrival(line)})" if line.state else ""
    return " ".join(part for part in (act_words(line), kind, quotes, state) if part)


def _line(line: Line) -> Mapping[str, Any]:
    return {
        "at": line.at.isoformat(),
        "who": line.who,
        "kind": line.kind,
        "text": act_words(line),
        "act": str(line.act) if line.who == "note" else "",
        "by": line.by,
        "released_by": line.released_by,
        "put_forward": line.put_forward,
        "automatic": line.is_automatic,
        "state": line.state,
        "reason": line.reason,
        "why": why_not(line.reason) if line.state in DID_NOT_ARRIVE else "",
        "message_id": line.message_id,
        "about": line.about,
        "quotes": line.quotes,
    }


def _row(it: ListedConversation, town: Town, now: datetime) -> tuple[str, ...]:
    last = it.conversation.last
    return (
        it.citizen_id,
        it.name or NONE,
        it.number or NO_NUMBER,
        _ago(it.waiting_since, now),
        f"{it.window_until.astimezone(town.zone):%d.%m. %H:%M}" if it.window_until > now else "vorbei",
        it.assigned_to or NONE,
        f"{(last.at if last else it.conversation.last_at).astimezone(town.zone):%d.%m. %H:%M}",
        _last_words(it) or NONE,
        words.flags(it.flags),
    )


def _last_words(it: ListedConversation) -> str:
    last = it.conversation.last
    return (last.words or f"[{last.kind}]") if last else ""


def _listed(it: ListedConversation) -> Mapping[str, Any]:
    talk = it.conversation
    return {
        "last_words": _last_words(it),
        "number": it.number or NO_NUMBER,
        "citizen_id": it.citizen_id,
        "name": it.name,
        "language": it.language,
        "opened_at": talk.opened_at.isoformat(),
        "last_at": talk.last_at.isoformat(),
        "window_until": it.window_until.isoformat(),
        "waiting_since": it.waiting_since.isoformat() if it.waiting_since else None,
        "assigned_to": it.assigned_to,
        "flags": sorted(it.flags),
    }
