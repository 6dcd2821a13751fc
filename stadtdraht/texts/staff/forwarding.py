"""Mails to departments: a link, and no word of anybody, since mail leaves the system."""

from stadtdraht.domain.town import Town


def mail_about_conversation(town: Town, link: str) -> tuple[str, str]:
    """Subject and text."""
    text = (
        f"Guten Tag,\n\n{town.name} hat Ihnen ein Gespräch aus {town.service_name} weitergeleitet.\n"
        f"Hier lesen und beantworten Sie es (mit Ihrem Konto):\n{link}\n\n"
        "Diese Mail enthält mit Absicht keine Angaben zum Gespräch.\n"
    )
    return "Ein Gespräch für Sie", text
