"""The one Meta app of a deployment, and the tokens that it gives: what Meta says of them, and what is wrong with it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from stadtdraht.domain.operations.finding import Finding, Remedy, fail, ok, warn
from stadtdraht.domain.whatsapp.graph_versions import OLD_LIST, SEEN_ON, VERSIONS
from stadtdraht.domain.whatsapp.webhook_fields import ACTED_ON

SCOPES: Final = ("whatsapp_business_management", "whatsapp_business_messaging")
ENDS_SOON: Final = timedelta(days=14)
VERSION_ENDS_SOON: Final = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class AppSubscription:
    """Where the app's webhooks go, and which."""

    callback_url: str
    active: bool
    fields: frozenset[str]


@dataclass(frozen=True, slots=True)
class TokenFacts:
    """What Meta says of an access token."""

    valid: bool
    app_id: str
    scopes: frozenset[str]
    expires_at: datetime | None
    """None: never."""


def secret_at_meta_check(taken: Sequence[bool]) -> Finding:
    """`taken`: for each stored secret, newest first, whether Meta takes it for the app's."""
    what = "app secret at Meta"
    if not any(taken):
        return fail(what, "Meta does not take the stored one: every webhook is refused", Remedy.COPY_SECRET)
    if not taken[0]:
        return warn(what, "Meta takes the second one, not the first", Remedy.COPY_SECRET)
    return ok(what, "is the app's")


def callback_check(subscription: AppSubscription | None, ours: str) -> Finding:
    """`ours`: where Meta is to send."""
    what = "callback at Meta"
    if subscription is None:
        return fail(what, "the app has no callback: no webhook comes", Remedy.CALLBACK, ours)
    if subscription.callback_url != ours:
        found = f"{subscription.callback_url or 'none'}, and ours is {ours}"
        return fail(what, found, Remedy.CALLBACK, ours)
    if not subscription.active:
        return fail(what, "Meta has switched it off", Remedy.CALLBACK, ours)
    return ok(what, subscription.callback_url)


def fields_check(subscription: AppSubscription | None) -> Finding:
    what, there = "webhook fields", subscription.fields if subscription else frozenset()
    missing = [field for field in ACTED_ON if field not in there]
    if missing:
        return fail(what, f"Meta sends no {', '.join(missing)}", Remedy.FIELDS)
    return ok(what, f"all {len(ACTED_ON)} that are acted on")


def version_check(version: str, today: date) -> Finding:
    what, known = f"Graph API {version}", VERSIONS.get(version)
    ends_on = known.ends_on if known else None
    if known is None or ends_on is None:
        return warn(what, "not in our list", Remedy.GRAPH_LIST)
    if today >= ends_on and known.ends:
        return fail(what, f"ended on {ends_on}: Meta answers with another version, or not at all", Remedy.GRAPH_VERSION)
    said = f"ends on {ends_on}" if known.ends else f"holds until {ends_on} at least"
    if ends_on - today < VERSION_ENDS_SOON:
        return warn(what, said, Remedy.GRAPH_VERSION)
    if today - SEEN_ON > OLD_LIST:
        return warn(what, f"{said}, as Meta said on {SEEN_ON}", Remedy.GRAPH_LIST)
    return ok(what, said)


def token_checks(town: str, token: TokenFacts, app_id: str, now: datetime) -> Iterator[Finding]:
    what = f"{town}: access token"
    if not token.valid:
        yield fail(what, "Meta does not take it", Remedy.TOKEN, town)
        return
    if token.app_id != app_id:
        yield fail(
            what, f"is of the app {token.app_id}, ours is {app_id}: its webhooks go elsewhere", Remedy.TOKEN, town
        )
    elif missing := [scope for scope in SCOPES if scope not in token.scopes]:
        yield fail(what, f"lacks {', '.join(missing)}", Remedy.SCOPES, town)
    elif token.expires_at is None:
        yield ok(what, "holds, and has no end")
    else:
        yield _end_check(town, what, token.expires_at, now)


def _end_check(town: str, what: str, end: datetime, now: datetime) -> Finding:
    said = f"{end:%Y-%m-%d %H:%M} UTC"
    if end <= now:
        return fail(what, f"ended at {said}", Remedy.TOKEN, town)
    soon = ", in less than two weeks" if end - now < ENDS_SOON else ""
    return warn(what, f"ends at {said}{soon}", Remedy.TOKEN, town)
