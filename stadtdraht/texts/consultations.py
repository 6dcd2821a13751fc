"""What people read of a consultation: that there will be one, and that it ends before they were answered."""

from stadtdraht.domain.broadcast.broadcast import TITLE_CHARACTERS
from stadtdraht.domain.consultations.consultation import Consultation
from stadtdraht.domain.text import shorten
from stadtdraht.domain.town import Town
from stadtdraht.texts.dates import clock, moment
from stadtdraht.texts.replies import text

INVITED = (
    "{host} antwortet am {begins} bis {ends} hier auf WhatsApp. Schreiben Sie in dieser Zeit einfach in diesen Chat: Sie "
    "erfahren gleich, an welcher Stelle Ihre Frage steht. Vorher und nachher liest die Stadtverwaltung mit."
)


def word_end(host: str, town: Town, language: str) -> str:
    """Raises one of UNFILLED for own wording that nothing can fill."""
    return text(town, language, "consultation_over").format(host=host)


def invitation(held: Consultation, town: Town) -> tuple[str, str]:
    """Title and teaser of the newsletter about it, in German as newsletters are written; staff change them."""
    begins, ends = moment(held.opens_at, town, "de"), clock(held.closes_at, town, "de")
    title = shorten(f"Bürgersprechstunde mit {held.host}", TITLE_CHARACTERS)
    return title, INVITED.format(host=held.host, begins=begins, ends=ends)
