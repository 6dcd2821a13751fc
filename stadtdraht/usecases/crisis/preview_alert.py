"""What an alert would do, before anybody presses: what people will see, how many, and by when."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING

from stadtdraht.domain.citizen import Recipient
from stadtdraht.domain.crisis.alert import ENDS, PARTS, Alert, AlertKind
from stadtdraht.domain.crisis.lint import Lint
from stadtdraht.domain.delivery.pace import MOST_SHARE
from stadtdraht.domain.identifiers import ALERT, new_cause
from stadtdraht.domain.town import Offer, Template, Town
from stadtdraht.domain.whatsapp.prices import Rate, country_of, list_at, priced
from stadtdraht.texts.languages import german_name
from stadtdraht.texts.scenarios import SCENARIOS
from stadtdraht.texts.staff.crisis.alert_lint import INSTEAD_SAID, why_missing
from stadtdraht.usecases.crisis.alert_wording import as_people_read, frame, frames_of, issuer_of, wording
from stadtdraht.usecases.crisis.lint_alert import fit_words, lint_words

if TYPE_CHECKING:
    from stadtdraht.ports.broadcast import Audience

FIRST_AFTER_S = 3  # press to first message when the sender starts cold; 1.8 s measured, docs/operations/benchmarks.md
BOLD = re.compile(r"\*(\S[^*\n]*\S|\S)\*")


@dataclass(frozen=True, slots=True)
class Picture:
    """One message as it will stand on a phone."""

    language: str
    language_name: str
    text: str
    footer: str

    @property
    def runs(self) -> tuple[str, ...]:
        """The text cut at WhatsApp's *bold* marks: every second run, from the second, is bold."""
        return tuple(BOLD.split(self.text))


@dataclass(frozen=True, slots=True)
class OmittedLanguages:
    """Languages of the town that the warning is not in, all for the same reason. Everything is in German."""

    names: tuple[str, ...]
    why: str
    instead: str
    """What their readers get."""


@dataclass(frozen=True, slots=True)
class Preview:
    """What a press would do now."""

    pictures: tuple[Picture, ...]
    people: int
    """How many agreed to warnings in this place."""
    first_after_s: int
    last_after_s: int
    """When the last of them will have been reached."""
    beyond_limit: int
    """How many of them are above Meta's daily limit of the town's account."""
    cost_eur: Decimal
    """At Meta's dated list, without tax, if all of it is delivered."""
    unpriced: int
    """People in countries that the list lacks; they are not in the sum."""
    lint: Lint
    """What keeps it from going out, and the languages it is not in."""

    @property
    def left_out(self) -> tuple[OmittedLanguages, ...]:
        """Languages of the town that it is not in, those with the same reason together."""
        by_reason: dict[tuple[str, str], list[str]] = {}
        for missing in self.lint.missing:
            names = by_reason.setdefault((why_missing(missing.why), INSTEAD_SAID[missing.instead]), [])
            names.append(german_name(missing.language))
        return tuple(OmittedLanguages(tuple(names), why, instead) for (why, instead), names in by_reason.items())


def preview(
    town: Town,
    scenario: str,
    districts: Sequence[str],
    valid_for_min: int,
    languages: Sequence[str],
    now: datetime,
    *,
    audience: Audience,
    public_url: str,
    kind: AlertKind = AlertKind.ALERT,
    hearers: Iterable[Recipient] | None = None,
    detail: str = "",
) -> Preview:
    """Computed from the audience as it stands; nothing is stored. hearers: where place alone does not say who it is."""
    expires_at = now if kind in ENDS else now + timedelta(minutes=valid_for_min)
    words = wording(
        town,
        SCENARIOS[scenario],
        districts,
        expires_at,
        issuer=issuer_of(town),
        check_url=f"{public_url}/a/…",
        languages=languages,
        kind=kind,
        detail=detail,
    )
    address = f"{public_url}/a/{new_cause(town.id, ALERT, now, 'aaaaaa')}"  # as long as it will be
    rates = _rates(town, kind, _in_place(town, districts, audience) if hearers is None else hearers)
    parts = priced(rates, list_at(now.date()), {})
    people, limit = rates.total(), town.number.portfolio_limit
    return Preview(
        pictures=tuple(
            _picture(frame(town, language, kind), language, parts)
            for language, parts in fit_words(town, words, kind).items()
        ),
        people=people,
        first_after_s=FIRST_AFTER_S,
        last_after_s=FIRST_AFTER_S + round(people / (town.number.rate_mps * MOST_SHARE)),
        beyond_limit=max(0, people - limit) if limit is not None else 0,
        cost_eur=sum((part.eur for part in parts if part.eur is not None), Decimal(0)),
        unpriced=sum(part.messages for part in parts if part.eur is None),
        lint=lint_words(town, {one: {**parts, "mehr": address} for one, parts in words.items()}, kind),
    )


def _in_place(town: Town, districts: Sequence[str], audience: Audience) -> Iterator[Recipient]:
    for person in audience.scan(town.id, Offer.CRISIS):
        if person.left_at is None and (not districts or not person.district or person.district in districts):
            yield person


def _rates(town: Town, kind: AlertKind, people: Iterable[Recipient]) -> Counter[Rate]:
    """Messages by what Meta charges for them."""

    @cache
    def category(language: str) -> str:
        template = frame(town, language, kind)
        return template.category if template else ""

    return Counter((category(person.language), country_of(person.identity)) for person in people)


def pictures_of(alert: Alert, town: Town) -> tuple[Picture, ...]:
    """A raised alert as people see it, in each of its languages."""
    return tuple(
        _picture(next(iter(frames_of(alert, town, language)), None), language, parts)
        for language, parts in alert.wording.items()
    )


def _picture(template: Template | None, language: str, parts: Mapping[str, str]) -> Picture:
    text = as_people_read(template, parts) if template else "\n".join(parts[it] for it in PARTS if it in parts)
    return Picture(language, german_name(language), text, template.footer if template else "")
