"""Entries of a contest for a jury that is blind to names, and, apart from them, whose they are."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from stadtdraht.domain.citizen import Citizen
from stadtdraht.domain.contests.contest import Contest, ContestEntry, ContestForm
from stadtdraht.domain.media.media import PHOTOS
from stadtdraht.domain.redaction import HIDDEN, without_contacts
from stadtdraht.domain.spreadsheet import table_lines
from stadtdraht.domain.town import Town

if TYPE_CHECKING:
    from stadtdraht.ports.contests import Contests
    from stadtdraht.ports.inbound import Citizens
    from stadtdraht.ports.media import MediaRows, MediaStore

LIST = "einsendungen.csv"
LIST_HEAD = ("Nummer", "Text", "Foto")
PEOPLE_HEAD = ("Nummer", "Person", "Name", "Telefon", "WhatsApp-Kennung", "Gesendet", "Text")
NAME_CHARACTERS = 3  # shorter parts of a name are words of their own ("de", "Al")


@dataclass(frozen=True, slots=True)
class JuryExportResult:
    """`without_photo`: ids of entries whose photo is not there (not fetched, or deleted)."""

    entries: int
    without_photo: tuple[str, ...]


def export_for_jury(
    contest: Contest, out: BinaryIO, *, contests: Contests, citizens: Citizens, rows: MediaRows, store: MediaStore
) -> JuryExportResult:
    """Writes a ZIP: photos without EXIF, and a list of captions.

    In order of the opaque ids and without times, so that neither says who sent what together; a sender's own name,
    telephone numbers and mail addresses in captions are blacked out. People who were erased have no entries left.
    """
    entries = sorted(contests.entries(contest.town, contest.id), key=lambda entry: entry.entry_id)
    missing, lines = [], []
    with ZipFile(out, "w") as archive:
        for entry in entries:
            photo = _photo(entry, rows, store) if contest.form is ContestForm.PHOTO else None
            name = f"fotos/{entry.entry_id}.jpg" if photo else ""
            if photo:
                archive.writestr(_member(name, ZIP_STORED), photo)
            elif contest.form is ContestForm.PHOTO:
                missing.append(entry.entry_id)
            lines.append((entry.entry_id, _blind(entry.text, citizens.get(entry.town, entry.citizen_id)), name))
        archive.writestr(_member(LIST, ZIP_DEFLATED), "".join(table_lines(LIST_HEAD, lines)))
    return JuryExportResult(len(entries), tuple(missing))


def export_people(contest: Contest, town: Town, *, contests: Contests, citizens: Citizens) -> bytes:
    """A table of whose entry is whose, for the office once the jury has decided."""
    people = _people(contests.entries(contest.town, contest.id), town, citizens)
    return "".join(table_lines(PEOPLE_HEAD, people)).encode()


def _people(entries: Sequence[ContestEntry], town: Town, citizens: Citizens) -> Iterator[tuple[str, ...]]:
    for entry in entries:
        citizen = citizens.get(entry.town, entry.citizen_id)
        # As text by its apostrophe: of a number a spreadsheet makes 4.9E+12.
        phone = f"'+{citizen.identity.phone}" if citizen and citizen.identity.phone else ""
        user_id = (citizen.identity.user_id or "") if citizen else ""
        sent = f"{entry.at.astimezone(town.zone):%d.%m.%Y %H:%M:%S}"
        yield entry.entry_id, entry.citizen_id, citizen.name if citizen else "", phone, user_id, sent, entry.text


def _blind(caption: str, citizen: Citizen | None) -> str:
    blinded = without_contacts(caption)
    for part in citizen.name.split() if citizen else ():
        if len(part) >= NAME_CHARACTERS:
            blinded = re.sub(rf"\b{re.escape(part)}\b", HIDDEN, blinded, flags=re.IGNORECASE)
    return blinded


def _photo(entry: ContestEntry, rows: MediaRows, store: MediaStore) -> bytes | None:
    """The copy that others may see, without EXIF; None when it was not fetched, or is deleted."""
    media = rows.load(entry.town, entry.citizen_id, entry.wamid)
    return store.get(media.shown) if media and media.shown and media.type in PHOTOS else None


def _member(name: str, compression: int) -> ZipInfo:
    """Without the hour of its making: the same entries make the same file."""
    member = ZipInfo(name)
    member.compress_type = compression
    return member
