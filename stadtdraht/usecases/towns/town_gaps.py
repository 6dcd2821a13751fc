"""What a town's file leaves open that its citizens or its staff would look for. It can be applied all the same."""

from collections.abc import Iterator
from dataclasses import dataclass

from stadtdraht.domain.town import Offer, PublishReports, Town
from stadtdraht.texts.languages import german_name


@dataclass(frozen=True, slots=True)
class TownGap:
    """A field that is empty, or a choice to be sure of, and what comes of it."""

    field: str
    says: str


def town_gaps(town: Town) -> Iterator[TownGap]:
    """In the order of the pages and commands that lack it."""
    more = town.data_protection
    if not more.officer:
        yield TownGap("data_protection.officer", "the privacy page names no data protection officer (Art. 13 GDPR)")
    if not (more.officer_email or more.officer_phone):
        yield TownGap("data_protection.officer_email", "the privacy page shows no way to the data protection officer")
    if not more.legal_basis:
        yield TownGap("data_protection.legal_basis", "the privacy page names no law for answers to citizens")
    for number, offered in enumerate(town.offers):
        said = {"de", *dict(offered.description_in)}
        if missing := [german_name(tag) for tag in town.languages if tag not in said]:
            says = f"“{offered.label}” is described in German to people who read {', '.join(missing)}"
            yield TownGap(f"offers.{number}.description_in", says)
    if Offer.NEWS in town.offers_of():
        if town.promise is None:
            yield TownGap("promise", "the town page does not say how often news come")
        if not town.topics:
            yield TownGap("topics", "the town page shows none, and readers cannot choose")
        if not town.testers:
            yield TownGap("testers", "a newsletter cannot be tried on colleagues before it goes out")
        if not town.feed_url:
            yield TownGap("feed_url", "newsletters cannot be drafted from the town's own feed")
    if any(it.latitude is None or it.longitude is None for it in town.districts):
        yield TownGap("districts", "some have no latitude and longitude, so a pin cannot name a district")
    if Offer.CHAT in town.offers_of() and not town.office_hours:
        yield TownGap("office_hours", "nobody is told when their message will be read")
    if town.publish_reports is PublishReports.TEXT:
        yield TownGap(
            "publish_reports",
            "“text” publishes citizens' words before anybody has read them; numbers and mail addresses are blacked "
            "out, names of neighbours are not; “status” publishes no words",
        )
