"""`stadtdraht doctor` on a running system that is broken in every way it knows of, and mended again.

One system for all: what is broken together is told apart by its line. Nothing waits but for answers.
"""

import contextlib
import json
import time

import pytest

from tests.support.running_system import REPOSITORY, RunningSystem, running

pytestmark = pytest.mark.system
NOBODYS_PORT = "http://127.0.0.1:9"


@pytest.fixture(scope="module")
def system(tmp_path_factory):
    with running(tmp_path_factory.mktemp("doctor")) as started:
        yield started


def look(system):
    """The lines by what they are about; the exit code is 1 when one fails, and 0 when none does."""
    done = system.command("doctor", "--json")
    told = json.loads(done.stdout)
    found = {it["what"]: it for it in told["findings"]}
    fails = [it for it in found.values() if it["level"] == "fail"]
    assert (done.returncode, told["well"]) == (1 if fails else 0, not fails), fails
    assert all(it["advice"] for it in found.values() if it["level"] != "ok")
    return found


def levels(found, *names):
    return {name: found[name]["level"] for name in names}


@contextlib.contextmanager
def changed_secret(system, setting, **parts):
    """The secret with these parts, until the block ends. Functions keep what they read for five minutes."""
    client, secret_id = system.client("secretsmanager"), system.run["settings"][setting]
    before = client.get_secret_value(SecretId=secret_id)["SecretString"]
    client.put_secret_value(SecretId=secret_id, SecretString=json.dumps(json.loads(before) | parts))
    try:
        yield
    finally:
        client.put_secret_value(SecretId=secret_id, SecretString=before)


@contextlib.contextmanager
def changed_app(system, **changes):
    url = f"{system.run['graph']}/_sim/app"
    before = system.http.get(url).json()
    assert system.http.post(url, json=changes).is_success
    try:
        yield
    finally:
        system.http.post(url, json=before)


def stack_ids(system, kind):
    pages = system.client("cloudformation").get_paginator("list_stack_resources").paginate(StackName="Stadtdraht-local")
    made = (it for page in pages for it in page["StackResourceSummaries"])
    return {it["LogicalResourceId"]: it["PhysicalResourceId"] for it in made if it["ResourceType"] == kind}


def dead_queues(system):
    return {
        url.rsplit("/", 1)[1].removeprefix("stadtdraht-local-").removesuffix(".fifo"): url
        for url in stack_ids(system, "AWS::SQS::Queue").values()
        if "-dead" in url
    }


def test_where_nothing_is_broken_no_line_fails(system):
    system.command(
        "crisis", "ready", "--town", "bocholt"
    )  # the clock may have looked while another test broke something
    found = look(system)
    expected = (f"address {system.run['app']}", "clock", "verify token", "app secret", "signature", "wrong signature")
    assert set(levels(found, *expected, "app secret at Meta", "callback at Meta", "webhook fields").values()) == {"ok"}
    sources, clock = "AWS::Lambda::EventSourceMapping", "AWS::Scheduler::Schedule"
    assert found["event sources"]["found"] == f"{len(stack_ids(system, sources))} hand on"
    assert found["schedules"]["found"] == f"{len(stack_ids(system, clock))} on"
    assert sum(what.startswith("queue ") for what in found) == 10


def test_looking_leaves_nothing_behind_and_is_counted(system):
    rows = sum(len(system.inbox_rows(town)) for town in (*system.run["towns"], "#UNROUTED"))
    look(system)
    assert sum(len(system.inbox_rows(town)) for town in (*system.run["towns"], "#UNROUTED")) == rows
    logs = system.state / "logs"
    system.until(
        lambda: any('"WebhookProbe"' in file.read_text() for file in logs.rglob("*Webhook*")), "the count of probes"
    )


def test_an_app_secret_that_nobody_stored_or_stored_wrongly(system):
    with changed_secret(system, "META_APP_SECRET_ID", app_secrets=[]):
        found = look(system)
    assert levels(found, "app secret", "app secret at Meta") == {"app secret": "fail", "app secret at Meta": "fail"}
    with changed_secret(system, "META_APP_SECRET_ID", app_secrets=["0" * 32], verify_token="another"):
        found = look(system)
    broken = ("signature", "app secret at Meta", "verify token")
    assert levels(found, *broken) == dict.fromkeys(broken, "fail")
    assert found["app secret"]["level"] == "ok"  # it has the form of one
    secrets = ["0" * 32, system.run["app_secret"]]
    with changed_secret(system, "META_APP_SECRET_ID", app_secrets=secrets):
        assert look(system)["app secret at Meta"]["level"] == "warn"


