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
from stadtdraht.cli.output import AsJson, cannot_use, give, refuse, table
from stadtdraht.domain.crisis.cap import CapInfo, CapMessage, Proposal, Step, propose
from stadtdraht.domain.crisis.links import LinkMode
from stadtdraht.domain.crisis.lint import Lint
from stadtdraht.domain.town import Town
from stadtdraht.pages.cap import cap_of
from stadtdraht.texts.languages import german_name
from stadtdraht.texts.staff.crisis import cap_in as words
from stadtdraht.texts.staff.crisis import crisis_desk as desk
from stadtdraht.texts.staff.crisis.alert_lint import field_of, sentence
from stadtdraht.texts.staff.moments import moment
from stadtdraht.usecases.crisis.lint_alert import lint_proposal


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
        refuse(desk.NO_ALERT.format(alert_id=alert_id))
    if not alert.is_public(datetime.now(UTC)):
        refuse(desk.NOT_PUBLIC.format(alert_id=alert_id))
    followed = adapters.alerts.get(alert.follows)
    text = cap_of(alert, adapters.towns.get(alert.town), adapters.settings.public_url, followed)
    if to:
        try:
            to.write_text(text, encoding="utf-8")
        except OSError as why:
            refuse(cannot_use(to, why))
    value = {"alert_id": alert_id, "file": str(to)} if to else {"alert_id": alert_id, "cap": text}
    give(value, as_json=as_json, show=lambda out: out.print(desk.WRITTEN.format(file=to) if to else text))


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
        refuse(cannot_use(file, why))
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
    give(value, as_json=as_json, show=lambda out: _show(out, message, info, proposal, prepared, found, town))


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
    out: Console, message: CapMessage, info: CapInfo | None, proposal: Proposal, prepared: str, found: Lint, town: Town
) -> None:
    rows = [
        (words.SENDER, f"{message.sender}, {message.sent:%d.%m.%Y, %H:%M %z}"),
        (words.IS, words.kind_of(message, proposal, town)),
    ]
    if info:
        rows += [
            (words.EVENT, info.headline or info.event),
            (words.WHERE, "; ".join(info.areas) or words.NOT_SAID),
            (words.BEGINS, moment(info.onset, town) if info.onset else ""),
            (words.UNTIL, moment(info.expires, town) if info.expires else words.NOT_SAID),
            (words.HOW_BAD, f"{info.urgency}, {info.severity}, {info.certainty}"),
            (words.WHAT, info.description),
            (words.TO_DO, info.instruction),
            *(
                (words.ALSO, f"{it.headline or it.event}: {'; '.join(it.areas)}")
                for it in message.infos
                if it is not info
            ),
        ]
    out.print(table(("", ""), [(name, said) for name, said in rows if said]))
    if proposal.step is not Step.NOTHING and not proposal.concerns_us:
        out.print(words.NOT_OURS, style="bold")
    out.print(words.LATER if proposal.too_early else words.DO[proposal.step])
    if proposal.follows:
        out.print(words.EARLIER.format(alert_id=proposal.follows))
    if prepared:
        out.print(f"  {prepared}")
    for error in found.errors:
        out.print(words.PAGE_REFUSES.format(why=sentence(error)))
    for it in found.missing:
        out.print(words.INSTEAD.format(language=german_name(it.language), other=german_name(it.instead)))
    if proposal.step in (Step.WARN, Step.EXERCISE) and not proposal.scenario:
        out.print(words.CHOOSE)
    out.print(words.NOTHING_SENT)
