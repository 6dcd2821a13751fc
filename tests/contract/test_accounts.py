"""Ports Accounts and Mails: the fake and the local Cognito ask the same questions in the same order."""

import pytest
from botocore.exceptions import ClientError

from local.product.totp import code
from stadtdraht.adapters.aws.cognito import CognitoAccounts
from stadtdraht.adapters.aws.mails import SesMails
from stadtdraht.domain.staff.errors import MailRefused
from stadtdraht.domain.staff.mail import Mail
from stadtdraht.domain.staff.sign_in import Asked, Identified, Question, Wrong
from tests.support.fakes.staff import CODE, FakeAccounts

EMAIL, FIRST, OWN = "kim@vreden.example", "first-password-1", "my own password"


@pytest.fixture
def pool(local_aws):
    client = local_aws.client("cognito-idp")
    policy = {"MinimumLength": 14, "RequireLowercase": False, "RequireNumbers": False, "RequireSymbols": False}
    made = client.create_user_pool(
        PoolName="test",
        UsernameAttributes=["email"],
        MfaConfiguration="OPTIONAL",
        Policies={"PasswordPolicy": {**policy, "RequireUppercase": False}},
    )["UserPool"]["Id"]
    client.set_user_pool_mfa_config(
        UserPoolId=made, SoftwareTokenMfaConfiguration={"Enabled": True}, MfaConfiguration="OPTIONAL"
    )
    flows = ["ALLOW_ADMIN_USER_PASSWORD_AUTH"]
    made_client = client.create_user_pool_client(UserPoolId=made, ClientName="c", ExplicitAuthFlows=flows)
    return CognitoAccounts(client, made, made_client["UserPoolClient"]["ClientId"])


@pytest.fixture(params=["fake", pytest.param("cognito", marks=pytest.mark.local_aws)])
def accounts(request):
    return FakeAccounts() if request.param == "fake" else request.getfixturevalue("pool")


def code_of(accounts, secret):
    return CODE if isinstance(accounts, FakeAccounts) else code(secret)


def enrolled(accounts):
    """Staff id and key of somebody who has a password and an app."""
    staff_id = accounts.create(EMAIL, FIRST)
    first = accounts.check_password(EMAIL, FIRST)
    assert first.asked is Asked.PASSWORD
    enrol = accounts.set_first_password(EMAIL, first.proof, OWN)
    assert enrol.asked is Asked.ENROL
    secret = accounts.new_app(enrol.proof)
    assert accounts.connect_app(enrol.proof, "000000") is Wrong.ENTRY
    assert accounts.connect_app(enrol.proof, code_of(accounts, secret)) == Identified(staff_id, EMAIL)
    return staff_id, secret


def test_nobody_is_in_by_a_password_alone(accounts):
    staff_id, secret = enrolled(accounts)
    asked = accounts.check_password(EMAIL, OWN)
    assert isinstance(asked, Question)
    assert asked.asked is Asked.CODE
    assert accounts.check_code(EMAIL, asked.proof, "000000") is Wrong.ENTRY
    assert accounts.check_code(EMAIL, asked.proof, code_of(accounts, secret)) == Identified(staff_id, EMAIL)


def test_a_wrong_password_and_an_unknown_address_are_told_apart_by_nobody(accounts):
    accounts.create(EMAIL, FIRST)
    assert accounts.check_password(EMAIL, OWN) is Wrong.ENTRY
    assert accounts.check_password("nobody@vreden.example", OWN) is Wrong.ENTRY


def test_who_broke_off_before_the_app_is_asked_for_it_the_next_time(accounts):
    accounts.create(EMAIL, FIRST)
    accounts.set_first_password(EMAIL, accounts.check_password(EMAIL, FIRST).proof, OWN)
    assert accounts.check_password(EMAIL, OWN).asked is Asked.ENROL


def test_a_changed_password_holds_and_the_app_stays(accounts):
    staff_id, secret = enrolled(accounts)
    assert accounts.change_password(EMAIL, "zu kurz") is Wrong.PASSWORD
    assert accounts.change_password(EMAIL, "another password of mine") is None
    assert accounts.check_password(EMAIL, OWN) is Wrong.ENTRY
    asked = accounts.check_password(EMAIL, "another password of mine")
    assert asked.asked is Asked.CODE
    assert accounts.check_code(EMAIL, asked.proof, code_of(accounts, secret)) == Identified(staff_id, EMAIL)
    assert accounts.change_password("nobody@vreden.example", OWN) is Wrong.TOO_LATE


def test_who_never_used_their_invitation_may_choose_a_password_too(accounts):
    accounts.create(EMAIL, FIRST)
    assert accounts.change_password(EMAIL, OWN) is None
    assert accounts.check_password(EMAIL, OWN).asked is Asked.ENROL


def test_a_renewed_account_is_the_same_person_with_a_new_password_and_app(accounts):
    staff_id, _ = enrolled(accounts)
    accounts.renew(EMAIL, FIRST)
    assert accounts.find(EMAIL) == staff_id
    assert accounts.check_password(EMAIL, OWN) is Wrong.ENTRY
    first = accounts.check_password(EMAIL, FIRST)
    assert first.asked is Asked.PASSWORD
    assert accounts.set_first_password(EMAIL, first.proof, OWN).asked is Asked.ENROL


def test_an_account_that_is_gone_is_gone(accounts):
    accounts.create(EMAIL, FIRST)
    accounts.delete(EMAIL)
    accounts.delete(EMAIL)
    assert accounts.find(EMAIL) is None
    assert accounts.check_password(EMAIL, FIRST) is Wrong.ENTRY


MAIL = Mail("kim@vreden.example", "Ihr Zugang", "Guten Tag Kim,\n\nhier geht es los.\n")


@pytest.mark.local_aws
def test_ses_takes_a_mail(local_aws):
    client = local_aws.client("sesv2")
    client.create_email_identity(EmailIdentity="rathaus.example")
    SesMails(client, "draht@rathaus.example").send(MAIL)


class Refusing:
    def send_email(self, **_):
        raise ClientError({"Error": {"Code": "MessageRejected", "Message": f"{MAIL.to} is not verified"}}, "SendEmail")


def test_what_is_refused_names_no_address():
    with pytest.raises(MailRefused, match="MessageRejected") as refused:
        SesMails(Refusing(), "draht@rathaus.example").send(MAIL)
    assert MAIL.to not in str(refused.value)


def test_without_an_address_to_send_from_nothing_is_sent():
    with pytest.raises(MailRefused):
        SesMails(None, "").send(MAIL)