def test_what_is_wrong_at_meta(system):
    town = "bocholt"
    number, meta = system.run["towns"][town], system.run["graph"]
    numbers = system.http.get(f"{meta}/_sim/numbers").json()["numbers"]
    (before,) = [it for it in numbers if it["town"] == town]
    token = json.loads(
        system.client("secretsmanager").get_secret_value(
            SecretId=f"{system.run['settings']['TOWN_SECRET_PREFIX']}{town}"
        )["SecretString"]
    )["access_token"]
    known = {name: before[name] for name in ("town", "waba_id", "display_phone_number", "verified_name")}
    put = f"{meta}/_sim/numbers/{number['phone_number_id']}"
    subscribed = f"{meta}/v26.0/{system.run['towns']['vreden']['waba_id']}/subscribed_apps"
    override = f"{meta}/v26.0/{number['waba_id']}/subscribed_apps"
    warning = next(
        it
        for it in system.http.get(f"{meta}/_sim/templates").json()["templates"]
        if it["name"] == "warnung_zwei" and it["language"] == "de" and it["waba_id"] == number["waba_id"]
    )
    state = f"{meta}/_sim/templates/{warning['id']}"
    theirs = {"Authorization": f"Bearer {token}"}
    of_vreden = json.loads(
        system.client("secretsmanager").get_secret_value(
            SecretId=f"{system.run['settings']['TOWN_SECRET_PREFIX']}vreden"
        )["SecretString"]
    )["access_token"]
    worse = {"token": token, "quality_rating": "RED", "messaging_limit": "TIER_250", "rate_mps": 20}
    for_app = {
        "callback_url": f"{NOBODYS_PORT}/webhooks/whatsapp",
        "fields": ["messages"],
        "token_expires_at": int(time.time()) + 86_400,
        "scopes": ["whatsapp_business_management", "whatsapp_business_messaging"],
    }
    with changed_app(system, **for_app):
        assert system.http.put(put, json=known | worse).is_success
        assert system.http.post(state, json={"status": "PAUSED"}).is_success
        vreden = {"Authorization": f"Bearer {of_vreden}"}
        assert system.http.delete(subscribed, headers=vreden).is_success
        elsewhere = {"override_callback_uri": "https://elsewhere.example/hook"}
        assert system.http.post(override, json=elsewhere, headers=theirs).is_success
        try:
            found = look(system)
        finally:
            system.http.post(override, headers=theirs)
            system.http.post(subscribed, headers=vreden)
            system.http.post(state, json={"status": "APPROVED"})
            system.http.put(put, json=known | {"token": token, "messaging_limit": "TIER_UNLIMITED"})
    fails = (
        "callback at Meta",
        "webhook fields",
        "bocholt: quality",
        "bocholt: template warnung_zwei (de)",
        "bocholt: webhooks",
        "vreden: webhooks",
    )
    assert levels(found, *fails) == dict.fromkeys(fails, "fail")
    assert "security" in found["webhook fields"]["found"]
    assert levels(found, "bocholt: access token", "bocholt: limit") == {
        "bocholt: access token": "warn",
        "bocholt: limit": "warn",
    }
    with changed_app(system, scopes=["whatsapp_business_messaging"]):
        found = look(system)
    assert "lacks whatsapp_business_management" in found["arnsberg: access token"]["found"]


def test_a_token_that_was_revoked(system):
    faults = f"{system.run['graph']}/_sim/faults"
    system.http.post(faults, json={"revoke_token": True})
    try:
        found = look(system)
    finally:
        system.http.delete(faults)
    assert found["bocholt: number"]["level"] == "fail"
    assert "--token-file" in found["bocholt: number"]["advice"]
    assert found["app at Meta"]["level"] == "warn"


