"""`stadtdraht case …`: reports of citizens, from the list of open ones to the last word."""

import secrets
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from stadtdraht.bootstrap import Adapters
from stadtdraht.cli.case_view import described, due, event_row, event_value, fields, listed
from stadtdraht.cli.deployment import connected
from stadtdraht.cli.options import TownOption, operator
from stadtdraht.cli.output import AsJson, give, refuse, table
from stadtdraht.cli.privacy import legal_hold
from stadtdraht.cli.private_file import private_file
from stadtdraht.domain.cases.case import GOES_ON, Case, CaseKind, CaseState, OpenCase, Place
from stadtdraht.domain.cases.case_work import CaseWork
from stadtdraht.domain.cases.near import nearby
from stadtdraht.domain.town import Town
from stadtdraht.texts.staff import case_desk as words
from stadtdraht.texts.staff.moments import NONE, moment
from stadtdraht.texts.staff.person import number_shown
from stadtdraht.usecases.cases.case_history import case_history
from stadtdraht.usecases.cases.export_cases import export_cases
from stadtdraht.usecases.cases.work_on_case import CaseMissing, CasePorts, CaseWorkResult, merge_case, work_on_case

app = typer.Typer(no_args_is_help=True)
app.command("hold")(legal_hold.hold_case)
app.command("release")(legal_hold.release_case)

Number = Annotated[
    str, typer.Argument(metavar="NUMBER", help="Nummer der Meldung, 2026-0142, wie in `case list` (number of the case)")
]
By = Annotated[str, typer.Option("--by", help="Wer es tut; sonst Ihr Anmeldename (who does it; else your login name)")]
Say = Annotated[
    str, typer.Option("--say", help="Die Worte der Stadt an die Person, so wie sie gelesen werden (the town's words)")
]
Note = Annotated[str, typer.Option("--note", help="Nur fürs Amt (for staff only)")]
ToldOtherwise = Annotated[
    bool,
    typer.Option(
        "--told-otherwise",
        help="Die Person weiß es schon, vom Telefon oder persönlich (told by telephone or in person)",
    ),
]


