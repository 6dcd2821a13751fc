"""`stadtdraht contest …`: contests, from the opening to the word to a winner."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, BinaryIO

import typer

from stadtdraht.bootstrap import Adapters
from stadtdraht.cli.deployment import connected
from stadtdraht.cli.options import TownOption, operator
from stadtdraht.cli.output import AsJson, ask, cannot_use, give, local_time, refuse, table, wants_json
from stadtdraht.cli.private_file import private_file
from stadtdraht.domain.contests.contest import Contest, ContestEntry, ContestForm
from stadtdraht.domain.identifiers import CONTEST, new_cause, new_random, town_of
from stadtdraht.domain.local_time import moment, start_of
from stadtdraht.domain.town import Town
from stadtdraht.texts.staff import contests as texts
from stadtdraht.texts.staff.moments import day
from stadtdraht.texts.staff.moments import moment as moment_words
from stadtdraht.usecases.contests.entries import contest_report, delete_entries, withdraw_entry
from stadtdraht.usecases.contests.export_contest import export_for_jury, export_people
from stadtdraht.usecases.contests.messages import tell_winner
from stadtdraht.usecases.contests.open_contest import ContestMissing, close_contest, open_contest
from stadtdraht.usecases.privacy.legal_hold import held_people
from stadtdraht.usecases.privacy.record_export import record_export

app = typer.Typer(no_args_is_help=True, help="Wettbewerbe eröffnen, verfolgen, der Jury geben (contests)")


ContestId = Annotated[str, typer.Argument(metavar="ID", help="Kennung, wie in `contest list` (id of the contest)")]
EntryId = Annotated[
    str, typer.Argument(metavar="ENTRY", help="Nummer der Einsendung, wie die Jury sie sah (number of the entry)")
]


@app.command("open")
@connected
def open_(
    adapters: Adapters,
    town_id: TownOption,
    title: Annotated[str, typer.Option(help="So wie man ihn liest; höchstens 60 Zeichen (title)")],
    keyword: Annotated[str, typer.Option(help="Das Wort, mit dem man mitmacht (what citizens type to take part)")],
    until: Annotated[
        str, typer.Option(help="Einsendeschluss in der Zeit der Stadt: „2026-12-24 18:00“ (deadline, town time)")
    ],
    terms: Annotated[
        str, typer.Option(help="Adresse der Teilnahmebedingungen; beginnt mit https:// (address of the terms)")
    ],
    delete_on: Annotated[
        str, typer.Option(help="Tag, an dem alle Einsendungen gelöscht werden: 2027-03-31 (day of deletion)")
    ],
    per_person: Annotated[
        int, typer.Option(help="So viele Einsendungen darf eine Person schicken (entries per person)")
    ] = 3,
    form: Annotated[ContestForm, typer.Option(help="Was eine Einsendung ist (what an entry is)")] = ContestForm.PHOTO,
    begin: Annotated[
        str, typer.Option("--from", help="Beginn, wenn nicht jetzt, in der Zeit der Stadt (begin, town time)")
    ] = "",
    guardian_note: Annotated[
        bool, typer.Option(help="Unter 18-Jährigen sagen, dass sie die Eltern fragen (note for people under 18)")
    ] = True,
    as_json: AsJson = False,
) -> None:
    """Einen Wettbewerb eröffnen. Er endet von selbst; wer noch einsenden darf, wird am Tag davor erinnert. (open a
    contest)
    """
    town, now = adapters.towns.get(town_id), datetime.now(UTC)
    contest = Contest(
        id=new_cause(town.id, CONTEST, now, new_random()),
        town=town.id,
        title=title.strip(),
        form=form,
        keyword=keyword.strip(),
        opens_at=moment(begin, town.zone) if begin else now,
        closes_at=moment(until, town.zone),
        delete_at=start_of(delete_on, town.zone),
        terms_url=terms,
        terms_version=f"{now.astimezone(town.zone):%Y-%m-%d}",
        entries_per_person=per_person,
        guardian_note=guardian_note,
        version=1,
    )
    open_contest(contest, town, now, contests=adapters.contests, reminders=adapters.contest_reminders)
    words = texts.OPEN.format(contest_id=contest.id, until=moment_words(contest.closes_at, town))
    give(_value(contest, town, now), as_json=as_json, show=lambda out: out.print(words))


@app.command("list")
@connected
def list_all(adapters: Adapters, town_id: TownOption, as_json: AsJson = False) -> None:
    """Alle Wettbewerbe einer Stadt, der neueste zuerst. (all contests)"""
    town, now = adapters.towns.get(town_id), datetime.now(UTC)
    found = list(reversed(adapters.contests.all(town.id)))
    rows = [
        (contest.id, texts.PHASES[contest.phase(now)], moment_words(contest.ends_at, town), contest.title)
        for contest in found
    ]
    nothing = f"In {town.name} gab es noch keine Aktion."
    give(
        [_value(contest, town, now) for contest in found],
        as_json=as_json,
        show=lambda out: out.print(table(texts.LIST_HEAD, rows, nothing=nothing)),
    )


@app.command()
@connected
def show(adapters: Adapters, contest_id: ContestId, as_json: AsJson = False) -> None:
    """Wie er läuft: Einsendungen, Menschen, zu spät Gekommene, Tag für Tag. (how it goes)"""
    contest, town = _find(adapters, contest_id)
    report = contest_report(contest, town, contests=adapters.contests)
    value = _value(contest, town, datetime.now(UTC)) | asdict(report)
    told = value | {
        "phase": texts.PHASES[str(value["phase"])],
        "form": texts.FORMS.get(str(value["form"]), value["form"]),
        "from": moment_words(contest.opens_at, town),
        "until": moment_words(contest.ends_at, town),
        "delete_on": day(contest.delete_at, town),
    }
    rows = [(label, told[name]) for name, label in texts.FIELDS.items()] + list(dict(report.by_day).items())
    give(value, as_json=as_json, show=lambda out: out.print(table(("", ""), rows)))


@app.command()
@connected
def close(adapters: Adapters, contest_id: ContestId, as_json: AsJson = False) -> None:
    """Jetzt beenden, vor dem Einsendeschluss. Einsendungen bleiben bis zum Tag ihrer Löschung. (end it now)"""
    contest, town = _find(adapters, contest_id)
    now = datetime.now(UTC)
    closed = close_contest(contest, now, contests=adapters.contests, reminders=adapters.contest_reminders)
    words = texts.CLOSED.format(contest_id=contest.id)
    give(_value(closed, town, now), as_json=as_json, show=lambda out: out.print(words))


@app.command()
@connected
def export(
    adapters: Adapters,
    contest_id: ContestId,
    out: Annotated[
        Path, typer.Option("--out", help="Das ZIP für die Jury: Fotos und Texte, keine Namen (the ZIP for the jury)")
    ],
    with_people: Annotated[
        Path | None,
        typer.Option(
            "--with-people",
            help="Dazu, wer was eingesandt hat, in diese Tabelle. Nicht für die Jury! (whose entry is "
            "whose, not for the jury)",
        ),
    ] = None,
    by: Annotated[
        str, typer.Option("--by", help="Wer es tut; sonst Ihr Anmeldename (who does it; else your login name)")
    ] = "",
    as_json: AsJson = False,
) -> None:
    """Die Einsendungen für die Jury schreiben, ohne Namen. (write the entries for the jury)"""
    contest, town = _find(adapters, contest_id)
    contests, citizens = adapters.contests, adapters.citizens
    rows, store = adapters.media_rows, adapters.media_store
    with _new_file(out) as file:
        found = export_for_jury(contest, file, contests=contests, citizens=citizens, rows=rows, store=store)
    if with_people:
        why, pepper = f"Wer wen einsandte: {contest.id}", adapters.secrets.pepper()
        now, audit = datetime.now(UTC), adapters.audit
        record_export(town.id, "", by=operator(by), why=why, now=now, audit=audit, pepper=pepper)
        with _new_file(with_people) as file:
            file.write(export_people(contest, town, contests=contests, citizens=citizens))
    value = {
        "call_id": contest.id,
        "entries": found.entries,
        "without_photo": list(found.without_photo),
        "out": str(out),
        "with_people": str(with_people) if with_people else None,
    }
    missing = texts.WITHOUT_PHOTO.format(entries=", ".join(found.without_photo)) if found.without_photo else ""
    give(value, as_json=as_json, show=lambda to: to.print(texts.entries_in(found.entries, str(out)) + missing))


@app.command()
@connected
def winner(
    adapters: Adapters,
    contest_id: ContestId,
    entry_id: EntryId,
    say: Annotated[
        str, typer.Option("--say", help="Die Worte der Stadt, so wie sie gelesen werden (the town's words)")
    ],
    by: Annotated[
        str, typer.Option("--by", help="Wer schreibt; sonst Ihr Anmeldename (who writes; else your login name)")
    ] = "",
    as_json: AsJson = False,
) -> None:
    """Der Person hinter einer Einsendung schreiben, solange WhatsApp es zulässt. (write to who sent an entry)"""
    entry = _entry(adapters, _find(adapters, contest_id)[0], entry_id)
    people, queue = adapters.citizens, adapters.answer_queue
    tell_winner(entry, say, operator(by), datetime.now(UTC), citizens=people, queue=queue)
    value = {"call_id": contest_id, "entry_id": entry_id, "told": True}
    give(value, as_json=as_json, show=lambda out: out.print(texts.TOLD))


@app.command()
@connected
def withdraw(adapters: Adapters, contest_id: ContestId, entry_id: EntryId, as_json: AsJson = False) -> None:
    """Eine Einsendung mit Foto endgültig herausnehmen: Die Person wünscht es, oder sie verstößt gegen die Bedingungen.
    (take one entry out)
    """
    contest, _ = _find(adapters, contest_id)
    entry = _entry(adapters, contest, entry_id)
    if entry.citizen_id in _held(adapters, contest.town):
        refuse(texts.HELD)
    withdraw_entry(entry, contests=adapters.contests, rows=adapters.media_rows, store=adapters.media_store)
    value = {"call_id": contest_id, "entry_id": entry_id, "withdrawn": True}
    give(value, as_json=as_json, show=lambda out: out.print(texts.TAKEN_OUT))


@app.command()
@connected
def delete(
    adapters: Adapters,
    contest_id: ContestId,
    yes: Annotated[bool, typer.Option("--yes", help="Nicht nachfragen (do not ask)")] = False,
    as_json: AsJson = False,
) -> None:
    """Alle Einsendungen mit Fotos jetzt löschen; vorher ausgeben. Was ein Verfahren braucht, bleibt (`citizen holds`).
    (delete all entries now)
    """
    contest, _ = _find(adapters, contest_id)
    if not yes:
        if wants_json(as_json):
            refuse(texts.ASK_YES)
        ask(texts.DELETE.format(title=contest.title))
    contests, rows, store = adapters.contests, adapters.media_rows, adapters.media_store
    gone = delete_entries(contest, contests=contests, rows=rows, store=store, held=_held(adapters, contest.town))
    kept = len(contests.entries(contest.town, contest.id))
    words = texts.deleted(gone) + (texts.KEPT.format(kept=kept) if kept else "")
    value = {"call_id": contest.id, "deleted": gone, "kept_for_a_procedure": kept}
    give(value, as_json=as_json, show=lambda out: out.print(words))


def _held(adapters: Adapters, town_id: str) -> Collection[str]:
    """Ids of people whose entries nobody may delete."""
    found = adapters.holds.all(town_id)
    return held_people(town_id, adapters.citizens, adapters.holds) if found else ()


def _find(adapters: Adapters, contest_id: str) -> tuple[Contest, Town]:
    town = town_of(contest_id)
    contest = adapters.contests.get(town, contest_id) if town else None
    if contest is None:
        raise ContestMissing(contest_id)
    return contest, adapters.towns.get(town)


def _entry(adapters: Adapters, contest: Contest, entry_id: str) -> ContestEntry:
    found = [entry for entry in adapters.contests.entries(contest.town, contest.id) if entry.entry_id == entry_id]
    if not found:
        refuse(texts.NO_ENTRY.format(contest_id=contest.id, entry_id=entry_id))
    return found[0]


def _value(contest: Contest, town: Town, now: datetime) -> dict[str, object]:
    return {
        "call_id": contest.id,
        "phase": str(contest.phase(now)),
        "title": contest.title,
        "form": str(contest.form),
        "keyword": contest.keyword,
        "from": local_time(contest.opens_at, town),
        "until": local_time(contest.ends_at, town),
        "delete_on": f"{contest.delete_at.astimezone(town.zone):%Y-%m-%d}",
        "terms": contest.terms_url,
        "per_person": contest.entries_per_person,
    }


@contextmanager
def _new_file(path: Path) -> Iterator[BinaryIO]:
    """A file that only its owner may read, since it holds what citizens sent; nothing is overwritten."""
    try:
        with private_file(path, is_new=True) as file:
            yield file
    except OSError as why:
        refuse(cannot_use(path, why))
