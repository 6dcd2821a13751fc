"""`stadtdraht crisis …`: links of crisis staff, drills, and what became of a warning."""

import typer

from stadtdraht.cli.crisis import cap, card, drill, evidence, follow_up, links, list_alerts, ready

app = typer.Typer(no_args_is_help=True)
app.add_typer(links.app)
app.command("list")(list_alerts.list_alerts)
app.command("cap")(cap.cap)
app.command("cap-in")(cap.cap_in)
app.command("drill")(drill.drill)
app.command("drills")(drill.drills)
app.command("card")(card.card)
app.command("update")(follow_up.update)
app.command("all-clear")(follow_up.all_clear)
app.command("false-alarm")(follow_up.false_alarm)
app.command("evidence")(evidence.evidence)
app.command("ready")(ready.ready)
