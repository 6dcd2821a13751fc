"""A warning from free words, to try what the line would answer while it holds. Nothing of it is ever sent."""

import re
from collections.abc import Mapping
from datetime import datetime, timedelta

from stadtdraht.domain.crisis.alert import PARTS, Alert
from stadtdraht.domain.crisis.links import LinkMode
from stadtdraht.domain.identifiers import ALERT, new_cause
from stadtdraht.domain.text import plain, read_part
from stadtdraht.domain.town import Town

RAISED_AGO, HOLDS_FOR = timedelta(minutes=10), timedelta(hours=3)
LABEL_WORDS = 6
_LABELS = re.compile(r"\b(WAS|WO|BIS|TUN|WER|MEHR):")
_LABEL_SAYS = (  # in this order: "Was Sie jetzt tun sollten" is about doing
    ("tun", ("tun", "do")),
    ("bis", ("bis", "until")),
    ("wo", ("betroffen", "wo", "area", "gebiet")),
    ("wer", ("warnt", "issued", "wer")),
    ("mehr", ("echt", "real", "mehr")),
    ("was", ("warnung", "warning", "was")),
)


def alert_from_wording(text: str, town: Town, now: datetime) -> Alert:
    """An alert of the whole town that holds: raised ten minutes ago, for three hours more."""
    issuer = town.crisis_issuers[0] if town.crisis_issuers else town.imprint.provider
    said = parts_of(text)
    return Alert(
        alert_id=new_cause(town.id, ALERT, now, "tryout"),
        town=town.id,
        mode=LinkMode.LIVE,
        scenario="other",
        districts=frozenset(),
        raised_at=now - RAISED_AGO,
        expires_at=now + HOLDS_FOR,
        holder="",
        issuer=said.get("wer", issuer),
        wording={"de": said},
    )


def parts_of(text: str) -> Mapping[str, str]:
    """The PARTS of a wording: "WAS: … WO: … BIS: … TUN: …", or lines with a label; what has none says what happened."""
    text = read_part(text)
    pieces = _LABELS.split(text)
    if len(pieces) > 1:
        named = zip((name.lower() for name in pieces[1::2]), pieces[2::2], strict=True)
        return {"was": pieces[0].strip(), **{name: said.strip() for name, said in named}}
    found: dict[str, list[str]] = {}
    for line in filter(None, (it.strip(" *_") for it in text.splitlines())):
        label, _, said = line.partition(":")
        part = _part_named(label) if said.strip() else ""
        found.setdefault(part or "was", []).append(said.strip() if part else line)
    return {part: ". ".join(found[part]) for part in PARTS if part in found}


def _part_named(label: str) -> str:
    words = plain(label).split()
    if len(words) > LABEL_WORDS:
        return ""
    return next((part for part, says in _LABEL_SAYS if not set(says).isdisjoint(words)), "")
