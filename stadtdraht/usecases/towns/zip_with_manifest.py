"""A ZIP that keeps a manifest: of each file how many entries it has, its size and its SHA-256."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from typing import BinaryIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from stadtdraht.domain.spreadsheet import table_lines

MANIFEST = "manifest.json"


@dataclass(frozen=True, slots=True)
class ZipMember:
    """One file in the ZIP. entries: people, rows, reports; 1 for a file that is not a list."""

    name: str
    entries: int
    bytes: int
    sha256: str


@dataclass
class ZipWriter:
    """Files go in one after the other, each streamed, so that memory stays flat."""

    out: BinaryIO
    members: list[ZipMember] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._zip = ZipFile(self.out, "w", ZIP_DEFLATED, allowZip64=True)

    def add(self, name: str, parts: Iterable[bytes], *, is_list: bool = True, packs_well: bool = True) -> None:
        """parts: the entries of a list, or pieces of one file."""
        digest, size, entries = hashlib.sha256(), 0, 0
        with self._zip.open(self._info(name, packs_well=packs_well), "w", force_zip64=True) as member:
            for part in parts:
                member.write(part)
                digest.update(part)
                size += len(part)
                entries += 1
        self.members.append(ZipMember(name, entries if is_list else 1, size, digest.hexdigest()))

    def add_table(self, name: str, head: Sequence[str], lines: Iterable[Sequence[object]]) -> None:
        """CSV with semicolons; its head is no entry."""
        self.add(name, (line.encode() for line in table_lines(head, lines)))
        last = self.members.pop()
        self.members.append(ZipMember(name, last.entries - 1, last.bytes, last.sha256))

    def close(self) -> None:
        """Writes the manifest, last."""
        manifest = json.dumps({"files": [asdict(it) for it in self.members]}, ensure_ascii=False, indent=2)
        self._zip.writestr(MANIFEST, manifest)
        self._zip.close()

    def _info(self, name: str, *, packs_well: bool) -> ZipInfo:
        info = ZipInfo(name)
        info.compress_type = ZIP_DEFLATED if packs_well else ZIP_STORED
        return info
