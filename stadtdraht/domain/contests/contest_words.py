"""What people say of a contest: that they take part, that a picture is for something else, that they want it back."""

import re
from collections.abc import Mapping, Sequence
from enum import StrEnum

from stadtdraht.domain.contests.contest import Contest
from stadtdraht.domain.text import plain, read_part


class Caption(StrEnum):
    """What the words under a picture say of it."""

    ENTRY = "entry"
    UNSAID = "unsaid"
    """They only name what is to be seen, or there are none."""
    OTHER = "other"
    """A question, a report, a greeting: it is for something else."""
    REFUSED = "refused"
    """They say that it is not for the contest."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


SHORTEST_NAME = 10  # letters of a word of the title that names the contest by itself
ENDING = 2  # letters that a name may have more: "des Fotowettbewerbs"
LAST = -1
_BETWEEN_SENTENCES = re.compile(r"[.!?\n]+")
CONTESTS = (
    "wettbewerb", "fotowettbewerb", "foto wettbewerb", "gewinnspiel", "mitmachbild", "mitmachaktion", "fotoaktion",
    "naturfoto", "siegerfoto", "einsendeschluss", "jury", "zu gewinnen", "gewinne ich", "yarisma", "contest",
    "competition", "konkurs foto", "konkursie foto", "конкурс", "مسابقه", "مسابقة",
)  # fmt: skip
TAKES_PART = (
    "teilnahme", "teilnehm", "nehme teil", "nehme hiermit teil", "hiermit teil", "mitmach", "mach mit", "mache mit",
    "bin dabei", "mein beitrag", "unser beitrag", "beitrag nr", "beitrag 1", "beitrag 2", "beitrag 3", "beitrag zum",
    "einreichen", "reiche ein", "reichen wir", "eingereicht", "einsenden", "einsendung", "bewerbe ich mich",
    "in die wertung",
)  # fmt: skip
OF_SOMETHING = _words("am an auf bei beim zum zur")  # "an der Sitzung teilnehmen" names something else
NOT_MEANT = (
    "nicht fuer den wettbewerb", "nicht fuern wettbewerb", "nicht zum wettbewerb", "kein wettbewerb",
    "falsches bild", "falsches foto", "nicht fuer das gewinnspiel", "aus versehen", "ausser konkurrenz",
    "kein beitrag", "kein fotowettbewerb", "nicht fuer den fotowettbewerb",
)  # fmt: skip
QUESTIONS = _words(
    "wann wo wer wie warum wieso weshalb wozu welche welcher welches was wem wen wohin woher kann koennen "
    "koennt darf duerfen muss "
    "ist gibt gehoert stimmt haben hat"
)
MATTERS = (
    "muell", "sperrmuell", "bauschutt", "schutt ", "abfall", "tonne ", "container", "kippe ", "gekippt",
    "schlagloch", "loch ", "kaputt", "defekt", "zerstoert", "gebrochen", "abgebrochen", "abgerissen",
    "verstopft", "verschmutzt", "dreckig", "schmierer", "graffiti", "hakenkreuz", "beschmiert", "geparkt",
    "falschpark", "parkt ", "zugeparkt", "ampel ", "laterne", "lampe ", "dunkel ", "schild ", "schilder ",
    "verkehrsschild", "baustelle", "bescheid ", "strafzettel", "knoellchen", "brief ", "mail ", "fahrplan", "bus ",
    "rechnung", "formular", "ausweis", "weggelaufen", "entlaufen", "vermisst", "gesucht", "tote ", "toter ", "totes ",
    "ratten ", "scherben", "spritze", "wegraeumen", "wegmachen", "reparier", "beseitig", "stoerung",
    "gefaehrlich", "wucher", "waechst uebern", "waechst ueber", "zugewachsen", "umgefallen", "umgestuerzt",
    "ueberschwemm", "betrug", "serioes", "haengt an meiner tuer", "meldung", "melden ", "pfuetze", "geleert",
    "abgeholt", "gestohlen", "geklaut", "widersprechen sich", "liegt hier", "hier liegt", "hier im park liegt",
    "bitte weg", "nicht geraeumt", "gestreut", "poller", "absperrung", "werbung", "angebot", "kurs ", "plakat",
    "beschaedigt",
)  # fmt: skip
GREETINGS = (
    "guten morgen", "guten abend", "gute nacht", "schoenen tag", "schoenes wochenende", "schoenen sonntag",
    "frohe ostern", "frohe weihnachten", "frohes fest", "schoenen advent", "frohes neues", "alles gute",
    "liebe gruesse an alle", "happy", "herzlichen glueckwunsch", "guete morgen", "schoene woche", "gesegnet",
)  # fmt: skip
PICTURES = _words(
    "foto fotos bild bilder beitrag beitraege einsendung einsendungen aufnahme aufnahmen teilnahme photo photos "
    "picture pictures entry entries zdjecie zdjecia fotograf fotografi fotografim fotografimi resim resmi resmimi "
    "фото фотографию фотографії фотографии снимок الصورة صورة صوري صورتي"
)
ASKS_OF_A_PICTURE = _words("darf duerfen kann koennen muss wie wieviele may can how ile kac ile można можно можна هل")
TAKEN_BACK = (
    "zurueckziehen", "zurueckzieh", "zurueckgezogen", "zurueckzunehmen", "zurueck nehmen", "zuruecknehmen",
    "rausnehmen", "herausnehmen", "rauszunehmen", "streichen", "streicht", "streich", "entfernen", "entfernt",
    "entferne", "loeschen", "loescht", "loesche", "nicht verwenden", "nicht verwendet", "nicht zeigen",
    "nicht veroeffentlichen", "nicht mehr teilnehmen", "nicht mehr mitmachen", "nehme ich zurueck", "withdraw",
    "remove", "delete", "take back", "take out", "geri cek", "kaldir", "silin", "wycofac", "wycofuje", "usunac",
    "usun", "удал", "видал", "отозвать", "відкликати", "прибер", "прибрати", "убер", "убрать", "سحب", "حذف", "احذف",
)  # fmt: skip
APART = (
    ("zieh", "zurueck"), ("ziehe", "zurueck"), ("ziehen", "zurueck"), ("nehmt", "raus"), ("nehmen", "raus"),
    ("nimm", "raus"), ("nehm", "zurueck"), ("nehme", "zurueck"), ("nehmen", "heraus"), ("nehmt", "heraus"),
    ("wieder", "raus"), ("aus", "nehmen"), ("aus", "wettbewerb"), ("nehmt", "aus"),
)  # fmt: skip
WHICH: Mapping[int, tuple[str, ...]] = {  # by the beginnings of words
    1: ("erste", "first", "birinci", "ilk", "pierwsz", "перв", "перш", "الاولى", "الأولى"),
    2: ("zweite", "second", "ikinci", "drugi", "втор", "друг", "الثانية"),
    3: ("dritte", "third", "ucuncu", "trzeci", "трет", "الثالثة"),
    LAST: ("letzte", "last", "latest", "son ", "ostatni", "последн", "останн", "الاخيرة", "الأخيرة"),
}
EVERY = (
    "alle", "beide", "saemtliche", "fotos", "bilder", "beitraege", "einsendungen", "all ", "both", "photos", "pictures",
    "hepsi", "wszystk", "все ", "всі ", "усі ", "обе ", "обидв", "كل ", "جميع",
)  # fmt: skip


KEPT = (
    "nein", "ne ", "nee ", "noe ", "doch nicht", "bleib", "behalt", "kein", "lass", "no ", "none", "keep", "hayir",
    "kalsin", "нет ", "ні ", "залиш", "остав", "nie ", "zadne", "zostaw", "لا ",
)  # fmt: skip
LONGEST_ANSWER = 6  # words


def names(contest: Contest, text: str) -> bool:
    """Whether it names this contest: by its keyword, its title, or a long word of it."""
    said = plain(text)
    town = plain(contest.town)
    parts = (plain(it) for it in contest.title.split() if len(it) >= SHORTEST_NAME)
    whole = {plain(contest.keyword), plain(contest.title)} - {""}
    if any(f" {name} " in f" {said} " for name in whole):
        return True
    long = [name for name in (*parts, *whole) if name != town and " " not in name]
    return any(word.startswith(name) and len(word) <= len(name) + ENDING for word in said.split() for name in long)


def caption_says(contest: Contest, caption: str) -> Caption:
    """What a picture sent during the contest is, by the words under it."""
    said = f" {plain(caption)} "
    if _has(said, NOT_MEANT):
        return Caption.REFUSED
    if names(contest, caption) or _has(said, CONTESTS) or _has(said, TAKES_PART):
        return Caption.ENTRY
    words = said.split()
    if "?" in caption or (words and words[0] in QUESTIONS):
        return Caption.OTHER
    if _has(said, MATTERS) or _has(said, GREETINGS):
        return Caption.OTHER
    return Caption.OTHER if caption.strip() and not words else Caption.UNSAID


def speaks_of(contest: Contest, text: str) -> bool:
    """Whether words that bring no picture are about this contest: name it or any, want to take part, or ask how."""
    said = f" {plain(text)} "
    words = said.split()
    if names(contest, text) or _has(said, CONTESTS):
        return True
    if _has(said, TAKES_PART):
        return OF_SOMETHING.isdisjoint(words)
    is_question = "?" in text or bool(words and words[0] in QUESTIONS)
    return is_question and not PICTURES.isdisjoint(words) and not ASKS_OF_A_PICTURE.isdisjoint(words)


def asks_of_picture(text: str) -> bool:
    """Whether it is about a picture that somebody sent: for who asks whether theirs has arrived."""
    return not PICTURES.isdisjoint(plain(text).split())


def takes_back(text: str) -> Sequence[str]:
    """The sentences, plain, in which somebody wants back what they entered.

    It is for whoever has an entry; a reading alone does not know.
    """
    return [said for sentence in _BETWEEN_SENTENCES.split(read_part(text)) if _takes_back(said := plain(sentence))]


def keeps_all(answer: str) -> bool:
    """Whether the answer to which entry somebody wants back is: none."""
    return _has(f" {plain(answer)} ", KEPT)


def is_answer(text: str) -> bool:
    """Whether it is short enough to name an entry and nothing else: a sentence has numbers of its own."""
    return len(plain(text).split()) <= LONGEST_ANSWER and "?" not in text


def which_of(sentences: Sequence[str], count: int) -> Sequence[int]:
    """Which of so many entries are meant, from 0; none where nothing says so and there are several."""
    said = f" {' '.join(sentences)} "
    numbers = {int(word) for word in said.split() if word.isdecimal() and len(word) <= len(str(count))}
    numbers |= {number for number, beginnings in WHICH.items() if _has(said, beginnings)}
    if numbers:
        return sorted({(count if it == LAST else it) - 1 for it in numbers if it == LAST or 1 <= it <= count})
    return range(count) if count == 1 or _has(said, EVERY) else ()


def rest_of(text: str) -> Sequence[str]:
    """The words of the sentences that take nothing back."""
    parts = (plain(sentence) for sentence in _BETWEEN_SENTENCES.split(read_part(text)))
    return [word for said in parts if not _takes_back(said) for word in said.split()]


def _takes_back(said: str) -> bool:
    words = said.split()
    if PICTURES.isdisjoint(words):
        return False
    around = f" {said} "
    return _has(around, TAKEN_BACK) or any(
        f" {first} " in around and f" {second} " in around for first, second in APART
    )


def _has(said: str, beginnings: Sequence[str]) -> bool:
    return any(f" {it}" in said for it in beginnings)
