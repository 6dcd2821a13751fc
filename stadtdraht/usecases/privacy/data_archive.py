"""What is stored about a person as a file for them: readable, for programs, and with what they sent."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from stadtdraht.domain.media.media import ending_of
from stadtdraht.domain.town import Town
from stadtdraht.usecases.privacy.personal_record import PersonalRecord, RecordPorts, personal_record

if TYPE_CHECKING:
    from stadtdraht.ports.media import MediaStore


@dataclass(frozen=True, slots=True)
class Archive:
    """left_out: names of files that did not fit into `most_bytes`; staff hand them out."""

    content: bytes
    left_out: tuple[str, ...]


Page = Callable[[Town, PersonalRecord, Sequence[str], Mapping[str, str]], str]
"""Words `auskunft.html`: town, person, files that were left out, and by the digest of the message's id where a file
lies in the archive.
"""


def build_archive(
    town: Town, citizen_id: str, *, most_bytes: int, ports: RecordPorts, media: MediaStore, page: Page
) -> Archive | None:
    """A ZIP of `auskunft.html`, `daten.json` and the files; None when the person is not known (any more)."""
    record = personal_record(town, citizen_id, ports)
    if record is None:
        return None
    files: dict[str, tuple[str, bytes]] = {}
    left_out, size = [], 0
    for key in (key for each in record.ids for key in media.keys(town.id, each)):
        content = media.get(key) if key.startswith("shown/") else None
        if content is None:
            continue
        size += len(content)
        digest = key.rpartition("/")[2]
        if size > most_bytes:
            left_out.append(digest)
        else:
            files[digest] = f"dateien/{digest}{ending_of(content)}", content
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        names = {digest: name for digest, (name, _) in files.items()}
        archive.writestr("auskunft.html", page(town, record, left_out, names))
        archive.writestr("daten.json", json_text(record))
        for name, content in files.values():
            archive.writestr(name, content)
    return Archive(written.getvalue(), tuple(left_out))


def json_text(record: PersonalRecord) -> str:
    """The record as `daten.json` has it."""
    return json.dumps(record.data(), ensure_ascii=False, indent=2, default=str)
