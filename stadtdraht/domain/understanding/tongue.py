"""In which language somebody unmistakably writes: by its letters, else by its small words."""

from collections import Counter

from stadtdraht.domain.text import plain

UKRAINIAN, RUSSIAN = frozenset("іїєґ"), frozenset("ыэъё")
SMALL_WORDS = {
    "de": (
        "der die das und ist nicht ich sie wir ihr ein eine auf mit bei von zu den dem im am bitte hallo "
        "für wie wann wo haben kann "
    ),
    "en": (
        "the and is are you your my to of for with please hello hi what where when how can have not this it we do does "
    ),
    "tr": (
        "ve bir bu için ne var mı mi nasıl nerede merhaba lütfen ben bana benim değil çok teşekkürler "
        "istiyorum olarak daha "
    ),
    "pl": (
        "i w na jest nie się to czy jak gdzie proszę dzień dobry mam mnie mi dla z od do że dziękuję chcę co jestem "
    ),
    "uk": "я і в на не що як це до та з чи для мені будь ласка добрий день",
    "ru": "я и в на не что как это до с для мне пожалуйста здравствуйте где когда",
}
_WORDS = {tag: frozenset(plain(words).split()) for tag, words in SMALL_WORDS.items()}
LETTERS = 0.6  # share of letters of one alphabet
WORDS_AT_LEAST, LEAD = 2, 2.0
ARABIC, CYRILLIC = range(0x600, 0x780), range(0x400, 0x530)


def tongue_of(text: str) -> str:
    """Its tag; "" where it is not sure."""
    letters = [letter for letter in text.casefold() if letter.isalpha()]
    if not letters:
        return ""
    if sum(ord(letter) in ARABIC for letter in letters) >= LETTERS * len(letters):
        return "ar"
    words = plain(text).split()
    if sum(ord(letter) in CYRILLIC for letter in letters) >= LETTERS * len(letters):
        if set(letters) & UKRAINIAN:
            return "uk"
        return "ru" if set(letters) & RUSSIAN else _likeliest(words, ("uk", "ru"))
    return _likeliest(words, ("de", "en", "tr", "pl"))


def _likeliest(words: list[str], tags: tuple[str, ...]) -> str:
    counted = Counter({tag: sum(word in _WORDS[tag] for word in words) for tag in tags}).most_common(2)
    (first, most), (_, next_most) = counted
    return first if most >= WORDS_AT_LEAST and most >= LEAD * max(next_most, 0.5) else ""
