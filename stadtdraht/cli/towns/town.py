"""`stadtdraht town …`."""

import re
from collections.abc import Iterable
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from stadtdraht.adapters.files import town_file
from stadtdraht.adapters.files.town_mistakes import TownFileWrong, mistake_at, named
from stadtdraht.adapters.whatsapp.account import GraphAccount
from stadtdraht.bootstrap import Adapters
from stadtdraht.cli.deployment import connected
from stadtdraht.cli.options import TownOption
from stadtdraht.cli.output import REFUSED, AsJson, give, refuse, says_what_stops_it, table
from stadtdraht.cli.whatsapp.sample_picture import SampleOption, sample_of, with_sample_advice
from stadtdraht.domain.crisis.lint import Flaw
from stadtdraht.domain.town import Town
from stadtdraht.settings import environment
from stadtdraht.texts.staff import retention as words
from stadtdraht.texts.staff.moments import moment
from stadtdraht.usecases.crisis.alert_wording import languages_with_one_frame, languages_without_frame
from stadtdraht.usecases.crisis.lint_alert import TemplateFlaw, lint_town
from stadtdraht.usecases.privacy.retention_report import retention_report
from stadtdraht.usecases.towns.apply_town import apply_town, is_left
from stadtdraht.usecases.towns.check_answers import AnswerFlaw, check_answers
from stadtdraht.usecases.towns.town_gaps import town_gaps

app = typer.Typer()
A_TOKEN = re.compile(rb"[!-~]+")
MOST_TOKEN_BYTES = 1000
TownFile = Annotated[Path, typer.Argument(help="A town file such as towns/bocholt.toml.")]


@app.command("list")
@connected
def list_towns(adapters: Adapters, as_json: AsJson = False) -> None:
    """The towns of this deployment."""
    towns = adapters.towns.all()
    value = [
        {
            "town": town.id,
            "name": town.name,
            "mode": town.mode,
            "offers": sorted(town.offers_of()),
            "phone_number_id": town.number.phone_number_id,
            "waba_id": town.number.waba_id,
            "display_phone_number": town.number.display_phone_number,
            "rate_mps": town.number.rate_mps,
        }
        for town in towns
    ]
    rows = [
        (town.id, town.name, town.mode, ", ".join(sorted(town.offers_of())), town.number.display_phone_number)
        for town in towns
    ]
    head, nothing = ("town", "name", "mode", "offers", "number"), "Noch ist keine Stadt eingerichtet."
    give(value, as_json=as_json, show=lambda out: out.print(table(head, rows, nothing=nothing)))


@app.command()
@connected
def retention(
    adapters: Adapters,
    town_id: TownOption,
    sweep: Annotated[bool, typer.Option("--sweep", help="Delete at once what is past its time.")] = False,
    as_json: AsJson = False,
) -> None:
    """What is kept of each kind, and what is past its time. Reads the whole table: once a quarter is enough."""
    town, kept = adapters.towns.get(town_id), adapters.retention
    report = retention_report(town.id, datetime.now(UTC), retention=kept, sweep=sweep)
    sweeps = [(at.isoformat(), dict(deleted)) for at, deleted in kept.noted(town.id)]
    told = [{"at": at, "deleted": deleted} for at, deleted in sweeps]
    value = {"town": town.id, "well": report.well, "sweeps": told, **asdict(report)}
    rows = [
        (it.kind, it.days or words.AS_SUBJECT, it.rows, it.past, it.late, it.endless, it.held) for it in report.kinds
    ]

    def show(out: Any) -> None:
        out.print(table(words.HEAD, rows))
        for at, deleted in sweeps:
            gone = ", ".join(f"{n} {kind}" for kind, n in deleted.items()) or words.NOTHING
            out.print(words.SWEPT.format(at=moment(datetime.fromisoformat(at), town), what=gone))
        if sweep:
            out.print(words.DELETED.format(rows=sum(report.deleted.values())))
        elif any(it.late for it in report.kinds):
            out.print(words.LATE)

    give(value, as_json=as_json, show=show)


