"""Whether a text gives away a password, a PIN or the like: its name, and behind it what looks like one."""

from collections.abc import Sequence

from stadtdraht.domain.text import one_line, plain


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


PASSWORDS = _words("passwort kennwort password passwd pw pwd parola sifre haslo пароль passcode")
CODES = _words("code wlan wifi zugangscode zugang login")
PINS = _words("pin puk tan cvc cvv geheimzahl")
MINE = _words("mein meine mei my hier unser unsere")
SAYS = _words("ist is lautet heisst lauted")
NO_PASSWORD = _words(
    "vergessen falsch weg nicht abgelaufen ungueltig gesperrt zu da bei es das ein eine neu neues ja noch "
    "immer schon auch "
    "richtig sicher unsicher verloren doch jetzt hinterlegt so geknackt gehackt kurz lang bekannt "
    "angekommen kaputt mir "
    "mit im in auf von wohl leider nirgends unbekannt"
)
FOLLOWS_WITHIN = 8  # words between its name and itself
PIN_DIGITS = range(3, 9)
SHORTEST = 5
YEARS = ("19", "20")


def tells_a_secret(text: str) -> bool:
    """Whether one is in it. That somebody forgot theirs tells nothing."""
    written = one_line(text).split()
    said = [plain(word).split() for word in written]
    for at, words in enumerate(said):
        if not words:
            continue
        behind = range(at + 1, min(len(written), at + 1 + FOLLOWS_WITHIN))
        if not PINS.isdisjoint(words) and any(_is_pin(written[it], is_next=it == at + 1) for it in behind):
            return True
        is_password = not PASSWORDS.isdisjoint(words)
        if (is_password or not CODES.isdisjoint(words)) and any(_is_made_up(written[it]) for it in behind):
            return True
        if is_password and at and not MINE.isdisjoint(said[at - 1]) and _is_said_behind(said[at + 1 :]):
            return True
    return False


def _is_pin(written: str, *, is_next: bool) -> bool:
    digits = written.strip(".,;:!?()\"'„“*")
    return digits.isascii() and digits.isdigit() and len(digits) in PIN_DIGITS and (is_next or digits[:2] not in YEARS)


def _is_made_up(written: str) -> bool:
    """Letters with a digit among them, as no word has; not a date, a street's number or an address."""
    bare = written.strip(",;:?()\"'„“*").rstrip(".!")
    if len(bare) < SHORTEST or "://" in bare or "@" in bare or "." in bare:
        return False
    return any(sign.isdigit() for sign in bare) and any(sign.isalpha() for sign in bare) and not bare[0].isdigit()


def _is_said_behind(behind: Sequence[Sequence[str]]) -> bool:
    """My password (for …) is X, and nothing more of that sentence."""
    for at, words in enumerate(behind[:4]):
        if not SAYS.isdisjoint(words):
            rest = [word for later in behind[at + 1 : at + 3] for word in later]
            return bool(rest) and rest[0] not in NO_PASSWORD
    return False
