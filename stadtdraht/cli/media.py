"""`stadtdraht media …`: files that citizens sent, those above all that are not there."""

from typing import Annotated, Any

import typer
from rich.console import Console

from stadtdraht.bootstrap import Adapters
from stadtdraht.cli.deployment import connected
from stadtdraht.cli.inbound.find_citizen import Person, find_person
from stadtdraht.cli.options import TownOption
from stadtdraht.cli.output import AsJson, give, refuse, table
from stadtdraht.domain.media.media import Media
from stadtdraht.texts.staff import media as words
from stadtdraht.texts.staff.moments import moment
from stadtdraht.usecases.media.fetch_media import fetch_again

app = typer.Typer(no_args_is_help=True)

Wamid = Annotated[
    str, typer.Argument(metavar="MESSAGE", help="Kennung der Nachricht, wie in `media list` (id of the message)")
]


@app.command("list")
@connected
def list_trouble(adapters: Adapters, town_id: TownOption, as_json: AsJson = False) -> None:
    """Dateien, die nicht geladen werden konnten, mit dem Grund. (files that are not there)"""
    town = adapters.towns.get(town_id)
    found = adapters.media_rows.in_trouble(town.id)
    rows = [
        (it.citizen_id, it.wamid, words.KINDS[it.kind], words.STATES[it.state], it.attempts, _why(it)) for it in found
    ]
    give(
        [_value(it) for it in found],
        as_json=as_json,
        show=lambda out: out.print(table(words.HEAD, rows, nothing=words.NOTHING)),
    )


@app.command()
@connected
def show(adapters: Adapters, town_id: TownOption, person: Person, wamid: Wamid, as_json: AsJson = False) -> None:
    """Was aus einer Datei wurde, und eine Adresse, die sie fünf Minuten öffnet, auch für andere. (a file, and its
    address for five minutes)
    """
    media = _find(adapters, town_id, person, wamid)
    link = adapters.media_store.link(media.shown) if media.shown else ""
    said = {
        **_value(media),
        "at": moment(media.at, adapters.towns.get(town_id)),
        "kind": words.KINDS[media.kind],
        "state": words.STATES[media.state],
    }
    rows = [(words.FIELDS[name], cell) for name, cell in said.items() if cell]

    def shown(out: Console) -> None:
        out.print(table(("", ""), rows))
        out.print(link)  # below the table, whose cells are cut where the terminal ends

    give(_value(media) | {"link": link}, as_json=as_json, show=shown)


@app.command()
@connected
def retry(adapters: Adapters, town_id: TownOption, person: Person, wamid: Wamid, as_json: AsJson = False) -> None:
    """Eine Datei noch einmal laden. WhatsApp behält sie sieben Tage. (fetch a file again)"""
    media = _find(adapters, town_id, person, wamid)
    again = fetch_again(media.town, media.citizen_id, wamid, rows=adapters.media_rows, queue=adapters.media_queue)
    if again is None:
        refuse(words.THERE)
    give(_value(again), as_json=as_json, show=lambda out: out.print(words.AGAIN))


def _find(adapters: Adapters, town_id: str, person: str, wamid: str) -> Media:
    """A file of theirs, also one that came while they were taken for somebody else."""
    town = adapters.towns.get(town_id)
    who = find_person(adapters, town, person).citizen_id
    everyone = (who, *adapters.citizens.merged_ids(town.id, who))
    media = next((it for one in everyone if (it := adapters.media_rows.load(town.id, one, wamid))), None)
    if media is None:
        refuse(words.NO_FILE.format(town=town.name))
    return media


def _why(media: Media) -> str:
    return words.WHY_NO_FILE["de"][media.why] if media.why else ""


def _value(media: Media) -> dict[str, Any]:
    return {
        "town": media.town,
        "citizen_id": media.citizen_id,
        "message": media.wamid,
        "at": media.at.isoformat(),
        "kind": media.kind,
        "state": media.state,
        "why": _why(media),
        "type": media.type,
        "size_bytes": media.size_bytes,
        "tries": media.attempts,
    }
