"""The running system's dashboards: the deployed template's own, and an alarm that rings when its cause is there."""

import pytest

pytestmark = pytest.mark.system
PERSON, UNANSWERED = "+4915145670901", "+4915145670902"  # whose answer is halted holds up the next of theirs


def told(system):
    """By name, and what somebody would hear of."""
    answer = system.http.get(f"{system.run['graph']}/dashboards/alarms.json").json()
    return {it["name"]: it for it in answer["alarms"]}, answer["ringing"]


def test_every_alarm_of_the_template_is_judged(system):
    alarms, _ = told(system)
    assert {"inbound-unwell", "crisis-not-ready", "table-reads-throttled", "readiness-not-checked"} <= set(alarms)
    assert alarms["meta-shuts-out"]["runbook"] == "docs/operations/runbooks.md#meta-shuts-out"


@pytest.mark.parametrize("name", ["", "/on-call", "/broadcast", "/cost-and-limits", "/runbooks"])
def test_each_screen_opens_beside_the_phones_and_where_it_is_measured(system, name):
    for where in (f"{system.run['graph']}/dashboards", system.run["dashboards"]):
        assert system.http.get(f"{where}{name}").status_code == 200


def test_what_happens_is_measured(system):
    """An answer goes through the API, three functions and two queues."""
    system.answer_to(PERSON, "vreden", "Hallo")
    page = system.http.get(f"{system.run['graph']}/dashboards/on-call").text
    assert "inbound-webhook <b>–</b>" not in page


def test_a_refused_token_rings_at_once(system):
    faults = f"{system.run['graph']}/_sim/faults"
    system.http.post(faults, json={"revoke_token": True})
    try:
        system.write(UNANSWERED, "vreden", "Noch jemand da?")
        system.until(lambda: "meta-shuts-out" in told(system)[1], "the alarm to ring")
    finally:
        system.http.delete(faults)
