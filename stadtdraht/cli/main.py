"""`stadtdraht …`: the operator's command."""

from typing import Annotated

import typer

from stadtdraht.cli import broadcast, case, contest, crisis, figures, media, staff, towns
from stadtdraht.cli.inbound import citizen, inbox
from stadtdraht.cli.operations import cost, dlq, doctor, migrate, trace
from stadtdraht.cli.whatsapp import template

app = typer.Typer(
    help="Stadtdraht: the direct line between a town and its citizens.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
app.add_typer(towns.app, name="town", help="Set up towns.")
app.add_typer(
    citizen.app, name="citizen", help="Menschen einlesen, zeigen, ausgeben, löschen (citizens and their data)"
)
app.add_typer(inbox.app, name="inbox", help="Gespräche lesen und beantworten (conversations)")
app.add_typer(broadcast.app, name="broadcast", help="Newsletter planen, senden, beobachten, anhalten (newsletters)")
app.add_typer(contest.app, name="contest")
app.add_typer(contest.app, name="call", hidden=True)  # what `contest` was called before
app.add_typer(case.app, name="case", help="Meldungen bearbeiten und Rückmeldung geben (citizens' reports)")
app.add_typer(crisis.app, name="crisis", help="Krisenlinks ausstellen, Warnungen verfolgen (crisis links and alerts)")
app.add_typer(template.app, name="template", help="Compare, hand in and watch templates at Meta.")
app.add_typer(
    media.app, name="media", help="Fotos und Dateien, die Menschen geschickt haben (media that citizens sent)"
)
app.add_typer(staff.app, name="staff", help="Wer in der Konsole einer Stadt arbeitet (staff of the console)")
app.add_typer(dlq.app, name="dlq", help="Look into dead-letter queues.")
app.command("doctor")(doctor.doctor)
app.command("cost")(cost.cost)
app.command("trace")(trace.trace)
app.command("figures")(figures.figures)
app.command("migrate")(migrate.migrate)


@app.callback()
def main(
    local: Annotated[
        bool | None,
        typer.Option(
            "--local/--aws",
            help="The system that runs here, or the stack in AWS. Default: local when one runs and "
            "neither AWS_PROFILE nor STADTDRAHT_STAGE is set.",
        ),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON value on standard output.")] = False,
) -> None:
    """Every command also takes --json."""
    del as_json  # read where it is needed, since it may also stand behind the command
    del local  # read by `deployment.connected`, when a command runs that talks to a deployment
