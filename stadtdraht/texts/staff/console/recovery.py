"""Words for whoever forgot their password."""

from typing import Final

from stadtdraht.domain.staff.mail import Mail
from stadtdraht.domain.staff.sign_in import RECOVERY_DIGITS, RECOVERY_LASTS
from stadtdraht.texts.staff.language import german, say

SUBJECT: Final = german("Ihr Code für ein neues Passwort")
TEXT: Final = german("""Guten Tag,

Ihr Code für ein neues Passwort: {code}

Er gilt {minutes} Minuten, und nur auf der Seite, auf der Sie ihn angefordert haben. Ihre Code-App brauchen Sie danach wie
bisher.

Sie haben keinen Code angefordert? Dann müssen Sie nichts tun: Ihr Passwort bleibt, wie es ist. Geben Sie den Code
niemandem weiter, auch nicht am Telefon.
""")
CHANGED: Final = german(
    "Ihr Passwort ist geändert, und Sie sind auf allen Geräten abgemeldet. Melden Sie sich jetzt damit an."
)
WRONG_CODE: Final = german("Der Code stimmt nicht. Er steht in der E-Mail, die zuletzt gekommen ist.")
NO_ADDRESS: Final = german("Das ist keine E-Mail-Adresse.")


def recovery_mail(email: str, code: str) -> Mail:
    """In the language in which it was asked for."""
    minutes = int(RECOVERY_LASTS.total_seconds() // 60)
    return Mail(email, say(SUBJECT), say(TEXT, code=in_halves(code), minutes=minutes))


def in_halves(code: str) -> str:
    """As it is read and typed: 1234 5678."""
    return f"{code[: RECOVERY_DIGITS // 2]} {code[RECOVERY_DIGITS // 2 :]}"


def code_length() -> str:
    return say("Der Code hat acht Ziffern.")
