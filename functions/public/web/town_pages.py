"""The public pages of one town: what it offers on WhatsApp, who is responsible, what happens with data."""

from datetime import UTC, datetime
from urllib.parse import quote

from markupsafe import Markup, escape

from stadtdraht.domain import retention
from stadtdraht.domain.town import Offer, OfferText, Town
from stadtdraht.pages.qr_code import qr_code
from stadtdraht.pages.render import render
from stadtdraht.texts.authorities import AUTHORITIES
from stadtdraht.texts.languages import LANGUAGES, language_of

RIGHT_TO_LEFT = frozenset({"ar"})


def about(town: Town, lang: str = "de") -> str:
    """What the town offers, and the ways into WhatsApp; in a language of the town, else in German."""
    tag = lang if lang in town.languages and lang in LANGUAGES else "de"
    language = language_of(tag)
    page, sentences = language.town_page, language.sentences
    link = f"https://wa.me/{_digits(town.number.display_phone_number)}?text={quote(page['hello'])}"
    number = Markup('<strong class="number" dir="ltr">{}</strong>').format(town.number.display_phone_number)
    promised = sentences["promise_week" if town.promise.every == "week" else "promise_month"] if town.promise else ""
    return render(
        "town.html",
        town=town.at(datetime.now(UTC)),
        tag=tag,
        spoken=tag.partition("-")[0],
        direction="rtl" if tag in RIGHT_TO_LEFT else "ltr",
        words=page,
        intro=page["intro"].format(town=town.name),
        link=link,
        code=qr_code(link, page["scan"]),
        save=Markup(page["save_number"]).format(number=number, hello=page["hello"]),  # noqa: S704  # our own sentence
        promised=promised.format(most=town.promise.most) if town.promise else "",
        offers=[(it.label, it.described_in(tag), *_written_in(it, tag)) for it in town.offers],
        emergency=[_with_calls(part) for part in sentences["emergency"].replace("*", "").split("\n\n")[:2]],
        others=[(other, LANGUAGES[other].name) for other in town.languages if other in LANGUAGES and other != tag],
        takes_news=Offer.NEWS in town.offers_of(),
    )


def imprint(town: Town, _lang: str = "de") -> str:
    """§ 5 DDG, § 18 MStV."""
    return render("imprint.html", town=town, phone_digits="+" + _digits(town.imprint.phone))


def privacy(town: Town, _lang: str = "de") -> str:
    """Art. 13 GDPR, with the periods that the rows really have."""
    authority, address = AUTHORITIES[town.land]
    return render(
        "privacy.html",
        town=town,
        offers=town.offers_of(),
        phone_digits="+" + _digits(town.imprint.phone),
        officer_digits="+" + _digits(town.data_protection.officer_phone),
        authority=authority,
        authority_url=address,
        conversation_days=retention.CONVERSATION.days,
        delivery_days=retention.DELIVERY.days,
        update_days=retention.UPDATE_AS_IT_CAME.days,
        case_years=retention.CASE.days // 365,
        mark_years=retention.OPT_OUT_MARK.days // 365,
    )


def _written_in(offered: OfferText, tag: str) -> tuple[str, str]:
    """Language and direction of what is said of an offer; German where the town has not translated it."""
    is_translated = tag in dict(offered.description_in)
    return (tag.partition("-")[0], "rtl" if tag in RIGHT_TO_LEFT else "ltr") if is_translated else ("de", "ltr")


def _with_calls(text: str) -> Markup:
    """The emergency numbers in it can be tapped."""
    shown = escape(text)
    for number in ("112", "110"):
        shown = shown.replace(number, Markup('<a href="tel:{0}">{0}</a>').format(number))
    return shown


def _digits(phone: str) -> str:
    return "".join(letter for letter in phone if letter.isdigit())
