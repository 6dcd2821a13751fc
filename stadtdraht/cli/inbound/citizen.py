"""`stadtdraht citizen …`: bring subscribers, and what people may ask of their data."""

import csv
import json
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from io import TextIOWrapper
from itertools import islice
from pathlib import Path
from typing import Annotated, Any

import typer

from stadtdraht.adapters.files.subscriber_file import Subscriber, WrongLine, error_lines, read
from stadtdraht.bootstrap import Adapters
from stadtdraht.cli.deployment import connected
from stadtdraht.cli.inbound.find_citizen import Person, find_person
from stadtdraht.cli.options import TownOption, operator
from stadtdraht.cli.output import REFUSED, AsJson, ask, cannot_use, give, local_time, refuse, table
from stadtdraht.cli.privacy import legal_hold, reveal
from stadtdraht.cli.private_file import private_file
from stadtdraht.domain.privacy.privacy import OFFICE
from stadtdraht.domain.town import Offer, Town
from stadtdraht.pages.my_data import page_of
from stadtdraht.texts.staff import imported as words
from stadtdraht.texts.staff.person import number_shown, person_rows
from stadtdraht.usecases.inbound.import_subscriber import ImportResult, import_subscriber
from stadtdraht.usecases.privacy.data_archive import build_archive, json_text
from stadtdraht.usecases.privacy.erase_citizen import erase_citizen
from stadtdraht.usecases.privacy.personal_record import personal_record
from stadtdraht.usecases.privacy.record_export import record_export

app = typer.Typer(no_args_is_help=True)
app.command("hold")(legal_hold.hold_person)
app.command("release")(legal_hold.release_person)
app.command("holds")(legal_hold.holds)
app.command("reveal")(reveal.reveal)
app.command("audit")(reveal.audit)

SIDE_BY_SIDE = 8
LINES_AT_ONCE = 1000
ALL_FILES_BYTES = 2_000_000_000
SHOWN_MISTAKES = 20
NOTHING_AGREED = "Es gibt noch keine Einwilligung."


