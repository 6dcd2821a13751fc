"""What Meta says about a town's number and templates."""

from dataclasses import dataclass

from stadtdraht.domain.town import Template


@dataclass(frozen=True, slots=True)
class NumberFacts:
    """Facts of a number; `rate_mps` is None when Meta does not say."""

    display_phone_number: str
    quality: str
    rate_mps: int | None


@dataclass(frozen=True, slots=True)
class StandingTemplate:
    """A template as Meta has it, in one language. quality: GREEN, YELLOW, RED or UNKNOWN."""

    template_id: str
    name: str
    language: str
    status: str
    category: str
    body: str
    footer: str
    ttl_s: int | None
    quick_replies: tuple[str, ...] = ()
    quality: str = "UNKNOWN"

    def says_the_same(self, template: Template) -> bool:
        """Whether Meta has what the town file has. The category is Meta's own judgement and shown apart."""
        ours = (template.body, template.footer, template.ttl_s, template.quick_replies)
        return (self.body, self.footer, self.ttl_s, self.quick_replies) == ours
