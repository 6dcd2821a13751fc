"""`stadtdraht call …`: calls for replies, from the opening to the word to a winner."""

import os
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, BinaryIO

import typer

from stadtdraht import bootstrap
from stadtdraht.cli.deployment import connected
from stadtdraht.cli.output import AsJson, give, local_time, refuse, table, wants_json
from stadtdraht.domain.contests.contest import Call, CallEntry, CallForm
from stadtdraht.domain.identifiers import CALL, new_cause, new_random, town_of
from stadtdraht.domain.local_time import moment, start_of
from stadtdraht.domain.town import Town
from stadtdraht.usecases.contests.delete_entries import delete_entries, withdraw_entry
from stadtdraht.usecases.contests.entries import call_report
from stadtdraht.usecases.contests.export_contest import export_for_jury, export_people
from stadtdraht.usecases.contests.messages import tell_winner
from stadtdraht.usecases.contests.open_contest import CallMissing, close_call, open_call
from stadtdraht.usecases.privacy.legal_hold import held_people

app = typer.Typer(no_args_is_help=True)

ONLY_MINE = 0o600

TownOption = Annotated[str, typer.Option("--town", help="Id of the town, as in `stadtdraht town list`.")]
CallId = Annotated[str, typer.Argument(metavar="ID", help="As in `stadtdraht call list`.")]
EntryId = Annotated[str, typer.Argument(metavar="ENTRY", help="Number of the entry, as the jury saw it.")]


@app.command("open")
@connected
def open_(
    town: TownOption,
    title: Annotated[str, typer.Option(help="As citizens read it; at most 60 characters.")],
    keyword: Annotated[str, typer.Option(help="What citizens type to take part.")],
    until: Annotated[str, typer.Option(help="Deadline in the town's own time: “2026-12-24 18:00”.")],
    terms: Annotated[str, typer.Option(help="Address of the terms; begins with https://.")],
    delete_on: Annotated[str, typer.Option(help="Day on which all entries are deleted: 2027-03-31.")],
    per_person: Annotated[int, typer.Option(help="Entries that one person may send.")] = 3,
    form: Annotated[CallForm, typer.Option(help="What an entry is.")] = CallForm.PHOTO,
    begin: Annotated[str, typer.Option("--from", help="Later than now, in the town's own time.")] = "",
    guardian_note: Annotated[bool, typer.Option(help="Tell people under 18 to ask their parents.")] = True,
    as_json: AsJson = False,
) -> None:
    """Open a call for replies. It ends by itself; people with entries left are reminded a day before."""
    of, now = bootstrap.towns().get(town), datetime.now(UTC)
    call = Call(
        id=new_cause(of.id, CALL, now, new_random()),
        town=of.id,
        title=title.strip(),
        form=form,
        keyword=keyword.strip(),
        opens_at=moment(begin, of.zone) if begin else now,
        closes_at=moment(until, of.zone),
        delete_at=start_of(delete_on, of.zone),
        terms_url=terms,
        terms_version=f"{now.astimezone(of.zone):%Y-%m-%d}",
        entries_per_person=per_person,
        guardian_note=guardian_note,
        version=1,
    )
    open_call(call, of, now, calls=bootstrap.calls(), reminders=bootstrap.call_reminders())
    words = f"{call.id}\nOpen until {local_time(call.closes_at, of)}. Follow it: stadtdraht call show {call.id}"
    give(_value(call, of, now), as_json=as_json, show=lambda out: out.print(words))


@app.command("list")
@connected
def list_all(town: TownOption, as_json: AsJson = False) -> None:
    """All calls of a town, newest first."""
    of, now = bootstrap.towns().get(town), datetime.now(UTC)
    found = list(reversed(bootstrap.calls().all(of.id)))
    rows = [(call.id, call.phase(now), local_time(call.ends_at, of), call.title) for call in found]
    give(
        [_value(call, of, now) for call in found],
        as_json=as_json,
        show=lambda out: out.print(table(("id", "phase", "until", "title"), rows)),
    )


@app.command()
@connected
def show(call_id: CallId, as_json: AsJson = False) -> None:
    """How it goes: entries, people, who came late, day by day."""
    call, of = _of(call_id)
    report = call_report(call, of, calls=bootstrap.calls())
    value = _value(call, of, datetime.now(UTC)) | asdict(report)
    shown = {name: it for name, it in value.items() if name != "by_day"} | dict(report.by_day)
    give(value, as_json=as_json, show=lambda out: out.print(table(("", ""), shown.items())))


@app.command()
@connected
def close(call_id: CallId, as_json: AsJson = False) -> None:
    """End it now, before its deadline. Entries stay until their day of deletion."""
    call, of = _of(call_id)
    now = datetime.now(UTC)
    closed = close_call(call, now, calls=bootstrap.calls(), reminders=bootstrap.call_reminders())
    words = f"Closed. Who sends something now is told so, for two weeks. Entries: stadtdraht call show {call.id}"
    give(_value(closed, of, now), as_json=as_json, show=lambda out: out.print(words))


