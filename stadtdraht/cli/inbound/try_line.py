"""`stadtdraht inbox try`: what the line would understand and answer. Nothing is stored or sent.

A line typed is a message. With --json it reads and prints one JSON object a line, as docs/understanding.md says.
"""

import json
import sys
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from stadtdraht.adapters.files import town_file
from stadtdraht.adapters.files.ears import load_ears
from stadtdraht.cli.deployment import NoDeployment, connect
from stadtdraht.cli.output import AsJson, Terminal, refuse, says_what_stops_it, wants_json
from stadtdraht.domain.conversation import Flag
from stadtdraht.domain.dialogue import Asked
from stadtdraht.domain.inbound.reply import Reply, ReplyKind
from stadtdraht.domain.message import IncomingMessage
from stadtdraht.domain.privacy.privacy import DataRequest
from stadtdraht.domain.town import Offer, Town
from stadtdraht.domain.understanding.ears import Ears
from stadtdraht.usecases.inbound.render_reply import ReplyContext
from stadtdraht.usecases.inbound.try_messages import Given, Trial, TriedTurn, pressable

NOWHERE = "https://example.org"
PRESETS = Path(__file__).resolve().parents[3] / "towns"
BETWEEN = timedelta(seconds=20)  # two messages of one person


class _NoLinks:
    """Links to somebody's data lead nowhere here."""

    def make(self, town: str, citizen_id: str, now: datetime) -> str:
        del citizen_id, now
        return f"{NOWHERE}/t/{town}/data/…"

    def read(self, token: str, now: datetime) -> DataRequest:
        raise LookupError(token, now)


