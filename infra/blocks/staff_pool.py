"""Who a member of staff is: a pool of Cognito. What they may do stands in our rows, and nobody but us signs them in."""

from aws_cdk import Duration
from aws_cdk import aws_cognito as cognito
from constructs import Construct

from infra.acknowledge import acknowledge
from infra.blocks.grantee import Grantee
from infra.blocks.lambda_function import LambdaFunction
from infra.deployment import Deployment

PASSWORD_CHARACTERS = 14
SIGN_IN = ("cognito-idp:AdminInitiateAuth", "cognito-idp:AdminRespondToAuthChallenge")
KEEP_ACCOUNTS = (
    "cognito-idp:AdminCreateUser",
    "cognito-idp:AdminDeleteUser",
    "cognito-idp:AdminGetUser",
    "cognito-idp:AdminSetUserMFAPreference",
    "cognito-idp:AdminSetUserPassword",
)
LENGTH_NOT_SIGNS = "Fourteen characters and a second factor; demanded signs make passwords shorter and written down."
WE_DEMAND_IT = (
    "The door opens no session without a second factor (stadtdraht/usecases/staff/sign_in.py): the pool would ask for "
    "it before the person could enrol one on our own page."
)
OWN_LOCK = "Threat protection is part of a dearer plan; the door counts guesses and locks itself."


class StaffPool(Construct):
    """Accounts that only an administrator makes, named by their mail address.

    Its one client has no secret, for it needs none: its one flow is that of administrators, which takes a role of ours
    with a right to it. So nobody who learns the client's id can try passwords past our lock. Cognito sends no mail:
    invitations are ours, and so is the code for who forgot their password (docs/decisions/0012).
    """

    def __init__(self, scope: Construct, *, deployment: Deployment) -> None:
        super().__init__(scope, "StaffPool")
        self.pool = cognito.UserPool(
            self,
            "Pool",
            user_pool_name=deployment.named("staff"),
            feature_plan=cognito.FeaturePlan.ESSENTIALS,
            self_sign_up_enabled=False,
            sign_in_aliases=cognito.SignInAliases(email=True),
            sign_in_case_sensitive=False,
            password_policy=cognito.PasswordPolicy(
                min_length=PASSWORD_CHARACTERS,
                require_digits=False,
                require_lowercase=False,
                require_symbols=False,
                require_uppercase=False,
                temp_password_validity=Duration.days(7),
            ),
            mfa=cognito.Mfa.OPTIONAL,
            mfa_second_factor=cognito.MfaSecondFactor(otp=True, sms=False),
            account_recovery=cognito.AccountRecovery.NONE,
            deletion_protection=deployment.is_kept,
            removal_policy=deployment.keep,
        )
        acknowledge(self.pool, "AwsSolutions-COG1", LENGTH_NOT_SIGNS)
        acknowledge(self.pool, "AwsSolutions-COG2", WE_DEMAND_IT)
        acknowledge(self.pool, "AwsSolutions-COG3", OWN_LOCK)
        acknowledge(self.pool, "AwsSolutions-COG8", OWN_LOCK)
        self.client = self.pool.add_client(
            "Console",
            generate_secret=False,
            auth_flows=cognito.AuthFlow(admin_user_password=True),
            disable_o_auth=True,
            prevent_user_existence_errors=True,
            auth_session_validity=Duration.minutes(10),  # STEP_LASTS (stadtdraht/domain/staff/sign_in.py)
            access_token_validity=Duration.minutes(15),  # so long may enrolling the second factor take
            id_token_validity=Duration.minutes(15),
            refresh_token_validity=Duration.minutes(60),  # nobody keeps one
        )

    def grant_keep_accounts(self, grantee: Grantee) -> None:
        """Grant making, changing and ending accounts."""
        grantee.allow(*KEEP_ACCOUNTS, on=self.pool.user_pool_arn)

    def grant_sign_in(self, function: LambdaFunction) -> None:
        """Grant asking the pool who somebody is, and keeping its accounts."""
        function.allow(*SIGN_IN, *KEEP_ACCOUNTS, on=self.pool.user_pool_arn)
