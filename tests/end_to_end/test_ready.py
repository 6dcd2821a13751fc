"""The readiness check on the running system: real queues, a real ping of the sender of warnings, a real link."""

import json

import pytest

pytestmark = pytest.mark.system


def lights(system):
    done = system.command("crisis", "ready", "--town", "bocholt", "--json")
    found = json.loads(done.stdout)
    assert done.returncode == (1 if found["colour"] == "red" else 0)
    return {light["name"]: light for light in found["lights"]}


def test_what_a_warning_needs_is_looked_at_and_shown_to_the_doctor(system):
    found = lights(system)
    for name in ("token", "number", "limit", "senders", "keys", "links"):
        assert found[name]["colour"] != "red", found[name]
    assert found["queues"]["found"].endswith("0 given up")
    seen = json.loads(system.command("doctor", "--json").stdout)["findings"]
    (lamp,) = [it for it in seen if it["what"] == "bocholt: ready lamp"]
    assert lamp["found"].split(":")[0] in {"green", "yellow", "red"}


def test_a_look_at_the_templates_turns_their_light_green(system):
    system.stadtdraht("template", "sync", "--town", "bocholt")
    assert lights(system)["templates"]["colour"] == "green"
