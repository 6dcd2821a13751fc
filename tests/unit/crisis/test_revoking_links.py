"""`stadtdraht crisis revoke`: one link, all of a holder, or all that a key signed."""

import json
from dataclasses import replace

import pytest
from typer.testing import CliRunner

from stadtdraht.adapters.crypto.crisis_links import LinkSigner
from stadtdraht.cli.crisis.links import app
from stadtdraht.domain.crisis.links import LinkMode
from tests.support.adapters import FakeAdapters
from tests.support.builders.crisis import a_link
from tests.support.crisis_page import CrisisPageHarness


@pytest.fixture
def harness():
    made = CrisisPageHarness()
    made.signer = LinkSigner({"k1": b"1" * 32, "k2": b"2" * 32})
    made.ports = replace(made.ports, signer=made.signer)
    return made


@pytest.fixture
def browsers(harness):
    return {
        "l1": harness.link(link_id="l1"),
        "l2": harness.link(link_id="l2", mode=LinkMode.DRILL, key_id="k2"),
        "l3": harness.link(link_id="l3", holder="Bürgermeister", key_id="k2"),
        "v1": harness.link(town="vreden", link_id="v1", key_id="k2"),
    }


@pytest.fixture
def types(harness):
    adapters = FakeAdapters(towns=harness.towns, crisis_links=harness.links)

    def typed(*words):
        words = ["revoke", "--town", "bocholt", *words]
        return CliRunner().invoke(app, words, obj=adapters, env={"COLUMNS": "300"})

    return typed


@pytest.mark.parametrize(
    ("words", "ended"),
    [(("l3",), {"l3"}), (("--holder", "Leitstelle"), {"l1", "l2"}), (("--key", "k2"), {"l2", "l3"})],
    ids=["link", "holder", "key"],
)
def test_what_is_named_ends_at_once_and_nothing_else(browsers, words, ended, types):
    answer = json.loads(types(*words, "--json").stdout)
    assert {one["link_id"] for one in answer["revoked"]} == ended
    assert {name for name, browser in browsers.items() if browser.get().status == 404} == ended


@pytest.mark.parametrize("words", [(), ("l1", "--holder", "Leitstelle"), ("l9",), ("--holder", "Niemand"), ("v1",)])
def test_what_names_nothing_or_two_things_ends_nothing(browsers, words, types):
    assert types(*words).exit_code == 1
    assert all(browser.get().status == 200 for browser in browsers.values())


def test_it_says_when_nobody_can_warn_any_more_and_that_the_key_stays(browsers, types):
    assert "keinen Krisenlink mehr" not in types("l1").stdout
    said = types("--key", "k2").stdout
    assert "keinen Krisenlink mehr" in said
    assert "aus dem Geheimnis genommen" in said


def test_a_leaked_key_opens_no_link_that_another_key_signed(harness, browsers):
    forged = replace(browsers["l1"], token=harness.signer.mint(a_link(key_id="k2")))
    assert forged.get().status == 404
    assert browsers["l1"].get().status == 200
