"""`stadtdraht broadcast …`: plan, write, release, send, watch and stop newsletters."""

import typer

from stadtdraht.cli.broadcast import compose, four_eyes, report, send, send_test, status

app = typer.Typer(no_args_is_help=True)
app.add_typer(send.app)
app.add_typer(compose.app)
app.command("ask-release")(four_eyes.ask)
app.command("send-back")(four_eyes.give_back)
app.command("test")(send_test.trial)
app.command("report")(report.report)
app.command("status")(status.status)
app.command("unknown")(status.unknown)