@app.command()
@says_what_stops_it
def check(file: TownFile, as_json: AsJson = False) -> None:
    """Read a town file; a mistake names its line and field. Needs no deployment."""
    town, weighed = _read(file)
    missing, alone = languages_without_frame(town), languages_with_one_frame(town)
    unfit = [it for it in lint_town(town) if it.finding.language != "de"]
    gaps = list(town_gaps(town))
    value = {
        "town": town.id,
        "ok": True,
        "templates": len(town.templates),
        "no_warnings_in": missing,
        "no_second_template_in": alone,
        "unfit_warnings": [
            {"template": it.template, **asdict(it.finding), "scenarios": sorted(it.scenarios)} for it in unfit
        ],
        "answers": [{**asdict(it), "field": named(it.path)} for it in weighed],
        "open": [asdict(it) for it in gaps],
    }
    said = f"{file}: {town.name} can be applied."
    for it in unfit:
        said += f"\n{_told(it)} Its readers get easy German, else German, until that is mended."
    if missing:
        said += (
            f"\nNo warnings in {', '.join(missing)}: their readers get easy German, else German, until [[templates]]"
            " has a crisis template in that language (docs/operations/town-files.md)."
        )
    if alone:
        said += (
            f"\nOne template for warnings in {', '.join(alone)}: should Meta pause it, a warning goes out in German"
            " or not at all. Name a second one in crisis_templates (docs/operations/crisis.md)."
        )
    said += "".join(f"\n{_wrong(file, [flaw])}" for flaw in weighed if flaw.path)
    said += "".join(f"\nOur own wording, please tell us: {_answer(flaw)}" for flaw in weighed if not flaw.path)
    if gaps:
        said += "\nTo think of (docs/operations/town-files.md):"
        said += "".join(f"\n  {it.field}: {it.says}" for it in gaps)
    give(value, as_json=as_json, show=lambda out: out.print(said))


@app.command()
@connected
def apply(
    adapters: Adapters,
    file: TownFile,
    token_file: Annotated[
        Path | None, typer.Option(help="File with the WhatsApp access token; else the variable STADTDRAHT_TOKEN.")
    ] = None,
    meta: Annotated[bool, typer.Option("--meta/--no-meta", help="Also webhooks and templates at Meta.")] = True,
    picture: SampleOption = None,
    as_json: AsJson = False,
) -> None:
    """Set a town up, or change it. Applying twice changes nothing."""
    (town, _), sample = _read(file), sample_of(picture)
    token = _token(token_file) if token_file else environment("STADTDRAHT_TOKEN")
    settings = adapters.settings
    changes = list(
        apply_town(
            town,
            token=token or None,
            towns=adapters.towns,
            rates=adapters.number_rates,
            secrets=adapters.secrets,
            account_of=(lambda opens: GraphAccount(opens, settings.graph_api_url, settings.graph_api_version))
            if meta
            else None,
            sample=sample,
        )
    )
    give(
        {"town": town.id, "changes": changes},
        as_json=as_json,
        show=lambda out: out.print(
            with_sample_advice(changes, town.id) or f"{town.name} is as the file says; nothing to change."
        ),
    )
    if any(map(is_left, changes)):
        raise typer.Exit(REFUSED)


def _token(file: Path) -> str:
    with file.open("rb") as opened:
        read = opened.read(MOST_TOKEN_BYTES + 1).strip()
    if not A_TOKEN.fullmatch(read) or len(read) > MOST_TOKEN_BYTES:
        refuse(f"{file}: one line with the access token is expected, at most {MOST_TOKEN_BYTES} characters, no spaces")
    return read.decode("ascii")


def _read(file: Path) -> tuple[Town, list[AnswerFlaw]]:
    """The town, and what is to be weighed in its answers.

    A town whose warnings cannot go out in German, or whose words no answer can hold, is refused: nobody else would
    notice before the emergency, or before a citizen hears nothing.
    """
    try:
        town = town_file.read(file)
    except OSError as why:
        refuse(f"{file} cannot be read: {why.strerror}")
    if unfit := [it for it in lint_town(town) if it.finding.language == "de" and it.finding.flaw is not Flaw.NO_FRAME]:
        refuse("\n".join(f"{file}: {_told(it)} Mend the template, and have it approved anew." for it in unfit))
    flaws = check_answers(town)
    if mistakes := [it for it in flaws if it.path and it.problem.is_mistake]:
        raise _wrong(file, mistakes)
    return town, [it for it in flaws if it not in mistakes]


def _wrong(file: Path, flaws: Iterable[AnswerFlaw]) -> TownFileWrong:
    text = file.read_text(encoding="utf-8")
    return TownFileWrong(file, [mistake_at(text, it.path, _answer(it)) for it in flaws])


def _answer(it: AnswerFlaw) -> str:
    return f"{it.says} (in the answer “{it.sentence}”, {it.language})"


def _told(it: TemplateFlaw) -> str:
    """What a template for warnings lacks, and in how many scenarios."""
    what = {
        Flaw.UNSAID: f"it does not say {{{{{it.finding.part}}}}}",
        Flaw.UNSENDABLE: f"{{{{{it.finding.part}}}}} holds a line break, a tab or four spaces",
        Flaw.TOO_LONG: f"filled, it is up to {it.finding.by} characters too long",
    }
    said = what.get(it.finding.flaw, str(it.finding.flaw).replace("_", " "))
    return f"Template {it.template} ({it.finding.language}), {len(it.scenarios)} scenarios: {said}."
