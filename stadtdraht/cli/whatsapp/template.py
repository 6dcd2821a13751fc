"""`stadtdraht template …`: what Meta has beside what the town file approves."""

from dataclasses import asdict
from datetime import UTC, datetime
from typing import Annotated, Any

import typer

from stadtdraht.bootstrap import Adapters
from stadtdraht.cli.deployment import connected
from stadtdraht.cli.options import TownOption
from stadtdraht.cli.output import REFUSED, AsJson, give, local_time, table
from stadtdraht.cli.whatsapp.account_text import show_account, told_of_account
from stadtdraht.cli.whatsapp.sample_picture import SampleOption, sample_of, with_sample_advice
from stadtdraht.cli.whatsapp.trouble_advice import TEMPLATE_ADVICE
from stadtdraht.domain.town import Town
from stadtdraht.domain.whatsapp.template_drift import TemplateTrouble, template_troubles
from stadtdraht.texts.staff.account import TEMPLATE_PROBLEMS
from stadtdraht.usecases.towns.apply_town import hand_in_templates, is_left
from stadtdraht.usecases.whatsapp.check_account import known_account_troubles, settle_notices, take_account_snapshot

app = typer.Typer(no_args_is_help=True)


@app.command("list")
@connected
def list_templates(adapters: Adapters, town_id: TownOption, as_json: AsJson = False) -> None:
    """Every template of the town file, and how it stood at Meta when somebody last looked."""
    town = adapters.towns.get(town_id)
    snapshot = adapters.account_snapshots.get(town.id)
    there = {(it.name, it.language): asdict(it) for it in snapshot.templates} if snapshot else {}
    value = [
        {
            "template": ours.name,
            "language": ours.language,
            "category": ours.category,
            "ttl_s": ours.ttl_s,
            "at_meta": there.get((ours.name, ours.language)),
        }
        for ours in town.templates
    ]
    rows = [
        (ours.name, ours.language, ours.category, *_at_meta(there.get((ours.name, ours.language))))
        for ours in town.templates
    ]
    titles = ("template", "language", "category", "status at Meta", "category at Meta", "quality")
    seen = f"Seen {local_time(snapshot.seen_at, town)}." if snapshot else "Nobody has looked yet: template sync"

    def show(out: Any) -> None:
        out.print(table(titles, rows, nothing="Die Stadt hat noch keine Vorlagen in ihrer Datei."))
        out.print(seen)

    seen_at = snapshot.seen_at.isoformat() if snapshot else None
    give({"town": town.id, "seen_at": seen_at, "templates": value}, as_json=as_json, show=show)


@app.command()
@connected
def sync(adapters: Adapters, town_id: TownOption, as_json: AsJson = False) -> None:
    """Read Meta now, and keep what is found for those who send."""
    town = adapters.towns.get(town_id)
    _tell(adapters, town, _look(adapters, town), as_json=as_json)


@app.command()
@connected
def create(adapters: Adapters, town_id: TownOption, picture: SampleOption = None, as_json: AsJson = False) -> None:
    """Hand in the town file's templates that Meta lacks, and those that read otherwise there."""
    town, sample = adapters.towns.get(town_id), sample_of(picture)
    changes = list(hand_in_templates(town, adapters.account(town.id), sample))
    _look(adapters, town)
    give(
        {"town": town.id, "changes": changes},
        as_json=as_json,
        show=lambda out: out.print(
            with_sample_advice(changes, town.id) or "Meta has every template as the town file says."
        ),
    )
    if any(map(is_left, changes)):
        raise typer.Exit(REFUSED)


@app.command()
@connected
def check(
    adapters: Adapters,
    town_id: TownOption,
    settled: Annotated[
        bool, typer.Option("--settled", help="WhatsApp Manager shows that what Meta told of the account is over.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Read Meta now; refused when a template or the account is not as it should be, with what to do."""
    town = adapters.towns.get(town_id)
    if settled:
        settle_notices(town, datetime.now(UTC), snapshots=adapters.account_snapshots)
    troubles = _look(adapters, town)
    _tell(adapters, town, troubles, as_json=as_json)
    if troubles or known_account_troubles(town, datetime.now(UTC), snapshots=adapters.account_snapshots):
        raise typer.Exit(REFUSED)


def _look(adapters: Adapters, town: Town) -> tuple[TemplateTrouble, ...]:
    snapshot = take_account_snapshot(
        town,
        datetime.now(UTC),
        account=adapters.account(town.id),
        snapshots=adapters.account_snapshots,
        audience=adapters.audience,
    )
    return template_troubles(town, snapshot)


def _tell(adapters: Adapters, town: Town, troubles: tuple[TemplateTrouble, ...], *, as_json: bool) -> None:
    value = [
        {
            "template": it.template,
            "language": it.language,
            "problem": str(it.problem),
            "found": it.found,
            "crisis": it.crisis,
            "blocks": it.blocks,
            "advice": TEMPLATE_ADVICE[it.problem],
            "for_staff": TEMPLATE_PROBLEMS[it.problem].format(name=f"{it.template} ({it.language})"),
        }
        for it in troubles
    ]
    rows = [
        (it.template, it.language, it.found, "warnings" if it.crisis else "", TEMPLATE_ADVICE[it.problem])
        for it in troubles
    ]
    account = told_of_account(adapters, town)

    def show(out: Any) -> None:
        if rows:
            out.print(table(("template", "language", "found", "used for", "what to do"), rows))
        else:
            out.print(f"{town.name}: every template is at Meta as the town had it approved.")
        show_account(out, account)
        if value or account:
            said = dict.fromkeys(str(it["for_staff"]) for it in (*value, *account))
            out.print("For staff: " + " ".join(said))

    well = not (troubles or account)
    give({"town": town.id, "well": well, "troubles": value, "account": account}, as_json=as_json, show=show)


def _at_meta(there: dict[str, Any] | None) -> tuple[str, str, str]:
    return (there["status"], there["category"], there["quality"]) if there else ("not seen", "", "")
