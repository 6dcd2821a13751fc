"""A small town and its alerts, for tests that name only what they are about."""

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from stadtdraht.domain.citizen import Recipient
from stadtdraht.domain.crisis.alert import Alert, Trigger
from stadtdraht.domain.crisis.links import CrisisLink, LinkMode
from stadtdraht.domain.identifiers import ALERT, DRILL, new_cause
from stadtdraht.domain.town import Imprint, Mode, Offer, OfferText, Template, TopicOrDistrict, Town, WhatsAppNumber
from stadtdraht.texts.scenarios import SCENARIOS
from stadtdraht.usecases.crisis.alert_cause import AlertToSend
from stadtdraht.usecases.crisis.alert_wording import wording
from stadtdraht.usecases.crisis.raise_alert import alert_slices
from tests.support.fakes.audience import FakeAudience

NOON = datetime(2026, 11, 24, 11, 0, tzinfo=UTC)  # 12:00 in Bocholt
LEASED = timedelta(seconds=60)
BODY_DE = (
    "Amtliche Warnung: {{was}}. Betroffen ist {{wo}}. Die Warnung gilt bis {{bis}}.\n\nBitte tun Sie jetzt dies: "
    "{{tun}}\n\nEs warnt {{wer}}. Ob diese Warnung echt ist, sehen Sie unter {{mehr}} im Internet."
)
BODY_EN = (
    "Official warning: {{was}}. Area: {{wo}}. This warning holds until {{bis}}.\n\nPlease do this now: {{tun}}\n\n"
    "Issued by {{wer}}. Check that this warning is real at {{mehr}} on the web."
)

SECOND_DE = BODY_DE.replace("Amtliche Warnung", "Ihre Stadt warnt")
SECOND_EN = BODY_EN.replace("Official warning", "Your town warns")


def a_town(town: str = "bocholt", name: str = "Bocholt", **changes: Any) -> Town:
    number = WhatsAppNumber(f"10{len(town)}", f"20{len(town)}", "+49 2871 953-0", portfolio_limit=None)
    imprint = Imprint(
        "Stadt Bocholt", "Kaiser-Wilhelm-Straße 52", "Pressestelle", "presse@example.org", "+49 2871 0", "/"
    )
    made = Town(
        id=town,
        name=name,
        service_name=f"{name} direkt",
        mode=Mode.ONE_WAY,
        land="NW",
        languages=("de", "en"),
        website="https://example.org",
        number=number,
        offers=(OfferText(Offer.CRISIS, "Warnungen", "Bei Gefahr sofort."),),
        imprint=imprint,
        privacy_url="https://example.org/datenschutz",
        wording_version="2026-11",
        districts=(
            TopicOrDistrict("mussum", "Mussum"),
            TopicOrDistrict("barlo", "Barlo"),
            TopicOrDistrict("suderwick", "Suderwick"),
        ),
        crisis_templates=("warnung",),
        crisis_issuers=("Feuerwehr Bocholt",),
        templates=(
            Template("warnung", "de", "UTILITY", BODY_DE, "Abbestellen mit STOP"),
            Template("warnung", "en", "UTILITY", BODY_EN, "Unsubscribe with STOP"),
        ),
    )
    return replace(made, **changes)


def with_second(town: Town) -> Town:
    """The town with a second template for warnings in both languages, all of them with an end."""
    more = (
        Template("warnung_zwei", "de", "UTILITY", SECOND_DE, "Abbestellen mit STOP"),
        Template("warnung_zwei", "en", "UTILITY", SECOND_EN, "Unsubscribe with STOP"),
    )
    templates = tuple(replace(it, ttl_s=43200) for it in (*town.templates, *more))
    return replace(town, crisis_templates=("warnung", "warnung_zwei"), templates=templates)


def a_link(town: str = "bocholt", holder: str = "Leitstelle", **changes: Any) -> CrisisLink:
    made = CrisisLink("l1", town, holder, LinkMode.LIVE, NOON, NOON + timedelta(days=30), "k1")
    return replace(made, **changes)


def a_trigger(
    *spends: str,
    town: str = "bocholt",
    scenario: str = "fire",
    districts: frozenset[str] = frozenset(),
    mode: LinkMode = LinkMode.LIVE,
    at: datetime = NOON,
    random: str = "aaaaaa",
) -> Trigger:
    """One press as it reaches the port Alerts."""
    of = a_town(town)
    expires_at = at + timedelta(hours=3)
    alert_id = new_cause(town, ALERT if mode is LinkMode.LIVE else DRILL, at, random)
    words = wording(of, SCENARIOS[scenario], sorted(districts), expires_at, issuer="Feuerwehr", check_url="/a/x")
    alert = Alert(alert_id, town, mode, scenario, districts, at, expires_at, "Leitstelle", "Feuerwehr", wording=words)
    return Trigger(alert, spends or (f"n-{random}",), alert_slices(alert, of), of.number.phone_number_id, at + LEASED)


def first_message(alert: Alert, town: Town, recipient: Recipient, attempt: int = 1) -> Mapping[str, Any]:
    """What somebody gets while every template stands as approved."""
    to_send = AlertToSend(alert, town, None, FakeAudience(), lambda: NOON)
    return asyncio.run(to_send.message(recipient, attempt)).body
