"""The street that a report names, and nothing that only sounds like one: then the line asks where it is."""

import pytest

from stadtdraht.domain.understanding.places.place_in_text import place_in


@pytest.mark.parametrize(
    ("said", "street"),
    [
        ("Gehweg kaputt, Hauptstraße 77", "Hauptstraße 77"),
        ("Der Radweg an der Ahauser Straße 12 ist voller Scherben", "Ahauser Straße 12"),
        ("Auf dem Parkplatz vor der Ahauser Straße 3 brennt keine Laterne", "Ahauser Straße 3"),
        ("Spielplatz verdreckt, Windthorststraße 8", "Windthorststraße 8"),
        ("Schlagloch Ahauser Straße 12", "Ahauser Straße 12"),
        ("Wüllener Str. 5", "Wüllener Str. 5"),
        ("Kurt-Schumacher-Str. 3", "Kurt-Schumacher-Str. 3"),
        ("Berliner Platz 1", "Berliner Platz 1"),
        ("Kaiser-Wilhelm-Straße 52–58", "Kaiser-Wilhelm-Straße 52–58"),
        ("Hauptstr 7", "Hauptstr 7"),
        ("hauptstr. 5 a ist dunkel", "hauptstr. 5 a"),
        ("Alter Markt: Müll", "Alter Markt"),
        ("Zur Mühle 5", "Zur Mühle 5"),
        ("Waldweg 12", "Waldweg 12"),
        ("Erst Bahnhofstraße, dann Ostwall 3", "Ostwall 3"),
    ],
)
def test_the_best_of_all_streets_is_taken(said, street):
    """One with a house number goes first; two words and hyphens belong to the name."""
    assert place_in(said) == street


@pytest.mark.parametrize(
    "said",
    ["Fußweg vereist", "Die Seitenstraße ist nicht gestreut", "In der Einbahnstraße parken alle falsch",
     "Am Montag 3 Säcke Müll", "Im November 2 Mal gemeldet", "Die Straße ist kaputt", "Unsere Straße 2026",
     "Spielplatz 3 Bänke kaputt", "Auf dem Feldweg liegt Müll", "Dieser Platz", "", "..."],
)  # fmt: skip
def test_kinds_of_ways_are_no_names(said):
    assert place_in(said) == ""
