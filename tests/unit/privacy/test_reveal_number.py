"""A telephone number is masked wherever people are listed, and shown by an act that is kept."""

import json
from dataclasses import asdict, replace

import pytest
from typer.testing import CliRunner

from stadtdraht.cli.inbound import citizen
from stadtdraht.domain.citizen import WireIdentity
from stadtdraht.domain.privacy.audit import AuditedAct
from stadtdraht.usecases.privacy.record_export import record_export
from stadtdraht.usecases.privacy.reveal_number import METRIC, NoNumber, NoReason, RevealPorts, reveal_number
from tests.support.adapters import FakeAdapters
from tests.support.command_line import PHONE, SENT, TOWN, Office, types
from tests.support.fakes.audit import FakeAudit, FakeFigures
from tests.support.fakes.secrets import FakeSecrets
from tests.support.town_office import ANNA, PEPPER, ConversationHarness

BY, WHY = "Frau Kemper", "Rückruf zu 2026-0001"


class Desk(ConversationHarness):
    """Somebody reported something, and staff want to ring them."""

    def __init__(self):
        super().__init__("vreden")
        self.hears("Die Laterne vor der Ahauser Straße 3 ist kaputt")
        self.audit, self.figures = FakeAudit(), FakeFigures()

    @property
    def ports(self):
        return RevealPorts(self.citizens, self.audit, self.figures, PEPPER)

    def reveals(self, why=WHY, who=None):
        return reveal_number(self.town, who or self.person(), BY, why, self.at, self.ports)

    def types(self, *words):
        adapters = FakeAdapters(
            towns=self.towns,
            citizens=self.citizens,
            cases=self.citizens.cases,
            audit=self.audit,
            figures=self.figures,
            secrets=FakeSecrets(),
        )
        words = [words[0], "--town", "vreden", *words[1:]]
        return CliRunner().invoke(citizen.app, words, obj=adapters, catch_exceptions=False, env={"COLUMNS": "300"})


@pytest.fixture
def desk():
    return Desk()


def test_the_number_comes_with_an_act_that_names_neither_it_nor_the_person(desk):
    assert desk.reveals().phone == ANNA
    (entry,) = desk.audit.kept
    assert (entry.by, entry.why, entry.at, entry.act) == (BY, WHY, desk.at, AuditedAct.REVEALED)
    kept = str(asdict(entry))
    assert ANNA not in kept
    assert desk.person().citizen_id not in kept
    assert desk.figures.counted == [METRIC]


def test_colleagues_see_in_the_conversation_that_somebody_looked(desk):
    desk.reveals()
    (note,) = desk.citizens.notes["vreden", desk.person().citizen_id]
    assert (note.act, note.by, note.text) == ("revealed", BY, WHY)


@pytest.mark.parametrize("why", ["", "  \n ", "x" * 301])
def test_without_a_reason_nothing_is_shown_and_nothing_kept(desk, why):
    with pytest.raises(NoReason):
        desk.reveals(why)
    assert (desk.audit.kept, desk.figures.counted) == ([], [])


def test_who_withholds_the_number_has_none_to_show(desk):
    hidden = replace(desk.person(), identity=WireIdentity("DE.1"))
    with pytest.raises(NoNumber):
        desk.reveals(who=hidden)
    assert desk.audit.kept == []


def test_nothing_is_shown_when_the_act_cannot_be_kept(desk):
    class Broken(FakeAudit):
        def record(self, entry):
            raise OSError

    with pytest.raises(OSError, match=r"^$"):
        reveal_number(desk.town, desk.person(), BY, WHY, desk.at, replace(desk.ports, audit=Broken()))
    assert desk.figures.counted == []


def test_a_figure_that_is_missing_keeps_nobody_from_ringing(desk):
    desk.figures.is_reached = False
    shown = desk.reveals()
    assert (shown.phone, shown.is_counted) == (ANNA, False)


def test_it_is_typed_with_whatever_staff_have_and_listed_afterwards(desk):
    said = desk.types("reveal", "2026-0001", "--why", WHY, "--by", BY)
    assert said.stdout.startswith(f"+{ANNA}\n")
    listed = json.loads(desk.types("audit", "--json").stdout)
    assert [(it["act"], it["by"], it["why"]) for it in listed] == [("revealed", BY, WHY)]
    assert ANNA not in desk.types("audit").stdout
    assert WHY in desk.types("audit", "2026-0001").stdout
    assert "keinen Eintrag" in desk.types("audit", "--by", "Kim").stdout


def test_a_person_is_shown_with_the_number_masked(desk):
    shown = desk.types("show", "0151 12345678").stdout
    assert "+49 … 678" in shown
    assert "2026-0001" in shown
    assert ANNA not in shown
    value = json.loads(desk.types("show", "2026-0001", "--json").stdout)
    assert (value["number"], value["cases"]) == ("+49 … 678", ["2026-0001"])


def test_only_what_concerns_the_person_is_listed_for_them(desk):
    desk.types("reveal", "2026-0001", "--why", WHY)
    desk.hears("Auch der Gehweg vor der Ahauser Straße 9 ist kaputt", who="4915100000000")
    assert "keinen Eintrag" in desk.types("audit", "0151 00000000").stdout


def test_what_is_given_out_in_a_file_stands_there_too(desk):
    """The number leaves with it. What holds everybody concerns each of them."""
    citizen_id = desk.person().citizen_id
    values = {"by": BY, "now": desk.at, "audit": desk.audit, "pepper": PEPPER}
    record_export("vreden", citizen_id, why="Auskunft", **values)
    record_export("vreden", "", why="Auszug der Stadt", **values)
    listed = json.loads(desk.types("audit", ANNA, "--json").stdout)
    assert [(it["act"], it["why"]) for it in listed] == [("exported", "Auszug der Stadt"), ("exported", "Auskunft")]
    assert "Daten ausgegeben" in desk.types("audit").stdout


def test_a_newsletter_s_list_of_the_unknown_masks_numbers_too():
    office = Office(filled=True)
    (unknown,) = json.loads(types(office, "broadcast", "unknown", office.ids[SENT], "--json").stdout)["unknown"]
    listed = types(office, "broadcast", "unknown", office.ids[SENT]).stdout
    assert unknown["citizen_id"] in listed
    assert unknown["person"].removeprefix("+") not in listed


def test_a_person_s_export_is_recorded_before_it_is_printed():
    office = Office(filled=True)
    types(office, "citizen", "export", "--town", TOWN.id, PHONE, "--by", BY)
    assert [(it.act, it.by) for it in office.audit.entries(TOWN.id)] == [("exported", BY)]


def test_a_reason_has_to_be_given_with_the_command(desk):
    assert desk.types("reveal", ANNA).exit_code == 2
    done = desk.types("reveal", ANNA, "--why", " ")
    assert done.exit_code == 1
    assert "Grund" in done.output
