"""`stadtdraht broadcast test`: a newsletter on the phones of a few colleagues, before anybody else gets it."""

from dataclasses import asdict
from datetime import UTC, datetime
from typing import Annotated

import typer

from stadtdraht.bootstrap import Adapters
from stadtdraht.cli.broadcast.send import BroadcastId
from stadtdraht.cli.deployment import connected
from stadtdraht.cli.output import AsJson, give, refuse, table
from stadtdraht.domain.town import Tester, Town
from stadtdraht.texts.staff.broadcast import newsletters as words
from stadtdraht.texts.staff.broadcast.delivery_reasons import why_not
from stadtdraht.usecases.broadcast.load_broadcast import load_broadcast
from stadtdraht.usecases.broadcast.sending.send_test import send_test


@connected
def trial(
    adapters: Adapters,
    broadcast_id: BroadcastId,
    to: Annotated[
        list[str] | None,
        typer.Option(help="Ein Name aus den Testpersonen der Stadtdatei; sonst an alle (a tester; else all)"),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """An Kolleginnen und Kollegen senden, als TEST gekennzeichnet; es zählt nirgends mit.
    (send a trial to colleagues)
    """
    broadcast = load_broadcast(broadcast_id, adapters.broadcasts)
    town = adapters.towns.get(broadcast.town)
    tried = adapters.run(
        send_test(
            broadcast,
            town,
            _named(to or [], town),
            datetime.now(UTC),
            graph=adapters.graph,
            controls=adapters.controls,
            public_url=adapters.settings.public_url,
        )
    )
    value = {"broadcast_id": broadcast_id, "tried": [asdict(it) for it in tried]}
    rows = [(it.name, words.TESTED if it.accepted else words.NOT_TESTED.format(why=why_not(it.reason))) for it in tried]
    give(value, as_json=as_json, show=lambda out: out.print(table(words.TESTS_HEAD, rows)))


def _named(names: list[str], town: Town) -> list[Tester]:
    if not town.testers:
        refuse(words.NO_TESTERS.format(town=town.name))
    known = {tester.name: tester for tester in town.testers}
    if unknown := [name for name in names if name not in known]:
        refuse(words.UNKNOWN_TESTERS.format(names=", ".join(unknown), known=", ".join(known)))
    return [known[name] for name in names] or list(town.testers)
