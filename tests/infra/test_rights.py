"""Who may touch what. A new right has to be written here, and somebody has to read it."""

import pytest

from stadtdraht.domain.media.media import PARTS
from stadtdraht.domain.staff.sign_in import PASSWORD_CHARACTERS, STEP_LASTS
from tests.infra.reading import (
    actions,
    functions,
    of_type,
    queues_that,
    resources,
    sources_of,
    statements,
)

READ, PUT, UPDATE, PUT_MANY = (
    ("dynamodb:GetItem", "dynamodb:Query", "dynamodb:BatchGetItem"),
    ("dynamodb:PutItem",),
    ("dynamodb:UpdateItem",),
    ("dynamodb:BatchWriteItem",),
)
OF_A_PERSON = (
    "AUDIENCE CALL CASE CASES CITIZEN CONVERSATIONS ERASURES IDENTITY INBOX LOOKING MEDIA_TROUBLE NAMES OPEN_CASES "
    "OPTED_OUT RECENT UNDELIVERED WAITING WINDOWS"
)
# function: partitions it reads, puts to, updates, and puts to in batches
ROWS = {
    "inbound/webhook": ("DIRECTORY", "", "", "ARRIVALS CITIZEN DELIVERY INBOX LINE STATUS UNDELIVERED"),
    "inbound/process": (
        (
            "CALL CALLS CASES CAUSE CAUSES CITIZEN CONSULTATION CONSULTATIONS HOLDS IDENTITY INBOX OPEN_CASES "
            "OPTED_OUT SAME TOWN"
        ),
        "AUDIENCE CALL CASE CASES CITIZEN CONSULTATION IDENTITY INBOX NAMES OPEN_CASES RECENT SAME WAITING WINDOWS",
        "CASES",
        "",
    ),
    "inbound/reply": ("CITIZEN TOWN", "", "CITIZEN", "UNDELIVERED"),
    "media/fetch": ("CITIZEN TOWN", "CITIZEN", "", "MEDIA_TROUBLE"),
    "privacy/erase": (
        " ".join(sorted([*OF_A_PERSON.split(), "HOLDS"])),
        "",
        "HOLDS",
        OF_A_PERSON,
    ),
    "consultations/end": (
        "CITIZEN CONSULTATION CONSULTATIONS DIRECTORY TOWN WAITING",
        "CITIZEN CONSULTATION CONSULTATIONS RECENT WAITING",
        "",
        "",
    ),
    "contests/remind": ("CALL CALLS CITIZEN TOWN", "CALL CITIZEN", "", ""),
    "figures/count": ("AUDIENCE CASES CAUSE CAUSES CITIZEN DIRECTORY FIGURES RECENT TOWN WAITING", "FIGURES", "", ""),
    "privacy/sweep": (
        "CASE CITIZEN DIRECTORY HOLDS IDENTITY TOWN",
        "",
        "CALL CASE CASES CITIZEN OPEN_CASES",
        "SWEEPS",
    ),
    "broadcast/start": ("AUDIENCE CAUSE CAUSES DELIVERY STANDING TOWN WINDOWS", "CAUSE CAUSES", "", ""),
    "whatsapp/watch_account": ("AUDIENCE DIRECTORY TOWN", "", "", "STANDING"),
    "broadcast/errand": (
        "AUDIENCE CAUSE CAUSES CITIZEN CLICKS DELIVERY NUMBER STANDING TOWN WINDOWS",
        "",
        "CAUSE",
        "",
    ),
    "broadcast/send": ("ARRIVALS AUDIENCE CAUSE DELIVERY NUMBER TOWN", "CAUSE DELIVERY", "CAUSE", "DELIVERY LINE"),
    "crisis/page": (
        "AUDIENCE CAUSE CAUSES CRISIS DELIVERY EVIDENCE GUESSES LAMP NONCE TOWN",
        "CAUSE CAUSES EVIDENCE NONCE NUMBER",
        "CAUSE CAUSES GUESSES NONCE NUMBER",
        "",
    ),
    "crisis/drill": ("CAUSE DIRECTORY EVIDENCE NONCE TOWN", "CAUSE CAUSES EVIDENCE NONCE", "", ""),
    "crisis/send": (
        "AUDIENCE CAUSE DELIVERY NUMBER STANDING TOWN WINDOWS",
        "CAUSE DELIVERY",
        "CAUSE NUMBER",
        "DELIVERY LINE",
    ),
    "crisis/readiness": ("CAUSE CAUSES CRISIS DIRECTORY FIGURES LINE STANDING TOWN", "", "", "LAMP"),
    "crisis/resend": ("AUDIENCE CAUSE DELIVERY NUMBER STANDING TOWN WINDOWS", "DELIVERY", "NUMBER", "DELIVERY LINE"),
    "public/pages": ("CAUSE TOWN", "", "", ""),
    "broadcast/redirect": ("CAUSE TOWN", "", "CLICKS", ""),
    "privacy/archive": ("CALL CALLS CASE CASES CAUSE CAUSES CITIZEN DELIVERY IDENTITY TOWN", "", "", ""),
    "open311/read": ("CASES TOWN", "", "", ""),
    "open311/update": ("CASES CITIZEN TOWN", "CASE CASES CITIZEN OPEN_CASES", "", ""),
    "console/remind": ("DIRECTORY STAFF TOLD TOWN UNDELIVERED WAITING", "TOLD", "", "TOLD"),
    "console/office": (
        "#GUESSES #SESSION #STAFF STAFF TOWN",
        "#GUESSES #SESSION #STAFF AUDIT STAFF",
        "#GUESSES #SESSION #STAFF STAFF",
        "",
    ),
}


