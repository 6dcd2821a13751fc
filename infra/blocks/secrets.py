"""What must stay secret: Meta's app secret, crisis links' keys, the pepper of citizen ids, each town's access token."""

import json

from aws_cdk import SecretValue, Stack
from aws_cdk import aws_secretsmanager as secretsmanager
from constructs import Construct

from infra.acknowledge import acknowledge
from infra.blocks.data_key import DataKey
from infra.blocks.grantee import Grantee
from infra.blocks.lambda_function import LambdaFunction
from infra.deployment import Deployment

READ = "secretsmanager:GetSecretValue"
LOOK = "secretsmanager:DescribeSecret"
KEEP = ("secretsmanager:CreateSecret", "secretsmanager:PutSecretValue")
TOWN_TOKENS = "Town secrets are created by `stadtdraht town apply`, one per town, under this prefix and no other."
OPEN311_KEYS = "These keys are made by `stadtdraht case open311-key`, one per town, under this prefix and no other."
ROTATED_BY_HAND = (
    "Meta issues the app secret, and a new pepper or link key changes citizen ids or open links: rotation is an "
    "operator's step (docs/operations/deploy.md), which no schedule may take."
)


class Secrets(Construct):
    """Generated where nobody outside has to know them. Each function is given only those it reads."""

    def __init__(self, scope: Construct, *, deployment: Deployment, key: DataKey) -> None:
        super().__init__(scope, "Secrets")
        self._deployment = deployment
        self._key = key
        self.meta_app = self._generated(
            "MetaApp", "Meta app: app_secrets (current first) and verify_token", {"app_secrets": []}, "verify_token"
        )
        self.pepper = self._generated("Pepper", "Key of citizen ids and of people in logs", {}, "pepper")
        first_key = self._generated("FirstLinkKey", "The first key of crisis links", {}, "key")
        value = {"keys": [{"kid": "1", "key": first_key.secret_value_from_json("key").unsafe_unwrap()}]}
        self.link_keys = self._secret(
            "LinkKeys",
            "Keys of crisis links, newest last: it signs, all verify",
            secret_string_value=SecretValue.unsafe_plain_text(json.dumps(value)),  # a reference, not the key
        )
        self.town_prefix = f"stadtdraht/{deployment.stage}/town/"
        self.open311_prefix = f"stadtdraht/{deployment.stage}/open311/"

    def grant_read(self, function: Grantee, *secrets: secretsmanager.Secret) -> None:
        """Grant reading these secrets."""
        function.allow(READ, on=[it.secret_arn for it in secrets])

    def grant_read_tokens(self, function: LambdaFunction) -> None:
        """Grant reading every town's access token: which town a function serves is known only when it runs."""
        self._grant_all(function, self.town_prefix, TOWN_TOKENS, READ)

    def grant_read_open311_keys(self, function: LambdaFunction) -> None:
        """Grant reading every town's Open311 key, and no access token."""
        self._grant_all(function, self.open311_prefix, OPEN311_KEYS, READ)

    def grant_keep(self, operator: Grantee) -> None:
        """Grant making and changing what belongs to one town, and reading all that is of the deployment."""
        self.grant_read(operator, self.meta_app, self.pepper, self.link_keys)
        for prefix, why in ((self.town_prefix, TOWN_TOKENS), (self.open311_prefix, OPEN311_KEYS)):
            self._grant_all(operator, prefix, why, READ, LOOK, *KEEP)
        operator.allow(LOOK, on=[it.secret_arn for it in (self.meta_app, self.pepper, self.link_keys)])

    def _grant_all(self, function: Grantee, prefix: str, why: str, *actions: str) -> None:
        stack = Stack.of(self)
        arn = f"arn:aws:secretsmanager:{stack.region}:{stack.account}:secret:{prefix}*"
        function.allow(*actions, on=arn)
        acknowledge(function.role, f"AwsSolutions-IAM5[Resource::{arn}]", why)

    def _generated(self, name: str, description: str, rest: dict[str, object], key: str) -> secretsmanager.Secret:
        """A JSON object in which `key` is 64 random hex digits."""
        hex_digits = secretsmanager.SecretStringGenerator(
            secret_string_template=json.dumps(rest),
            generate_string_key=key,
            password_length=64,
            exclude_characters="ghijklmnopqrstuvwxyz",
            exclude_uppercase=True,
            exclude_punctuation=True,
        )
        return self._secret(name, description, generate_secret_string=hex_digits)

    def _secret(self, name: str, description: str, **value: object) -> secretsmanager.Secret:
        secret = secretsmanager.Secret(
            self,
            name,
            description=description,
            encryption_key=self._key.key,
            removal_policy=self._deployment.keep,
            **value,  # type: ignore[arg-type]
        )
        acknowledge(secret, "AwsSolutions-SMG4", ROTATED_BY_HAND)
        return secret
