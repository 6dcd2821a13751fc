"""Port Accounts on a user pool of Cognito, by the flow of administrators: only a role of ours may ask it.

Its answers come to us from Cognito itself over TLS, so that what a token says is read, and its signature not checked
(OpenID Connect Core, 3.1.3.7, no. 6).
"""

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from botocore.exceptions import ClientError

from stadtdraht.domain.staff.sign_in import Asked, Identified, Outcome, Question, Wrong

QUESTIONS = {"NEW_PASSWORD_REQUIRED": Asked.PASSWORD, "SOFTWARE_TOKEN_MFA": Asked.CODE}
WRONG = {
    "CodeMismatchException": Wrong.ENTRY,
    "EnableSoftwareTokenMFAException": Wrong.ENTRY,  # what a code of an app not yet connected is refused with
    "ExpiredCodeException": Wrong.ENTRY,
    "NotAuthorizedException": Wrong.ENTRY,
    "PasswordResetRequiredException": Wrong.ENTRY,
    "UserNotConfirmedException": Wrong.ENTRY,
    "UserNotFoundException": Wrong.ENTRY,
    "InvalidPasswordException": Wrong.PASSWORD,
    "PasswordHistoryPolicyViolationException": Wrong.PASSWORD,
}


@dataclass(frozen=True, slots=True)
class _SignedIn:
    """The pool asks nothing more. `proof`: its tokens as JSON."""

    proof: str


@dataclass(frozen=True, slots=True)
class CognitoAccounts:
    """Accounts are named by their mail address; the staff id is the pool's `sub`, which never changes."""

    client: Any
    pool_id: str
    client_id: str

    def check_password(self, email: str, password: str) -> Outcome:
        given = {"USERNAME": email, "PASSWORD": password}
        flow = "ADMIN_USER_PASSWORD_AUTH"
        return _by_password(self._asked(self.client.admin_initiate_auth, AuthFlow=flow, AuthParameters=given))

    def set_first_password(self, email: str, proof: str, password: str) -> Outcome:
        return _by_password(self._answered(email, proof, "NEW_PASSWORD_REQUIRED", {"NEW_PASSWORD": password}))

    def check_code(self, email: str, proof: str, code: str) -> Identified | Wrong:
        found = self._answered(email, proof, "SOFTWARE_TOKEN_MFA", {"SOFTWARE_TOKEN_MFA_CODE": code})
        if isinstance(found, Question):
            raise ValueError(f"after the second factor Cognito asks for {found.asked}")  # noqa: TRY004 - no type
        return self._who(found.proof) if isinstance(found, _SignedIn) else found

    def new_app(self, proof: str) -> str | Wrong:
        token = json.loads(proof)["AccessToken"]
        try:
            return str(self.client.associate_software_token(AccessToken=token)["SecretCode"])
        except ClientError as error:
            return _too_late(error)

    def connect_app(self, proof: str, code: str) -> Identified | Wrong:
        token = json.loads(proof)["AccessToken"]
        try:
            answer = self.client.verify_software_token(
                AccessToken=token, UserCode=code, FriendlyDeviceName="Stadtdraht"
            )
            if answer["Status"] != "SUCCESS":
                return Wrong.ENTRY
            self.client.set_user_mfa_preference(
                AccessToken=token, SoftwareTokenMfaSettings={"Enabled": True, "PreferredMfa": True}
            )
        except ClientError as error:
            return _too_late(error)
        return self._who(proof)

    def find(self, email: str) -> str | None:
        try:
            found = self.client.admin_get_user(UserPoolId=self.pool_id, Username=email)
        except self.client.exceptions.UserNotFoundException:
            return None
        return _sub(found["UserAttributes"])

    def create(self, email: str, password: str) -> str:
        made = self.client.admin_create_user(
            UserPoolId=self.pool_id,
            Username=email,
            TemporaryPassword=password,
            MessageAction="SUPPRESS",  # the invitation is ours
            UserAttributes=[{"Name": "email", "Value": email}, {"Name": "email_verified", "Value": "true"}],
        )
        return _sub(made["User"]["Attributes"])

    def renew(self, email: str, password: str) -> None:
        whose: Any = {"UserPoolId": self.pool_id, "Username": email}
        self.client.admin_set_user_mfa_preference(**whose, SoftwareTokenMfaSettings={"Enabled": False})
        self.client.admin_set_user_password(**whose, Password=password, Permanent=False)

    def change_password(self, email: str, password: str) -> Wrong | None:
        whose: Any = {"UserPoolId": self.pool_id, "Username": email}
        try:
            self.client.admin_set_user_password(**whose, Password=password, Permanent=True)
        except ClientError as error:
            if (code := error.response["Error"]["Code"]) not in WRONG:
                raise
            return Wrong.PASSWORD if WRONG[code] is Wrong.PASSWORD else Wrong.TOO_LATE
        return None

    def delete(self, email: str) -> None:
        try:
            self.client.admin_delete_user(UserPoolId=self.pool_id, Username=email)
        except self.client.exceptions.UserNotFoundException:
            return

    def _answered(
        self, email: str, proof: str, challenge: str, answers: Mapping[str, str]
    ) -> Question | _SignedIn | Wrong:
        return self._asked(
            self.client.admin_respond_to_auth_challenge,
            ChallengeName=challenge,
            ChallengeResponses={"USERNAME": email, **answers},
            Session=proof,
        )

    def _asked(self, call: Any, **values: Any) -> Question | _SignedIn | Wrong:
        try:
            answer = call(UserPoolId=self.pool_id, ClientId=self.client_id, **values)
        except ClientError as error:
            code = error.response["Error"]["Code"]
            if code not in WRONG:
                raise
            late = "Session" in values and code == "NotAuthorizedException"  # its session is over, or was used
            return Wrong.TOO_LATE if late else WRONG[code]
        if challenge := answer.get("ChallengeName"):
            return Question(QUESTIONS[challenge], answer["Session"])
        tokens = answer["AuthenticationResult"]
        return _SignedIn(json.dumps({name: tokens[name] for name in ("AccessToken", "IdToken")}))

    def _who(self, proof: str) -> Identified:
        claims = _claims(json.loads(proof)["IdToken"])
        if claims.get("token_use") != "id" or claims.get("aud") != self.client_id:
            raise RuntimeError("Cognito gave a token that is not for us")
        return Identified(claims["sub"], claims["email"])


def _by_password(found: Question | _SignedIn | Wrong) -> Outcome:
    """Whom the password alone would sign in has no second factor yet: nobody is in without one."""
    return Question(Asked.ENROL, found.proof) if isinstance(found, _SignedIn) else found


def _too_late(error: ClientError) -> Wrong:
    """Of a call with a token: what is not authorized is a token whose time is over."""
    code = error.response["Error"]["Code"]
    if code not in WRONG:
        raise error
    return Wrong.TOO_LATE if code == "NotAuthorizedException" else WRONG[code]


def _claims(token: str) -> Mapping[str, Any]:
    part = token.split(".")[1]
    claims: Mapping[str, Any] = json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))
    return claims


def _sub(attributes: Any) -> str:
    return next(str(it["Value"]) for it in attributes if it["Name"] == "sub")