def kind_of(pattern):
    """CITIZEN of `*#CITIZEN#*`; with a # before it when it is of no town, as at the console's door."""
    return ("#" if pattern.startswith("#") and "*" in pattern else "") + pattern.split("#")[1]


EVENTS = {"events-dead"}  # of who is started by a schedule: Lambda puts there what it fails at
# function: queues it puts into, and secrets it reads, by a part of their names
HANDS_ON = {
    "inbound/webhook": (set(), "MetaApp"),
    "inbound/process": (
        {"answers", "inbound-retry", "second-names", "inbound-stream-dead", "media", "erasures"},
        "Pepper",
    ),
    "inbound/reply": (set(), "town"),
    "media/fetch": (set(), "town"),
    "privacy/erase": (set(), "Pepper"),
    "consultations/end": ({"answers", *EVENTS}, "Pepper"),
    "contests/remind": ({"answers", *EVENTS}, "Pepper"),
    "figures/count": (EVENTS, "Pepper"),
    "privacy/sweep": (EVENTS, "Pepper"),
    "whatsapp/watch_account": (EVENTS, "town"),
    "broadcast/start": ({"newsletter", *EVENTS}, ""),
    "broadcast/errand": (EVENTS, "Pepper town"),
    "broadcast/send": ({"newsletter"}, "town"),
    "crisis/page": ({"crisis"}, "LinkKeys"),
    "crisis/drill": ({"crisis", *EVENTS}, ""),
    "crisis/send": ({"crisis", "crisis-recheck"}, "town"),
    "crisis/readiness": (EVENTS, "LinkKeys town"),
    "crisis/resend": ({"crisis-recheck"}, "town"),
    "public/pages": (set(), ""),
    "broadcast/redirect": (set(), ""),
    "privacy/archive": (set(), "Pepper"),
    "open311/read": (set(), "open311"),
    "open311/update": ({"answers"}, "Pepper open311"),
    "console/office": ({"answers", "newsletter"}, "Pepper"),
    "console/remind": (EVENTS, ""),
}
# It feeds the queue from the table's stream; what comes back from there is handed back, never put again.
FEEDS_ITSELF_ONCE = {"inbound/process"}
OF_A_STREAM = {
    *("dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator"),
    "dynamodb:ListStreams",  # AWS refuses the mapping without it, so that it shows first in a deployment
}


def test_these_are_all_functions_and_each_has_a_role_of_its_own(template):
    found = functions(template)
    assert set(found) == set(ROWS) == set(HANDS_ON)
    assert len({it["Role"]["Fn::GetAtt"][0] for it in found.values()}) == len(found)


@pytest.mark.parametrize("function", ROWS)
def test_a_function_touches_its_rows_and_no_others(template, function):
    def rows(*wanted):
        patterns = set()
        for statement in statements(template, function):
            if set(wanted) & set(actions(statement)):
                patterns |= set(statement["Condition"]["ForAllValues:StringLike"]["dynamodb:LeadingKeys"])
        return " ".join(sorted(map(kind_of, patterns)))

    assert (rows(*READ), rows(*PUT), rows(*UPDATE), rows(*PUT_MANY)) == ROWS[function]


def test_the_crisis_page_reads_one_link_and_writes_none(template):
    """Nor can it list them. Whoever takes the page over makes no link, changes no PIN, and finds no other holder."""
    of_crisis = [
        action
        for statement in statements(template, "crisis/page")
        for action in actions(statement)
        if "*#CRISIS" in str(statement.get("Condition"))
    ]
    assert of_crisis == ["dynamodb:GetItem"]
    writers = {it for it, (_, *written) in ROWS.items() if "CRISIS" in " ".join(written).split()}
    assert not writers  # the command line alone


