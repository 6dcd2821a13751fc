"""A question soon after a report: about the report, or clearly about something else."""

import pytest

from stadtdraht.domain.cases.other_subject import asks_of_something_else

LAMP = "Die Straßenlaterne in der Gartenstraße 3 ist seit Tagen aus"


@pytest.mark.parametrize(
    "question",
    [
        "Noch was anderes: wann ist Sperrmüll?",
        "Wie beantrage ich einen neuen Personalausweis?",
        "wo kann ich meinen hund anmelden",
        "Und wann wird die gelbe Tonne abgeholt?",
        "Wer ist für Wohngeld zuständig?",
        "Wie hoch ist die Hundesteuer?",
        "What does the parking permit cost for residents?",
        "By the way, when is the library open?",
        "Çöp ne zaman toplanıyor?",
        "Коли працює бібліотека?",
    ],
)
def test_it_has_a_subject_of_its_own(question):
    assert asks_of_something_else(question, LAMP)


@pytest.mark.parametrize(
    "question",
    [
        "Wann kommt denn jemand?",
        "Wie lange dauert das?",
        "Kommt da heute noch jemand?",
        "Soll ich ein Foto schicken?",
        "Wer kümmert sich darum?",
        "Bekomme ich Bescheid?",
        "wann wird das repariert?",
        "Wann geht die Laterne an?",
        "Ist die Lampe bald wieder an?",
        "Kann man da nicht mal ein Schild aufstellen?",
        "reicht das so?",
        "When will somebody come?",
        "How long will it take?",
        "Ne zaman gelirsiniz?",
        "Коли хтось приїде?",
        "?",
    ],
)
def test_it_is_about_the_report_or_may_be(question):
    assert not asks_of_something_else(question, LAMP)


def test_after_a_photo_without_words_only_a_subject_counts():
    assert not asks_of_something_else("Wann wird das weggeräumt?", "")
    assert asks_of_something_else("Wann ist der nächste Flohmarkt?", "")
