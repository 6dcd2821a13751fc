"""What a person gets when they ask what is stored."""

import io
import json
import zipfile
from dataclasses import replace
from datetime import timedelta

import pytest

from stadtdraht.domain.cases.case import CaseState
from stadtdraht.domain.delivery.delivery import OutcomeKind, Status
from stadtdraht.domain.delivery.outcome import DeliveryRow
from stadtdraht.domain.identifiers import message_id
from stadtdraht.domain.inbound.turn import CaseChange
from stadtdraht.pages.my_data import page_of
from stadtdraht.usecases.privacy.data_archive import build_archive
from stadtdraht.usecases.privacy.personal_record import RecordPorts
from tests.support.builders.cases import a_case, worked_on
from tests.support.builders.contests import a_contest, a_yes, an_entry
from tests.support.builders.media import a_photo
from tests.support.builders.newsletter import a_draft
from tests.support.fakes.broadcasts import FakeBroadcasts
from tests.support.fakes.deliveries import FakeDeliveries
from tests.support.fakes.media import FakeMediaStore
from tests.support.town_office import NOON
from tests.unit.inbound.test_two_names import BSUID, PHONE, UNDER_BSUID, Line
from tests.unit.privacy.test_erase_citizen import Archive

MINUTE = timedelta(minutes=1)


def ports_of(office, **others):
    of_office = {"citizens": office.citizens, "cases": office.citizens.cases, "contests": office.citizens.contests}
    nobody = {"broadcasts": FakeBroadcasts(), "alerts": office.alerts, "deliveries": FakeDeliveries()}
    return RecordPorts(**of_office, **{**nobody, **others})


def made_of(archive, most_bytes, who=""):
    office = archive.office
    ports = ports_of(office)
    return build_archive(
        office.town, who or archive.who, most_bytes=most_bytes, ports=ports, media=archive.media, page=page_of
    )


def opened(archive, most_bytes=1000):
    made = made_of(archive, most_bytes)
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
    digest = message_id(line.message_id)
    archive.media.put(f"shown/arnsberg/{archive.who}/{digest}", a_photo(), "image/jpeg")
    _, files = opened(archive, most_bytes=100_000)
    assert f"dateien/{digest}.jpg" in files.namelist()
    assert f'<a href="dateien/{digest}.jpg">' in files.read("auskunft.html").decode()


def test_what_is_too_large_is_named_and_left_out():
    made, files = opened(Archive(), most_bytes=2)
    assert made.left_out == ("1",)
    assert "1 Dateien waren zu groß" in files.read("auskunft.html").decode()


def test_a_conversation_of_three_hundred_messages_is_in_it_to_the_last_one():
    archive = Archive()
    for number in range(300):
        archive.office.hears(f"Nachricht Nr. {number:03}.")
    _, files = opened(archive)
    page, rows = files.read("auskunft.html").decode(), json.loads(files.read("daten.json"))
    assert all(page.count(f"Nachricht Nr. {number:03}.") >= 1 for number in range(300))
    assert len([row for row in rows if row["kind"] == "message"]) == 302


def test_nobody_is_nobody():
    archive = Archive()
    archive.erase()
    assert made_of(archive, 1) is None


