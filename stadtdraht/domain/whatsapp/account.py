"""What Meta says about a town's number and templates."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from stadtdraht.domain.errors import StadtdrahtError
from stadtdraht.domain.town import Template
from stadtdraht.domain.whatsapp.error_codes import CALLS, TOKEN_REFUSED, WHOLE_NUMBER

TIER: Final = re.compile(r"(?:TIER_)?(\d{1,9})(K?)")


class MetaRefused(StadtdrahtError):
    """The Graph API said no, or nothing; the text is Meta's, which names no person."""

    def __init__(self, what: str, code: int, text: str) -> None:
        super().__init__(f"Meta refused to {what}: {text} (code {code})")
        self.code = code

    @property
    def is_of_the_token(self) -> bool:
        """Whether Meta does not take the access token; any other refusal says nothing of it."""
        return self.code == TOKEN_REFUSED

    @property
    def ends_all(self) -> bool:
        """Whether the next request would be refused as well, whatever it asks; no clear answer counts as such."""
        return self.code in WHOLE_NUMBER | CALLS


@dataclass(frozen=True, slots=True)
class NumberFacts:
    """Facts of a number; a text is "" when Meta does not say."""

    display_phone_number: str
    quality: str
    """GREEN, YELLOW, RED or UNKNOWN."""
    rate_mps: int | None
    """Messages a second; None: Meta does not say."""
    portfolio_limit: str = ""
    """As Meta says it, "TIER_2K"; see `limit_of`."""
    health: str = ""
    """Of sending: AVAILABLE, LIMITED or BLOCKED."""


@dataclass(frozen=True, slots=True)
class Limit:
    """People per 24 hours outside service windows; None: unlimited."""

    people: int | None


def limit_of(said: str) -> Limit | None:
    """What "TIER_2K", "2000", "TIER_UNLIMITED" or "-1" stand for; None for what is no limit."""
    if said.upper() in {"TIER_UNLIMITED", "UNLIMITED", "-1"}:
        return Limit(None)
    found = TIER.fullmatch(said.upper())
    return Limit(int(found[1]) * (1000 if found[2] else 1)) if found else None


@dataclass(frozen=True, slots=True)
class TemplateSnapshot:
    """A template as Meta has it, in one language."""

    template_id: str
    name: str
    language: str
    status: str
    category: str
    body: str
    footer: str
    ttl_s: int | None
    """Seconds in which Meta may deliver; None: its 30 days."""
    quick_replies: tuple[str, ...] = ()
    quality: str = "UNKNOWN"
    """GREEN, YELLOW, RED or UNKNOWN."""
    picture: bool = False
    more: tuple[str, ...] = ()
    """What else it shows and no town file has, such as "header TEXT: Angebot" or "button URL: Kaufen"."""

    def says_the_same(self, template: Template) -> bool:
        """Whether Meta has what the town file has. The category is Meta's own judgement and shown apart."""
        return self.reads_the_same(template) and self.ttl_s == template.ttl_s

    def reads_the_same(self, template: Template) -> bool:
        """Whether people see what the town had approved."""
        ours = (template.body, template.footer, template.quick_replies, template.picture, ())
        return (self.body, self.footer, self.quick_replies, self.picture, self.more) == ours


@dataclass(frozen=True, slots=True)
class AccountSnapshot:
    """What Meta said of a town's account when somebody last looked."""

    seen_at: datetime
    number: NumberFacts
    templates: tuple[TemplateSnapshot, ...]
    crisis_audience: int | None = None
    """How many people took warnings then; None: not counted, since Meta sets no limit."""
