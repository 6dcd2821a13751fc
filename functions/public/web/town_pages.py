"""The public pages of one town: what it offers on WhatsApp, who is responsible, what happens with data."""

from stadtdraht.domain import retention
from stadtdraht.domain.town import Town
from stadtdraht.pages.render import render


def about(town: Town) -> str:
    """What the town offers, and the way into WhatsApp."""
    return render("town.html", town=town, number_digits=_digits(town.number.display_phone_number))


def imprint(town: Town) -> str:
    """§ 5 DDG, § 18 MStV."""
    return render("imprint.html", town=town, phone_digits="+" + _digits(town.imprint.phone))


def privacy(town: Town) -> str:
    """Art. 13 GDPR, with the periods that the rows really have."""
    return render(
        "privacy.html",
        town=town,
        phone_digits="+" + _digits(town.imprint.phone),
        conversation_days=retention.CONVERSATION.days,
        delivery_days=retention.DELIVERY.days,
        update_days=retention.UPDATE_AS_IT_CAME.days,
    )


def _digits(phone: str) -> str:
    return "".join(letter for letter in phone if letter.isdigit())
