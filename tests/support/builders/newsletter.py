"""A town with templates for newsletters of every length, and newsletters to go with it."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from stadtdraht.domain.broadcast.broadcast import Broadcast, Item
from stadtdraht.domain.broadcast.colleague import Colleague
from stadtdraht.domain.broadcast.draft import DraftOptions, draft
from stadtdraht.domain.broadcast.template_variables import generated
from stadtdraht.domain.town import Offer, OfferText, TopicOrDistrict, Town
from tests.support.builders.crisis import a_town

MONDAY = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)  # 9:00 in Bocholt
ANNA, BERND = Colleague("Anna"), Colleague("Bernd")
PUBLIC_URL = "https://wa.bocholt.example"


def a_newsletter_town(**changes: Any) -> Town:
    made = a_town()
    made = replace(
        made,
        offers=(OfferText(Offer.NEWS, "News", "Neues."),),
        imprint=replace(made.imprint, url="https://www.bocholt.example/impressum"),
        newsletter_template="stadtnachrichten_1",
        persona="Ihr Team im Rathaus",
        topics=(TopicOrDistrict("traffic", "Verkehr"), TopicOrDistrict("waste", "Müll")),
        districts=(TopicOrDistrict("barlo", "Barlo"), TopicOrDistrict("mussum", "Mussum")),
    )
    made = replace(made, templates=(*made.templates, *(generated(made, items) for items in range(1, 6))))
    return replace(made, **changes)


def story(number: int = 1, **changes: Any) -> Item:
    made = Item(f"Meldung {number}", f"Kurz gesagt, Teil {number}.", f"https://www.bocholt.example/m/{number}")
    return replace(made, **changes)


def a_draft(*items: Item, town: Town | None = None, **options: Any) -> Broadcast:
    return draft(town or a_newsletter_town(), items or (story(),), DraftOptions(**options), ANNA, MONDAY, "abcdef")
