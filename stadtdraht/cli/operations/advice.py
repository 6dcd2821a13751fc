"""What to do about a finding of `stadtdraht doctor`. {about}: what it is about, such as a town or a queue."""

from collections.abc import Mapping
from typing import Final

from stadtdraht.domain.operations.finding import Finding, Remedy

SECRETS: Final = "docs/operations/deploy.md, Secrets"
META_SIDE: Final = "docs/operations/deploy.md, Meta's side"
SCALE: Final = "docs/operations/scale.md"
NEW_ONE: Final = "stadtdraht town apply towns/{about}.toml --token-file …"

ADVICE: Final[Mapping[Remedy, str]] = {
    Remedy.NOTHING: "",
    Remedy.ADDRESS: "the log of public-pages; does the domain lead to this stack?",
    Remedy.NO_ANSWER: "does the domain lead to the API, and is its certificate valid?",
    Remedy.PROXY: "does a proxy of yours stand before it?",
    Remedy.CLOCK: "set this machine's clock by NTP: AWS refuses what is signed five minutes off",
    Remedy.WAIT_FOR_SECRET: f"functions read a changed secret within five minutes; then look again. {SECRETS}",
    Remedy.WEBHOOK_LOG: "the log of inbound-webhook",
    Remedy.OTHER_SERVER: "does something else answer under this address?",
    Remedy.STORE_SECRET: f"put Meta's in: {SECRETS}",
    Remedy.COPY_SECRET: f"copy it anew from the app's basic settings at Meta: {SECRETS}",
    Remedy.SECRETS: SECRETS,
    Remedy.CALLBACK: f"set it to {{about}} and verify it: {META_SIDE}",
    Remedy.FIELDS: f"subscribe the app to them: {META_SIDE}",
    Remedy.GRAPH_VERSION: "GRAPH_API_VERSION in stadtdraht/settings.py; Meta's changelog says what changes",
    Remedy.GRAPH_LIST: "look at Meta, Graph API, Versions; then stadtdraht/domain/whatsapp/graph_versions.py",
    Remedy.TOKEN: f"a new one, of a system user and without an end: {NEW_ONE}",
    Remedy.SCOPES: f"give the system user the permission in Meta's Business settings, then {NEW_ONE}",
    Remedy.AT_META: "Meta's status page",
    Remedy.LOOK_AT_ACCOUNT: "stadtdraht template check --town {about}",
    Remedy.LOWER_LIMIT: "portfolio_limit in the town file, then town apply; Meta raises it with use and quality",
    Remedy.LOWER_RATE: "rate_mps in the town file, then town apply: Meta refuses what is faster",
    Remedy.RAISE_RATE: "rate_mps in the town file, then town apply: it can be faster",
    Remedy.QUALITY: "people block or report it: write to fewer people and less often; WhatsApp Manager says why",
    Remedy.WRONG_NUMBER: "is phone_number_id in the town file the right one?",
    Remedy.APPLY_TOWN: "stadtdraht town apply towns/{about}.toml",
    Remedy.OVERRIDE: "delete the override of the number or of the account at Meta (webhook_configuration)",
    Remedy.REVIEW: "Meta takes minutes to hours; look again",
    Remedy.FIRST_TOWN: "stadtdraht town apply towns/TOWN.toml --token-file …",
    Remedy.LAMP: "stadtdraht crisis ready --town {about}",
    Remedy.LAMP_STOPPED: "stadtdraht crisis ready --town {about}; does crisis-readiness run?",
    Remedy.RIGHTS: "deploy the stack, or check that your role may read it: docs/operations/deploy.md",
    Remedy.EVENT_SOURCE: "aws lambda update-event-source-mapping --enabled, or deploy the stack again",
    Remedy.LOG: "the log of {about}",
    Remedy.SCHEDULE: "switch it on in EventBridge Scheduler, or deploy the stack again",
    Remedy.CONFIRM: "confirm AWS's mail; does it lie in the spam?",
    Remedy.ALARM_MAIL: "set alarm_email and urgent_email, and confirm AWS's mail: docs/operations/deploy.md",
    Remedy.RUNBOOK: "docs/operations/runbooks.md, the chapter of each",
    Remedy.ENABLE_ALARMS: "aws cloudwatch enable-alarm-actions",
    Remedy.ROTATE: f"give it a new value once a year: {SECRETS}",
    Remedy.END_ROTATION: f"remove the former one: {SECRETS}",
    Remedy.CONCURRENCY: f"Service Quotas, Lambda: {SCALE}",
    Remedy.CRISIS_SENDERS: f"raise crisis_senders and deploy: {SCALE}",
    Remedy.WARM_TABLE: f"aws dynamodb update-table --warm-throughput: {SCALE}",
    Remedy.SES: "SES, Account dashboard",
    Remedy.SANDBOX: "ask for production access in SES: docs/operations/deploy.md, Mail to staff",
    Remedy.MAIL_SENDER: "set mail_sender: docs/operations/deploy.md, Mail to staff",
    Remedy.REDRIVE: "mend the cause, then stadtdraht dlq redrive --queue {about}",
    Remedy.FOLLOW_UP: "stadtdraht inbox follow-up --since …, then stadtdraht dlq discard --queue {about}",
    Remedy.START_BY_HAND: "docs/operations/runbooks.md, events-dead-letters",
    Remedy.WAITING: "does its function run? docs/operations/runbooks.md, Work that waits",
}


def advice_for(finding: Finding) -> str:
    """In one line."""
    return ADVICE[finding.remedy].format(about=finding.about)
