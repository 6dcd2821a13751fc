"""What people say of a contest: that they take part, that a picture is for something else, that they want it back."""

import re
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


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


SHORTEST_NAME = 10  # letters of a word of the title that names the contest by itself
_BETWEEN_SENTENCES = re.compile(r"[.!?\n]+")
ABOUT = (
    "wettbewerb", "fotowettbewerb", "foto wettbewerb", "gewinnspiel", "mitmachbild", "mitmachaktion",
    "fotoaktion", "teilnahme", "teilnehmen", "nehme teil", "nehme hiermit teil", "hiermit teil", "mitmachen",
    "mach mit", "mache mit", "bin dabei", "mein beitrag", "unser beitrag", "beitrag nr", "beitrag 1",
    "beitrag 2", "beitrag 3", "beitrag zum", "einreichen", "reiche ein", "reichen wir", "eingereicht",
    "einsenden", "einsendung", "einsendeschluss", "bewerbe ich mich", "in die wertung", "jury", "gewinne ich",
    "zu gewinnen", "siegerfoto", "naturfoto", "konkurs", "yarisma", "contest", "competition", "конкурс",
    "مسابقه",
)  # fmt: skip
NOT_MEANT = (
    "nicht fuer den wettbewerb", "nicht fuern wettbewerb", "nicht zum wettbewerb", "kein wettbewerb",
    "falsches bild", "falsches foto", "nicht fuer das gewinnspiel", "aus versehen", "ausser konkurrenz",
    "kein beitrag",
)  # fmt: skip
QUESTIONS = _words(
    "wann wo wer wie warum wieso weshalb wozu welche welcher welches was wem wen wohin woher kann koennen "
    "koennt darf duerfen muss"
    "ist gibt gehoert stimmt haben hat"
)
MATTERS = (
    "muell", "sperrmuell", "bauschutt", "schutt", "abfall", "tonne", "container", "kippe", "gekippt",
    "schlagloch", "loch ", "kaputt", "defekt", "zerstoert", "gebrochen", "abgebrochen", "abgerissen",
    "verstopft", "verschmutzt", "dreckig", "schmierer", "graffiti", "hakenkreuz", "beschmiert", "geparkt",
    "falschpark", "parkt", "zugeparkt", "ampel", "laterne", "lampe", "dunkel", "schild", "verkehrsschild",
    "baustelle", "bescheid", "strafzettel", "knoellchen", "brief", "mail", "fahrplan", "bus ", "rechnung",
    "formular", "ausweis", "weggelaufen", "entlaufen", "vermisst", "gesucht", "tote", "toter", "totes",
    "ratten", "scherben", "spritze", "glas", "wegraeumen", "wegmachen", "reparier", "beseitig", "stoerung",
    "gefaehrlich", "wucher", "waechst uebern", "waechst ueber", "zugewachsen", "umgefallen", "umgestuerzt",
    "ueberschwemm", "betrug", "serioes", "haengt an meiner tuer", "meldung", "melden", "pfuetze", "geleert",
    "abgeholt", "gestohlen", "geklaut", "widersprechen sich", "liegt hier", "hier liegt", "hier im park liegt",
    "bitte weg", "nicht geraeumt", "gestreut", "poller", "absperrung", "werbung", "angebot", "kurs ", "plakat",
)  # fmt: skip
GREETINGS = (
    "guten morgen", "guten abend", "gute nacht", "schoenen tag", "schoenes wochenende", "schoenen sonntag",
    "frohe ostern", "frohe weihnachten", "frohes fest", "schoenen advent", "frohes neues", "alles gute",
    "liebe gruesse an alle", "happy", "herzlichen glueckwunsch", "guete morgen", "schoene woche", "gesegnet",
)  # fmt: skip
PICTURES = _words(
    "foto fotos bild bilder beitrag beitraege einsendung einsendungen aufnahme aufnahmen teilnahme photo "
    "picture entry zdjecie"
    "fotografi fotografim фото صورتي"
)
TAKEN_BACK = (
    "zurueckziehen", "zurueckzieh", "zurueckgezogen", "zurueckzunehmen", "zurueck nehmen", "zuruecknehmen",
    "rausnehmen", "herausnehmen", "rauszunehmen", "streichen", "streicht", "streich", "entfernen", "entfernt",
    "entferne", "loeschen", "loescht", "loesche", "nicht verwenden", "nicht verwendet", "nicht zeigen",
    "nicht veroeffentlichen", "nicht mehr teilnehmen", "nicht mehr mitmachen", "nehme ich zurueck", "withdraw",
    "remove", "delete", "geri cek", "wycofac", "usunac", "удалит", "видалит", "отозвать", "відкликати", "سحب",
    "حذف",
)  # fmt: skip
APART = (("zieh", "zurueck"), ("ziehe", "zurueck"), ("ziehen", "zurueck"), ("nehmt", "raus"),
         ("nehmen", "raus"), ("nimm", "raus"),
         ("nehm", "zurueck"), ("nehme", "zurueck"), ("nehmen", "heraus"), ("nehmt", "heraus"), ("wieder", "raus"),
         ("aus", "nehmen"), ("aus", "wettbewerb"), ("nehmt", "aus"))  # fmt: skip


def speaks_of(contest: Contest, text: str) -> bool:
    """Whether it speaks of this contest: by its keyword, its title, or the words for any."""
    said = f" {plain(text)} "
    of_title = (it for it in contest.title.split() if len(it) >= SHORTEST_NAME and plain(it) != plain(contest.town))
    names = {contest.keyword, contest.title, *of_title}
    return any(f" {plain(name)}" in said for name in names if plain(name)) or any(f" {it}" in said for it in ABOUT)


def caption_says(contest: Contest, caption: str) -> Caption:
    """What a picture sent during the contest is, by the words under it."""
    said = f" {plain(caption)} "
    if any(f" {it}" in said for it in NOT_MEANT):
        return Caption.OTHER
    if speaks_of(contest, caption):
        return Caption.ENTRY
    words = said.split()
    if "?" in caption or (words and words[0] in QUESTIONS):
        return Caption.OTHER
    if any(f" {it}" in said for it in (*MATTERS, *GREETINGS)):
        return Caption.OTHER
    return Caption.OTHER if caption.strip() and not words else Caption.UNSAID


def withdraws_entry(text: str) -> bool:
    """Whether somebody wants back what they entered. It is for whoever has an entry; a reading alone does not know."""
    return any(_takes_back(plain(sentence)) for sentence in _BETWEEN_SENTENCES.split(read_part(text)))


def _takes_back(said: str) -> bool:
    words = said.split()
    if PICTURES.isdisjoint(words):
        return False
    around = f" {said} "
    if any(f" {it}" in around for it in TAKEN_BACK):
        return True
    return any(f" {first} " in around and f" {second} " in around for first, second in APART)