@app.command("import")
@connected
def import_file(
    adapters: Adapters,
    town_id: TownOption,
    file: Annotated[Path, typer.Argument(help="CSV-Datei; Spalten wie in docs/operations/import.md (CSV)")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Nur sagen, was falsch wäre (dry run)")] = False,
    as_json: AsJson = False,
) -> None:
    """Abonnenten mit dem Nachweis ihrer Einwilligung einlesen; zweimal ändert nichts. Falsche Zeilen bleiben weg und
    stehen mit Zeile, Feld und dem, was dort erwartet wird, in FILE.errors.csv. (bring subscribers; wrong lines go
    to FILE.errors.csv)
    """
    town = adapters.towns.get(town_id)
    counted: Counter[ImportResult] = Counter()
    wrong: list[WrongLine] = []
    again: list[tuple[int, int]] = []
    right, lines = 0, read(file, town)
    while some := list(islice(lines, LINES_AT_ONCE)):
        wrong += (line for line in some if isinstance(line, WrongLine))
        people = [line for line in some if isinstance(line, Subscriber)]
        again += ((one.line, one.repeats) for one in people if one.repeats)
        right += len(people)
        if not dry_run:
            counted.update(_import_all(adapters, town, people))
    errors = _error_file(file, wrong)
    value = {
        "town": town_id,
        "lines": right + len(wrong),
        "imported": counted[ImportResult.NEW] + counted[ImportResult.CHANGED],
        **{kind.value.replace(" ", "_"): counted[kind] for kind in ImportResult},
        "right": right,
        "wrong": [{"line": it.line, "field": it.field, "code": it.code, "expected": it.expected} for it in wrong],
        "repeated": [{"line": line, "first": first} for line, first in again],
        "error_file": str(errors) if errors else None,
        "dry_run": dry_run,
    }

    def show(out: Any) -> None:
        for it in wrong[:SHOWN_MISTAKES]:
            out.print(f"{file}:{it.line}: {it}")
        for line, first in again[:SHOWN_MISTAKES]:
            out.print(words.REPEATS.format(file=file, line=line, first=first))
        if len(again) > SHOWN_MISTAKES:
            out.print(words.MORE_REPEATS.format(more=len(again) - SHOWN_MISTAKES))
        out.print(words.lines(right, len(wrong)))
        if errors:
            out.print(words.ALL_ERRORS.format(file=errors))
        if dry_run:
            out.print(words.DRY_RUN)
        else:
            out.print(", ".join(f"{count} {words.RESULTS[kind]}" for kind, count in counted.items()))

    give(value, as_json=as_json, show=show)
    if wrong and not right:
        raise typer.Exit(REFUSED)


def _import_all(adapters: Adapters, town: Town, people: Sequence[Subscriber]) -> list[ImportResult]:
    """Side by side; who stands there twice one after the other, in the order of the file."""
    citizens, pepper = adapters.citizens, adapters.secrets.pepper()
    once, again = [one for one in people if not one.repeats], [one for one in people if one.repeats]
    with ThreadPoolExecutor(SIDE_BY_SIDE) as hands:
        brought = list(hands.map(lambda one: _import(adapters, town, one, citizens, pepper), once))
    return brought + [_import(adapters, town, one, citizens, pepper) for one in again]


def _error_file(file: Path, wrong: Sequence[WrongLine]) -> Path | None:
    """Beside the file; one of an earlier run is written over, or taken away when nothing is wrong any more."""
    path = file.with_name(f"{file.name}.errors.csv")
    try:
        if not wrong:
            path.unlink(missing_ok=True)
            return None
        with private_file(path) as opened, TextIOWrapper(opened, encoding="utf-8", newline="") as out:
            csv.writer(out, delimiter=";", lineterminator="\r\n").writerows(error_lines(wrong))
    except OSError as why:
        refuse(cannot_use(path, why))
    return path


@app.command()
@connected
def show(adapters: Adapters, town_id: TownOption, person: Person, as_json: AsJson = False) -> None:
    """Was eine Person bestellt hat, und die Einwilligungen dazu.
    (what a person takes, and the ledger that proves it)
    """
    town = adapters.towns.get(town_id)
    citizen = find_person(adapters, town, person)
    ledger = adapters.citizens.ledger(town.id, citizen.citizen_id)
    cases = [it.number for it in adapters.cases.of_citizen(town.id, citizen.citizen_id)]
    value = {
        "town": town_id,
        "citizen_id": citizen.citizen_id,
        "name": citizen.name,
        "number": number_shown(citizen),
        "language": citizen.language,
        "district": citizen.district,
        "topics": sorted(citizen.topics),
        "offers": sorted(offer for offer in Offer if citizen.takes(offer)),
        "cases": cases,
        "ledger": [
            {
                "offer": entry.offer,
                "act": entry.act,
                "at": entry.at.isoformat(),
                "wording_version": entry.wording_version,
                "how": entry.how,
                "message_id": entry.message_id,
            }
            for entry in ledger
        ],
    }
    rows = [(local_time(it.at, town), it.offer, it.act, it.how, it.wording_version) for it in ledger]

    def show_them(out: Any) -> None:
        out.print(table(("", ""), person_rows(citizen, town, cases)))
        out.print(table(("wann", "Angebot", "was", "wie", "Fassung"), rows) if rows else NOTHING_AGREED)

    give(value, as_json=as_json, show=show_them)


@app.command()
@connected
def export(
    adapters: Adapters,
    town_id: TownOption,
    person: Person,
    zip_file: Annotated[
        Path | None,
        typer.Option("--zip", help="Ein ZIP schreiben: lesbar, für Programme und mit Dateien (write a ZIP)"),
    ] = None,
    why: Annotated[
        str, typer.Option("--why", help="Der Zweck, für das Protokoll; kein Name (a purpose, no name)")
    ] = "Auskunft an die Person",
    by: Annotated[
        str, typer.Option("--by", help="Wer es tut; sonst Ihr Anmeldename (who does it; else your login name)")
    ] = "",
    as_json: AsJson = False,
) -> None:
    """Alles, was über eine Person gespeichert ist (Art. 15 und 20 DSGVO): als JSON oder als ZIP wie im Chat.
    (everything that is stored about a person)
    """
    town = adapters.towns.get(town_id)
    citizen = find_person(adapters, town, person)
    record_export(
        town.id,
        citizen.citizen_id,
        by=operator(by),
        why=why,
        now=datetime.now(UTC),
        audit=adapters.audit,
        pepper=adapters.secrets.pepper(),
    )
    if zip_file:
        archive = build_archive(
            town,
            citizen.citizen_id,
            most_bytes=ALL_FILES_BYTES,
            ports=adapters.record_ports(),
            media=adapters.media_store,
            page=page_of,
        )
        assert archive
        with private_file(zip_file) as file:
            file.write(archive.content)
        value = {"file": str(zip_file), "bytes": len(archive.content), "left_out": list(archive.left_out)}
        give(
            value, as_json=as_json, show=lambda out: out.print(f"Geschrieben: {zip_file}, {len(archive.content)} Bytes")
        )
        return
    record = personal_record(town, citizen.citizen_id, adapters.record_ports())
    assert record
    text = json_text(record)
    give(json.loads(text), as_json=as_json, show=lambda out: out.print(text))


@app.command()
@connected
def erase(
    adapters: Adapters,
    town_id: TownOption,
    person: Person,
    yes: Annotated[bool, typer.Option("--yes", help="Nicht nachfragen (do not ask)")] = False,
    as_json: AsJson = False,
) -> None:
    """Alles von einer Person löschen; es bleibt ein Nachweis ohne Namen (Art. 17 DSGVO). (delete everything of a
    person)
    """
    town, now = adapters.towns.get(town_id), datetime.now(UTC)
    citizen = find_person(adapters, town, person)
    if not yes:
        ask(f"Alles von {citizen.citizen_id} in {town.name} löschen?", err=True)
    proof = erase_citizen(
        town.id,
        citizen.citizen_id,
        by=OFFICE,
        asked_at=now,
        now=now,
        citizens=adapters.citizens,
        media=adapters.media_store,
        erasures=adapters.erasures,
        holds=adapters.holds,
        pepper=adapters.secrets.pepper(),
    )
    value = {
        "town": town_id,
        "citizen_id": citizen.citizen_id,
        "rows_deleted": sum(proof.rows.values()),
        "files_deleted": proof.files,
        "proof": proof.name,
    }
    rows, files = value["rows_deleted"], value["files_deleted"]
    give(
        value,
        as_json=as_json,
        show=lambda out: out.print(f"{rows} Zeilen und {files} Dateien gelöscht; Nachweis {proof.name}."),
    )


@app.command()
@connected
def erasures(adapters: Adapters, town_id: TownOption, as_json: AsJson = False) -> None:
    """Nachweise über Löschungen: wann, durch wen, wie viel; nie, wer gelöscht wurde.
    (proofs that people were erased)
    """
    town = adapters.towns.get(town_id)
    found = adapters.erasures.proofs(town.id)
    values = [
        {
            "proof": it.name,
            "asked_at": it.asked_at.isoformat(),
            "done_at": it.done_at.isoformat() if it.done_at else None,
            "by": it.by,
            "rows": dict(it.rows),
            "files": it.files,
        }
        for it in found
    ]
    rows = [
        (
            local_time(it.asked_at, town),
            local_time(it.done_at, town) if it.done_at else "nicht beendet",
            it.by,
            sum(it.rows.values()),
            it.files,
        )
        for it in found
    ]
    head = ("verlangt", "gelöscht", "durch", "Einträge", "Dateien")
    give(
        values, as_json=as_json, show=lambda out: out.print(table(head, rows, nothing="Bisher wurde niemand gelöscht."))
    )


def _import(adapters: Adapters, town: Town, one: Subscriber, citizens: Any, pepper: bytes) -> ImportResult:
    return import_subscriber(
        town.id,
        one.identity,
        one.offers,
        topics=one.topics,
        district=one.district,
        language=one.language,
        consent_at=one.consent_at,
        how=one.consent_how,
        wording=one.consent_wording,
        citizens=citizens,
        erasures=adapters.erasures,
        pepper=pepper,
    )
