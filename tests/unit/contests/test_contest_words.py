"""Which pictures are meant for the contest, which are for something else, and who wants theirs back."""

import pytest

from stadtdraht.domain.contests.contest_words import Caption, caption_says, rest_of, speaks_of, takes_back, which_of
from tests.support.builders.contests import a_contest

CONTEST = a_contest(title="Fotowettbewerb Biodiversität", keyword="Biodiversität")


@pytest.mark.parametrize(
    "caption",
    [
        "Biodiversitaet Blumenwiese",
        "#BIODIVERSITÄT Igel",
        "fürs thema biodiversitaet!",
        "Beitrag des Fotowettbewerbs",
        "für euren Foto-Wettbewerb, aufgenommen am Aasee",
        "Ich bin 9 und mach mit! Das ist meine Kröte Herbert",
        "Eisvogel auf Ast, hoffentlich gewinne ich",
        "hiermit bewerbe ich mich mit diesem Bild",
        "Bitte nehmen Sie es in die Wertung",
    ],
)
def test_it_is_meant_for_the_contest(caption):
    assert caption_says(CONTEST, caption) is Caption.ENTRY


@pytest.mark.parametrize(
    "caption", ["riesiges loch in der mussumer straße, nicht fürn wettbewerb", "ups falsches bild"]
)
def test_it_is_said_not_to_be_for_it(caption):
    assert caption_says(CONTEST, caption) is Caption.REFUSED


@pytest.mark.parametrize(
    "caption",
    ["", "Igel im Laub", "Mein Garten", "Blühstreifen hinter unserer Scheune", "Schildkröte", "Totenkopfschwärmer"],
)
def test_nothing_says_what_it_is_for(caption):
    assert caption_says(CONTEST, caption) is Caption.UNSAID


@pytest.mark.parametrize(
    "caption",
    [
        "Ist das echt?",
        "Hier liegt Müll am Aasee, bitte wegräumen",
        "Biodiversitätsschild beschädigt",
        "Was ist das für ein Käfer, muss man den melden?",
        "welches Formular ist das hier",
        "Schönen guten Morgen wünscht euch die Gerda",
        "😂😂",
    ],
)
def test_it_is_for_something_else(caption):
    assert caption_says(CONTEST, caption) is Caption.OTHER


@pytest.mark.parametrize(
    "text",
    [
        "Bis wann läuft der Fotowettbewerb?",
        "was gibts zu gewinnen",
        "ich bin 10 darf ich auch mitmachen?",
        "Wie viele Fotos darf man einreichen?",
        "Darf das Foto auch aus dem Urlaub sein, also Nordsee?",
        "How many photos may I send?",
    ],
)
def test_a_question_about_it_speaks_of_it(text):
    assert speaks_of(CONTEST, text)


def test_the_name_of_the_town_in_a_title_names_no_contest():
    contest = a_contest(title="Unser Bocholt im Winter", keyword="Winterbild", town="bocholt")
    assert not speaks_of(contest, "Müll in Bocholt")


@pytest.mark.parametrize(
    "text",
    [
        "Ich möchte mein Foto zurückziehen",
        "dann zieh ich mein bild zurück",
        "Nehmt bitte das zweite Foto von mir wieder raus, da ist mein Nachbar drauf zu sehen",
        "Bitte mein Bild aus dem Wettbewerb nehmen, meine Frau will das nicht",
        "bild 2 bitte streichen, war verwackelt. bild 1 gilt",
        "please remove my picture",
        "Usuńcie moje zdjęcie proszę",
        "Fotoğrafımı yarışmadan kaldırın lütfen. fotografimi geri çek",
    ],
)
def test_somebody_wants_theirs_back(text):
    assert takes_back(text)


@pytest.mark.parametrize(
    "text",
    ["Wie viele Fotos darf man einreichen?", "ich hab letzte woche ein bild geschickt, ist das angekommen?", "STOP"],
)
def test_nobody_wants_anything_back(text):
    assert not takes_back(text)


@pytest.mark.parametrize(
    "text", ["Kann man an der Ratssitzung teilnehmen?", "Wann wird das Bild im Rathaus aufgehängt?", "Guten Tag"]
)
def test_what_speaks_of_something_else(text):
    assert not speaks_of(CONTEST, text)


@pytest.mark.parametrize(
    ("text", "count", "which"),
    [
        ("Ich möchte mein Foto zurückziehen", 1, [0]),
        ("Ich möchte mein Foto zurückziehen", 2, []),
        ("Nehmt bitte das zweite Foto von mir wieder raus", 3, [1]),
        ("bild 2 bitte streichen, war verwackelt. bild 1 gilt", 2, [1]),
        ("Bitte das letzte Foto löschen", 3, [2]),
        ("Bitte alle meine Fotos löschen", 3, [0, 1, 2]),
        ("remove both pictures", 2, [0, 1]),
        ("bitte foto 7 löschen", 3, []),
    ],
)
def test_which_of_them_is_meant(text, count, which):
    assert list(which_of(takes_back(text), count)) == which


def test_what_is_said_beside_it_stays():
    assert rest_of("Bitte mein Foto löschen. Die Lampe ist kaputt.") == ["die", "lampe", "ist", "kaputt"]