class Two:
    """A person of Bocholt who was brought by number, wrote under a BSUID, and did all that one can do under both."""

    def __init__(self):
        self.line, self.media, self.letter = Line(), FakeMediaStore(), a_draft()
        self.line.hears("Danke", **UNDER_BSUID)
        self.by_phone, self.by_user_id = (self.line.person(it).citizen_id for it in (PHONE, BSUID))
        self.line.hears("Hallo", who=PHONE)
        self.ids = self.by_phone, self.by_user_id
        for number, who in enumerate(self.ids, start=1):
            self.reported(f"2026-000{number}", who, f"Schlagloch Nr. {number}")
            contest = an_entry(citizen_id=who, wamid=f"wamid.{number}", text=f"Igel Nr. {number}", entry_id=str(number))
            self.line.citizens.contests.enter(contest)
        self.line.citizens.contests.save(None, a_contest())
        self.line.citizens.contests.accept(a_yes(citizen_id=self.by_phone))
        self.letters = FakeBroadcasts({self.letter.broadcast_id: self.letter})
        self.deliveries = FakeDeliveries()
        for who in self.ids:
            rows = (
                (OutcomeKind.ACCEPTED, NOON), (Status.DELIVERED, NOON + MINUTE), (Status.READ, NOON + 2 * MINUTE)
            )  # fmt: skip
            self.deliveries.statuses_in_full += [
                (self.letter.broadcast_id, DeliveryRow(who, 1, kind, at)) for kind, at in rows
            ]
        self.line.status()

    def reported(self, number, who, words):
        case = a_case(number, town="bocholt", citizen_id=who, description=words)
        cases = self.line.citizens.cases
        cases.put(CaseChange(None, case))
        cases.put(CaseChange(case, worked_on(case, CaseState.ANSWERED, said="Ist gefüllt", note="Kolonne 3")))

    def opened_for(self, who):
        ports = ports_of(self.line, broadcasts=self.letters, deliveries=self.deliveries)
        made = build_archive(self.line.town, who, most_bytes=1, ports=ports, media=self.media, page=page_of)
        files = zipfile.ZipFile(io.BytesIO(made.content))
        return files.read("auskunft.html").decode(), json.loads(files.read("daten.json"))


@pytest.mark.parametrize("asked", [0, 1])
def test_it_is_all_of_a_person_whichever_of_their_names_is_asked_for(asked):
    two = Two()
    page, data = two.opened_for(two.ids[asked])
    assert PHONE in page
    assert BSUID in page
    for number in (1, 2):
        assert f"Schlagloch Nr. {number}" in page
        assert f"Igel Nr. {number}" in page
    assert "Ist gefüllt (Notiz der Stadt: Kolonne 3)" in page
    assert "Mühlenstraße 4, 52.0395, 6.8324" in page
    assert "Danke" in page
    assert "Hallo" in page
    assert "gesendet 24.11.2026 12:00, zugestellt 24.11.2026 12:01, gelesen 24.11.2026 12:02" in page
    assert two.letter.title in page
    assert {"case", "contest entry", "contest terms", "delivery", "message"} <= {row["kind"] for row in data}
    (sent,) = [row for row in data if row["kind"] == "delivery"]
    assert [row["what"] for row in sent["rows"]].count("read") == 2
    assert {row["case_kind"] for row in data if row["kind"] == "case"} == {"hint"}


def test_it_names_nobody_of_the_staff_and_no_other_reports():
    two = Two()
    told = "".join(map(str, two.opened_for(two.by_phone)))
    assert "Terhalle" not in told


def test_what_was_only_exercised_or_never_arrived_is_called_so():
    two = Two()
    two.deliveries.statuses_in_full = [
        ("bocholt-d-20261124-abcdef", DeliveryRow(two.by_phone, 1, OutcomeKind.ACCEPTED, NOON)),
        ("bocholt-n-20261124-gone22", DeliveryRow(two.by_phone, 1, OutcomeKind.REFUSED, NOON, "131049")),
    ]
    page, _ = two.opened_for(two.by_phone)
    assert "Übung, nicht gesendet 24.11.2026 12:00" in page
    assert "bocholt-n-20261124-gone22: nicht angenommen 24.11.2026 12:00 (WhatsApp begrenzt" in page


@pytest.mark.parametrize("state", CaseState)
def test_the_page_says_what_is_in_it_whatever_there_is(state):
    two = Two()
    case = two.line.citizens.cases.get("bocholt", "2026-0001")
    two.line.citizens.cases.found["bocholt", "2026-0001"] = replace(case, state=state)
    assert "Was hier nicht steht" in two.opened_for(two.by_phone)[0]
