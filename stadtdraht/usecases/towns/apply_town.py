"""Makes a town as its file says: settings, pace, token, webhooks and templates. Doing it twice changes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from stadtdraht.domain.errors import NoSecret, UnknownTown
from stadtdraht.domain.media.sample_picture import SamplePicture
from stadtdraht.domain.town import Town
from stadtdraht.domain.whatsapp.account import MetaRefused
from stadtdraht.domain.whatsapp.template_rules import template_breaches

if TYPE_CHECKING:
    from stadtdraht.ports.delivery import NumberRates
    from stadtdraht.ports.towns import Secrets, Towns
    from stadtdraht.ports.whatsapp import AccountOf, WhatsAppAccount

NEEDS_A_SAMPLE = "shows a picture, and Meta's reviewers need a sample of it"  # ends the line of what was left
BREAKS_RULES = "is not handed in, since Meta would refuse it"  # the same, before the reasons
NOT_TAKEN = "was not taken"  # the same, before what Meta says


def apply_town(
    town: Town,
    *,
    token: str | None,
    towns: Towns,
    rates: NumberRates,
    secrets: Secrets,
    account_of: AccountOf | None,
    sample: SamplePicture | None = None,
) -> Iterator[str]:
    """Yields one line per change, in English, as it is made; nothing when all was so already.

    `sample`: what Meta's reviewers see in templates that show a picture; without one such a template is left for later.
    `token`: a new access token, or None to use the one in Secrets Manager. `account_of` None leaves Meta alone.
    Raises NumberTaken, NoSecret, and what the account raises.
    """
    before = _current(town.id, towns)
    if before != town:
        towns.save(town)
        yield "settings " + ("changed" if before else "stored")
    elif not towns.is_listed(town):  # its messages would be nobody's
        towns.save(town)
        yield "number and account lead to it again"
    if before is None or before.number != town.number:
        rates.set_rate(town.id, town.number.phone_number_id, town.number.rate_mps)
        yield f"pace set to {town.number.rate_mps} messages per second"
    if token and token != _stored(town.id, secrets):
        secrets.save_access_token(town.id, token)
        yield "access token stored"
    if account_of is not None:
        yield from _at_meta(town, account_of(secrets.access_token(town.id)), sample)


def _current(town_id: str, towns: Towns) -> Town | None:
    try:
        return towns.get(town_id)
    except UnknownTown:
        return None


def _stored(town_id: str, secrets: Secrets) -> str:
    try:
        return secrets.access_token(town_id, fresh=True)
    except NoSecret:
        return ""


def _at_meta(town: Town, account: WhatsAppAccount, sample: SamplePicture | None) -> Iterator[str]:
    waba_id = town.number.waba_id
    if not account.subscribed(waba_id):
        account.subscribe(waba_id)
        yield "webhooks subscribed"
    yield from hand_in_templates(town, account, sample)


def is_left(change: str) -> bool:
    """Whether the line tells of a template that somebody has to mend first."""
    return BREAKS_RULES in change or NOT_TAKEN in change


def hand_in_templates(town: Town, account: WhatsAppAccount, sample: SamplePicture | None = None) -> Iterator[str]:
    """Those that Meta lacks, and those that read otherwise there; one line for each. The sample is uploaded once.

    One that Meta refuses stops no other. Raises MetaRefused for what would end every other as well.
    """
    waba_id, handle = town.number.waba_id, ""
    at_meta = {(template.name, template.language): template for template in account.templates(waba_id)}
    for template in town.templates:
        there = at_meta.get((template.name, template.language))
        named = f"template {template.name} ({template.language})"
        if there is not None and there.says_the_same(template):
            continue
        if breaches := template_breaches(template):  # of a town that was stored before its file was held to them
            yield f"{named} {BREAKS_RULES}: {'; '.join(map(str, breaches))}"
            continue
        if template.picture and sample is None:
            yield f"{named} {NEEDS_A_SAMPLE}"
            continue
        try:
            if template.picture and sample is not None:
                handle = handle or account.upload_sample(sample)
            shown = handle if template.picture else ""
            if there is None:
                status = account.create_template(waba_id, template, shown)
                yield f"{named} handed in: {status}"
            else:
                account.edit_template(there.template_id, template, shown)
                yield f"{named} changed; Meta reviews it again"
        except MetaRefused as why:  # of this one: those after it may be a town's warnings
            if why.ends_all:
                raise
            yield f"{named} {NOT_TAKEN}: {why}"