@pytest.mark.parametrize("function", ROWS)
def test_every_right_on_rows_is_one_of_five_and_held_to_leading_keys(template, function):
    """No Scan, no DeleteItem, nothing without a key."""
    for statement in statements(template, function):
        on_rows = {it for it in actions(statement) if it.startswith("dynamodb:")} - OF_A_STREAM
        assert on_rows <= {*READ, *PUT, *UPDATE, *PUT_MANY}
        assert not on_rows or "dynamodb:LeadingKeys" in str(statement["Condition"])


@pytest.mark.parametrize("function", ROWS)
def test_a_function_has_one_statement_for_each_call_on_rows(template, function):
    """AWS may judge each item of a transaction by the keys of all: two statements would refuse it, each for the other's
    rows. And it may judge by none, so that no put or update demands a key.
    """
    of_calls = [
        (action, statement["Condition"])
        for statement in statements(template, function)
        for action in actions(statement)
        if action in {*READ, *PUT, *UPDATE, *PUT_MANY}
    ]
    assert len({action for action, _ in of_calls}) == len(of_calls)
    for action, condition in of_calls:
        needs_key = condition.get("Null") == {"dynamodb:LeadingKeys": "false"}
        assert needs_key == (action not in {*PUT, *UPDATE}), action


@pytest.mark.parametrize("function", ["inbound/process", "inbound/webhook", "whatsapp/watch_account"])
def test_who_follows_the_table_may_do_what_lambda_asks_of_it(template, function):
    follows = {it for one in statements(template, function) for it in actions(one)} & OF_A_STREAM
    assert follows == (set() if function == "inbound/webhook" else OF_A_STREAM)


def test_evidence_is_added_to_and_never_changed(template):
    """A batch covers deletions too, so that nobody may use one there."""
    writes = {
        function: {action for it in statements(template, function) if "EVIDENCE" in str(it) for action in actions(it)}
        for function in ROWS
    }
    assert {function: of for function, of in writes.items() if of} == {
        "crisis/page": {"dynamodb:Query", "dynamodb:PutItem"},
        "crisis/drill": {"dynamodb:Query", "dynamodb:PutItem"},
    }


@pytest.mark.parametrize("function", HANDS_ON)
def test_a_function_puts_into_its_queues_and_reads_its_secret(template, function):
    queues, secrets = HANDS_ON[function]
    read = [
        str(resource)
        for statement in statements(template, function)
        if "secretsmanager:GetSecretValue" in actions(statement)
        for resource in resources(statement)
    ]
    assert queues_that(template, function, "sqs:SendMessage") == queues
    assert len(read) == len(secrets.split())
    assert all(any(secret in resource for resource in read) for secret in secrets.split())


@pytest.mark.parametrize("function", ROWS)
def test_a_function_that_feeds_itself_is_not_stopped_as_a_runaway_loop(template, function):
    """Lambda drops the message of a chain after 16 invocations; a long alert is handed on more often."""
    feeds_itself = queues_that(template, function, "sqs:SendMessage") & sources_of(template, function)
    allowed = functions(template)[function].get("RecursiveLoop") == "Allow"
    assert allowed == (bool(feeds_itself) and function not in FEEDS_ITSELF_ONCE)


@pytest.mark.parametrize("function", ROWS)
def test_no_right_is_for_everything(template, function):
    for statement in statements(template, function):
        assert "*" not in resources(statement)
        assert all("*" not in action for action in actions(statement))


def test_only_the_tokens_of_towns_and_what_citizens_send_are_granted_by_a_pattern(template):
    wide = {
        str(resource)
        for function in ROWS
        for statement in statements(template, function)
        for resource in resources(statement)
        if "*" in str(resource)
    }
    for part in ("town", "open311"):
        assert len([it for it in wide if f"secret:stadtdraht/production/{part}/*" in it]) == 1
    assert len([it for it in wide if "MediaFiles" in it and any(f"/{part}/*" in it for part in PARTS)]) == len(PARTS)
    assert len([it for it in wide if "schedule/stadtdraht-production-broadcast/*" in it]) == 1
    assert len([it for it in wide if "TableRows" in it and "/stream/*" in it]) == 1
    assert len(wide) == 4 + len(PARTS)


