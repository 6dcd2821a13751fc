"""A command leaves nothing open behind it, and says nothing of it on standard error."""

import pytest
import typer
from typer.testing import CliRunner

from stadtdraht.bootstrap import Adapters
from stadtdraht.cli import deployment
from stadtdraht.settings import Settings


class Graph:
    def __init__(self):
        self.is_open = True

    async def close(self):
        self.is_open = False


@pytest.mark.parametrize("fails", [False, True])
def test_what_a_command_opened_to_meta_is_closed_however_it_ends(monkeypatch, fails):
    graph = Graph()
    adapters = Adapters(Settings(public_url="https://x.example"), graph=graph)
    monkeypatch.setattr(deployment, "connect", lambda **_: adapters)
    app = typer.Typer()

    @app.command()
    @deployment.connected
    def told(adapters: Adapters) -> None:
        assert adapters.graph is graph
        if fails:
            raise typer.Exit(3)

    assert CliRunner().invoke(app, []).exit_code == 3 * fails
    assert not graph.is_open


def test_a_command_that_never_spoke_to_meta_opens_nothing_to_close_it():
    adapters = Adapters(Settings(public_url="https://x.example"))
    adapters.close()
    assert "graph" not in vars(adapters)
