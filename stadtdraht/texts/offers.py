"""How a town's offers are spoken of: news and warnings are received, chat and reports are used."""

from collections.abc import Iterable, Sequence

from stadtdraht.domain.town import Offer, OfferText, Town
from stadtdraht.texts.replies import text

RECEIVED = frozenset({Offer.NEWS, Offer.CRISIS})
ASKED_ALONE = {Offer.CHAT: "ask_chat", Offer.REPORTS: "ask_reports"}


def name_offers(offers: Iterable[Offer], town: Town, language: str) -> str:
    """As the town calls them: "News und Melder"."""
    labels = {offered.offer: offered.label for offered in town.offers}
    return text(town, language, "and").join(labels.get(offer, offer.value) for offer in offers)


def describe_offer(offered: OfferText, town: Town, language: str) -> str:
    """What the town says of it; of the news also how often they come at most."""
    description = offered.described_in(language)
    if offered.offer is not Offer.NEWS or town.promise is None:
        return description
    return f"{description} {text(town, language, f'promise_{town.promise.every}').format(most=town.promise.most)}"


def list_offers(offers: Iterable[OfferText], town: Town, language: str) -> str:
    """One a line."""
    line = text(town, language, "offer_line")
    return "\n".join(line.format(label=it.label, description=describe_offer(it, town, language)) for it in offers)


def ask_for_offers(offers: Sequence[Offer], town: Town, language: str) -> str:
    """Whether the person wants them, as a question."""
    if RECEIVED.issuperset(offers):
        name = "ask_received"
    else:
        name = ASKED_ALONE[offers[0]] if len(offers) == 1 else "ask_several"
    return text(town, language, name).format(town=town.name, offers_named=name_offers(offers, town, language))


def confirm_offers(offers: Iterable[Offer], town: Town, language: str) -> str:
    """What holds from now on, which is said once."""
    said = []
    from_now = text(town, language, "from_now")
    for offer in offers:
        words = text(town, language, f"confirmed_{offer}")
        said.append(words.format(label=name_offers([offer], town, language), from_now=from_now))
        from_now = "" if "{from_now}" in words else from_now
    return " ".join(said)


def tell_left(offers: Iterable[Offer], town: Town, language: str) -> str:
    """Which ended."""
    return _by_use("left", offers, town, language)


def tell_kept(offers: Iterable[Offer], town: Town, language: str) -> str:
    """Which go on."""
    return _by_use("kept", offers, town, language)


def _by_use(name: str, offers: Iterable[Offer], town: Town, language: str) -> str:
    offers = tuple(offers)
    received = tuple(offer for offer in offers if offer in RECEIVED)
    alike = ([received] if received else []) + [(offer,) for offer in offers if offer not in RECEIVED]
    return " ".join(
        text(town, language, f"{name}_{'received' if them == received else 'used'}").format(
            offers_named=name_offers(them, town, language)
        )
        for them in alike
    )
