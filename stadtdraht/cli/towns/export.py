"""`stadtdraht town export`: everything a town owns, in one file."""

import hashlib
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from stadtdraht.bootstrap import Adapters
from stadtdraht.cli.broadcast.report import report_of
from stadtdraht.cli.deployment import connected
from stadtdraht.cli.options import TownOption, operator
from stadtdraht.cli.output import AsJson, give, refuse, table
from stadtdraht.cli.private_file import private_file
from stadtdraht.usecases.privacy.record_export import record_export
from stadtdraht.usecases.towns.export_town import TownPorts, export_town

BLOCK_BYTES = 1_000_000
UNFINISHED = ".part"


@connected
def export(
    adapters: Adapters,
    town_id: TownOption,
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder for the ZIP; it has to exist.")],
    by: Annotated[
        str, typer.Option("--by", help="Wer es tut; sonst Ihr Anmeldename (who does it; else your login name)")
    ] = "",
    as_json: AsJson = False,
) -> None:
    """Everything a town owns as one ZIP: tables, every row, photos, reports, and a manifest with SHA-256."""
    town, now = adapters.towns.get(town_id), datetime.now(UTC)
    path = folder / f"{town.id}-{now.astimezone(town.zone):%Y%m%d-%H%M}.zip"
    unfinished = path.with_name(path.name + UNFINISHED)
    sources = TownPorts(
        data=adapters.town_data,
        citizens=adapters.citizens,
        cases=adapters.cases,
        broadcasts=adapters.broadcasts,
        media=adapters.media_store,
        report_of=lambda broadcast: report_of(adapters, broadcast, town),
        errands=adapters.errands,
    )
    try:
        if path.exists():
            refuse(f"{path} is there already; move it away, nothing is overwritten")
        pepper, audit = adapters.secrets.pepper(), adapters.audit
        record_export(town.id, "", by=operator(by), why="Auszug der Stadt", now=now, audit=audit, pepper=pepper)
        with private_file(unfinished) as out:
            members = export_town(town, now, out, sources)
            out.seek(0)
            digest = hashlib.sha256()
            while block := out.read(BLOCK_BYTES):
                digest.update(block)
        unfinished.rename(path)
    except OSError as why:
        refuse(f"{unfinished} cannot be written: {why.strerror}; name a folder that exists and has room")
    value = {"town": town.id, "file": str(path), "sha256": digest.hexdigest(), "files": [asdict(it) for it in members]}
    media = [it for it in members if it.name.startswith("medien/")]
    rows = [(it.name, it.entries, it.bytes) for it in members if it not in media]
    rows.append(("medien/", len(media), sum(it.bytes for it in media)))
    give(
        value,
        as_json=as_json,
        show=lambda out: out.print(
            f"{path}\nSHA-256 {value['sha256']}", table(("file", "entries", "bytes"), rows), sep="\n"
        ),
    )
