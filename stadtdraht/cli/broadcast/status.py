"""`stadtdraht broadcast status` and `unknown`: where it stands, and of whom nobody knows."""

from dataclasses import asdict
from datetime import UTC, datetime
from typing import Annotated

import typer
from rich.console import Console

from stadtdraht.bootstrap import Adapters
from stadtdraht.cli.broadcast.made_and_due import MADE_AND_DUE, made_and_due, made_and_due_words
from stadtdraht.cli.deployment import connected
from stadtdraht.cli.output import AsJson, give, table
from stadtdraht.cli.whatsapp.account_text import show_account, told_of_account
from stadtdraht.domain.broadcast.broadcast import Broadcast
from stadtdraht.domain.phone_numbers import masked
from stadtdraht.domain.town import Town
from stadtdraht.texts.staff.broadcast import newsletters as words
from stadtdraht.texts.staff.broadcast.delivery_reasons import why_not
from stadtdraht.texts.staff.moments import NONE, moment
from stadtdraht.usecases.broadcast.load_broadcast import load_broadcast
from stadtdraht.usecases.broadcast.reporting.broadcast_status import BroadcastStatus, broadcast_status
from stadtdraht.usecases.broadcast.reporting.unaccounted import Unaccounted, unaccounted_people
from stadtdraht.usecases.broadcast.reporting.unanswered import unanswered_people
from stadtdraht.usecases.broadcast.sending.newsletter_cause import Newsletter

BroadcastId = Annotated[
    str, typer.Argument(metavar="ID", help="Kennung, wie in `broadcast list` (id of the newsletter)")
]


@connected
def status(adapters: Adapters, broadcast_id: BroadcastId, as_json: AsJson = False) -> None:
    """Wie weit er ist: geplant, angenommen, gesendet, zugestellt, gelesen, gescheitert, ungewiss, nicht gesendet. (how
    far it has come)
    """
    broadcast, lost = _of(adapters, broadcast_id)
    deliveries, slices = adapters.deliveries, adapters.slices
    figures = broadcast_status(broadcast, datetime.now(UTC), lost=lost, deliveries=deliveries, slices=slices)
    value = {"broadcast_id": broadcast_id, "town": broadcast.town, "title": broadcast.title, "state": figures.state}
    value |= asdict(figures) | (due := made_and_due(broadcast))
    town = adapters.towns.get(broadcast.town)
    account = told_of_account(adapters, town)

    def show(out: Console) -> None:
        told = value | {
            "state": words.STATES[figures.state],
            "reasons": "; ".join(f"{count} × {why_not(reason)}" for reason, count in figures.reasons.items()) or NONE,
            "finished": words.YES if figures.finished else words.NO,
            "next_portion_at": moment(figures.next_portion_at, town),
        }
        figures_only = [(words.STATUS[name], it) for name, it in told.items() if name in words.STATUS]
        out.print(table(("", ""), [*figures_only, *zip(MADE_AND_DUE, made_and_due_words(due, town), strict=True)]))
        show_account(out, account)
        for line in _advice(broadcast_id, figures):
            out.print(line)

    give(value | {"account": account}, as_json=as_json, show=show)


NOBODY = "Von allen weiß man, ob die Nachricht ankam."


@connected
def unknown(adapters: Adapters, broadcast_id: BroadcastId, as_json: AsJson = False) -> None:
    """Bei wem ungewiss ist, ob er ankam, seit 15 Minuten. Niemand bekommt ihn ein zweites Mal. (who was sent to
    without a clear answer)
    """
    broadcast, lost = _of(adapters, broadcast_id)
    deliveries, audience = adapters.deliveries, adapters.audience
    now = datetime.now(UTC)
    found = adapters.run(unanswered_people(broadcast, now, lost=lost, deliveries=deliveries, audience=audience))
    value = {"broadcast_id": broadcast_id, "town": broadcast.town, "unknown": [asdict(it) for it in found]}
    town = adapters.towns.get(broadcast.town)
    rows = [(it.citizen_id, _shown(it.person), moment(it.since, town), it.why or NONE) for it in found]
    head = ("Kennung", "Nummer", "seit", "warum")
    give(value, as_json=as_json, show=lambda out: out.print(table(head, rows, nothing=NOBODY)))


def _shown(person: str) -> str:
    """A number masked; a user id as it is; "" for somebody who was erased."""
    return masked(person.removeprefix("+")) if person.removeprefix("+").isdigit() else person or "(gelöscht)"


def lost_of(adapters: Adapters, broadcast: Broadcast, town: Town) -> Unaccounted:
    """Who was in slices that were given up, at this moment."""
    deliveries, audience = adapters.deliveries, adapters.audience
    newsletter, now = Newsletter(broadcast, town), datetime.now(UTC)
    return adapters.run(
        unaccounted_people(newsletter, now, slices=adapters.slices, deliveries=deliveries, audience=audience)
    )


def _of(adapters: Adapters, broadcast_id: str) -> tuple[Broadcast, Unaccounted]:
    broadcast = load_broadcast(broadcast_id, adapters.broadcasts)
    return broadcast, lost_of(adapters, broadcast, adapters.towns.get(broadcast.town))


def _advice(broadcast_id: str, figures: BroadcastStatus) -> list[str]:
    lines = []
    if figures.silent:
        lines.append(words.SILENT.format(people=words.people(figures.silent), broadcast_id=broadcast_id))
    if figures.given_up:
        lines.append(words.GIVEN_UP.format(slices=figures.given_up, broadcast_id=broadcast_id))
    return lines
