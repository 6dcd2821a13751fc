"""The CDK app. `make synth` and `make deploy` run it; without a CDK command line it writes to CDK_OUTDIR."""

import os
import sys
import tempfile
from pathlib import Path

from aws_cdk import App, Environment, Validations
from aws_cdk import aws_lambda as lambda_

from infra import bundle, compiler
from infra.deployment import NO_ACCOUNT, Deployment, WrongContext
from infra.service_stack import ServiceStack


def build(app: App, deployment: Deployment, code: Path) -> ServiceStack:
    """The app's one stack; `code` is the folder that every function is deployed from."""
    account = os.environ.get("CDK_DEFAULT_ACCOUNT")  # noqa: TID251 - the CDK command line tells it so
    real = account and not deployment.is_local
    return ServiceStack(
        app,
        deployment.stack_name,
        deployment=deployment,
        code=lambda_.Code.from_asset(str(code), asset_hash=bundle.fingerprint(code)),
        env=Environment(account=account if real else NO_ACCOUNT, region=deployment.region),
    )


def main() -> None:
    """Synthesize. Context: `code_dir=source` takes the source tree as it is; `checked=true` adds cdk-nag's rules."""
    app = App()
    try:
        deployment = Deployment.from_context(app.node)
    except WrongContext as why:
        sys.exit(str(why))
    with tempfile.TemporaryDirectory() as folder:
        from_source = app.node.try_get_context("code_dir") == "source"
        try:
            code = bundle.source_only(Path(folder)) if from_source else bundle.for_lambda(compiler.find(bundle.PYTHON))
        except compiler.NoCompiler as why:
            sys.exit(str(why))
        build(app, deployment, code)
        if app.node.try_get_context("checked"):
            from cdk_nag import AwsSolutionsChecks  # not needed for a deployment

            Validations.of(app).add_plugins(AwsSolutionsChecks(app))
        app.synth()


if __name__ == "__main__":
    main()