@app.command()
@connected
def export(
    call_id: CallId,
    out: Annotated[Path, typer.Option("--out", help="The ZIP for the jury: photos and captions, no names.")],
    with_people: Annotated[
        Path | None, typer.Option("--with-people", help="Also whose entry is whose, into this table. Not for the jury!")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Write the entries for a jury that is blind to names."""
    call, of = _of(call_id)
    calls, citizens = bootstrap.calls(), bootstrap.citizens()
    rows, store = bootstrap.media_rows(), bootstrap.media_store()
    with _new_file(out) as file:
        found = export_for_jury(call, file, calls=calls, citizens=citizens, rows=rows, store=store)
    if with_people:
        with _new_file(with_people) as file:
            file.write(export_people(call, of, calls=calls, citizens=citizens))
    value = {
        "call_id": call.id,
        "entries": found.entries,
        "without_photo": list(found.without_photo),
        "out": str(out),
        "with_people": str(with_people) if with_people else None,
    }
    missing = f"\nWithout a photo: {', '.join(found.without_photo)}" if found.without_photo else ""
    give(value, as_json=as_json, show=lambda to: to.print(f"{found.entries} entries in {out}{missing}"))


@app.command()
@connected
def winner(
    call_id: CallId,
    entry_id: EntryId,
    say: Annotated[str, typer.Option("--say", help="The town's words, as they will be read.")],
    as_json: AsJson = False,
) -> None:
    """Write to who sent an entry, while WhatsApp allows it."""
    entry = _entry(_of(call_id)[0], entry_id)
    tell_winner(entry, say, datetime.now(UTC), citizens=bootstrap.citizens(), queue=bootstrap.answer_queue())
    value = {"call_id": call_id, "entry_id": entry_id, "told": True}
    give(value, as_json=as_json, show=lambda out: out.print("On its way."))


@app.command()
@connected
def withdraw(call_id: CallId, entry_id: EntryId, as_json: AsJson = False) -> None:
    """Take one entry out, for good and with its photo: who sent it wishes so, or it breaks the terms."""
    call, _ = _of(call_id)
    entry = _entry(call, entry_id)
    if entry.citizen_id in _held(call.town):
        refuse("this entry is kept for a procedure; `stadtdraht citizen holds` shows which")
    withdraw_entry(entry, calls=bootstrap.calls(), rows=bootstrap.media_rows(), store=bootstrap.media_store())
    value = {"call_id": call_id, "entry_id": entry_id, "withdrawn": True}
    give(value, as_json=as_json, show=lambda out: out.print("Taken out."))


@app.command()
@connected
def delete(
    call_id: CallId,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    as_json: AsJson = False,
) -> None:
    """Delete all entries with their photos now; export them first. What a procedure needs stays (`citizen holds`)."""
    call, _ = _of(call_id)
    if not yes:
        if wants_json(as_json):
            refuse("with --json nobody can be asked; add --yes when they may go")
        typer.confirm(f"Delete all entries of “{call.title}” and their photos?", abort=True)
    calls, rows, store = bootstrap.calls(), bootstrap.media_rows(), bootstrap.media_store()
    gone = delete_entries(call, calls=calls, rows=rows, store=store, held=_held(call.town))
    kept = len(calls.entries(call.town, call.id))
    words = f"{gone} deleted." + (f" {kept} kept for a procedure: stadtdraht citizen holds" if kept else "")
    value = {"call_id": call.id, "deleted": gone, "kept_for_a_procedure": kept}
    give(value, as_json=as_json, show=lambda out: out.print(words))


def _held(town: str) -> Collection[str]:
    """Ids of people whose entries nobody may delete."""
    found = bootstrap.holds().all(town)
    return held_people(town, bootstrap.citizens(), bootstrap.holds()) if found else ()


def _of(call_id: str) -> tuple[Call, Town]:
    town = town_of(call_id)
    call = bootstrap.calls().get(town, call_id) if town else None
    if call is None:
        raise CallMissing(call_id)
    return call, bootstrap.towns().get(town)


def _entry(call: Call, entry_id: str) -> CallEntry:
    found = [entry for entry in bootstrap.calls().entries(call.town, call.id) if entry.entry_id == entry_id]
    if not found:
        refuse(f"{call.id} has no entry {entry_id}: withdrawn, erased with its person, deleted on its day, or mistyped")
    return found[0]


def _value(call: Call, town: Town, now: datetime) -> dict[str, object]:
    return {
        "call_id": call.id,
        "phase": str(call.phase(now)),
        "title": call.title,
        "form": str(call.form),
        "keyword": call.keyword,
        "from": local_time(call.opens_at, town),
        "until": local_time(call.ends_at, town),
        "delete_on": f"{call.delete_at.astimezone(town.zone):%Y-%m-%d}",
        "terms": call.terms_url,
        "per_person": call.entries_per_person,
    }


@contextmanager
def _new_file(path: Path) -> Iterator[BinaryIO]:
    """A file that only its owner may read, since it holds what citizens sent; nothing is overwritten."""
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, ONLY_MINE), "wb") as file:
            yield file
    except OSError as why:
        refuse(f"{path} cannot be written: {why.strerror}")
