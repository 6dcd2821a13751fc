"""Mail that brings somebody to the door. It holds no word of any citizen."""

from stadtdraht.domain.staff.mail import Mail
from stadtdraht.domain.staff.roles import Role, Roles
from stadtdraht.domain.town import Town
from stadtdraht.texts.staff.language import german, say

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


def say_roles(roles: Roles) -> str:
    """In the order of the list: Bürgermeisteramt · Presse."""
    return " · ".join(say(words) for role, words in ROLES.items() if role in roles)


def invitation(town: Town, name: str, email: str, password: str, url: str, by: str) -> Mail:
    """To somebody who has no account yet, or whose access was renewed: with a first password."""
    text = f"""Guten Tag {name},

{by} hat Ihnen einen Zugang zum Bürgerdraht ({town.name}) eingerichtet.

Hier melden Sie sich an: {url}
Ihre E-Mail-Adresse: {email}
Ihr erstes Passwort: {password}

Es gilt sieben Tage. Beim ersten Mal wählen Sie ein eigenes Passwort mit mindestens 14 Zeichen und verbinden eine
Code-App auf Ihrem Telefon, zum Beispiel den Microsoft Authenticator oder FreeOTP. Das dauert zwei Minuten.

Sie haben damit nicht gerechnet? Dann fragen Sie bitte nach, bevor Sie sich anmelden.
"""
    return Mail(email, f"Ihr Zugang zum Bürgerdraht: {town.name}", text)


def another_town(town: Town, name: str, email: str, url: str, by: str) -> Mail:
    """To somebody who works for another town already: with the account that they have."""
    text = f"""Guten Tag {name},

{by} hat Ihnen einen Zugang zum Bürgerdraht von {town.name} eingerichtet. Sie melden sich an wie bisher:

{url}
"""
    return Mail(email, f"Ihr Zugang zum Bürgerdraht: {town.name}", text)