def test_a_start_schedules_the_next_portion_with_the_scheduler_s_own_role_and_no_other(template):
    granted = {
        action: statement
        for function in ROWS
        for statement in statements(template, function)
        for action in actions(statement)
        if action.startswith(("scheduler:", "iam:"))
    }
    assert set(granted) == {"scheduler:CreateSchedule", "scheduler:DeleteSchedule", "iam:PassRole"}
    assert "BroadcastSchedulesRole" in str(granted["iam:PassRole"]["Resource"])
    assert granted["iam:PassRole"]["Condition"] == {"StringEquals": {"iam:PassedToService": "scheduler.amazonaws.com"}}


def test_files_are_put_by_who_fetches_them_and_read_for_their_own_person_alone(template):
    """Staff open them by an address that the operator's command or their desk signs."""
    rights = {
        function: {it for statement in statements(template, function) for it in actions(statement) if "s3:" in it}
        for function in ROWS
    }
    assert {function: of for function, of in rights.items() if of} == {
        "media/fetch": {"s3:PutObject", "s3:DeleteObject"},
        "privacy/erase": {"s3:DeleteObject", "s3:ListBucket"},
        "privacy/sweep": {"s3:DeleteObject", "s3:GetObject", "s3:ListBucket", "s3:PutObject"},  # a copy onto itself
        "open311/read": {"s3:GetObject"},  # of the same copies, for a town's own system that shows its key
        "privacy/archive": {"s3:GetObject", "s3:ListBucket"},  # of the copies without EXIF, for their own person
    }


def test_files_are_listed_below_their_folders_only(template):
    listing = [it for of in ROWS for it in statements(template, of) if "s3:ListBucket" in actions(it)]
    assert len(listing) == 3
    assert all(it["Condition"] == {"StringLike": {"s3:prefix": [f"{part}/*" for part in PARTS]}} for it in listing)


def test_the_key_is_used_through_the_services_that_hold_data(template):
    for function in ROWS:
        (use,) = [it for it in statements(template, function) if any("kms:" in action for action in actions(it))]
        assert use["Condition"]["StringEquals"]["kms:ViaService"] == [
            f"{service}.eu-central-1.amazonaws.com" for service in ("dynamodb", "sqs", "secretsmanager", "s3")
        ]


@pytest.mark.parametrize(
    ("role", "group", "started"),
    [
        ("BroadcastSchedules", "broadcast", {"BroadcastStart", "BroadcastErrand"}),
        ("ContestsSchedules", "contests", {"ContestsRemind"}),
        (
            "ClockSchedules",
            "clock",
            {
                "PrivacySweep",
                "ConsoleRemind",
                "ConsultationsEnd",
                "CrisisDrill",
                "CrisisReadiness",
                "FiguresCount",
                "WatchAccount",
            },
        ),
    ],
)
def test_a_schedule_of_ours_may_start_its_function_and_nothing_else(template, role, group, started):
    roles = of_type(template, "AWS::IAM::Role")
    (name,) = [name for name in roles if name.startswith(role)]
    (trust,) = roles[name]["AssumeRolePolicyDocument"]["Statement"]
    assert trust["Condition"]["StringEquals"] == {
        "aws:SourceAccount": "000000000000",
        "aws:SourceArn": f"arn:aws:scheduler:eu-central-1:000000000000:schedule-group/stadtdraht-production-{group}",
    }
    (policy,) = [it for it in of_type(template, "AWS::IAM::Policy").values() if {"Ref": name} in it["Roles"]]
    granted = policy["PolicyDocument"]["Statement"]
    assert {it["Action"] for it in granted} == {"lambda:InvokeFunction"}
    invoked = [resource for it in granted for resource in resources(it)]
    assert len(invoked) == len(started)
    assert all(any(name in str(resource) for resource in invoked) for name in started)


def test_nobody_else_is_trusted_by_the_scheduler(template):
    assert sum("Schedules" in name for name in of_type(template, "AWS::IAM::Role")) == 3


def test_only_few_functions_invoke_and_only_what_a_warning_a_newsletter_or_a_mail_to_staff_goes_through(template):
    granted = {
        function: resources(statement)
        for function in ROWS
        for statement in statements(template, function)
        if "lambda:InvokeFunction" in actions(statement)
    }
    assert set(granted) == {"crisis/readiness", "console/office", "inbound/process"}
    assert len(granted["inbound/process"]) == 1
    assert "ConsoleRemind" in str(granted["inbound/process"])
    invoked = granted["crisis/readiness"]
    assert [name for name in ("CrisisSend", "CrisisPage") if name in str(invoked)] == ["CrisisSend", "CrisisPage"]
    assert len(invoked) == 2
    published = granted["console/office"]
    assert [name for name in ("BroadcastStart", "BroadcastErrand") if name in str(published)] == [
        "BroadcastStart",
        "BroadcastErrand",
    ]


