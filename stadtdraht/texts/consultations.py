"""What a person hears when a consultation ends before they were answered."""

from stadtdraht.domain.town import Town
from stadtdraht.texts.replies import text


def word_end(host: str, town: Town, language: str) -> str:
    """Raises one of UNFILLED for own wording that nothing can fill."""
    return text(town, language, "consultation_over").format(host=host)
