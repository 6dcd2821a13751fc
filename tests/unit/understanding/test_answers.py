"""Typed answers count as buttons do; a doubt or a question is no answer."""

import pytest

from stadtdraht.adapters.files.ears import load_lexicon
from stadtdraht.domain.understanding.answers.answers import answer_in, rating_in


def answer(said, asked="consent"):
    return answer_in(said, load_lexicon().clauses_of(said), asked)


@pytest.mark.parametrize(
    "said",
    ["klar doch", "jo passt", "i mog scho", "nur zu", "von mir aus ja", "warum nicht, probieren wir es",
     "dabei!", "✅", "👍🏽", "Ich willige ein", "ei freilich", "ok dann schickt mal", "kann nicht schaden",
     "evet lütfen", "tak chcę", "да хочу", "no jasne", "نعم", "Ja. Und bitte auch die Termine vom Stadtrat",
     "Ja, bitte"],
)  # fmt: skip
def test_yes_in_any_words(said):
    assert answer(said) is True


@pytest.mark.parametrize(
    "said",
    ["nee du", "lass gut sein", "bloß nicht", "na danke", "vielen Dank, aber nein", "i mog ned", "net nötig",
     "❌", "eigentlich nicht", "Das ist mir zu viel", "no thank you", "istemiyorum", "nie trzeba",
     "не надо спасибо", "لا شكرا", "kein Chat bitte", "Nein, danke",
     "Nein, aber die Laterne in der Bahnhofstraße ist kaputt"],
)  # fmt: skip
def test_no_in_any_words(said):
    assert answer(said) is False


@pytest.mark.parametrize(
    "said",
    ["vielleicht später", "Kommt da auch Werbung?", "ich frag mal meine Tochter", "jein", "Moment", "Hallo",
     "Danke", "🤔", "Die Laterne in der Bahnhofstraße ist kaputt", "ne Laterne ist kaputt",
     "vorher eine Frage: was kostet das", "ja?", "ja, aber erst eine Frage",
     "Ja hallo, ich hätte da ein Problem", "ja oder nein, das ist hier die Frage", "", "?"],
)  # fmt: skip
def test_a_doubt_a_question_or_another_matter_is_no_answer(said):
    assert answer(said) is None


@pytest.mark.parametrize(
    ("asked", "said", "right"),
    [
        ("erase", "ja, weg damit", True),
        ("erase", "bitte löschen", True),
        ("erase", "halt, nicht löschen", False),
        ("erase", "alles so lassen", False),
        ("erase", "Sind dann auch meine Fotos weg?", None),
        ("erase", "unser Straßenschild ist weg", None),
        ("erase", "Ja aber die Meldung vom Schlagloch soll bleiben", None),
        ("forget", "Nachricht löschen", True),
        ("forget", "kann stehen bleiben", False),
        ("call_terms", "gelesen und akzeptiert", True),
        ("call_terms", "ich ziehe das Foto zurück", False),
        ("stop_sure", "ja ich will nix mehr", True),
        ("stop_sure", "lasst mich drin", False),
        ("stop_sure", "nein, anderes Anliegen", False),
        ("stop_sure", "und die Warnungen?", None),
        ("district", "das möchte ich nicht sagen", False),
    ],
)
def test_the_question_says_what_its_own_words_mean(asked, said, right):
    """What cannot be taken back needs plain words; anything that keeps something leaves the question open."""
    assert answer(said, asked) is right


@pytest.mark.parametrize(
    ("said", "rating"),
    [("sehr zufrieden", 3), ("passt, danke", 3), ("nicht schlecht", 3), ("⭐⭐⭐⭐⭐", 3), ("Note 1", 3), ("👍", 3),
     ("Happy", 3), ("geht so", 2), ("teils teils", 2), ("3 von 5", 2), ("hätte schneller gehen können", 2),
     ("zufrieden bin ich nicht", 1), ("Nein", 1), ("setzen sechs", 1), ("das Loch ist immer noch da", 1),
     ("⭐", 1), ("war noch nicht da", 0), ("welche Meldung?", 0), ("Wann ist Sperrmüll?", 0), ("", 0)],
)  # fmt: skip
def test_how_content_somebody_is_has_three_steps(said, rating):
    assert rating_in(said) == rating
