"""`stadtdraht broadcast ask-release` and `send-back`: one colleague writes, another one decides."""

from datetime import UTC, datetime
from typing import Annotated

import typer

from stadtdraht.bootstrap import Adapters
from stadtdraht.cli.broadcast.send import BroadcastId, Unchecked
from stadtdraht.cli.deployment import connected
from stadtdraht.cli.options import later, operator
from stadtdraht.cli.output import AsJson, give
from stadtdraht.domain.broadcast.colleague import Colleague, ReleaseRequest
from stadtdraht.domain.broadcast.four_eyes import author
from stadtdraht.texts.staff.broadcast import newsletters as words
from stadtdraht.usecases.broadcast.load_broadcast import load_broadcast
from stadtdraht.usecases.broadcast.writing.ask_release import ask_release, send_back

By = Annotated[str, typer.Option("--by", help="Wer es tut; sonst Ihr Anmeldename (who does it; else your login name)")]


@connected
def ask(
    adapters: Adapters,
    broadcast_id: BroadcastId,
    of: Annotated[str, typer.Option(help="Wer freigeben soll; sonst alle, die dürfen (of whom; else anybody)")] = "",
    at: Annotated[
        str, typer.Option(help="Wann er hinausgehen soll, in der Zeit der Stadt: 2026-12-03T17:00 (when, town time)")
    ] = "",
    by: By = "",
    unchecked_links: Unchecked = False,
    as_json: AsJson = False,
) -> None:
    """Einen Entwurf zur Freigabe geben. Wird er danach geändert, ist er wieder ein Entwurf. (ask for its release)"""
    now, stored = datetime.now(UTC), load_broadcast(broadcast_id, adapters.broadcasts)
    town = adapters.towns.get(stored.town)
    request = ReleaseRequest(
        Colleague(operator(by)),
        now,
        of=Colleague(of) if of else None,
        starts_at=later(at, town, now) if at else None,
    )
    ask_release(
        stored,
        town,
        request,
        broadcasts=adapters.broadcasts,
        links=None if unchecked_links else adapters.links,
        public_url=adapters.settings.public_url,
    )
    value = {"broadcast_id": broadcast_id, "asked_by": request.by.name, "asked_of": of or None}
    said = words.ASKED.format(of=of or words.ANYBODY, broadcast_id=broadcast_id)
    give(value, as_json=as_json, show=lambda out: out.print(said))


@connected
def give_back(
    adapters: Adapters,
    broadcast_id: BroadcastId,
    why: Annotated[str, typer.Option(help="Was anders werden soll (what is to be changed)")],
    by: By = "",
    as_json: AsJson = False,
) -> None:
    """Was zur Freigabe wartet, mit einem Grund zurückgeben. (send it back to its author)"""
    stored = load_broadcast(broadcast_id, adapters.broadcasts)
    who, now = Colleague(operator(by)), datetime.now(UTC)
    made = send_back(stored, who, why, now, broadcasts=adapters.broadcasts)
    reason = made.sent_back.why if made.sent_back else why
    value = {"broadcast_id": broadcast_id, "sent_back_by": who.name, "why": reason}
    said = words.SENT_BACK.format(author=author(made).name, why=reason)
    give(value, as_json=as_json, show=lambda out: out.print(said))
