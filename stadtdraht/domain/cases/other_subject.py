"""Whether a question that comes soon after a report is about something else.

In doubt it is about the report: staff read it there as well, and nobody gets a number for "Wann kommt denn jemand?".
"""

import re

from stadtdraht.domain.text import one_line, plain


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


STEM = 5  # letters that a word has in common with another form of it
SHORTEST = 4  # letters of a word that can be a subject
ENOUGH = 2  # words of its own make a subject; one is enough where it is written as a noun
_WORD = re.compile(r"\w+")
SAYS_OTHER = (
    "was anderes", "etwas anderes", "andere frage", "anderen frage", "anderes thema", "uebrigens", "ganz anderes",
    "by the way", "another question", "something else", "bu arada", "baska bir", "інше питання", "до речі",
    "другой вопрос", "кстати", "inne pytanie", "inna sprawa", "przy okazji", "سؤال اخر", "شيء اخر",
)  # fmt: skip
POINTS_BACK = _words(  # at what was said before
    "da dort dahin darum dafuer dagegen damit daran davon dazu dabei deswegen deshalb jemand wieder bald denn "
    "diese dieser dieses diesen there somebody someone anybody this that it again orada buraya biri bunu bu "
    "там туди хтось це цього туда кто нибудь это этого tam ktos ktokolwiek tego هناك احد هذا هذه"
)
MAY_POINT = _words("das es die der den dem")  # an article before a word of its own
SAYS_NOTHING = _words(
    "wann wie was wer wem wen wo woher wohin warum wieso weshalb welche welcher welches wieviel lange oft viel viele "
    "ich wir ihr sie du man mich mir uns euch ihnen mein meine meinen meinem meiner unser unsere ihre ihren "
    "ein eine einen einem einer kein keine keinen und oder aber auch noch schon mal jetzt heute morgen gleich nur "
    "nicht hier von vom vor fuer auf aus bei beim mit nach ueber unter zum zur bitte danke hallo guten frage "
    "ist sind war wird werden wurde kann koennen koennt muss muessen soll sollen darf duerfen habe haben habt hat "
    "gibt geht macht machen machst moechte will wollen wissen weiss denken sagen selbst eigentlich etwa genau "
    "when where what which who how long many much will would could should have does with from your please question "
    "about still ne zaman nerede nasil kim icin var yok mi misiniz lutfen коли який яка хто чому чи можна будь ласка "
    "когда какой какая почему можно пожалуйста kiedy gdzie jaki jaka ktory czy mozna prosze متى اين كيف هل من"
)
OF_A_REPORT = (  # what people ask about any report, by the beginnings of words
    "repar", "komm", "dauer", "kuemmer", "bescheid", "bearbeit", "arbeit", "meldung", "melden", "gemeldet", "nummer",
    "foto", "bild", "schick", "schaden", "zahl", "kost", "verstand", "angekommen", "erledig", "passier", "behoben",
    "beheb", "stand", "antwort", "rueckmeld", "reicht", "brauch", "schnell", "fertig", "weiter", "repair", "fix",
    "come", "take", "photo", "picture", "report", "answer", "done", "happen", "gelir", "gelecek", "geliyor", "tamir",
    "onar", "surer", "fotograf", "bildirim", "приїд", "прийд", "полагод", "ремонт", "відповід", "фото", "приед",
    "приех", "почин", "ответ", "przyj", "napraw", "zdjec", "odpowied", "trwa", "اصلاح", "صورة", "ياتي",
)  # fmt: skip


def asks_of_something_else(question: str, reported: str) -> bool:
    """Whether a question clearly has a subject of its own, which the words of the report do not have."""
    said = f" {plain(question)} "
    if any(f" {it}" in said for it in SAYS_OTHER):
        return True
    as_written = _WORD.findall(one_line(question))
    words = [plain(word).replace(" ", "") for word in as_written]
    own = [_may_be_subject(word) for word in words]
    if any(word.startswith(OF_A_REPORT) for word in words) or not POINTS_BACK.isdisjoint(words):
        return False
    if any(word in MAY_POINT and not any(own[at + 1 : at + 3]) for at, word in enumerate(words)):
        return False
    known = plain(reported)  # also within a longer word: the lamp of the street lamp
    subjects = [at for at, is_own in enumerate(own) if is_own and words[at][:STEM] not in known]
    if len(subjects) < sum(own):  # the report has one of them
        return False
    return len(subjects) >= ENOUGH or any(at and as_written[at][:1].isupper() for at in subjects)


def _may_be_subject(word: str) -> bool:
    return len(word) >= SHORTEST and word not in SAYS_NOTHING and not word.isdecimal()
