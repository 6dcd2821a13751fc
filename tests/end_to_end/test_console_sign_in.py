"""The console's door on the running system, as an outside check would try it: from run.json, by forms alone."""

import re
from uuid import uuid4

import boto3
import pytest
from botocore.exceptions import ClientError

from local.product.totp import code
from stadtdraht.adapters.aws.town_credentials import TownCredentials
from stadtdraht.settings import Settings
from tests.support.console_visitor import Visitor, form_of, person_of

pytestmark = pytest.mark.system


@pytest.fixture
def visitor(system):
    return Visitor(system.run["app"])


def test_run_json_names_one_with_every_role_and_one_for_each_of_three(system):
    for town in system.run["towns"]:
        found = {it["role"]: it for it in system.run["console"][town]}
        assert set(found) >= {"all", "editor", "agent", "privacy"}
        assert all(set(it) == {"role", "username", "password", "totp_secret"} for it in found.values())


def test_the_console_leads_to_the_door_and_the_door_to_the_start_page(system, visitor):
    door = visitor.get("/console")
    assert (door.status_code, door.headers["location"]) == (303, "/console/sign-in")
    start = visitor.follow(visitor.sign_in(person_of(system.run, "vreden")))
    assert "Was ist zu tun?" in start.text
    assert start.url.path == "/console/vreden"


def test_a_wrong_password_and_a_wrong_code_let_nobody_in(system, visitor):
    person = person_of(system.run, "vreden", "editor")
    first = visitor.get("/console/sign-in")
    wrong = visitor.fill(first, username=person["username"], password="x" * 20)
    unknown = visitor.fill(first, username="nobody@vreden.example", password="x" * 20)
    assert wrong.status_code == unknown.status_code == 403
    assert wrong.text == unknown.text
    second = visitor.fill(first, username=person["username"], password=person["password"])
    refused = visitor.fill(second, code="000000")
    assert refused.status_code == 403
    assert not visitor.cookies
    assert visitor.fill(refused, code=code(person["totp_secret"])).status_code == 303


def test_another_town_is_not_there(system, visitor):
    visitor.follow(visitor.sign_in(person_of(system.run, "arnsberg")))
    assert visitor.get("/console/arnsberg").status_code == 200
    assert visitor.get("/console/vreden").status_code == 404
    assert visitor.get("/console/vreden/inbox").status_code == 404


def test_a_page_that_the_role_does_not_see_is_not_there(system, visitor):
    visitor.follow(visitor.sign_in(person_of(system.run, "vreden", "editor")))
    assert visitor.get("/console/vreden/inbox").status_code == 404
    assert visitor.get("/console/vreden").status_code == 200


def test_what_was_typed_is_there_again_after_signing_in(system, visitor):
    person = person_of(system.run, "neu-ulm")
    visitor.follow(visitor.sign_in(person))
    where, fields = form_of(visitor.get("/console/neu-ulm/me"), "/console/neu-ulm/me")
    visitor.cookies.clear()
    lost = visitor.post(where, {**fields, "name": "Maria Muster", "text": "Ein <langer> Text"})
    assert lost.status_code == 401
    back = visitor.sign_in(person, lost)
    assert "Ein &lt;langer&gt; Text" in back.text
    assert visitor.fill(back, where).status_code == 303


def test_a_session_s_form_is_not_another_s(system, visitor):
    visitor.follow(visitor.sign_in(person_of(system.run, "vreden")))
    answer = visitor.post("/console/vreden/me", {"name": "Fremd", "csrf": "x"})
    assert answer.status_code == 403


