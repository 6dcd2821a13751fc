"""At Meta: the app and its secret, where webhooks go and which, and each town's token, number and templates."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from stadtdraht.domain.errors import StadtdrahtError
from stadtdraht.domain.operations.finding import Finding, Remedy, fail, warn
from stadtdraht.domain.operations.meta_app import (
    callback_check,
    fields_check,
    secret_at_meta_check,
    token_checks,
    version_check,
)
from stadtdraht.domain.operations.town_account import (
    account_checks,
    number_check,
    template_checks,
    webhook_check,
)
from stadtdraht.domain.whatsapp.account import AccountSnapshot, MetaRefused
from stadtdraht.domain.whatsapp.account_problems import account_troubles
from stadtdraht.usecases.operations.look import looked

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from stadtdraht.domain.operations.meta_app import AppSubscription
    from stadtdraht.domain.town import Town
    from stadtdraht.ports.operations import MetaApp
    from stadtdraht.ports.towns import Secrets
    from stadtdraht.ports.whatsapp import AccountOf, AccountSnapshots


@dataclass(frozen=True, slots=True)
class MetaPorts:
    """What is asked."""

    app: MetaApp
    secrets: Secrets
    account_of: AccountOf
    snapshots: AccountSnapshots


@dataclass(frozen=True, slots=True)
class KnownApp:
    """Our app, and the secret by which Meta lets us ask about it."""

    app_id: str
    secret: str


def look_at_app(
    version: str, callback: str, towns: Sequence[Town], now: datetime, ports: MetaPorts
) -> tuple[KnownApp | None, list[Finding]]:
    """The app as Meta knows it, None when nothing tells; and what was found. `callback`: the address of our webhook."""
    found = [version_check(version, now.date())]
    app_id = _app_id(towns, ports)
    if not app_id:
        return None, [*found, warn("app at Meta", "no town's token tells which it is", Remedy.FIRST_TOWN)]
    try:
        known, subscription, taken = _asked_with_its_secret(app_id, ports)
    except StadtdrahtError as why:
        return None, [*found, fail("app at Meta", str(why), Remedy.AT_META)]
    found.append(secret_at_meta_check(taken))
    return known, [*found, *(_subscription_checks(subscription, callback) if known else ())]


def _asked_with_its_secret(
    app_id: str, ports: MetaPorts
) -> tuple[KnownApp | None, AppSubscription | None, Sequence[bool]]:
    """The app, its subscription, and for each stored secret until then whether Meta takes it."""
    taken: list[bool] = []
    for secret in ports.secrets.app_secrets():
        try:
            subscription = ports.app.subscription(app_id, secret)
        except MetaRefused as why:
            if not why.is_of_the_token:
                raise
            taken.append(False)
        else:
            return KnownApp(app_id, secret), subscription, [*taken, True]
    return None, None, taken


def _subscription_checks(subscription: AppSubscription | None, callback: str) -> Iterator[Finding]:
    yield callback_check(subscription, callback)
    yield fields_check(subscription)


def _app_id(towns: Sequence[Town], ports: MetaPorts) -> str:
    """As the first token that works tells it."""
    for town in towns:
        try:
            return ports.app.app_of(ports.secrets.access_token(town.id))
        except StadtdrahtError:
            continue
    return ""


def look_at_town(town: Town, app: KnownApp | None, callback: str, now: datetime, ports: MetaPorts) -> Iterator[Finding]:
    """Its token, number, webhooks and templates."""
    what, new = f"{town.id}: access token", (Remedy.TOKEN, town.id)
    try:
        token = ports.secrets.access_token(town.id)
    except StadtdrahtError as why:
        yield fail(what, str(why), *new)
        return
    if app:
        yield from looked(
            what,
            lambda: token_checks(town.id, ports.app.token(app.app_id, app.secret, token), app.app_id, now),
            *new,
        )
    yield from looked(f"{town.id}: number", lambda: _account(town, now, ports), *new)
    yield from looked(f"{town.id}: webhooks", lambda: _webhooks(town, token, callback, ports), *new)


def _account(town: Town, now: datetime, ports: MetaPorts) -> Iterator[Finding]:
    account = ports.account_of(town.id)
    number = account.number(town.number.phone_number_id)
    snapshot = AccountSnapshot(now, number, tuple(account.templates(town.number.waba_id)))
    yield number_check(town, number)
    yield from account_checks(town, account_troubles(town, snapshot, ports.snapshots.notices(town.id), now))
    yield from template_checks(town, snapshot)


def _webhooks(town: Town, token: str, callback: str, ports: MetaPorts) -> Iterator[Finding]:
    yield webhook_check(
        town,
        subscribed=ports.account_of(town.id).subscribed(town.number.waba_id),
        override=ports.app.callback_override(town.number.phone_number_id, token),
        ours=callback,
    )
