"""A town's number and templates at Meta, held against its file."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from stadtdraht.domain.operations.finding import Finding, Level, Remedy, fail, ok, warn
from stadtdraht.domain.town import Town
from stadtdraht.domain.whatsapp.account import AccountSnapshot, NumberFacts
from stadtdraht.domain.whatsapp.account_problems import AccountProblem, AccountTrouble
from stadtdraht.domain.whatsapp.template_drift import TemplateProblem, TemplateTrouble, template_troubles

FAILS: Final = {
    AccountProblem.DISABLED,
    AccountProblem.GONE,
    AccountProblem.RESTRICTED,
    AccountProblem.NUMBER_BLOCKED,
    AccountProblem.QUALITY,
    AccountProblem.RATE,
}
REMEDIES: Final[Mapping[AccountProblem, Remedy]] = {
    AccountProblem.LIMIT: Remedy.LOWER_LIMIT,
    AccountProblem.RATE: Remedy.LOWER_RATE,
    AccountProblem.QUALITY: Remedy.QUALITY,
}
PENDING: Final = "Meta says PENDING"


def account_checks(town: Town, troubles: Sequence[AccountTrouble]) -> Iterator[Finding]:
    """`troubles`: of the number as Meta has it now, and of what Meta told of the account."""
    for it in troubles:
        make = fail if it.problem in FAILS else warn
        yield make(f"{town.id}: {it.problem}", it.found, REMEDIES.get(it.problem, Remedy.LOOK_AT_ACCOUNT), town.id)
    if not troubles:
        yield ok(f"{town.id}: account", "Meta holds nothing against it")


def number_check(town: Town, facts: NumberFacts) -> Finding:
    """What the troubles of the account do not tell."""
    ours, what = town.number, f"{town.id}: number"
    limit = facts.portfolio_limit or "not told"
    found = f"{facts.display_phone_number}, quality {facts.quality}, limit {limit}, {facts.rate_mps or '?'} a second"
    if _digits(facts.display_phone_number) != _digits(ours.display_phone_number):
        return fail(what, f"{found}; the town file says {ours.display_phone_number}", Remedy.WRONG_NUMBER)
    if facts.quality == "YELLOW":
        return warn(what, found, Remedy.QUALITY)
    if facts.rate_mps and facts.rate_mps > ours.rate_mps:
        return warn(what, f"{found}; the town file says rate_mps = {ours.rate_mps}", Remedy.RAISE_RATE)
    return ok(what, found)


def webhook_check(town: Town, *, subscribed: bool, override: str, ours: str) -> Finding:
    """`override`: the address that gets this number's messages in place of the app's; "": none."""
    what = f"{town.id}: webhooks"
    if not subscribed:
        found = "the account is not subscribed: nothing that citizens write comes"
        return fail(what, found, Remedy.APPLY_TOWN, town.id)
    if override not in ("", ours):
        return fail(what, f"{override} gets its messages instead of us", Remedy.OVERRIDE)
    return ok(what, "subscribed")


def template_checks(town: Town, snapshot: AccountSnapshot) -> Iterator[Finding]:
    """One line for each template of the town file, with everything that is wrong with it."""
    wrong: dict[tuple[str, str], list[TemplateTrouble]] = {}
    for trouble in template_troubles(town, snapshot):
        wrong.setdefault((trouble.template, trouble.language), []).append(trouble)
    for template in town.templates:
        what = f"{town.id}: template {template.name} ({template.language})"
        troubles = wrong.get((template.name, template.language), [])
        if not troubles:
            yield ok(what, f"approved, {template.category}")
            continue
        level = Level.FAIL if any(_is_grave(it) for it in troubles) else Level.WARN
        yield Finding(what, level, "; ".join(it.found for it in troubles), _remedy(troubles), town.id)


def _is_grave(trouble: TemplateTrouble) -> bool:
    return trouble.blocks and trouble.found != PENDING


def _remedy(troubles: Sequence[TemplateTrouble]) -> Remedy:
    if any(it.problem is TemplateProblem.MISSING for it in troubles):
        return Remedy.APPLY_TOWN
    return Remedy.REVIEW if all(it.found == PENDING for it in troubles) else Remedy.LOOK_AT_ACCOUNT


def _digits(number: str) -> str:
    return "".join(sign for sign in number if sign.isdigit())
