"""GitHub deploys without a key: what a run may do, who approves it, and that no action changes under us."""

import json
import re

import pytest
import yaml

from infra.synth import REPOSITORY
from tests.infra.conftest import run_app
from tests.infra.reading import of_type

WORKFLOW = REPOSITORY / ".github" / "workflows" / "deploy.yml"
PROGRAM = ("-m", "infra.pipeline")
TOLD = {"github_repository": "town/stadtdraht", "checked": True}


def synthesized(out, **context):
    done = run_app(out, "production", PROGRAM, **TOLD, **context)
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    return json.loads((out / "Stadtdraht-pipeline.template.json").read_text())


@pytest.fixture(scope="module")
def pipeline(tmp_path_factory):
    return synthesized(tmp_path_factory.mktemp("pipeline"))


@pytest.fixture(scope="module")
def jobs():
    return yaml.safe_load(WORKFLOW.read_text(encoding="utf-8"))["jobs"]


def roles(of):
    """{logical id: (claims that it asks for, roles that it may take on)}."""
    found = {}
    for name, role in of_type(of, "AWS::IAM::Role").items():
        (trust,) = role["AssumeRolePolicyDocument"]["Statement"]
        (policy,) = [it for it in of_type(of, "AWS::IAM::Policy").values() if it["Roles"] == [{"Ref": name}]]
        (only,) = policy["PolicyDocument"]["Statement"]
        assert (trust["Action"], only["Action"]) == ("sts:AssumeRoleWithWebIdentity", "sts:AssumeRole")
        taken = only["Resource"] if isinstance(only["Resource"], list) else [only["Resource"]]
        claims = trust["Condition"]["StringEquals"]
        found[re.sub(r"[0-9A-F]{8}$", "", name)] = (
            claims,
            [re.findall(r"cdk-hnb659fds-(.+?)-role", it)[0] for it in taken],
        )
    return found


def test_only_runs_of_our_repository_take_the_roles_and_only_approved_ones_deploy(pipeline):
    issuer = "token.actions.githubusercontent.com"
    repository = "repo:town/stadtdraht"
    assert roles(pipeline) == {
        "Look": (
            {f"{issuer}:aud": "sts.amazonaws.com", f"{issuer}:sub": f"{repository}:ref:refs/heads/main"},
            ["lookup"],
        ),
        "Deploy": (
            {f"{issuer}:aud": "sts.amazonaws.com", f"{issuer}:sub": f"{repository}:environment:production"},
            ["deploy", "file-publishing", "lookup"],
        ),
    }
    assert "*" not in json.dumps(of_type(pipeline, "AWS::IAM::Policy"))


def test_an_identity_provider_that_the_account_has_already_is_used(pipeline, tmp_path):
    assert len(of_type(pipeline, "AWS::IAM::OIDCProvider")) == 1
    there = "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com"
    other = synthesized(tmp_path, github_provider=there)
    assert not of_type(other, "AWS::IAM::OIDCProvider")
    assert json.dumps(other).count(there) == 2


def test_a_repository_has_to_be_named(tmp_path):
    done = run_app(tmp_path, "production", PROGRAM)
    assert done.returncode == 1
    assert done.stderr.strip().startswith("github_repository has to name a repository")


def test_every_action_is_pinned_by_its_commit_and_says_its_version():
    used = re.findall(r"uses: (\S+)(.*)", WORKFLOW.read_text(encoding="utf-8"))
    assert used
    for action, says in used:
        assert re.fullmatch(r"[a-z-]+/[a-z-]+@[0-9a-f]{40}", action), action
        assert re.fullmatch(r" # v\d+\.\d+\.\d+", says), action


def test_nothing_is_deployed_that_was_not_checked_shown_and_approved(jobs):
    assert set(jobs["diff"]["needs"]) == {"check", "end-to-end", "synth"}
    assert jobs["deploy"]["needs"] == ["diff"]
    assert jobs["deploy"]["environment"] == "production"
    assert all("push" in jobs[name]["if"] for name in ("diff", "deploy"))
    assert jobs["deploy"]["concurrency"]["cancel-in-progress"] is False


def test_only_who_looks_or_deploys_gets_a_token_of_github(jobs):
    allowed = {name: it.get("permissions", {}) for name, it in jobs.items()}
    assert {name for name, it in allowed.items() if "id-token" in it} == {"diff", "deploy"}
    assert yaml.safe_load(WORKFLOW.read_text(encoding="utf-8"))["permissions"] == {"contents": "read"}


def test_what_it_runs_are_targets_of_ours(jobs):
    targets = set(re.findall(r"^([a-z-]+):", (REPOSITORY / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    runs = [step["run"] for job in jobs.values() for step in job["steps"] if "run" in step]
    assert [line.split()[:2] for line in runs] == [
        ["make", "check"],
        ["make", "test"],
        ["make", "synth"],
        ["make", "diff"],
        ["make", "deploy"],
    ]
    assert all(line.split()[1] in targets for line in runs)
