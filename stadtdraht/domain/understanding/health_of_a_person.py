"""Whether a text tells of somebody's health: an illness, and whose it is. A topic is none, nor is an aid.

Words as `plain` leaves them. What a wheelchair, a disabled person's pass or a nursing home needs is a concern like any.
"""

import re
from collections.abc import Sequence

from stadtdraht.domain.text import plain, read_part


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


CLOSE = 6  # words between an illness and whoever has it
BESIDE = 2
_BETWEEN_SENTENCES = re.compile(r"[!?\n]+|(?<!\d)\.")
ILLNESSES = _words(
    "krebs tumor hiv aids ms epilepsie parkinson alzheimer burnout adhs ads autist autistin autismus bipolar manisch "
    "leukaemie rheuma asthma multiple neurodermitis tuberkulose mukoviszidose gicht copd arthrose bandscheibenvorfall "
    "querschnitt querschnittgelaehmt halbseitig gelaehmt glaehmt dialyse herzschrittmacher entzug trans "
    "alkoholiker alkoholikerin alkoholkrank suchtkrank drogenabhaengig tablettenabhaengig magersucht bulimie psychose "
    "schwanger abtreibung fehlgeburt inkontinent taubstumm tourette herzkrank lungenkrank nierenkrank krebskrank "
    "krebserkrankung schwerkrank todkrank unheilbar palliativ krankgeschrieben krankschreibung "
    "cancer diabetes epilepsy depressed pregnant disease kanser seker hamile hamileyim epilepsi rak raka "
    "cukrzyce ciazy "
    "padaczke рак рака діабет диабет эпилепсия епілепсія вагітна беременна السرطان السكري حامل"
)
BEGINNINGS = (
    "depressi", "diabet", "demen", "schizophren", "borderline", "chemo", "hepatitis", "leukaemi", "psychiatri",
    "psychatri", "angststoerung", "angstzust", "panikattack", "essstoerung", "zwangsstoerung", "nussallerg",
    "herzinfarkt", "schlaganfall", "risikoschwanger", "lungenfibros", "darmkrank", "dialyse", "autis", "epilep",
    "alkoholkrank", "chemikaliensensitiv", "schwangerschaft", "chronisch", "posttraumat", "parkinson", "alzheimer",
    "депресі", "депресси",
)  # fmt: skip
ENDINGS = ("krebs", "tumor", "allergie", "psychose", "allergikerin", "allergiker", "infarkt", "therapie")
PAPERS = _words(
    "attest befund diagnose arztbrief pflegegrad pflegestufe krankmeldung therapie op operation hormone drogen"
)
MINE = _words(
    "mein meine meiner meinem meinen meines mei unser unsere unserer unserem unseren sein seine seiner "
    "ihr ihre ihrer my"
)
KIN = _words(
    "frau mann sohn tochter kind kinder mutter mama vater papa oma opa bruder schwester neffe nichte "
    "enkel enkelin schwager "
    "schwaegerin schwiegermutter schwiegervater freund freundin partner partnerin lebenspartner "
    "lebenspartnerin lebensgefaehrte "
    "lebensgefaehrtin ehemann ehefrau verlobte verlobter nachbar nachbarin nachbarn tante onkel cousin "
    "cousine azubi praktikantin "
    "praktikant kollege kollegin herr herrn familie eltern grossmutter grossvater oma omi opi tochti bub bua maedle "
    "husband wife son daughter mother father karim kocam oglum kizim annem babam zona maz syn corka "
    "чоловік дружина син дочка "
    "муж жена сын مريض زوجي زوجتي ابني ابنتي"
)
SELF = _words("ich i er mir mich bin habe hab leide wir selbst selber")
HAS = _words(
    "hab habe hat haben hot hatte hatten hend bin bist ist is sind war waren seit leide leidet leiden "
    "nimmt nehme trage traegt "
    "bekam bekommen gehabt mit nach wegen aufgrund durch soll an am unter have has had am suffer kriegt "
    "erkrankt gestorben sitzt "
    "liege liegt sagt wird wurde bei"
)
A_TOPIC = _words(
    "ueber gegen thema zum vortrag vortraege kurs kurse lauf benefizlauf benefiz aktionstag gesundheitstag ausstellung "
    "infoabend selbsthilfegruppe gespraechskreis aufklaerung praevention spenden spende forschung impfung patienten"
)
_POSITIVE = _words("corona covid hiv")


def tells_of_health(text: str) -> bool:
    """Whether somebody's illness is told: the writer's own, or that of a person they speak of."""
    return any(_tells(plain(sentence).split()) for sentence in _BETWEEN_SENTENCES.split(read_part(text)))


def _tells(words: Sequence[str]) -> bool:
    return any(_is_of_a_person(words, at) for at in range(len(words)) if _is_illness(words, at))


def _is_illness(words: Sequence[str], at: int) -> bool:
    word = words[at]
    if word in _POSITIVE and words[at + 1 : at + 2] == ["positiv"]:
        return True
    if word == "ads" or (word == "multiple" and words[at + 1 : at + 2] != ["sklerose"]):
        return False
    return word in ILLNESSES or word in PAPERS or word.startswith(BEGINNINGS) or word.endswith(ENDINGS)


def _is_of_a_person(words: Sequence[str], at: int) -> bool:
    """By what stands beside it: "my", a relative, or "I have". A paper counts only where it is somebody's."""
    before, after = words[max(0, at - CLOSE) : at], words[at + 1 : at + 1 + CLOSE]
    beside = before[-BESIDE:]
    if not MINE.isdisjoint(before[-1:]):
        return True
    if not A_TOPIC.isdisjoint(beside) or not A_TOPIC.isdisjoint(after[:1]):
        return False
    around = {*before, *after}
    if words[at] in _POSITIVE and words[at + 1 : at + 2] == ["positiv"]:
        return True
    whose = not KIN.isdisjoint(around) or not SELF.isdisjoint(around) or not MINE.isdisjoint(beside)
    if words[at] in PAPERS:
        is_beside = not KIN.isdisjoint({*before[-3:], *after[:4]}) or not SELF.isdisjoint({*before[-5:], *after[:1]})
        return is_beside and not HAS.isdisjoint({*before[-5:], *after[:2]})
    has = not HAS.isdisjoint({*before[-4:], *after[:3]})
    return (whose and has) or not KIN.isdisjoint({*before[-3:], *after[:2]})
