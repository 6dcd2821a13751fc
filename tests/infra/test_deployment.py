"""What a deployment may be told: one stage beside another, an address of its own, another region, a table kept."""

import json
from types import SimpleNamespace

import pytest

from infra.deployment import Deployment, WrongContext
from infra.kept import IDENTIFIERS, mapping
from infra.synth import REPOSITORY
from tests.infra.conftest import run_app, synthesize
from tests.infra.names import HELD
from tests.infra.reading import functions, of_type

CERTIFICATE = "arn:aws:acm:eu-west-1:111122223333:certificate/0f5a"
TOLD = {
    "checked": True,
    "alarm_email": "alarm@example.org",
    "budget_usd": "60",
    "region": "eu-west-1",
    "version": "v0.3-4-gabc",
    "table_name": "restored-2026-12-01",
    "domain": "draht.stadt.example",
    "domain_certificate": CERTIFICATE,
    "webhook_domain": "meta.stadt.example",
    "webhook_certificate": CERTIFICATE,
    "webhook_truststore": "s3://trust/meta.pem",
}
STAGES = json.loads((REPOSITORY / "cdk.json").read_text(encoding="utf-8"))["context"]["stages"]
NAMED_ONCE_A_REGION = {
    **HELD,
    "AWS::Budgets::Budget": "BudgetName",
    "AWS::SES::EmailIdentity": "EmailIdentity",
    "AWS::ApiGatewayV2::DomainName": "DomainName",
}
NOT_UNIQUE = {"AWS::ApiGatewayV2::Api", "AWS::ApiGatewayV2::Stage", "AWS::Cognito::UserPool"}  # AWS takes two of a name


def told(**context):
    return Deployment.from_context(SimpleNamespace(try_get_context=context.get))


@pytest.fixture(scope="module")
def template_told(tmp_path_factory):
    """A stage that was told everything."""
    return synthesize(tmp_path_factory.mktemp("told"), "production", **TOLD)


@pytest.fixture(scope="module")
def dev(tmp_path_factory):
    return synthesize(tmp_path_factory.mktemp("dev"), "dev", checked=True, alarm_email="alarm@example.org")


def test_the_concurrency_of_alerts_is_a_setting_for_those_with_many_towns():
    many, few = told(crisis_senders="400", crisis_pages="90"), told()
    assert (many.crisis_senders, many.crisis_pages) == (400, 90)
    assert (few.crisis_senders, few.crisis_pages) == (100, 50)


def test_what_is_said_counts_then_what_the_stage_says_then_the_default():
    stages = {"dev": {"small": True, "crisis_pages": 9}}
    assert told(stage="dev", stages=stages, crisis_pages="", alarm_email="").crisis_pages == 9
    assert told(stage="dev", stages=stages, crisis_pages="7").crisis_pages == 7
    assert told(stage="other", stages=stages).crisis_pages == 50
    assert told(stage="dev", stages=stages).small
    assert not told(stage="dev", stages=stages, small="false").small
    assert told(stage="dev", stages=STAGES).small


@pytest.mark.parametrize(
    ("context", "missing"),
    [
        ({"budget_usd": "60"}, "alarm_email"),
        ({"domain": "draht.stadt.example"}, "domain_certificate"),
        ({"webhook_domain": "a.example", "webhook_certificate": CERTIFICATE}, "webhook_truststore"),
    ],
)
def test_half_of_something_is_refused_before_anything_is_deployed(context, missing, tmp_path):
    with pytest.raises(WrongContext, match=missing):
        told(**context)
    if "budget_usd" in context:
        done = run_app(tmp_path, "production", **context)
        assert (done.returncode, list(tmp_path.glob("*.template.json"))) == (1, [])
        assert done.stderr.strip() == "budget_usd needs alarm_email beside it (docs/operations/deploy.md)"


def test_a_small_stage_takes_next_to_nothing_rings_only_urgently_and_goes_as_a_whole(dev, template):
    def reserved(of):
        return {name: it.get("ReservedConcurrentExecutions", 0) for name, it in functions(of).items()}

    assert reserved(dev).keys() == reserved(template).keys()
    assert sum(reserved(dev).values()) <= 20
    assert all(
        bool(here) == bool(there)
        for here, there in zip(reserved(dev).values(), reserved(template).values(), strict=True)
    )
    alarms = of_type(template, "AWS::CloudWatch::Alarm")
    urgent = {name for name, it in alarms.items() if it["AlarmDescription"].startswith("P1")}
    assert set(of_type(dev, "AWS::CloudWatch::Alarm")) == urgent
    assert 0 < len(urgent) < len(alarms)
    assert not of_type(dev, "AWS::CloudWatch::Dashboard")
    assert {it.get("DeletionPolicy", "Delete") for it in dev["Resources"].values()} == {"Delete"}
    (table,) = of_type(dev, "AWS::DynamoDB::GlobalTable").values()
    (pool,) = of_type(dev, "AWS::Cognito::UserPool").values()
    assert table["Replicas"][0]["DeletionProtectionEnabled"] is False
    assert pool["DeletionProtection"] == "INACTIVE"


def test_nothing_that_a_deleted_stack_leaves_has_a_name_that_the_next_one_takes(template_told):
    """A resource that is kept and has a fixed name makes the second deployment of a stage fail."""
    kept = {it["Type"] for it in template_told["Resources"].values() if "Retain" in it.get("DeletionPolicy", "")}
    assert kept
    for name, it in template_told["Resources"].items():
        fixed = it.get("Properties", {}).get(NAMED_ONCE_A_REGION.get(it["Type"], ""))
        if "Retain" in it.get("DeletionPolicy", "") and it["Type"] not in NOT_UNIQUE:
            assert fixed in (None, TOLD["table_name"]), name


