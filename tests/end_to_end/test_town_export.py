"""A town takes everything with it: on the whole running system, from the command to the ZIP."""

import csv
import hashlib
import zipfile

import pytest

from tests.support.builders.subscribers import phones, subscriber_file

pytestmark = pytest.mark.system


def test_what_was_brought_can_be_taken_away_again(system, tmp_path):
    people = phones(5, first=4917612400000)
    file = subscriber_file(tmp_path / "people.csv", people)
    system.stadtdraht("citizen", "import", "--town", "neu-ulm", str(file))
    exported = system.stadtdraht("town", "export", "--town", "neu-ulm", str(tmp_path))
    with zipfile.ZipFile(exported["file"]) as archive:
        for it in exported["files"]:
            assert hashlib.sha256(archive.read(it["name"])).hexdigest() == it["sha256"]
        rows = list(csv.DictReader(archive.read("abonnenten.csv").decode("utf-8-sig").splitlines(), delimiter=";"))
    assert {row["phone"] for row in rows if row["offers"] == "news"} >= set(people)
    dry = tmp_path / "again.csv"
    with zipfile.ZipFile(exported["file"]) as archive:
        dry.write_bytes(archive.read("abonnenten.csv"))
    again = system.stadtdraht("citizen", "import", "--town", "neu-ulm", str(dry))
    assert (again["wrong"], again["imported"], again["unchanged"]) == ([], 0, len(rows))
