"""A template that Meta pauses: its newsletters wait, and go on when it is approved again; nobody has to look."""

import json

import pytest

pytestmark = pytest.mark.system

STORY = ("--title", "Sprechstunde", "--teaser", "Die nächste Sprechstunde ist am Freitag.", "--link", "https://nu.de/s")


@pytest.fixture
def paused(system):
    """Neu-Ulm's template of newsletters, paused at Meta; approved again afterwards."""
    known = {it["template"] for it in system.stadtdraht("template", "list", "--town", "neu-ulm")["templates"]}
    waba_id = system.stadtdraht("town", "list")
    (account,) = [town["waba_id"] for town in waba_id if town["town"] == "neu-ulm"]
    listed = system.http.get(f"{system.run['graph']}/_sim/templates").json()["templates"]
    (one,) = [it for it in listed if it["waba_id"] == account and it["name"] in known and it["category"] == "MARKETING"]
    path = f"{system.run['graph']}/_sim/templates/{one['id']}"
    system.http.post(path, json={"status": "PAUSED"}).raise_for_status()
    yield lambda: system.http.post(path, json={"status": "APPROVED"}).raise_for_status()
    system.http.post(path, json={"status": "APPROVED"}).raise_for_status()


def blocked(system):
    return system.stadtdraht("broadcast", "plan", "--town", "neu-ulm", *STORY)["blocked_by"]


def test_a_paused_template_holds_newsletters_back_until_it_is_approved_again(system, paused):
    (why,) = system.until(lambda: blocked(system), "the watch to hear of it")
    assert "Meta says PAUSED" in why
    refused = system.command("broadcast", "send", "--town", "neu-ulm", *STORY, "--yes")
    assert refused.returncode != 0
    assert "WhatsApp Manager" in refused.stdout + refused.stderr
    (trouble,) = [it for it in system.stadtdraht("template", "sync", "--town", "neu-ulm")["troubles"] if it["blocks"]]
    assert (trouble["problem"], trouble["crisis"]) == ("status", False)
    paused()
    system.until(lambda: not blocked(system), "the watch to hear that it is approved")


@pytest.fixture
def restricted(system):
    """Meta tells that Neu-Ulm may begin no conversation; settled afterwards."""
    info = [{"restriction_type": "RESTRICTED_BIZ_INITIATED_MESSAGING", "expiration": 4102444800}]
    value = {"event": "ACCOUNT_RESTRICTION", "restriction_info": info}
    event = {"town": "neu-ulm", "field": "account_update", "value": value}
    system.http.post(f"{system.run['graph']}/_sim/webhooks", json=event).raise_for_status()
    yield
    system.command("template", "check", "--town", "neu-ulm", "--settled")


def test_a_restricted_account_holds_newsletters_back_until_somebody_saw_that_it_is_over(system, restricted):
    (why,) = system.until(lambda: blocked(system), "the watch to keep what Meta told")
    assert "RESTRICTED_BIZ_INITIATED_MESSAGING until 2100-01-01" in why
    (found,) = json.loads(system.command("template", "check", "--town", "neu-ulm", "--json").stdout)["account"]
    assert (found["problem"], found["grave"]) == ("restricted", True)
    settled = system.command("template", "check", "--town", "neu-ulm", "--settled", "--json")
    assert json.loads(settled.stdout)["account"] == []
    assert not blocked(system)


def test_a_check_says_that_all_is_as_approved(system):
    assert system.stadtdraht("template", "check", "--town", "bocholt") == {
        "town": "bocholt",
        "well": True,
        "troubles": [],
        "account": [],
    }
    assert system.stadtdraht("template", "create", "--town", "bocholt")["changes"] == []