def test_the_readiness_check_counts_in_the_queues_of_warnings_and_takes_nothing_out(template):
    granted = [it for it in statements(template, "crisis/readiness") if any("sqs:" in action for action in actions(it))]
    (counts,) = [it for it in granted if "EventsDeadLetters" not in str(it["Resource"])]
    assert list(actions(counts)) == ["sqs:GetQueueAttributes"]
    assert len(resources(counts)) == 4


def of_the_office(template):
    """Statements of the role that pages of the console take, for one town at a time."""
    policies = of_type(template, "AWS::IAM::Policy").values()
    (policy,) = [it for it in policies if it["Roles"][0]["Ref"].startswith("ConsoleOfficeRole")]
    return policy["PolicyDocument"]["Statement"]


def test_the_console_has_no_rights_to_rows_of_citizens_but_by_the_office_role(template):
    roles = of_type(template, "AWS::IAM::Role")
    (office,) = [name for name in roles if name.startswith("ConsoleOfficeRole")]
    (trust,) = roles[office]["AssumeRolePolicyDocument"]["Statement"]
    own = functions(template)["console/office"]["Role"]["Fn::GetAtt"][0]
    assert trust["Principal"] == {"AWS": {"Fn::GetAtt": [own, "Arn"]}}
    assuming = {
        function: resources(statement)
        for function in ROWS
        for statement in statements(template, function)
        if "sts:AssumeRole" in actions(statement)
    }
    assert assuming == {"console/office": [{"Fn::GetAtt": [office, "Arn"]}]}


def test_pages_of_the_console_touch_rows_by_key_delete_none_and_change_no_link_no_pin_and_no_audit(template):
    seen = set()
    for statement in of_the_office(template):
        for action in actions(statement):
            assert "*" not in action
            if not action.startswith("dynamodb:"):
                assert action in {"s3:GetObject", "kms:Decrypt", "kms:DescribeKey", "kms:GenerateDataKey"}
                continue
            assert action in {*READ, *PUT, *UPDATE, *PUT_MANY}
            assert action not in seen  # one statement for each call, as of a function
            seen.add(action)
            rows = statement["Condition"]["ForAllValues:StringLike"]["dynamodb:LeadingKeys"]
            assert all(row.startswith("*#") for row in rows)  # of a town, which the session names
            assert action in {*READ} or not {"*#CRISIS", "*#GUESSES", "*#EVIDENCE#*", "*#STAFF"} & set(rows)
            assert action in {*READ, *PUT} or "*#AUDIT" not in rows


def test_only_the_console_asks_who_somebody_is_and_sends_mail(template):
    granted = {
        function: {it for it in actions(statement) if it.startswith(("cognito-idp:", "ses:"))}
        for function in ROWS
        for statement in statements(template, function)
        if any(it.startswith(("cognito-idp:", "ses:")) for it in actions(statement))
    }
    assert set(granted) == {"console/office"}
    mails = [it for it in statements(template, "console/office") if "ses:SendEmail" in actions(it)]
    assert not mails  # this stage has no address that mail comes from


def test_nobody_gets_into_the_pool_but_by_our_door(template):
    (pool,) = of_type(template, "AWS::Cognito::UserPool").values()
    assert pool["AdminCreateUserConfig"] == {"AllowAdminCreateUserOnly": True}
    assert pool["AccountRecoverySetting"]["RecoveryMechanisms"] == [{"Name": "admin_only", "Priority": 1}]
    assert pool["Policies"]["PasswordPolicy"]["MinimumLength"] == PASSWORD_CHARACTERS
    assert (pool["MfaConfiguration"], pool["EnabledMfas"]) == ("OPTIONAL", ["SOFTWARE_TOKEN_MFA"])
    assert (pool["UserPoolTier"], pool["DeletionProtection"]) == ("ESSENTIALS", "ACTIVE")
    (client,) = of_type(template, "AWS::Cognito::UserPoolClient").values()
    assert set(client["ExplicitAuthFlows"]) == {"ALLOW_ADMIN_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"}
    assert client["AllowedOAuthFlowsUserPoolClient"] is False
    assert client["PreventUserExistenceErrors"] == "ENABLED"
    assert client["AuthSessionValidity"] * 60 == STEP_LASTS.total_seconds()


def test_mail_comes_from_an_identity_of_its_own_domain(with_mails):
    (identity,) = of_type(with_mails, "AWS::SES::EmailIdentity").values()
    assert identity["EmailIdentity"] == "stadt.example"
    (sends,) = [it for it in statements(with_mails, "console/office") if "ses:SendEmail" in actions(it)]
    assert "MailsIdentity" in str(sends["Resource"])