@says_what_stops_it
def try_line(
    town_id: Annotated[str, typer.Option("--town", help="Kennung der Stadt, wie in `town list` (id of the town)")] = "",
    town_file_path: Annotated[
        Path | None, typer.Option("--town-file", help="Stattdessen eine Stadtdatei (a town file in its place)")
    ] = None,
    explain: Annotated[
        bool, typer.Option("--explain", help="Sagt dazu, welche Wörter den Ausschlag gaben (clause, words and rule)")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Probiert, was die Leitung versteht und antwortet; gesendet wird nichts (tries the line in memory)"""
    town, ears = _town(town_id, town_file_path), load_ears()
    if wants_json(as_json):
        for number, line in enumerate(sys.stdin, 1):
            if line.strip():
                try:
                    said = tried(town, ears, json.loads(line), explain=explain)
                except (ValueError, LookupError, TypeError, AttributeError) as why:
                    refuse(f"Zeile {number}: {why}. Erwartet wird ein Objekt, wie docs/understanding.md es beschreibt.")
                print(json.dumps(said, ensure_ascii=False), flush=True)
        return
    out = Terminal(highlight=False, soft_wrap=True)
    now = datetime.now(UTC)
    trial = Trial.begin(town, ears, Given(), now, _context(now))
    for number, line in enumerate(sys.stdin):
        message = _message(trial, line.rstrip("\n"), number, now + number * BETWEEN)
        _show(out, trial.hear(message), explain=_reasons(trial, message) if explain else ())


def _town(town_id: str, file: Path | None) -> Town:
    if file:
        return town_file.read(file)
    if not town_id:
        refuse("--town oder --town-file fehlt")
    try:
        return connect().towns.get(town_id)
    except NoDeployment:
        preset = PRESETS / f"{town_id}.toml"
        if not preset.is_file() or preset.parent != PRESETS:
            raise
        return town_file.read(preset)


def _context(now: datetime) -> ReplyContext:
    return ReplyContext(NOWHERE, _NoLinks(), now)


def tried(town: Town, ears: Ears, item: Mapping[str, Any], *, explain: bool = False) -> Mapping[str, Any]:
    """What one line of --json says. Raises ValueError and LookupError for what it asks wrongly."""
    at = datetime.fromisoformat(item["at"]) if item.get("at") else datetime.now(UTC)
    trial = Trial.begin(town, ears, _given(item.get("given", {})), at, _context(at))
    turns = []
    for number, said in enumerate(item["messages"]):
        message = _message(trial, said, number, at + number * BETWEEN)
        reasons = _reasons(trial, message) if explain else ()
        turns.append(_turn(town, trial.hear(message), reasons, explain=explain))
    return {"id": item.get("id", ""), "turns": turns}


def _given(said: Mapping[str, Any]) -> Given:
    known = {
        name: said[name]
        for name in ("name", "language", "asked", "contest", "closed_case", "live_alert")
        if name in said
    }
    return Given(takes=tuple(Offer(name) for name in said.get("takes", ())), **known)


def _message(trial: Trial, said: Any, number: int, at: datetime) -> IncomingMessage:
    """As the webhook would bring it."""
    wamid = f"wamid.{number}"
    if isinstance(said, str):
        return IncomingMessage(wamid, at, "text", text=said)
    marks = {"forwarded": "forwarded" in said, "often_forwarded": said.get("forwarded") == "often"}
    if "photo" in said:
        return IncomingMessage(wamid, at, "image", text=said["photo"] or "", media_id="1", **marks)
    if "voice" in said:
        return IncomingMessage(wamid, at, "audio", media_id="1", **marks)
    if "location" in said:
        latitude, longitude = said["location"]
        return IncomingMessage(wamid, at, "location", latitude=str(latitude), longitude=str(longitude), **marks)
    if "button" in said:
        title = said["button"]
        return IncomingMessage(wamid, at, "interactive", text=title, choice=trial.button(title, at))
    return IncomingMessage(wamid, at, "text", text=said.get("text", ""), **marks)


def _turn(town: Town, turn: TriedTurn, reasons: Sequence[Mapping[str, str]], *, explain: bool) -> Mapping[str, Any]:
    flags = turn.citizen.conversation.flags if turn.citizen.conversation else frozenset()
    kinds = {reply.kind for reply in turn.decision.replies}
    said = {
        "meaning": turn.said.action or turn.said.reading.meaning,
        "sure": turn.is_sure,
        "replies": [_reply(reply, body) for reply, body in zip(turn.decision.replies, turn.bodies, strict=True)],
        "after": _after(town, turn),
        "staff": {"waits": turn.waits, "flags": sorted(flags), "case": _case(turn)},
        "chain": Flag.CHAIN in flags and not turn.waits and not kinds,
        "sensitive": ReplyKind.SENSITIVE in kinds,
        "erases": turn.decision.erase,
        "contest_entry": any(not entry.withdrawn for entry in turn.decision.contest_entries),
    }
    return {**said, "because": list(reasons)} if explain else said


def _reply(reply: Reply, body: Mapping[str, Any]) -> Mapping[str, Any]:
    return {"kind": reply.kind.value, "text": _words(body), "buttons": _titles(body)}


def _words(body: Mapping[str, Any]) -> str:
    return str(body["text"]["body"] if body["type"] == "text" else body["interactive"]["body"]["text"])


def _titles(body: Mapping[str, Any]) -> Sequence[str]:
    return [title for _, title in pressable(body)]


def _after(town: Town, turn: TriedTurn) -> Mapping[str, Any]:
    person = turn.citizen
    question = person.dialogue.question
    asked = question.asked.value if question else ""
    if question and question.asked is Asked.CONSENT:
        asked += ":" + ",".join(question.offers)
    return {
        "takes": [text.offer.value for text in town.offers if person.takes(text.offer)],
        "name": person.name,
        "language": person.language,
        "district": next((one.label for one in town.districts if one.id == person.district), ""),
        "topics": [topic.label for topic in town.topics if topic.id in person.topics],
        "asked": asked,
    }


def _case(turn: TriedTurn) -> Mapping[str, Any] | None:
    if turn.case is None:
        return None
    asks = any(reply.asks_place for reply in turn.decision.replies)
    return {"kind": turn.case.kind.value, "place": turn.case.place.address, "asks_place": asks}


def _reasons(trial: Trial, message: IncomingMessage) -> Sequence[Mapping[str, str]]:
    return [{"meaning": it.meaning, "clause": it.clause, "rule": it.rule} for it in trial.explain(message)]


def _show(out: Console, turn: TriedTurn, *, explain: Sequence[Mapping[str, str]]) -> None:
    out.print(f"→ {turn.said.action or turn.said.reading.meaning}", style="bold")
    for reason in explain:
        out.print(f"  {reason['meaning']}: {reason['rule']}" + (f" — „{reason['clause']}“" if reason["clause"] else ""))
    for body in turn.bodies:
        out.print(_words(body))
        for title in _titles(body):
            out.print(f"  [{title}]")
    if not turn.bodies:
        out.print("(keine Antwort)")