def test_what_is_off_or_given_up_at_aws(system):
    sqs, functions, clock = (system.client(it) for it in ("sqs", "lambda", "scheduler"))
    dead = dead_queues(system)
    assert len(dead) == 10
    for name, url in dead.items():
        fifo = {"MessageGroupId": "g", "MessageDeduplicationId": "d"} if url.endswith(".fifo") else {}
        sqs.send_message(QueueUrl=url, MessageBody=name, **fifo)
    mappings = stack_ids(system, "AWS::Lambda::EventSourceMapping")
    mapping = next(iter(mappings.values()))
    name = stack_ids(system, "AWS::Scheduler::Schedule")
    ready = next(it for logical, it in name.items() if "CrisisReadiness" in logical)
    schedule = clock.get_schedule(Name=ready, GroupName="stadtdraht-local-clock")
    kept = {key: schedule[key] for key in ("ScheduleExpression", "FlexibleTimeWindow", "Target", "Name", "GroupName")}
    topic = next(it for logical, it in stack_ids(system, "AWS::SNS::Topic").items() if "Urgent" in logical)
    subscription = system.client("sns").subscribe(TopicArn=topic, Protocol="email", Endpoint="a@stadt.example")
    sender = system.run["settings"]["CRISIS_SEND_FUNCTION"]
    number = system.run["towns"]["neu-ulm"]["phone_number_id"]
    leads = {"pk": {"S": "#DIRECTORY"}, "sk": {"S": f"NUMBER#{number}"}}
    system.client("dynamodb").delete_item(TableName=system.run["table"], Key=leads)
    functions.update_event_source_mapping(UUID=mapping, Enabled=False)
    clock.update_schedule(**kept, State="DISABLED")
    functions.put_function_concurrency(FunctionName=sender, ReservedConcurrentExecutions=0)
    system.client("cloudwatch").disable_alarm_actions(AlarmNames=["Stadtdraht-local-crisis-halted"])
    try:
        found = look(system)
    finally:
        system.client("cloudwatch").enable_alarm_actions(AlarmNames=["Stadtdraht-local-crisis-halted"])
        functions.put_function_concurrency(FunctionName=sender, ReservedConcurrentExecutions=100)
        clock.update_schedule(**kept, State="ENABLED")
        functions.update_event_source_mapping(UUID=mapping, Enabled=True)
        back = system.stadtdraht("town", "apply", str(REPOSITORY / "towns" / "neu-ulm.toml"))
        for url in dead.values():
            sqs.purge_queue(QueueUrl=url)
    assert subscription["SubscriptionArn"]
    queues = {it["what"]: it["found"] for it in found.values() if it["what"].startswith("queue ")}
    assert len(queues) == 10
    assert all("1 given up" in it for it in queues.values()), queues
    urgent = ("queue crisis", "queue crisis_recheck", "queue inbound_stream")
    assert levels(found, *urgent, "schedule ClockCrisisReadiness", "crisis_senders") == dict.fromkeys(
        (*urgent, "schedule ClockCrisisReadiness", "crisis_senders"), "fail"
    )
    assert found["event sources"]["found"] == f"{len(mappings) - 1} hand on"
    assert any("Disabled" in it["found"] for it in found.values())
    assert found["neu-ulm: directory"]["level"] == "fail"
    assert back["changes"] == ["number and account lead to it again"]
    told = ("silenced alarms", "alarms to MonitoringMorning")
    assert levels(found, *told) == dict.fromkeys(told, "warn")
    assert found["alarms to MonitoringUrgent"]["found"] == "1 confirmed"  # the local SNS asks nobody to confirm


def test_an_address_and_a_table_that_are_not_there(system, tmp_path):
    run = json.loads((system.state / "run.json").read_text())
    run["settings"] |= {"PUBLIC_URL": NOBODYS_PORT, "TABLE_NAME": "none"}
    (tmp_path / "run.json").write_text(json.dumps(run))
    found = look(RunningSystem(tmp_path, system.process, system.run))
    assert levels(found, f"address {NOBODYS_PORT}", "signature", "table none", "towns") == {
        f"address {NOBODYS_PORT}": "fail",
        "signature": "fail",
        "table none": "fail",
        "towns": "fail",
    }
    assert found["queue crisis"]["level"] == "ok"  # what does not hang on them is looked at


def test_without_a_deployment_the_region_that_is_taken_is_said(system, tmp_path):
    done = RunningSystem(tmp_path, system.process, system.run).command("--aws", "doctor")
    assert "eu-central-1 is taken" in done.stderr
    assert done.returncode == 1
