"""Everything a town owns, for leaving or for keeping: tables for people, every row for machines, and the files."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from datetime import datetime
from itertools import islice
from tempfile import SpooledTemporaryFile
from typing import TYPE_CHECKING, Any, BinaryIO, TypeVar

from stadtdraht.domain import retention
from stadtdraht.domain.broadcast.broadcast import Broadcast
from stadtdraht.domain.broadcast.errand import Errand
from stadtdraht.domain.citizen import Citizen, ConsentAct, ConsentEntry
from stadtdraht.domain.town import Town
from stadtdraht.texts.staff import town_archive as words
from stadtdraht.usecases.broadcast.errands.kept_report import kept_report
from stadtdraht.usecases.broadcast.reporting.broadcast_report import BroadcastReport
from stadtdraht.usecases.broadcast.reporting.export_broadcast_report import export_broadcast_report
from stadtdraht.usecases.cases.export_cases import export_cases
from stadtdraht.usecases.towns.zip_with_manifest import ZipMember, ZipWriter

if TYPE_CHECKING:
    from stadtdraht.ports.broadcast import Broadcasts, Errands
    from stadtdraht.ports.cases import Cases
    from stadtdraht.ports.inbound import Citizens
    from stadtdraht.ports.media import MediaStore
    from stadtdraht.ports.towns import TownData

T = TypeVar("T")

SUBSCRIBER_COLUMNS = (
    *("phone", "user_id", "offers", "topics", "district", "language"),
    *("consent_at", "consent_how", "consent_wording"),
)
# Working state, and copies of what stands elsewhere; `crisis` holds links and PINs.
LEFT_OUT = frozenset({"crisis", "guesses", "inbox", "media trouble", "nonce", "number", "opted out", "same", "status"})
FIRST_YEAR = 2024  # no case is older
SIDE_BY_SIDE = 8  # people read at the same time
KEPT_IN_MEMORY_BYTES = 1_000_000  # of a kind of rows, before it goes to a file of its own
AS_GOOD_AS_ALL = 1_000_000  # broadcasts of one town


@dataclass(frozen=True, slots=True)
class TownPorts:
    """The ports that know something of a town, and who counts a newsletter's report that was not kept yet."""

    data: TownData
    citizens: Citizens
    cases: Cases
    broadcasts: Broadcasts
    media: MediaStore
    report_of: Callable[[Broadcast], BroadcastReport]
    errands: Errands


def export_town(town: Town, now: datetime, out: BinaryIO, ports: TownPorts) -> tuple[ZipMember, ...]:
    """Writes a ZIP; returns what is in it. Memory stays flat; each kind of rows passes through a temporary file.

    It is a copy of a moment that lasts: who writes meanwhile is in some files and not yet in others.
    """
    archive = ZipWriter(out)
    archive.add("LIESMICH.txt", (_readme(town, now),), is_list=False)
    archive.add("stadt.json", (_json(asdict(town)),), is_list=False)
    archive.add_table(words.SUBSCRIBERS, SUBSCRIBER_COLUMNS, _of_people(town, ports, _subscriptions))
    archive.add_table(words.CONSENTS, words.CONSENTS_HEAD, _of_people(town, ports, _consents))
    cases = (case for year in range(FIRST_YEAR, now.year + 1) for case in ports.cases.of_year(town.id, year))
    archive.add(words.CASES, (export_cases(cases, town).encode(),), is_list=False)
    _add_newsletters(archive, town, now, ports)
    _add_rows(archive, town, ports.data)
    for file in ports.media.of_town(town.id):
        content = ports.media.get(file.key)
        if content is not None:  # it may end while we read
            archive.add(f"medien/{file.key}", (content,), is_list=False, packs_well=False)
    archive.close()
    return tuple(archive.members)


def _readme(town: Town, now: datetime) -> bytes:
    at = f"{now.astimezone(town.zone):%d.%m.%Y, %H:%M} Uhr"
    left_out = ", ".join(sorted(LEFT_OUT - {"crisis"}))
    text = words.README.format(town=town.name, at=at, delivery_days=retention.DELIVERY.days, left_out=left_out)
    return text.replace("\n", "\r\n").encode()


# ---- people ---------------------------------------------------------------------------------------------


