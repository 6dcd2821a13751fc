"""Where it is, as people say it; what a town has many of is no place without a nearer word."""

from dataclasses import replace
from pathlib import Path

import pytest

from stadtdraht.adapters.files.town_file import read
from stadtdraht.domain.understanding.places.place_in_text import place_in

VREDEN = read(Path(__file__).resolve().parents[3] / "towns" / "vreden.toml")


@pytest.mark.parametrize(
    ("said", "place"),
    [
        ("schlagloch in der goethestraße kurz hinter der kurve", "goethestraße"),
        ("die laterne in der ottensteiner str höhe tankstelle", "ottensteiner str höhe tankstelle"),
        ("Ecke Goethestr./Schillerstr. liegt Glas", "Ecke Goethestr./Schillerstr."),
        ("Ecke Up de Bookholt", "Ecke Up de Bookholt"),
        ("in der Sackgasse Am Lindenkamp parken alle falsch", "Am Lindenkamp"),
        ("Laterne aus, Am Alten Friedhof 4", "Am Alten Friedhof 4"),
        ("auf der L560 richtung alstätte fehlt ein leitpfosten", "auf der L560"),
        ("Schlagloch in der Bergstrase", "Bergstrase"),
    ],
)
def test_streets_are_known_however_they_are_written(said, place):
    """In small letters, at corners, in Low German, by number of the road, with a slip."""
    assert place_in(said) == place


@pytest.mark.parametrize(
    ("said", "place"),
    [
        ("Müll vor dem Rathaus", "vor dem Rathaus"),
        ("hinterm aldi liegen reifen", "hinterm aldi"),
        ("Müllberg gegenüber der Sparkasse", "gegenüber der Sparkasse"),
        ("am Kreisverkehr beim Aldi", "Kreisverkehr beim Aldi"),
        ("die unterführung am bahnhof stinkt", "unterführung am bahnhof"),
        ("Bushaltestelle Krankenhaus, Scheibe zersplittert", "Bushaltestelle Krankenhaus"),
        ("Kita Sonnenblume: Zaun umgefallen", "Kita Sonnenblume"),
        ("bei der Kita St. Josef parken alle auf dem Gehweg", "Kita St. Josef"),
        ("Straßenlaterne Nr. 512 flackert", "Straßenlaterne Nr. 512"),
        ("near the train station", "near the train station"),
        ("біля вокзалу розбита лавка", "біля вокзалу"),
        ("Marktplatz'ta çöp kutusu taşmış", "Marktplatz"),
    ],
)
def test_landmarks_are_places_with_what_stands_before_them(said, place):
    assert place_in(said) == place


@pytest.mark.parametrize(
    "said",
    ["Straßenlaterne kaputt", "am Spielplatz ist die Schaukel kaputt", "an der Haltestelle ist die Scheibe kaputt",
     "vor meiner Haustür ist ein Loch", "der Kreisverkehr ist zugewachsen", "Auf der Brücke ist ein Brett lose",
     "Spielplatz Rutsche kaputt", "Parkplatz Schranke offen", "im Wald liegt Bauschutt",
     "Vor dem Kindergarten ist es glatt",
     "Im Winter wird nicht gestreut", "Loch im Gehweg vor der Schule", "wondering what to do"],
)  # fmt: skip
def test_what_a_town_has_many_of_needs_a_nearer_word(said):
    assert place_in(said, VREDEN) == ""


def test_the_towns_own_districts_and_streets_are_places():
    """Its own name says nothing within it."""
    assert place_in("in Ammeloe ist es stockdunkel", VREDEN) == "in Ammeloe"
    assert place_in("Spielplatz in Crosewick, Schaukel ab", VREDEN) == "Spielplatz in Crosewick"
    assert place_in("spielplatz ammeloe voller scherben", VREDEN) == "spielplatz ammeloe"
    assert place_in("wildes campen in gaxel", VREDEN) == "gaxel"
    assert place_in("butenwall 18 ist dunkel", VREDEN) == "butenwall 18"
    assert place_in("die vreden app ist kaputt", VREDEN) == ""


def test_a_street_of_the_town_file_is_known_by_its_words():
    town = replace(VREDEN, streets=("Bült", "Up de Hook"))
    assert place_in("müll neben den containern bült", town) == "bült"
    assert place_in("loch in up de hook", town) == "up de hook"
    assert place_in("müll bült", VREDEN) == ""
