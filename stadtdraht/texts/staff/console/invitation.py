"""Mail that brings somebody to the door. It holds no word of any citizen."""

from collections.abc import Mapping
from typing import Final

from stadtdraht.domain.staff.mail import Mail
from stadtdraht.domain.staff.member import Member, StaffLanguage
from stadtdraht.domain.staff.roles import Role, Roles
from stadtdraht.domain.town import Town
from stadtdraht.texts.staff.language import german, reading, say

ROLES = {
    Role.MAYOR: german("Bürgermeisteramt"),
    Role.EDITOR: german("Presse"),
    Role.AGENT: german("Antworten"),
    Role.CRISIS: german("Krise"),
    Role.ADMIN: german("Verwaltung"),
    Role.PRIVACY: german("Datenschutz"),
}
MAY = {
    Role.MAYOR: german("freigeben und antworten (Bürgermeisteramt)"),
    Role.EDITOR: german("Newsletter schreiben (Presse)"),
    Role.AGENT: german("antworten und Meldungen bearbeiten"),
    Role.CRISIS: german("warnen (Krise)"),
    Role.ADMIN: german("Zugänge verwalten (Verwaltung)"),
    Role.PRIVACY: german("Datenschutz"),
}


def roles_in_german(roles: Roles) -> str:
    """As it is written down: Bürgermeisteramt · Presse."""
    with reading(StaffLanguage.GERMAN):
        return say_roles(roles)


def say_roles(roles: Roles) -> str:
    """In the order of the list: Bürgermeisteramt · Presse."""
    return " · ".join(say(words) for role, words in ROLES.items() if role in roles)


INVITATION: Final = german("""Guten Tag {name},

{by} hat Ihnen einen Zugang zum Bürgerdraht ({town}) eingerichtet.

Hier melden Sie sich an: {url}
Ihre E-Mail-Adresse: {email}
Ihr erstes Passwort: {password}

Es gilt sieben Tage. Beim ersten Mal wählen Sie ein eigenes Passwort mit mindestens 14 Zeichen und verbinden eine
Code-App auf Ihrem Telefon, zum Beispiel den Microsoft Authenticator oder FreeOTP. Das dauert zwei Minuten.

Sie haben damit nicht gerechnet? Dann fragen Sie bitte nach, bevor Sie sich anmelden.
""")
ANOTHER_TOWN: Final = german("""Guten Tag {name},

{by} hat Ihnen einen Zugang zum Bürgerdraht von {town} eingerichtet. Sie melden sich an wie bisher:

{url}
""")


def invitation(member: Member, town: Town, password: str, url: str, by: str) -> Mail:
    """To somebody who has no account yet, or whose access was renewed: with a first password."""
    facts = {"name": member.name, "by": by, "town": town.name, "url": url, "email": member.email, "password": password}
    return _mail(member, town, INVITATION, facts)


def another_town(member: Member, town: Town, url: str, by: str) -> Mail:
    """To somebody who works for another town already: with the account that they have."""
    return _mail(member, town, ANOTHER_TOWN, {"name": member.name, "by": by, "town": town.name, "url": url})


def _mail(member: Member, town: Town, text: str, facts: Mapping[str, str]) -> Mail:
    """In the language of whoever gets it."""
    with reading(member.language):
        return Mail(member.email, say("Ihr Zugang zum Bürgerdraht: {town}", town=town.name), say(text, **facts))
