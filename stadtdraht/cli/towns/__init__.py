"""`stadtdraht town …`: set towns up, and take away what one has."""

import typer

from stadtdraht.cli.towns import export, town

app = typer.Typer(no_args_is_help=True)
app.add_typer(town.app)
app.command("export")(export.export)