def test_a_table_that_stands_already_takes_the_place_of_the_stack_s_own(template, template_told):
    """As a resource of its own: under the first one's id CloudFormation would make a new table of that name."""
    ((was, _),) = of_type(template, "AWS::DynamoDB::GlobalTable").items()
    ((now, table),) = of_type(template_told, "AWS::DynamoDB::GlobalTable").items()
    assert was != now
    assert table["TableName"] == TOLD["table_name"]
    assert template_told["Resources"][now]["DeletionPolicy"] == "RetainExceptOnCreate"  # else it cannot be imported
    assert was not in json.dumps(template_told)
    named = {"Ref": now}
    tables = [it["Environment"]["Variables"].get("TABLE_NAME", named) for it in functions(template_told).values()]
    assert all(it == named for it in tables)


def test_what_a_deleted_stack_left_is_taken_over_by_the_next(template):
    """All of it: a key or a pepper that is left out makes the rest unreadable."""
    deleted = [
        {
            "LogicalResourceId": name,
            "ResourceType": it["Type"],
            "PhysicalResourceId": f"physical-{name}",
            "ResourceStatus": "DELETE_SKIPPED" if "Retain" in it.get("DeletionPolicy", "") else "DELETE_COMPLETE",
        }
        for name, it in template["Resources"].items()
    ]
    taken = mapping(deleted)
    kept = {name: it["Type"] for name, it in template["Resources"].items() if "Retain" in it.get("DeletionPolicy", "")}
    assert taken.keys() == kept.keys()
    assert set(kept.values()) == set(IDENTIFIERS)
    (table,) = of_type(template, "AWS::DynamoDB::GlobalTable")
    assert taken[table] == {"TableName": f"physical-{table}"}


def test_an_address_of_its_own_closes_the_api_s_and_people_read_no_other(template, template_told):
    (api,) = of_type(template_told, "AWS::ApiGatewayV2::Api").values()
    assert api["DisableExecuteApiEndpoint"] is True
    assert "DisableExecuteApiEndpoint" not in str(of_type(template, "AWS::ApiGatewayV2::Api"))
    domains = {it["DomainName"]: it for it in of_type(template_told, "AWS::ApiGatewayV2::DomainName").values()}
    assert set(domains) == {"draht.stadt.example", "meta.stadt.example"}
    for it in domains.values():
        (configured,) = it["DomainNameConfigurations"]
        assert configured["SecurityPolicy"] == "TLS_1_2"
        assert configured["CertificateArn"] == CERTIFICATE
    mappings = of_type(template_told, "AWS::ApiGatewayV2::ApiMapping").values()
    assert len(mappings) == 2
    assert all("ApiMappingKey" not in it for it in mappings)
    outputs = {name: it["Value"] for name, it in template_told["Outputs"].items()}
    assert outputs["PublicUrl"] == "https://draht.stadt.example"
    assert outputs["Version"] == "v0.3-4-gabc"
    assert {"DomainTarget", "WebhookDomainTarget"} <= set(outputs)


def test_citizens_are_asked_for_no_certificate_and_webhooks_for_meta_s(template, template_told):
    trusts = {
        it["DomainName"]: it.get("MutualTlsAuthentication")
        for it in of_type(template_told, "AWS::ApiGatewayV2::DomainName").values()
    }
    assert trusts == {"draht.stadt.example": None, "meta.stadt.example": {"TruststoreUri": "s3://trust/meta.pem"}}
    asked = functions(template_told)["inbound/webhook"]["Environment"]["Variables"]["WEBHOOK_CLIENT"]
    assert asked == "client.webhooks.fbclientcerts.com"
    assert functions(template)["inbound/webhook"]["Environment"]["Variables"]["WEBHOOK_CLIENT"] == ""
    assert template_told["Outputs"]["WebhookUrl"]["Value"] == "https://meta.stadt.example/webhooks/whatsapp"
    assert "WebhookUrl" in template["Outputs"]


def test_somebody_hears_when_the_account_costs_more_than_it_should(template, template_told):
    assert not of_type(template, "AWS::Budgets::Budget")
    (budget,) = of_type(template_told, "AWS::Budgets::Budget").values()
    assert budget["Budget"]["BudgetLimit"] == {"Amount": 60, "Unit": "USD"}
    assert "CostFilters" not in budget["Budget"]  # the account: a tag that nobody activated would count nothing
    heard = {
        (it["Notification"]["NotificationType"], it["Notification"]["Threshold"], it["Subscribers"][0]["Address"])
        for it in budget["NotificationsWithSubscribers"]
    }
    assert heard == {("ACTUAL", 80, "alarm@example.org"), ("FORECASTED", 100, "alarm@example.org")}


def test_what_is_deployed_says_of_which_stage_it_is_but_for_secrets(template, dev):
    """Any change of a secret's resource writes its first value again over a rotated one."""

    def tagged(of, kind):
        return [str(it.get("Tags", "")) for it in of_type(of, kind).values()]

    for stage, of in (("production", template), ("dev", dev)):
        for kind in ("AWS::Lambda::Function", "AWS::SQS::Queue", "AWS::S3::Bucket", "AWS::KMS::Key"):
            assert all("stadtdraht:stage" in it and stage in it for it in tagged(of, kind)), kind
        assert not any(tagged(of, "AWS::SecretsManager::Secret"))


def test_nothing_in_the_template_is_of_one_region(template_told):
    assert "eu-central-1" not in json.dumps(template_told)
    assert "sqs.eu-west-1.amazonaws.com" in json.dumps(template_told)
