"""`stadtdraht dlq …`: work that was given up."""

from typing import Annotated

import typer

from stadtdraht.bootstrap import Adapters
from stadtdraht.cli.deployment import connected
from stadtdraht.cli.output import USAGE, AsJson, give, refuse, table
from stadtdraht.domain.operations.queues import OF_NO_QUEUE, OF_WORK

app = typer.Typer(no_args_is_help=True)


@app.command("list")
@connected
def list_dead(adapters: Adapters, as_json: AsJson = False) -> None:
    """How much lies in which dead-letter queue, those of the table's stream and of the clock among them."""
    found = [(it.name, it.dead) for it in adapters.queues.all()]
    _give(found, "messages", as_json=as_json)


@app.command()
@connected
def redrive(
    adapters: Adapters,
    queue: Annotated[str, typer.Option("--queue", help="Only this one, as `dlq list` names it")] = "",
    as_json: AsJson = False,
) -> None:
    """Hand it to the functions again. What has expired is not sent: every sender looks at its end first."""
    if queue in OF_NO_QUEUE:
        refuse(f"no queue takes the dead letters of {queue} back; docs/operations/runbooks.md says what does")
    names = _chosen(queue, OF_WORK) if queue else OF_WORK
    _give([(name, adapters.queues.redrive(name)) for name in names], "messages", "moved", as_json=as_json)


@app.command()
@connected
def discard(
    adapters: Adapters,
    queue: Annotated[str, typer.Option("--queue", help="inbound_stream or events")],
    as_json: AsJson = False,
) -> None:
    """Delete dead letters that no queue takes back, once their work is done by other means (runbooks.md)."""
    if queue in OF_WORK:
        refuse(f"{queue} takes its dead letters back: stadtdraht dlq redrive --queue {queue}")
    names = _chosen(queue, OF_NO_QUEUE)
    _give([(name, adapters.queues.discard(name)) for name in names], "messages", "deleted", as_json=as_json)


def _chosen(queue: str, known: tuple[str, ...]) -> tuple[str, ...]:
    if queue not in known:
        refuse(f"--queue {queue}: there is no such queue; there are {', '.join((*OF_WORK, *OF_NO_QUEUE))}", USAGE)
    return (queue,)


def _give(counts: list[tuple[str, int]], name: str, shown: str = "", *, as_json: bool) -> None:
    give(
        [{"queue": queue, name: count} for queue, count in counts],
        as_json=as_json,
        show=lambda out: out.print(table(("queue", shown or name), counts)),
    )
