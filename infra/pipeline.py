"""`python -m infra.pipeline`: the small stack by which GitHub's runners deploy, without a key that could leak.

Deployed once by hand (`make pipeline`), before .github/workflows/deploy.yml can do anything. Context:
`github_repository` is owner/name; `github_provider` the ARN of GitHub's identity provider where the account has one
already, since it takes only one.
"""

import os
import sys
from typing import Any, Final

from aws_cdk import App, CfnOutput, Environment, Stack, Validations
from aws_cdk import aws_iam as iam
from constructs import Construct

from infra.deployment import NO_ACCOUNT
from stadtdraht.settings import REGION

ISSUER: Final = "token.actions.githubusercontent.com"
ENVIRONMENT: Final = "production"  # of GitHub, where somebody approves
BRANCH: Final = "main"
LOOK: Final = ("lookup",)
DEPLOY: Final = (*LOOK, "deploy", "file-publishing")


class Pipeline(Stack):
    """Two roles that may do nothing but take on roles of `cdk bootstrap`: one to look, one to deploy.

    GitHub says of a run which repository, branch and environment it is of: the one that deploys has to be of the
    environment whose reviewers have approved it.
    """

    def __init__(self, scope: Construct, *, repository: str, provider: str, **stack: Any) -> None:
        super().__init__(scope, "Stadtdraht-pipeline", description="Lets GitHub deploy Stadtdraht", **stack)
        if not provider:
            made = iam.CfnOIDCProvider(self, "GitHub", url=f"https://{ISSUER}", client_id_list=["sts.amazonaws.com"])
            provider = made.attr_arn
        self._provider = provider
        for name, of, taken in (
            ("Look", f"ref:refs/heads/{BRANCH}", LOOK),
            ("Deploy", f"environment:{ENVIRONMENT}", DEPLOY),
        ):
            role = self._role(name, f"repo:{repository}:{of}", taken)
            CfnOutput(self, f"{name}RoleArn", value=role.role_arn)

    def _role(self, name: str, subject: str, taken: tuple[str, ...]) -> iam.Role:
        claims = {f"{ISSUER}:aud": "sts.amazonaws.com", f"{ISSUER}:sub": subject}
        role = iam.Role(
            self,
            name,
            assumed_by=iam.WebIdentityPrincipal(self._provider, {"StringEquals": claims}),
            description=f"GitHub's runs of {subject}",
        )
        of_bootstrap = f"arn:aws:iam::{self.account}:role/cdk-hnb659fds-{{}}-role-{self.account}-{self.region}"
        role.add_to_policy(
            iam.PolicyStatement(actions=["sts:AssumeRole"], resources=[of_bootstrap.format(it) for it in taken])
        )
        return role


def main() -> None:
    app = App()
    repository = str(app.node.try_get_context("github_repository") or "")
    if repository.count("/") != 1:
        sys.exit("github_repository has to name a repository, such as -c github_repository=town/stadtdraht")
    account = os.environ.get("CDK_DEFAULT_ACCOUNT")  # noqa: TID251 - the CDK command line tells it so
    Pipeline(
        app,
        repository=repository,
        provider=str(app.node.try_get_context("github_provider") or ""),
        env=Environment(account=account or NO_ACCOUNT, region=str(app.node.try_get_context("region") or REGION)),
    )
    if app.node.try_get_context("checked"):
        from cdk_nag import AwsSolutionsChecks  # not needed for a deployment

        Validations.of(app).add_plugins(AwsSolutionsChecks(app))
    app.synth()


if __name__ == "__main__":
    main()
