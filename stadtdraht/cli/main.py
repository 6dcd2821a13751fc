"""`stadtdraht …`: the operator's command."""

from typing import Annotated

import typer

from stadtdraht.cli import case, deployment, dlq, doctor, media
from stadtdraht.cli import contest as call
from stadtdraht.cli.broadcast.send import compose as broadcast_compose
from stadtdraht.cli.broadcast.send import report as broadcast_report
from stadtdraht.cli.broadcast.send import send as broadcast
from stadtdraht.cli.broadcast.send import send_test as broadcast_trial
from stadtdraht.cli.broadcast.send import status as broadcast_lost
from stadtdraht.cli.crisis.links import cap as crisis_cap
from stadtdraht.cli.crisis.links import card as crisis_card
from stadtdraht.cli.crisis.links import drill as crisis_drill
from stadtdraht.cli.crisis.links import evidence as crisis_evidence
from stadtdraht.cli.crisis.links import follow_up as crisis_follow
from stadtdraht.cli.crisis.links import links as crisis
from stadtdraht.cli.crisis.links import ready as crisis_ready
from stadtdraht.cli.inbound import citizen, inbox
from stadtdraht.cli.privacy import legal_hold
from stadtdraht.cli.towns import export as town_export
from stadtdraht.cli.towns import town
from stadtdraht.cli.whatsapp import template

app = typer.Typer(
    help="Stadtdraht: the direct line between a town and its citizens.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
town.app.command("export")(town_export.export)
app.add_typer(town.app, name="town", help="Set up towns.")
app.add_typer(citizen.app, name="citizen", help="Bring, show, export and erase citizens.")
app.add_typer(inbox.app, name="inbox", help="Read and answer conversations.")
app.add_typer(broadcast.app, name="broadcast", help="Plan, send, watch and stop newsletters.")
broadcast.app.add_typer(broadcast_compose.app)
broadcast.app.command("test")(broadcast_trial.trial)
broadcast.app.command("report")(broadcast_report.report)
broadcast.app.command("status")(broadcast_lost.status)
broadcast.app.command("unknown")(broadcast_lost.unknown)
app.add_typer(call.app, name="call", help="Open calls for replies, follow them, bring their entries to a jury.")
app.add_typer(case.app, name="case", help="Work on citizens' reports, and tell them.")
case.app.command("hold")(legal_hold.hold_case)
case.app.command("release")(legal_hold.release_case)
for name, command in (
    ("hold", legal_hold.hold_person),
    ("release", legal_hold.release_person),
    ("holds", legal_hold.holds),
):
    citizen.app.command(name)(command)
app.add_typer(crisis.app, name="crisis", help="Make crisis links, follow alerts.")
crisis.app.command("cap")(crisis_cap.cap)
crisis.app.command("cap-in")(crisis_cap.cap_in)
crisis.app.command("drill")(crisis_drill.drill)
crisis.app.command("drills")(crisis_drill.drills)
crisis.app.command("card")(crisis_card.card)
for name in ("update", "all_clear", "false_alarm"):
    crisis.app.command(name.replace("_", "-"))(getattr(crisis_follow, name))
crisis.app.command("evidence")(crisis_evidence.evidence)
crisis.app.command("ready")(crisis_ready.ready)
app.add_typer(template.app, name="template", help="Compare, hand in and watch templates at Meta.")
app.add_typer(media.app, name="media", help="Look after photos and files that citizens sent.")
app.add_typer(dlq.app, name="dlq", help="Look into dead-letter queues.")
app.command("doctor")(doctor.doctor)


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
    deployment.ask_for(local=local)
