"""A name is a name, in any case and script; a sentence never is one, and is not lost in it."""

import pytest

from stadtdraht.domain.understanding.names.names import corrected_name, name_in


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("Ursula Bönisch", "Ursula Bönisch"),
        ("hildegard wanninger", "Hildegard Wanninger"),
        ("KLAUS-DIETER MÖHRLE", "Klaus-Dieter Möhrle"),
        ("Herr Prof. Dr. Werner Lutz", "Prof. Dr. Werner Lutz"),
        ("Anna Lisa von Thun und Hohenstein", "Anna Lisa von Thun und Hohenstein"),
        ("pieter van den bosch", "Pieter van den Bosch"),
        ("Ismail el Khatib", "Ismail el Khatib"),
        ("giovanni d'angelo", "Giovanni D'Angelo"),
        ("I'm Connor O'Brien", "Connor O'Brien"),
        ("Xenia R. Weidlich", "Xenia R. Weidlich"),
        ("Oluwaseun Adeyemi", "Oluwaseun Adeyemi"),
        ("оксана бондаренко", "Оксана Бондаренко"),
        ("انا اسمي هدى النجار", "هدى النجار"),
        ("Birgit Sonntag", "Birgit Sonntag"),
        ("Mia Schulz 😊", "Mia Schulz"),
    ],
)
def test_two_to_four_words_that_are_written_like_a_name_are_one(said, name):
    """Titles, particles, hyphens and apostrophes belong to it; capitals are put where they belong."""
    assert name_in(said, asked=True) == name


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("Mit wem spreche ich denn? Ich heiße Ruth Amann", "Ruth Amann"),
        ("Gern, ich heiße Ute Sailer und wann kommt die nächste Nachricht?", "Ute Sailer"),
        ("rosemarie wiedenmann aus pfuhl", "Rosemarie Wiedenmann"),
        ("i bin da Franz Xaver Rieger", "Franz Xaver Rieger"),
        ("Des isch d'Elfriede Häberle", "Elfriede Häberle"),
        ("ja gut wenns sein muss: Karl Bopp", "Karl Bopp"),
        ("Lisa Kraft, Gartenstr. 5", "Lisa Kraft"),
        ("Benim adım Emre Koç", "Emre Koç"),
        ("Zeller, Tim", "Tim Zeller"),
        ("Zeller mit zwei l, Vorname Tim", "Tim Zeller"),
        ("Vorname Tim, Nachname Zeller", "Tim Zeller"),
    ],
)
def test_a_name_is_found_among_what_is_said_around_it(said, name):
    assert name_in(said, asked=True) == name


@pytest.mark.parametrize(
    "said",
    ["Kein Kommentar", "muss das sein", "Kann ich auch einen Spitznamen nehmen?", "na ich halt", "Moment mal",
     "Die Straßenlaterne flackert", "Schlagloch Reuttier Straße", "Wohngeld Antrag", "bla bla", "qwertz uiop",
     "0171 3920044", "DE02120300000000202051", "hab ich doch schon", "Ich wohne in Pfuhl", "i sag nix", "Alles klar",
     "none of your business", "söylemem", "не хочу говорить", "ما بدي قول", "Mein Mann schlägt mich", "Frau Müller",
     "ich bin neu hier", "Micky Maus", "hahaha Kaiser Franz", "ein besorgter Bürger", "Oma Erna", "Erwin", "😂", ""],
)  # fmt: skip
def test_a_sentence_a_single_word_or_a_joke_is_no_name(said):
    assert name_in(said, asked=True) == ""


def test_a_place_of_the_town_is_no_name():
    assert name_in("Neu-Ulm Pfuhl", asked=True, places=["Neu-Ulm", "Pfuhl"]) == ""


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("anmeldung birgit sonntag", "Birgit Sonntag"),
        ("Bopp, Karl - Anmeldung", "Karl Bopp"),
        ("Hiermit melde ich mich an, Ursula Stehle", "Ursula Stehle"),
        ("Hallo, ich bin Ursula Stehle und möchte mich anmelden", "Ursula Stehle"),
        ("Bitte um Anmeldung, Name: Karl Bopp", "Karl Bopp"),
        ("Anmeldung Sperrmüll", ""),
        ("Anmeldung Hundesteuer Bello", ""),
        ("Ich möchte meinen Hund anmelden. Karl Bopp", ""),
        ("Ich heiße Sie herzlich willkommen", ""),
        ("Ursula Stehle", ""),
    ],
)
def test_a_registration_that_nobody_asked_for_says_so(said, name):
    assert name_in(said, asked=False) == name


@pytest.mark.parametrize(
    ("said", "before", "name"),
    [
        ("Sorry, Musterfrau", "Erika Mustefrau", "Erika Musterfrau"),
        ("*Meier", "Karl Maier", "Karl Meier"),
        ("Bopp mit zwei p", "Karl Bop", "Karl Bopp"),
        ("vertippt: Sabine Koch", "Sabien Koch", "Sabine Koch"),
        ("Meier nicht Maier", "Karl Maier", "Karl Meier"),
        ("ja gerne", "Erika Jahn", ""),
        ("Nein", "Erika Neins", ""),
        ("Die Laterne ist kaputt", "Karl Laternser", ""),
    ],
)
def test_a_slip_in_a_name_is_put_right(said, before, name):
    """Only a word that hardly differs from one of the name, and that is said to correct it."""
    assert corrected_name(said, before) == name
