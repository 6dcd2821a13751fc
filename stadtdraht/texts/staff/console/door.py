"""Words of the door: signing in."""

from typing import Final
from urllib.parse import quote, urlencode

from stadtdraht.domain.staff.sign_in import CODE_DIGITS, PASSWORD_CHARACTERS
from stadtdraht.texts.staff.language import german, say, say_many

ISSUER: Final = "Stadtdraht"
WRONG: Final = german("E-Mail-Adresse oder Passwort stimmt nicht.")
WRONG_CODE: Final = german(
    "Der Code stimmt nicht. Er wechselt alle 30 Sekunden: Nehmen Sie den, der jetzt in der App steht."
)
TOO_LATE: Final = german("Das hat zu lange gedauert. Bitte fangen Sie noch einmal an.")
OUT: Final = german("Sie sind abgemeldet.")
LOST: Final = german(
    "Sie waren eine Weile nicht hier. Was Sie geschrieben haben, ist noch da: Melden Sie sich an, dann geht es weiter."
)
NO_ROLE: Final = german(
    "Ihr Konto gehört zurzeit zu keiner Stadt. Bitten Sie die Person, die in Ihrem Haus die Zugänge zum Bürgerdraht "
    "verwaltet (Rolle Verwaltung), Sie einzuladen."
)
NEW_ACCESS: Final = german(
    "Wer bei Ihnen die Zugänge verwaltet, kann Ihren Zugang unter „Personal“ erneuern. Sie bekommen dann eine E-Mail "
    "mit einem neuen ersten Passwort und verbinden die Code-App noch einmal."
)
NUMBERS: Final = (
    *(german("null"), german("eine"), german("zwei"), german("drei")),
    *(german("vier"), german("fünf"), german("sechs")),
)
QR_TITLE: Final = german("QR-Code für Ihre Code-App")


def short_password() -> str:
    return say(
        "Das Passwort braucht mindestens {fewest} Zeichen. Ein kurzer Satz ist gut zu merken.",
        fewest=PASSWORD_CHARACTERS,
    )


def locked(minutes: int) -> str:
    return say_many(
        minutes,
        "Das waren zu viele Versuche. Bitte versuchen Sie es in {number} Minute noch einmal.",
        "Das waren zu viele Versuche. Bitte versuchen Sie es in {number} Minuten noch einmal.",
    )


def digits(there: int) -> str:
    """What is wrong with a code of so many digits."""
    missing = CODE_DIGITS - there
    if missing > 0:
        return say_many(
            missing,
            "Der Code hat sechs Ziffern. Es fehlt noch eine.",
            "Der Code hat sechs Ziffern. Es fehlen noch {missing}.",
            missing=say(NUMBERS[missing]),
        )
    return say("Der Code hat sechs Ziffern; das sind mehr.")


def app_address(email: str, secret: str) -> str:
    """What an app that makes codes reads from the QR code (Key Uri Format)."""
    return f"otpauth://totp/{quote(f'{ISSUER}:{email}')}?{urlencode({'secret': secret, 'issuer': ISSUER})}"


def in_groups(secret: str) -> str:
    """As it is typed by hand: four characters at a time."""
    return " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))
