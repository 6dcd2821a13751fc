"""What a person gets when they ask what is stored."""

import io
import json
import zipfile

from stadtdraht.domain.identifiers import text_digest
from stadtdraht.pages.my_data import page_of
from stadtdraht.usecases.privacy.data_archive import build_archive
from tests.support.builders.media import a_photo
from tests.unit.privacy.test_erase_citizen import Archive


def opened(archive, most_bytes=1000):
    office = archive.office
    made = build_archive(
        office.town, archive.who, most_bytes=most_bytes, citizens=office.citizens, media=archive.media, page=page_of
    )
    return made, zipfile.ZipFile(io.BytesIO(made.content))


def test_it_holds_words_data_and_files():
    made, files = opened(Archive())
    assert made.left_out == ()
    assert set(files.namelist()) == {"auskunft.html", "daten.json", "dateien/1.txt"}
    page = files.read("auskunft.html").decode()
    assert "4915112345678" in page
    assert "News bestellt" in page
    assert "beides" in page
    assert {row["kind"] for row in json.loads(files.read("daten.json"))} >= {"profile", "message"}


def test_a_file_opens_by_its_ending_and_stands_beside_its_message():
    archive = Archive()
    line = archive.office.citizens.history("arnsberg", archive.who)[-1]
    digest = text_digest(line.message_id)
    archive.media.put(f"shown/arnsberg/{archive.who}/{digest}", a_photo(), "image/jpeg")
    _, files = opened(archive, most_bytes=100_000)
    assert f"dateien/{digest}.jpg" in files.namelist()
    assert f'<a href="dateien/{digest}.jpg">' in files.read("auskunft.html").decode()


def test_what_is_too_large_is_named_and_left_out():
    made, files = opened(Archive(), most_bytes=2)
    assert made.left_out == ("1",)
    assert "1 Dateien waren zu groß" in files.read("auskunft.html").decode()


def test_nobody_is_nobody():
    archive = Archive()
    archive.erase()
    office = archive.office
    made = build_archive(
        office.town, archive.who, most_bytes=1, citizens=office.citizens, media=archive.media, page=page_of
    )
    assert made is None
