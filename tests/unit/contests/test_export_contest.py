"""What a jury gets to see, and what it does not."""

import csv
import io
from dataclasses import replace
from pathlib import Path
from zipfile import ZipFile

import pytest

from stadtdraht.adapters.files.town_file import read
from stadtdraht.domain.citizen import Citizen, WireIdentity
from stadtdraht.domain.contests.contest import ContestForm
from stadtdraht.domain.media.media import JPEG, MediaState, key_of, new_media
from stadtdraht.usecases.contests.entries import delete_entries, withdraw_entry
from stadtdraht.usecases.contests.export_contest import LIST, JuryExportResult, export_for_jury, export_people
from tests.support.builders.contests import ANKE, a_contest, a_photo, an_entry
from tests.support.fakes.citizens import FakeCitizens
from tests.support.fakes.contests import FakeContests
from tests.support.fakes.media import FakeMediaRows, FakeMediaStore

BOCHOLT = read(Path(__file__).resolve().parents[3] / "towns" / "bocholt.toml")


@pytest.fixture
def contests():
    found = FakeContests()
    found.enter(an_entry(entry_id="bbb", text="Ein Igel"))
    found.enter(an_entry(entry_id="aaa", wamid="wamid.2", text="Biene"))
    return found


@pytest.fixture
def citizens():
    anke = Citizen(ANKE, "bocholt", WireIdentity("DE.1", "4915112345678"), name="Anke de Meier", version=1)
    return FakeCitizens(people={("bocholt", ANKE): anke})


class Files:
    """Photos of the entries, as the worker that fetches them leaves them."""

    def __init__(self, photos):
        self.rows, self.store = FakeMediaRows(), FakeMediaStore()
        for wamid, content in photos.items():
            media = new_media(a_photo(wamid=wamid), "bocholt", ANKE)
            stored = replace(media, state=MediaState.STORED, type=JPEG, shown=key_of("shown", media))
            self.rows.begin(stored)
            self.store.put(stored.shown, content, JPEG)


PHOTOS = {"wamid.1": b"a hedgehog", "wamid.2": b"a bee"}


def exported(contests, citizens, photos=PHOTOS, contest=None):
    out, files = io.BytesIO(), Files(photos)
    found = export_for_jury(
        contest or a_contest(), out, contests=contests, citizens=citizens, rows=files.rows, store=files.store
    )
    return found, out.getvalue()


def rows_of(table):
    return list(csv.reader(io.StringIO(table.decode("utf-8-sig")), delimiter=";"))


def test_the_jury_gets_photos_and_captions_by_opaque_numbers(contests, citizens):
    found, made = exported(contests, citizens)
    assert found == JuryExportResult(2, ())
    with ZipFile(io.BytesIO(made)) as archive:
        assert archive.testzip() is None
        assert set(archive.namelist()) == {"fotos/aaa.jpg", "fotos/bbb.jpg", LIST}
        assert archive.read("fotos/bbb.jpg") == b"a hedgehog"
        assert rows_of(archive.read(LIST)) == [
            ["Nummer", "Text", "Foto"],
            ["aaa", "Biene", "fotos/aaa.jpg"],
            ["bbb", "Ein Igel", "fotos/bbb.jpg"],
        ]


def test_nothing_in_it_says_who_or_when(contests, citizens):
    contests.enter(an_entry(entry_id="ccc", text="Foto: ANKE Meier, 0151 12345678 oder anke@meier.example, in de Aa"))
    _, made = exported(contests, citizens)
    with ZipFile(io.BytesIO(made)) as archive:
        (caption,) = [row[1] for row in rows_of(archive.read(LIST)) if row[0] == "ccc"]
        assert caption == "Foto: […] […], […] oder […], in de Aa"
        assert {member.date_time for member in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    for told in (ANKE, "4915112345678", "wamid", "2026-12"):
        assert told.encode() not in made


@pytest.mark.parametrize("caption", ["24.12.2026 18:00", "100 000 Bienen", "Nr. 12 von 345"])
def test_other_figures_in_a_caption_stay(contests, citizens, caption):
    contests.enter(an_entry(entry_id="ccc", text=caption))
    _, made = exported(contests, citizens)
    with ZipFile(io.BytesIO(made)) as archive:
        assert ["ccc", caption, "fotos/ccc.jpg"] in rows_of(archive.read(LIST))


def test_a_photo_that_is_not_there_is_named(contests, citizens):
    found, made = exported(contests, citizens, {})
    assert found == JuryExportResult(2, ("aaa", "bbb"))
    with ZipFile(io.BytesIO(made)) as archive:
        assert archive.namelist() == [LIST]


def test_a_text_contest_has_no_photos_and_misses_none(contests, citizens):
    found, _ = exported(contests, citizens, {}, a_contest(form=ContestForm.TEXT))
    assert found == JuryExportResult(2, ())


def test_a_withdrawn_entry_is_gone(contests, citizens):
    contests.withdraw(an_entry())
    found, _ = exported(contests, citizens)
    assert found.entries == 1


def test_the_office_learns_whose_they_are_from_another_file(contests, citizens):
    contests.enter(replace(an_entry(), entry_id="=1+1", wamid="wamid.3", citizen_id="b" * 20, text="-"))
    people = export_people(a_contest(), BOCHOLT, contests=contests, citizens=citizens)
    head, *rows = rows_of(people)
    assert head == ["Nummer", "Person", "Name", "Telefon", "WhatsApp-Kennung", "Gesendet", "Text"]
    sent = "01.12.2026 13:00:00"
    assert ["bbb", ANKE, "Anke de Meier", "'+4915112345678", "DE.1", sent, "Ein Igel"] in rows
    assert ["'=1+1", "b" * 20, "", "", "", sent, "'-"] in rows


def test_an_entry_that_is_taken_out_goes_with_its_photo(contests):
    files = Files(PHOTOS)
    for _ in range(2):
        withdraw_entry(an_entry(), contests=contests, rows=files.rows, store=files.store)
    assert [entry.entry_id for entry in contests.entries("bocholt", a_contest().id)] == ["aaa"]
    assert [content for content, _ in files.store.files.values()] == [b"a bee"]
    assert files.rows.load("bocholt", ANKE, "wamid.1").keys == ()


def test_on_the_day_of_deletion_nothing_is_left(contests):
    files = Files(PHOTOS)
    assert delete_entries(a_contest(), contests=contests, rows=files.rows, store=files.store, held=()) == 2
    assert not contests.entries("bocholt", a_contest().id)
    assert not files.store.files
    assert delete_entries(a_contest(), contests=contests, rows=files.rows, store=files.store, held=()) == 0


def test_what_a_procedure_needs_stays_when_all_entries_go(contests):
    files = Files(PHOTOS)
    contests.enter(an_entry(citizen_id="b" * 20, entry_id="bbb", wamid="wamid.9"))
    assert delete_entries(a_contest(), contests=contests, rows=files.rows, store=files.store, held={ANKE}) == 1
    assert {entry.citizen_id for entry in contests.entries("bocholt", a_contest().id)} == {ANKE}
    assert files.store.files
