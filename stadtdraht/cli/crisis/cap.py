"""`stadtdraht crisis cap` and `cap-in`: alerts for other systems, and theirs as a proposal for a person's hand."""

from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated
from urllib.parse import urlencode

import typer
from rich.console import Console

from stadtdraht.adapters.files.cap_file import MOST_BYTES, read_cap
from stadtdraht.bootstrap import Adapters
from stadtdraht.cli.deployment import connected
from stadtdraht.cli.output import AsJson, give, refuse, table
from stadtdraht.domain.crisis.cap import CapInfo, CapMessage, Proposal, Step, propose
from stadtdraht.domain.crisis.links import LinkMode
from stadtdraht.domain.crisis.lint import Lint
from stadtdraht.domain.town import Town
from stadtdraht.pages.cap import cap_of
from stadtdraht.texts.staff.alert_lint import field_of, sentence
from stadtdraht.usecases.crisis.lint_alert import lint_proposal

DO = {
    Step.WARN: "Compare it with what you know. To warn, open your crisis link with these choices at its end:",
    Step.EXERCISE: "For an exercise, open your DRILL link with these choices at its end:",
    Step.UPDATE: "It changes an earlier warning: open that alert on the crisis page and say what is new there.",
    Step.END: "Where you have warned of it: open that alert on the crisis page and give the all-clear there.",
    Step.NOTHING: "There is nothing to tell the public.",
}


@connected
def cap(
    adapters: Adapters,
    alert_id: Annotated[
        str, typer.Argument(metavar="ALERT", help="Kennung der Warnung, wie in `crisis list` (id of the alert)")
    ],
    to: Annotated[
        Path | None, typer.Option("--out", help="In eine Datei schreiben statt auf den Bildschirm (write to a file)")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Eine Warnung als CAP-1.2-Meldung, wie `/a/ALERT.cap` sie anderen Systemen gibt. (an alert as CAP 1.2)"""
    alert = adapters.alerts.get(alert_id)
    if alert is None:
        refuse(f"there is no alert {alert_id}")
    if not alert.is_public(datetime.now(UTC)):
        refuse(f"nothing was sent of {alert_id}: it was taken back, or can still be; nobody outside may hear of it")
    followed = adapters.alerts.get(alert.follows)
    text = cap_of(alert, adapters.towns.get(alert.town), adapters.settings.public_url, followed)
    if to:
        try:
            to.write_text(text, encoding="utf-8")
        except OSError as why:
            refuse(f"{to}: cannot be written ({why.strerror}); name a file in a folder that exists")
    value = {"alert_id": alert_id, "file": str(to)} if to else {"alert_id": alert_id, "cap": text}
    give(value, as_json=as_json, show=lambda out: out.print(f"Written: {to}" if to else text))


@connected
def cap_in(
    adapters: Adapters,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Eine CAP-1.2-Meldung (a CAP 1.2 message)")],
    town_id: Annotated[str, typer.Option("--town", help="Kennung der Stadt, wie in `town list` (id of the town)")],
    as_json: AsJson = False,
) -> None:
    """Eine CAP-1.2-Meldung lesen und vorbereiten, was jemand damit tun kann. Sendet nie etwas. (read a CAP 1.2
    message)
    """
    town = adapters.towns.get(town_id)
    try:
        with file.open("rb") as opened:
            raw = opened.read(MOST_BYTES + 1)
    except OSError as why:
        refuse(f"{file}: cannot be read ({why.strerror})")
    message = read_cap(raw)
    alerts = adapters.alerts
    ours = {alert.alert_id for mode in LinkMode for alert in alerts.recent(town.id, mode)}
    now = datetime.now(UTC)
    proposal, info = propose(message, town, now, ours), message.info_for(town, now)
    prepared = _choices(proposal)
    found = _lint(adapters, proposal, town) if proposal.scenario and prepared else Lint((), (), frozenset())
    value = {
        "identifier": message.identifier,
        "sender": message.sender,
        "sent": message.sent.isoformat(),
        "status": message.status,
        "type": message.type,
        "references": message.references,
        **asdict(proposal),
        "choices": prepared,
        "errors": [{"field": field_of(it), "text": sentence(it)} for it in found.errors],
        "read_instead": {it.language: it.instead for it in found.missing},
        "sent_anything": False,
        "infos": [asdict(info) for info in message.infos],
    }
    give(value, as_json=as_json, show=lambda out: _show(out, message, info, proposal, prepared, found))


def _choices(proposal: Proposal) -> str:
    """What to put behind a crisis link, so that its page opens with these choices; opening it does nothing."""
    if proposal.step not in (Step.WARN, Step.EXERCISE) or proposal.too_early:
        return ""
    chosen = [("scenario", proposal.scenario)] if proposal.scenario else []
    chosen += [("districts", district) for district in proposal.districts]
    chosen += [("valid_for_min", str(proposal.valid_for_min))] if proposal.valid_for_min else []
    return f"?{urlencode(chosen)}" if chosen else ""


def _lint(adapters: Adapters, proposal: Proposal, town: Town) -> Lint:
    """What the page would say to these choices."""
    return lint_proposal(
        town,
        proposal.scenario,
        proposal.districts,
        proposal.valid_for_min,
        datetime.now(UTC),
        adapters.settings.public_url,
    )


def _show(
    out: Console, message: CapMessage, info: CapInfo | None, proposal: Proposal, prepared: str, found: Lint
) -> None:
    rows = [
        ("from", f"{message.sender}, {message.sent:%Y-%m-%d %H:%M %z}"),
        ("it is", f"{message.status} {message.type}: {proposal.why}"),
    ]
    if info:
        rows += [
            ("event", info.headline or info.event),
            ("where", "; ".join(info.areas) or "not said"),
            ("begins", f"{info.onset:%Y-%m-%d %H:%M %z}" if info.onset else ""),
            ("until", f"{info.expires:%Y-%m-%d %H:%M %z}" if info.expires else "not said"),
            ("how bad", f"{info.urgency}, {info.severity}, {info.certainty}"),
            ("what", info.description),
            ("to do", info.instruction),
            *(("also", f"{it.headline or it.event}: {'; '.join(it.areas)}") for it in message.infos if it is not info),
        ]
    out.print(table(("", ""), [(name, said) for name, said in rows if said]))
    if proposal.step is not Step.NOTHING and not proposal.concerns_us:
        out.print("ITS AREAS NAME NEITHER THE TOWN NOR A DISTRICT: does it concern you?", style="bold")
    out.print("Read it again when it is near." if proposal.too_early else DO[proposal.step])
    if proposal.follows:
        out.print(f"  the earlier alert: {proposal.follows}")
    if prepared:
        out.print(f"  {prepared}")
    for error in found.errors:
        out.print(f"  The page will refuse this: {sentence(error)}")
    for it in found.missing:
        out.print(f"  Not in {it.language}: its readers get it in {it.instead}")
    if proposal.step in (Step.WARN, Step.EXERCISE) and not proposal.scenario:
        out.print("  No prepared wording fits for certain: choose what has happened on the page.")
    out.print("Nothing was sent.")
