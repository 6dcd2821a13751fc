"""Numbers and mail addresses in a citizen's words, before anybody else reads them."""

import time

import pytest

from stadtdraht.domain.redaction import without_contacts


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("Schreiben Sie an anke@example.org, bitte", "Schreiben Sie an […], bitte"),
        ("anke@example.org.", "[…]."),
        ("(a.b+c@web,de)", "[…])"),
        ("Rufen Sie an: 0171 3920010!", "Rufen Sie an: […]!"),
        ("+49 (171) 392-0010 oder 0049 171 3920010", "[…] oder […]"),
        ("Am 24.11.2026 um 18:00, Nr. 12, @stadt", "Am 24.11.2026 um 18:00, Nr. 12, @stadt"),
    ],
)
def test_contacts_are_blacked_out_and_nothing_else(written, shown):
    assert without_contacts(written) == shown


HOSTILE = ["@", "a@", "@a", "a", "a.", "0", "0 ", "+1", "+1 ", "0-", "01.", "+1 2 3 4 5 x", "a@b ", "0.x"]


@pytest.mark.parametrize("part", HOSTILE)
def test_time_grows_no_faster_than_the_text(part):
    began = time.process_time()
    without_contacts("Schlagloch " + part * (60_000 // len(part)))
    assert time.process_time() - began < 1