def _of_people(
    town: Town, ports: TownPorts, lines_of: Callable[[Citizen, Sequence[ConsentEntry]], Iterable[T]]
) -> Iterator[T]:
    """Lines of every person, some people at a time."""

    def read(citizen_id: str) -> tuple[Citizen | None, Sequence[ConsentEntry]]:
        return ports.citizens.get(town.id, citizen_id), ports.citizens.ledger(town.id, citizen_id)

    ids = iter(ports.data.citizen_ids(town.id))
    with ThreadPoolExecutor(SIDE_BY_SIDE) as hands:
        while some := list(islice(ids, SIDE_BY_SIDE * 10)):
            for citizen, ledger in hands.map(read, some):
                if citizen is not None:  # erased while we read
                    yield from lines_of(citizen, ledger)


def _subscriptions(citizen: Citizen, ledger: Sequence[ConsentEntry]) -> Iterator[Sequence[object]]:
    """One line for each offer they take, with the consent that it rests on."""
    identity = citizen.identity
    for offer in sorted(offer for offer in citizen.consents if citizen.takes(offer)):
        granted = [it for it in ledger if it.offer is offer and it.act is ConsentAct.GRANTED]
        proof = max(granted, key=lambda it: it.at, default=None)
        yield (
            f"+{identity.phone}" if identity.phone else "",
            identity.user_id or "",
            offer,
            " ".join(sorted(citizen.topics)),
            citizen.district,
            citizen.language,
            citizen.consents[offer].at.isoformat(),
            proof.how if proof else "",
            proof.wording_version if proof else "",
        )


def _consents(citizen: Citizen, ledger: Sequence[ConsentEntry]) -> Iterator[Sequence[object]]:
    who = citizen.citizen_id
    yield from ((who, it.offer, it.act, it.at.isoformat(), it.wording_version, it.how, it.message_id) for it in ledger)


# ---- newsletters ----------------------------------------------------------------------------------------


def _add_newsletters(archive: ZipWriter, town: Town, now: datetime, ports: TownPorts) -> None:
    all_of_them = ports.broadcasts.recent(town.id, AS_GOOD_AS_ALL)
    archive.add_table(words.NEWSLETTERS, words.NEWSLETTERS_HEAD, (_listed(it) for it in all_of_them))
    for broadcast in all_of_them:
        if report := _report(broadcast, now, ports):
            text = export_broadcast_report(report).encode()
            archive.add(f"newsletter/{broadcast.broadcast_id}.csv", (text,), is_list=False)


def _report(broadcast: Broadcast, now: datetime, ports: TownPorts) -> BroadcastReport | None:
    """As it was kept, else counted as long as its rows are there."""
    if not broadcast.has_begun:
        return None
    kept = ports.errands.get(broadcast.broadcast_id, Errand.REPORT).result
    if kept and kept.final:
        return kept_report(kept.value)
    return ports.report_of(broadcast) if broadcast.begun_at > now - retention.DELIVERY else None


def _listed(it: Broadcast) -> Sequence[object]:
    stories = " | ".join(f"{item.title} ({item.link})" for item in it.items)
    return it.broadcast_id, it.title, it.state, it.goes_at.isoformat(), it.planned, stories


# ---- every row ------------------------------------------------------------------------------------------


def _add_rows(archive: ZipWriter, town: Town, data: TownData) -> None:
    """Rows of a kind lie all over the table, and a ZIP is written one file after the other."""
    kinds: dict[str, SpooledTemporaryFile[bytes]] = {}
    with ExitStack() as files:
        for kind, row in data.rows(town.id):
            if kind not in LEFT_OUT:
                if kind not in kinds:
                    kinds[kind] = files.enter_context(SpooledTemporaryFile(KEPT_IN_MEMORY_BYTES))
                kinds[kind].write(_line(row))
        for kind, lines in sorted(kinds.items()):
            lines.seek(0)
            archive.add(f"zeilen/{kind.replace(' ', '_')}.jsonl", lines)


def _line(row: Mapping[str, Any]) -> bytes:
    return json.dumps(row, ensure_ascii=False, sort_keys=True, default=str).encode() + b"\n"


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=2, default=str).encode()
