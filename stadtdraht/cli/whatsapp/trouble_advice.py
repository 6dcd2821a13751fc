"""What an operator does about a trouble of a template or of the account at Meta."""

from collections.abc import Mapping

from stadtdraht.domain.whatsapp.account_problems import AccountProblem
from stadtdraht.domain.whatsapp.template_drift import TemplateProblem

TEMPLATE_ADVICE: Mapping[TemplateProblem, str] = {
    TemplateProblem.MISSING: "hand it in with `stadtdraht template create`",
    TemplateProblem.STATUS: "WhatsApp Manager says why; change a rejected or paused wording there or in the town file",
    TemplateProblem.CATEGORY: "ask Meta for a review within 60 days, or approve a more factual wording; marketing "
    "costs more",
    TemplateProblem.WORDING: "hand the town file's wording in again with `stadtdraht town apply`, or put Meta's into "
    "the file",
    TemplateProblem.TTL: "hand it in again with `stadtdraht town apply`: a change of category clears the time to live",
    TemplateProblem.QUALITY: "send less, and only what people expect: Meta pauses a template of low quality",
}

ACCOUNT_ADVICE: Mapping[AccountProblem, str] = {
    AccountProblem.RESTRICTED: "WhatsApp Manager, Account quality, says why and takes an appeal; is it over before "
    "Meta's time: stadtdraht template check --town … --settled",
    AccountProblem.DISABLED: "appeal in WhatsApp Manager, Account quality, and write to Meta's support at once",
    AccountProblem.TO_BE_DISABLED: "appeal in WhatsApp Manager, Account quality, before that day",
    AccountProblem.VIOLATION: "read the reason in WhatsApp Manager, Account quality, and change what broke the rule; "
    "then stadtdraht template check --town … --settled",
    AccountProblem.GONE: "look in Meta's Business settings who removed it, and connect it again",
    AccountProblem.ALERT: "look at it in WhatsApp Manager; then stadtdraht template check --town … --settled",
    AccountProblem.RECATEGORISED: "ask for a review in WhatsApp Manager before that hour (and within 60 days at the "
    "latest), or hand in a more factual wording under another name; marketing costs more and loses its time to live",
    AccountProblem.NUMBER_BLOCKED: "WhatsApp Manager names the reason; then stadtdraht template sync --town …",
    AccountProblem.NUMBER_LIMITED: "WhatsApp Manager names the reason (often the display name or the verification)",
    AccountProblem.QUALITY: "send less, and only what people expect, until it is GREEN again",
    AccountProblem.LIMIT: "plans keep to Meta's limit; put it into number.portfolio_limit of the town file, or raise "
    "it: verify the business at Meta, and use half of it within 7 days with good quality",
    AccountProblem.RATE: "put Meta's rate into number.rate_mps of the town file: faster, Meta refuses messages",
}
