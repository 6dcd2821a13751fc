"""Everything that is stored about a person, as they and a machine can read it. Art. 15 and 20 GDPR."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from stadtdraht.domain.citizen import Citizen, ConsentEntry
from stadtdraht.domain.conversation import Line
from stadtdraht.domain.media.media import ending_of
from stadtdraht.domain.town import Town

if TYPE_CHECKING:
    from stadtdraht.ports.inbound import Citizens
    from stadtdraht.ports.media import MediaStore

INNER = frozenset({"pk", "version", "expires_at", "held_end", "dialogue", "dialogue_data"})  # how we keep it, not what


@dataclass(frozen=True, slots=True)
class Archive:
    """left_out: names of files that did not fit into `most_bytes`; staff hand them out."""

    content: bytes
    left_out: tuple[str, ...]


Page = Callable[[Town, Citizen, Sequence[ConsentEntry], Sequence[Line], Sequence[str], Mapping[str, str]], str]
"""Words `auskunft.html`: town, person, consents, conversation, files that were left out, and by the digest of the
message's id where a file lies in the archive.
"""


def build_archive(
    town: Town, citizen_id: str, *, most_bytes: int, citizens: Citizens, media: MediaStore, page: Page
) -> Archive | None:
    """A ZIP of `auskunft.html`, `daten.json` and the files; None when the person is not known (any more)."""
    citizen = citizens.get(town.id, citizen_id)
    if citizen is None:
        return None
    rows = [_outer(row) for row in citizens.rows(town.id, citizen_id)]
    files: dict[str, tuple[str, bytes]] = {}
    left_out, size = [], 0
    ids = (citizen_id, *citizens.merged_ids(town.id, citizen_id))
    for key in (key for each in ids for key in media.keys(town.id, each)):
        content = media.get(key) if key.startswith("shown/") else None
        if content is None:
            continue
        size += len(content)
        digest = key.rpartition("/")[2]
        if size > most_bytes:
            left_out.append(digest)
        else:
            files[digest] = f"dateien/{digest}{ending_of(content)}", content
    lines = citizens.history(town.id, citizen_id)
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        names = {digest: name for digest, (name, _) in files.items()}
        ledger = citizens.ledger(town.id, citizen_id)
        archive.writestr("auskunft.html", page(town, citizen, ledger, lines, left_out, names))
        archive.writestr("daten.json", json.dumps(rows, ensure_ascii=False, indent=2, default=str))
        for name, content in files.values():
            archive.writestr(name, content)
    return Archive(written.getvalue(), tuple(left_out))


def _outer(row: Mapping[str, Any]) -> Mapping[str, Any]:
    kind, _, rest = row["sk"].partition("#")
    return {"kind": kind.lower(), "key": rest, **{k: v for k, v in row.items() if k not in INNER and k != "sk"}}
