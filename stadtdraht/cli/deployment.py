"""Which deployment a command is for: the local system that runs here, or a stack in the account of your keys."""

import inspect
import json
import sys
from collections.abc import Callable, Mapping
from functools import wraps
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

import typer

from stadtdraht.bootstrap import Adapters
from stadtdraht.cli.output import says_what_stops_it
from stadtdraht.cli.typed import check_typed
from stadtdraht.domain.errors import StadtdrahtError
from stadtdraht.settings import REGION, Settings, environment, set_environment

P = ParamSpec("P")
R = TypeVar("R")

RUN_FILE = "run.json"
LOCAL_KEY = "test"  # the root caller of the local AWS


class NoDeployment(StadtdrahtError):
    """Nothing to talk to."""


def connected(command: Callable[Concatenate[Adapters, P], R]) -> Callable[P, R]:
    """For commands that talk to a deployment: its adapters are their first parameter, which the command line does not
    show; what was typed is text, and what stops them becomes one line. Tests invoke a command with adapters as the
    context's `obj`.
    """

    @wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        context: Any = kwargs.pop("context")
        check_typed(context.command.params, context.params)
        if context.obj:
            return command(context.obj, *args, **kwargs)
        adapters = connect(local=context.find_root().params.get("local"))
        try:
            return command(adapters, *args, **kwargs)
        finally:
            adapters.close()

    _, *own = inspect.signature(command, eval_str=True).parameters.values()
    context = inspect.Parameter("context", inspect.Parameter.KEYWORD_ONLY, annotation=typer.Context)
    run.__signature__ = inspect.Signature([*own, context])  # type: ignore[attr-defined]
    run.__annotations__ = {it.name: it.annotation for it in (*own, context)}
    return says_what_stops_it(run)


def connect(*, local: bool | None = None) -> Adapters:
    """The adapters of the deployment, to whose parts the environment points from here on. Raises NoDeployment.

    `local`: True or False as asked for; None: local when a local system runs and neither AWS_PROFILE nor
    STADTDRAHT_STAGE is set.
    """
    adapters, folder = Adapters(), Path(environment("STADTDRAHT_STATE") or ".local")
    run = _running(folder)
    elsewhere = environment("AWS_PROFILE") or environment("STADTDRAHT_STAGE")
    if local or (local is None and run is not None and not elsewhere):
        if run is None:
            raise NoDeployment(f"no local system runs (no {folder / RUN_FILE}); start one with `make run`")
        aws = {"AWS_ENDPOINT_URL": run["aws"], "AWS_DEFAULT_REGION": run["region"]}
        keys = {"AWS_ACCESS_KEY_ID": LOCAL_KEY, "AWS_SECRET_ACCESS_KEY": LOCAL_KEY}
        set_environment({**run["settings"], **aws, **keys})
        set_environment(_as_operator(run.get("operator_role", ""), adapters))
        adapters = Adapters()  # whose clients take the new credentials
    else:
        _settle_region()
        set_environment(_outputs(environment("STADTDRAHT_STAGE") or "production", adapters))
    return adapters


def _as_operator(role: str, adapters: Adapters) -> Mapping[str, str]:
    """Credentials of the role that a deployment's operators have, so that a missing right shows here already."""
    if not role:  # a system of an older version runs
        return {}
    made = adapters.client("sts").assume_role(RoleArn=role, RoleSessionName="operator")["Credentials"]
    return {
        "AWS_ACCESS_KEY_ID": made["AccessKeyId"],
        "AWS_SECRET_ACCESS_KEY": made["SecretAccessKey"],
        "AWS_SESSION_TOKEN": made["SessionToken"],
    }


def _running(folder: Path) -> Mapping[str, Any] | None:
    try:
        found: Mapping[str, Any] = json.loads((folder / RUN_FILE).read_text())
    except OSError:
        return None
    return found


def _settle_region() -> None:
    """That of the environment or the profile; where neither names one, the region in which deployments stand."""
    from boto3.session import Session
    from botocore.exceptions import BotoCoreError

    try:
        named = Session().region_name
    except BotoCoreError:  # no such profile: whoever asks AWS next says so
        return
    if not named:
        set_environment({"AWS_DEFAULT_REGION": REGION})
        print(f"neither AWS_REGION nor the profile names a region: {REGION} is taken", file=sys.stderr)


def _outputs(stage: str, adapters: Adapters) -> Mapping[str, str]:
    """Settings by the names of their variables, from the outputs of the stack."""
    from botocore.exceptions import BotoCoreError, ClientError

    stack = f"Stadtdraht-{stage}"
    try:
        found = adapters.client("cloudformation").describe_stacks(StackName=stack)["Stacks"][0]
    except (BotoCoreError, ClientError) as why:
        raise NoDeployment(
            f"neither a local system (`make run`) nor the stack {stack} could be reached "
            f"({type(why).__name__}: {why}); "
            "AWS_PROFILE names the account, STADTDRAHT_STAGE the stage"
        ) from why
    return Settings.named({output["OutputKey"]: output["OutputValue"] for output in found.get("Outputs", ())})
