"""`stadtdraht dlq …`: work that was given up."""

from dataclasses import asdict

import typer

from stadtdraht.adapters.aws.dead_letters import DeadLetters
from stadtdraht.bootstrap import Adapters
from stadtdraht.cli.deployment import connected
from stadtdraht.cli.output import AsJson, give, table

app = typer.Typer(no_args_is_help=True)


@app.command("list")
@connected
def list_dead(adapters: Adapters, as_json: AsJson = False) -> None:
    """How much lies in which dead-letter queue."""
    found = DeadLetters(adapters.client("sqs"), adapters.settings).counts()
    rows = [(it.queue, it.messages) for it in found]
    give([asdict(it) for it in found], as_json=as_json, show=lambda out: out.print(table(("queue", "messages"), rows)))


@app.command()
@connected
def redrive(adapters: Adapters, as_json: AsJson = False) -> None:
    """Hand it to the functions again. What has expired is not sent: every sender looks at its end first."""
    moved = DeadLetters(adapters.client("sqs"), adapters.settings).redrive()
    rows = [(it.queue, it.messages) for it in moved]
    give([asdict(it) for it in moved], as_json=as_json, show=lambda out: out.print(table(("queue", "moved"), rows)))