def test_an_invitation_brings_somebody_in_and_its_end_is_the_next_click(system, visitor):
    """By mail, first password, app, page; then the access ends."""
    admin, nobody_yet = visitor, uuid4().hex[:8]
    name, email = f"Kim {nobody_yet}", f"kim.{nobody_yet}@bocholt.example"
    admin.follow(admin.sign_in(person_of(system.run, "bocholt")))
    page = admin.get("/console/bocholt/staff")
    invited = admin.fill(page, "/console/bocholt/staff/invite", name=name, email=email, role="agent")
    assert invited.status_code == 303, invited.text
    mails = system.http.get(f"{system.run['graph']}/_sim/mails").json()["mails"]
    mail = next(it for it in mails if it["to"] == email)
    password = re.search(r"erstes Passwort: (\S+)", mail["text"])[1]

    kim = Visitor(system.run["app"])
    own = kim.fill(kim.get("/console/sign-in"), username=email, password=password)
    enrol = kim.fill(own, password="ein langer eigener Satz")
    secret = re.search(r'<b class="num">([A-Z2-7 ]+)</b>', enrol.text)[1].replace(" ", "")
    kim.follow(kim.fill(enrol, code=code(secret)))
    assert kim.get("/console/bocholt/inbox").status_code == 200

    asked = kim.fill(kim.get("/console/sign-in/forgotten"), username=email)
    mails = system.http.get(f"{system.run['graph']}/_sim/mails").json()["mails"]
    by_mail = next(
        found[1] for it in mails if (found := re.search(r"Passwort: (\d{4} \d{4})", it["text"])) and it["to"] == email
    )
    done = kim.fill(asked, code=by_mail, password="ein zweiter eigener Satz")
    assert "Ihr Passwort ist geändert" in done.text
    assert kim.follow(kim.get("/console/bocholt/inbox")).url.path == "/console/sign-in"  # signed out everywhere
    renewed = kim.fill(done, username=email, password="ein zweiter eigener Satz")
    kim.follow(kim.fill(renewed, code=code(secret)))
    assert kim.get("/console/bocholt/inbox").status_code == 200

    (member,) = re.findall(rf'href="(/console/bocholt/staff/[^"]+)">{name}<', admin.get("/console/bocholt/staff").text)
    gone = admin.fill(admin.get(member), f"{member}/remove", sure="1")
    assert gone.status_code == 303
    assert kim.get("/console/bocholt/inbox").status_code == 404
    again = kim.fill(kim.get("/console/sign-in"), username=email, password="ein langer eigener Satz")
    assert again.status_code == 403


def test_a_role_taken_away_is_gone_with_the_next_click(system, visitor):
    """By the operator's command, while the session goes on."""
    person = person_of(system.run, "bocholt", "agent")
    visitor.follow(visitor.sign_in(person))
    assert visitor.get("/console/bocholt/inbox").status_code == 200
    of_town = ("--town", "bocholt", person["username"])
    system.stadtdraht("staff", "roles", *of_town, "--role", "editor")
    assert visitor.get("/console/bocholt/inbox").status_code == 404
    assert visitor.get("/console/bocholt").status_code == 200
    system.stadtdraht("staff", "roles", *of_town, "--role", "agent")


def test_every_sign_in_stands_in_the_audit_of_its_town(system, visitor):
    person = person_of(system.run, "neu-ulm", "privacy")
    first = visitor.get("/console/sign-in")
    visitor.fill(first, username=person["username"], password="x" * 20)
    visitor.sign_in(person)
    acts = [it["act"] for it in system.stadtdraht("citizen", "audit", "--town", "neu-ulm", "--by", person["username"])]
    assert acts[:2] == ["signed in", "sign-in refused"]


def test_signing_out_everywhere_ends_the_other_browser(system, visitor):
    person = person_of(system.run, "arnsberg", "agent")
    other = Visitor(system.run["app"])
    for it in (visitor, other):
        it.follow(it.sign_in(person))
    page = visitor.get("/console/arnsberg/me")
    visitor.fill(page, "/console/sign-out/everywhere")
    assert other.get("/console/arnsberg/me").status_code == 303


def test_credentials_of_one_town_are_refused_another_s_rows(system):
    """What a page works with, whatever fault is in it: the console's own role, the office role, the session policy."""
    sts = system.client("sts")
    settings = Settings.from_mapping(system.run["settings"])
    own = system.client("lambda").get_function_configuration(FunctionName="stadtdraht-local-console-office")["Role"]
    keys = sts.assume_role(RoleArn=own, RoleSessionName="console")["Credentials"]
    console = boto3.client(
        "sts",
        endpoint_url=system.run["aws"],
        region_name=system.run["region"],
        aws_access_key_id=keys["AccessKeyId"],
        aws_secret_access_key=keys["SecretAccessKey"],
        aws_session_token=keys["SessionToken"],
    )
    of_arnsberg = TownCredentials(console, settings.office_role_arn, settings.media_bucket).of("arnsberg")
    table = boto3.client("dynamodb", endpoint_url=system.run["aws"], region_name=system.run["region"], **of_arnsberg)
    assert read(table, system, "arnsberg#WAITING")
    for other in ("vreden#WAITING", "vreden#TOWN", "arnsberg#CRISIS", "arnsberg#STAFF", "#SESSION#x"):
        assert not read(table, system, other), other
    for client in (console, table):
        client.close()


def read(table, system, pk):
    """Whether this role may."""
    key = {"pk": {"S": pk}, "sk": {"S": "x"}}
    try:
        table.get_item(TableName=system.run["table"], Key=key)
    except ClientError as why:
        if why.response["Error"]["Code"] != "AccessDeniedException":
            raise
        return False
    return True
