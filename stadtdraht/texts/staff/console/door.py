"""Words of the door: signing in."""

from typing import Final
from urllib.parse import quote, urlencode

from stadtdraht.domain.staff.sign_in import CODE_DIGITS, PASSWORD_CHARACTERS
from stadtdraht.texts.staff.moments import counted

ISSUER: Final = "Stadtdraht"
WRONG: Final = "E-Mail-Adresse oder Passwort stimmt nicht."
WRONG_CODE: Final = "Der Code stimmt nicht. Er wechselt alle 30 Sekunden: Nehmen Sie den, der jetzt in der App steht."
TOO_LATE: Final = "Das hat zu lange gedauert. Bitte fangen Sie noch einmal an."
SHORT_PASSWORD: Final = (
    f"Das Passwort braucht mindestens {PASSWORD_CHARACTERS} Zeichen. Ein kurzer Satz ist gut zu merken."
)
OUT: Final = "Sie sind abgemeldet."
LOST: Final = (
    "Sie waren eine Weile nicht hier. Was Sie geschrieben haben, ist noch da: Melden Sie sich an, dann geht es weiter."
)
NO_ROLE: Final = (
    "Ihr Konto gehört zurzeit zu keiner Stadt. Bitten Sie die Person, die in Ihrem Haus die Zugänge zum Bürgerdraht "
    "verwaltet (Rolle Verwaltung), Sie einzuladen."
)
NEW_ACCESS: Final = (
    "Wer bei Ihnen die Zugänge verwaltet, kann Ihren Zugang unter „Personal“ erneuern. Sie bekommen dann eine E-Mail "
    "mit einem neuen ersten Passwort und verbinden die Code-App noch einmal."
)
QR_TITLE: Final = "QR-Code für Ihre Code-App"


def locked(minutes: int) -> str:
    return (
        f"Das waren zu viele Versuche. Bitte versuchen Sie es in {counted(minutes, 'Minute', 'Minuten')} noch einmal."
    )


def digits(there: int) -> str:
    """What is wrong with a code of so many digits."""
    missing = CODE_DIGITS - there
    if missing > 0:
        return f"Der Code hat sechs Ziffern. Es {'fehlt noch eine' if missing == 1 else f'fehlen noch {_number(missing)}'}."
    return "Der Code hat sechs Ziffern; das sind mehr."


def app_address(email: str, secret: str) -> str:
    """What an app that makes codes reads from the QR code (Key Uri Format)."""
    return f"otpauth://totp/{quote(f'{ISSUER}:{email}')}?{urlencode({'secret': secret, 'issuer': ISSUER})}"


def in_groups(secret: str) -> str:
    """As it is typed by hand: four characters at a time."""
    return " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))


def _number(count: int) -> str:
    return ("null", "eine", "zwei", "drei", "vier", "fünf", "sechs")[count]