@app.command("list")
@connected
def list_open(
    adapters: Adapters,
    town_id: TownOption,
    kind: Annotated[CaseKind | None, typer.Option(help="Nur diese Art (only this kind)")] = None,
    department: Annotated[
        str | None, typer.Option(help="Nur diese Stelle; '' sind die ohne eigene Stelle (only this department)")
    ] = None,
    state: Annotated[CaseState | None, typer.Option(help="Nur dieser Stand (only this state)")] = None,
    overdue: Annotated[
        bool, typer.Option("--overdue", help="Nur die, deren erste Rückmeldung überfällig ist (only overdue ones)")
    ] = False,
    everything: Annotated[bool, typer.Option("--all", help="Auch die abgeschlossenen (closed ones too)")] = False,
    year: Annotated[
        int | None, typer.Option(help="Mit --all: aus welchem Jahr; sonst aus diesem (of which year)")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Offene Meldungen: überfällige zuerst, dann die nächsten. (open cases)"""
    town, now = adapters.towns.get(town_id), datetime.now(UTC)
    year = year or now.astimezone(town.zone).year
    if department and department not in (known := [it.id for it in town.departments]):
        refuse(f"{town.name} hat keine Stelle „{department}“; es gibt: {', '.join(known) or 'keine'}")
    cases = adapters.cases
    every = everything or (state is not None and state.is_over)
    found: list[Case | OpenCase] = [*cases.of_year(town.id, year)] if every else [*cases.open(town.id)]
    found = [
        case
        for case in found
        if kind in (None, case.kind)
        and department in (None, case.department)
        and state in (None, case.state)
        and (case.is_overdue(now) or not overdue)
    ]
    found.sort(key=lambda case: (not case.is_overdue(now), case.state.is_over, case.due_at, case.number))
    values = [listed(case, town, now) for case in found]
    rows = [
        (
            case.number,
            words.STATES[case.state],
            words.KINDS[case.kind],
            due(case, town, now),
            case.department or NONE,
            case.assigned_to or NONE,
            it["where"] or NONE,
            moment(case.last_added_at or case.opened_at, town),
            it["last_words"],
        )
        for case, it in zip(found, values, strict=True)
    ]
    narrowed = kind or department is not None or state or overdue or everything
    nothing = "Dazu gibt es keine Meldung." if narrowed else f"In {town.name} ist zurzeit keine Meldung offen."
    give(values, as_json=as_json, show=lambda out: out.print(table(words.LIST_HEAD, rows, nothing=nothing)))


@app.command()
@connected
def show(adapters: Adapters, number: Number, town_id: TownOption, as_json: AsJson = False) -> None:
    """Eine Meldung: Worte, Fotos, Ort, was dasselbe sein kann, was geschah, bis wann. (one case with its history)"""
    town, now = adapters.towns.get(town_id), datetime.now(UTC)
    case = adapters.cases.get(town.id, number)
    if case is None:
        raise CaseMissing(number)
    done = case_history(case, cases=adapters.cases, citizens=adapters.citizens)
    citizen = adapters.citizens.get(town.id, case.citizen_id)
    near = () if case.state.is_over else nearby(case, adapters.cases.open(town.id))
    same = {"maybe_the_same": [it for it in dict.fromkeys((*near, *case.near)) if it not in case.duplicates]}
    who = {"citizen_number": number_shown(citizen) if citizen else ""}
    value = described(case, town, now) | same | who | {"events": [event_value(it, town) for it in done]}

    def show_it(out: Any) -> None:
        out.print(table(("", ""), fields(case, town, now, same | who)))
        if case.description.endswith(GOES_ON):
            out.print(words.WROTE_MORE.format(town=town.id, citizen=case.citizen_id))
        if done:
            out.print(table(words.HISTORY_HEAD, [event_row(it, town) for it in done]))

    give(value, as_json=as_json, show=show_it)


@app.command("set-state")
@app.command("status", hidden=True)  # what it was called before
@connected
def set_state(
    adapters: Adapters,
    number: Number,
    state: Annotated[
        CaseState,
        typer.Argument(help="in_work, answered oder closed; für forwarded siehe `case forward` (the new state)"),
    ],
    town_id: TownOption,
    say: Say = "",
    note: Note = "",
    by: By = "",
    told_otherwise: ToldOtherwise = False,
    as_json: AsJson = False,
) -> None:
    """Sagen, wie weit es ist. Die Person erfährt es, solange WhatsApp es zulässt. (set the state, and tell the
    citizen)
    """
    _work(
        adapters,
        number,
        town_id,
        CaseWork(operator(by), state, say, note, told_otherwise=told_otherwise),
        as_json=as_json,
    )


@app.command()
@connected
def say(
    adapters: Adapters,
    number: Number,
    words_: Annotated[
        str, typer.Argument(metavar="WORDS", help="Die Worte der Stadt an die Person (the town's words)")
    ],
    town_id: TownOption,
    by: By = "",
    as_json: AsJson = False,
) -> None:
    """Der Person dazu schreiben; der Stand bleibt. (write to the citizen about it)"""
    _work(adapters, number, town_id, CaseWork(operator(by), say=words_), as_json=as_json)


@app.command()
@connected
def forward(
    adapters: Adapters,
    number: Number,
    town_id: TownOption,
    to: Annotated[
        str,
        typer.Option(
            "--to", metavar="DEPARTMENT", help="Kennung der Stelle, wie in der Stadtdatei (id of the department)"
        ),
    ],
    say: Say = "",
    note: Note = "",
    by: By = "",
    told_otherwise: ToldOtherwise = False,
    as_json: AsJson = False,
) -> None:
    """An eine Stelle geben; die Person erfährt, an welche. (hand it to a department)"""
    work = CaseWork(operator(by), CaseState.FORWARDED, say, note, department=to, told_otherwise=told_otherwise)
    _work(adapters, number, town_id, work, as_json=as_json)


@app.command()
@connected
def merge(
    adapters: Adapters,
    number: Number,
    town_id: TownOption,
    into: Annotated[
        str,
        typer.Option("--into", metavar="NUMBER", help="Die Meldung, die für beide weitergeht (the case that goes on)"),
    ],
    by: By = "",
    as_json: AsJson = False,
) -> None:
    """Eine doppelte Meldung beenden. Ihre Person erfährt es, und alles, was aus der anderen wird. (end a duplicate)"""
    town = adapters.towns.get(town_id)
    worked = merge_case(number, into, operator(by), town, datetime.now(UTC), _ports(adapters))
    _say_done(worked, town, as_json=as_json)


@app.command()
@connected
def kind(
    adapters: Adapters,
    number: Number,
    kind: Annotated[CaseKind, typer.Argument(help="Was es ist (the kind)")],
    town_id: TownOption,
    by: By = "",
    as_json: AsJson = False,
) -> None:
    """Berichtigen, was es ist. (correct the kind)"""
    _work(adapters, number, town_id, CaseWork(operator(by), kind=kind), as_json=as_json)


@app.command()
@connected
def assign(
    adapters: Adapters,
    number: Number,
    town_id: TownOption,
    to: Annotated[str, typer.Option("--to", help="Wer im Amt es bekommt; '' für niemand (a colleague; '' for nobody)")],
    note: Note = "",
    by: By = "",
    as_json: AsJson = False,
) -> None:
    """Jemandem im Amt geben. (hand it over to a colleague)"""
    _work(adapters, number, town_id, CaseWork(operator(by), note=note, assigned_to=to), as_json=as_json)


@app.command()
@connected
def move(
    adapters: Adapters,
    number: Number,
    town_id: TownOption,
    department: Annotated[
        str | None, typer.Option(help="Kennung der richtigen Stelle; '' für keine eigene (id of the department)")
    ] = None,
    address: Annotated[str, typer.Option(help="Wo es wirklich ist (where it really is)")] = "",
    pin: Annotated[
        tuple[float, float] | None, typer.Option(help="Breite und Länge in Grad (latitude and longitude)")
    ] = None,
    by: By = "",
    as_json: AsJson = False,
) -> None:
    """Ort oder Stelle berichtigen, ohne die Person zu benachrichtigen. (correct place or department)"""
    if department is None and not address and pin is None:
        refuse(words.SAY_WHAT_TO_CORRECT)
    latitude, longitude = pin or (None, None)
    place = Place(latitude, longitude, address) if address or pin else None
    _work(adapters, number, town_id, CaseWork(operator(by), department=department, place=place), as_json=as_json)


@app.command()
@connected
def export(
    adapters: Adapters,
    town_id: TownOption,
    to: Annotated[Path, typer.Option("--csv", help="Datei, die geschrieben wird, mit ; getrennt (file to write)")],
    year: Annotated[int | None, typer.Option(help="Aus welchem Jahr; sonst aus diesem (of which year)")] = None,
    as_json: AsJson = False,
) -> None:
    """Alle Meldungen eines Jahres für ein anderes System, ohne Namen. (all cases of a year as CSV)"""
    town = adapters.towns.get(town_id)
    cases = list(adapters.cases.of_year(town.id, year or datetime.now(town.zone).year))
    with private_file(to) as file:
        file.write(export_cases(cases, town).encode())
    value = {"file": str(to), "cases": len(cases)}
    give(value, as_json=as_json, show=lambda out: out.print(words.exported(len(cases), str(to))))


@app.command("open311-key")
@connected
def open311_key(adapters: Adapters, town_id: TownOption, as_json: AsJson = False) -> None:
    """Ein neuer Schlüssel für das eigene System der Stadt. Er gilt sofort und wird nur jetzt gezeigt; der alte endet in
    fünf Minuten.
    (make a new key for Open311)
    """
    town, key = adapters.towns.get(town_id), secrets.token_urlsafe(32)
    adapters.secrets.save_open311_key(town.id, key)
    give({"town": town.id, "key": key}, as_json=as_json, show=lambda out: out.print(key))


def _work(adapters: Adapters, number: str, town_id: str, work: CaseWork, *, as_json: bool) -> None:
    town = adapters.towns.get(town_id)
    _say_done(work_on_case(number, work, town, datetime.now(UTC), _ports(adapters)), town, as_json=as_json)


def _say_done(worked: CaseWorkResult, town: Town, *, as_json: bool) -> None:
    value = described(worked.case, town, datetime.now(UTC)) | {
        "told": str(worked.told),
        "duplicates_told": worked.duplicates_told,
    }
    said = words.done(worked.case.town, worked.case.number, worked.case.state, worked.told, worked.duplicates_told)
    if worked.in_our_words:
        said += f" {words.IN_OUR_WORDS}"
    give(value, as_json=as_json, show=lambda out: out.print(said))


def _ports(adapters: Adapters) -> CasePorts:
    return CasePorts(adapters.cases, adapters.citizens, adapters.answer_queue)
