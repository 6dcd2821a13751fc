"""`stadtdraht doctor`: what is missing before citizens notice."""

from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime

import typer
from botocore.exceptions import BotoCoreError, ClientError

from stadtdraht.adapters.whatsapp.account import GraphAccount
from stadtdraht.bootstrap import Adapters
from stadtdraht.cli.deployment import connected
from stadtdraht.cli.output import REFUSED, AsJson, give, local_time, table
from stadtdraht.domain.crisis.readiness import Level, Readiness
from stadtdraht.domain.errors import StadtdrahtError
from stadtdraht.domain.town import Offer, Town
from stadtdraht.usecases.crisis.check_readiness import check_readiness, observe_shared

QUEUES = ("newsletter", "crisis", "crisis_recheck", "answers", "inbound_retry", "media", "erasure")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at. `advice` says what to do when it is not well."""

    what: str
    well: bool
    found: str
    advice: str = ""


@connected
def doctor(adapters: Adapters, as_json: AsJson = False) -> None:
    """Look at table, queues, secrets, and every town's number and templates; say what to do about what is wrong."""
    findings = list(_all(adapters))
    well = all(finding.well for finding in findings)
    rows = [("ok" if it.well else "!!", it.what, it.found, it.advice) for it in findings]
    give(
        {"well": well, "findings": [asdict(finding) for finding in findings]},
        as_json=as_json,
        show=lambda out: out.print(table(("", "what", "found", "what to do"), rows)),
    )
    if not well:
        raise typer.Exit(REFUSED)


def _all(adapters: Adapters) -> Iterator[Finding]:
    settings, sqs = adapters.settings, adapters.client("sqs")
    table_name = settings.table_name
    yield _look(
        f"table {table_name}",
        lambda: str(adapters.client("dynamodb").describe_table(TableName=table_name)["Table"]["TableStatus"]),
        "deploy the stack, or check that your role may read the table",
    )
    for queue in QUEUES:
        url = getattr(settings, f"{queue}_queue_url")
        yield _look(f"queue {queue}", lambda url=url: _waiting(sqs, url), "deploy the stack")  # type: ignore[misc]
    secrets = adapters.secrets
    yield _look("app secret", lambda: f"{len(secrets.app_secrets())} in force", "docs/operations/deploy.md, Secrets")
    yield _look("link keys", lambda: f"{len(secrets.link_keys())} in force", "docs/operations/deploy.md, Secrets")
    yield _look("pepper", lambda: f"{len(secrets.pepper())} bytes", "docs/operations/deploy.md, Secrets")
    for town in adapters.towns.all():
        yield from _town(adapters, town)


def _town(adapters: Adapters, town: Town) -> Iterator[Finding]:
    settings = adapters.settings
    token = _look(
        f"{town.id}: access token",
        lambda: "stored" if adapters.secrets.access_token(town.id) else "",
        f"stadtdraht town apply towns/{town.id}.toml --token-file …",
    )
    yield token
    if not token.well:
        return
    account = GraphAccount(adapters.secrets.access_token(town.id), settings.graph_api_url, settings.graph_api_version)
    advice = "check the token and the number in WhatsApp Manager"
    yield _look(f"{town.id}: number", lambda: f"quality {account.number(town.number.phone_number_id).quality}", advice)
    yield _look(f"{town.id}: webhooks", lambda: "subscribed" * account.subscribed(town.number.waba_id), advice)
    try:
        standing = {(it.name, it.language): it for it in account.templates(town.number.waba_id)}
    except StadtdrahtError as why:
        yield Finding(f"{town.id}: templates", well=False, found=str(why), advice=advice)
        return
    if Offer.CRISIS in town.offers_of():
        yield _readiness(adapters, town)
    for template in town.templates:
        there = standing.get((template.name, template.language))
        what = f"{town.id}: template {template.name} ({template.language})"
        if there is None:
            apply = f"stadtdraht town apply towns/{town.id}.toml"
            yield Finding(what, well=False, found="missing at Meta", advice=apply)
        else:
            well = there.status == "APPROVED" and there.category == template.category
            advised = "" if well else f"look at it in WhatsApp Manager; the town file says {template.category}"
            yield Finding(what, well=well, found=f"{there.status}, {there.category}", advice=advised)


def _readiness(adapters: Adapters, town: Town) -> Finding:
    """What the last look found; `crisis ready` looks again. A town that nobody has looked at yet was set up a moment
    ago, before the clock of crisis-readiness came round: then this is the first look.
    """
    what, ready, now = f"{town.id}: ready lamp", f"stadtdraht crisis ready --town {town.id}", datetime.now(UTC)
    readiness = adapters.latest_readiness.get(town.id) or _first_look(adapters, town, now)
    if readiness.stale(now):
        seen = f"not looked at since {local_time(readiness.checked_at, town)}"
        return Finding(what, well=False, found=seen, advice=f"{ready}; does crisis-readiness run?")
    failing = ", ".join(f"{check.name} {check.level}" for check in readiness.checks if not check.passed)
    well = readiness.level is not Level.RED
    return Finding(
        what, well=well, found=f"{readiness.level}{f': {failing}' if failing else ''}", advice="" if well else ready
    )


def _first_look(adapters: Adapters, town: Town, now: datetime) -> Readiness:
    shared = observe_shared([town], adapters.crisis_queues, adapters.crisis_sender)
    return check_readiness(town, shared, now, adapters.readiness_ports())


def _look(what: str, look: Callable[[], str], advice: str) -> Finding:
    try:
        found = look()
    except (StadtdrahtError, ClientError, BotoCoreError, ValueError) as why:
        return Finding(what, well=False, found=str(why), advice=advice)
    return Finding(what, well=bool(found), found=found or "no", advice="" if found else advice)


def _waiting(sqs: object, url: str) -> str:
    names = ["ApproximateNumberOfMessages"]
    answer = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=names)  # type: ignore[attr-defined]
    return f"{answer['Attributes'][names[0]]} waiting"
