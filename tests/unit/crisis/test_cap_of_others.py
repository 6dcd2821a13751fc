"""Messages of other authorities as they come: several parts, all-clears, what is not yet or not for everybody."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from stadtdraht.adapters.files.cap_file import read_cap
from stadtdraht.cli.main import app
from stadtdraht.domain.crisis.cap import CapInfo, CapMessage, CapStatus, CapType, Step, propose
from stadtdraht.settings import Settings
from tests.support.adapters import FakeAdapters
from tests.support.builders.crisis import a_town
from tests.support.fakes.alerts import FakeAlerts
from tests.support.fakes.towns import FakeTowns

TOWN = a_town()
NOW = datetime(2026, 11, 30, 6, 0, tzinfo=UTC)
CAP = Path(__file__).resolve().parents[2] / "data" / "cap"


def of_file(name, now=NOW, ours=()):
    return propose(read_cap((CAP / f"{name}.xml").read_bytes()), TOWN, now, ours)


def test_of_several_parts_the_one_that_concerns_us_counts():
    proposal = of_file("second_info_is_ours")
    assert (proposal.step, proposal.scenario, proposal.concerns_us) == (Step.WARN, "storm", True)


def parts(*infos):
    return CapMessage("1", "x@y", NOW, CapStatus.ACTUAL, CapType.ALERT, "Public", infos=infos)


def part(headline="Sturm", language="de", area="Bocholt", hours=1, **more):
    return CapInfo(language, "x", headline, areas=(area,), expires=NOW + timedelta(hours=hours), **more)


@pytest.mark.parametrize(
    ("infos", "counts"),
    [
        ((part("A", hours=-1), part("B")), "B"),
        ((part("A", hours=-1), part("B", area="Münster")), "B"),
        ((part("A", area="Münster"), part("B", hours=-1)), "A"),
        ((part("A", "en"), part("B", "de-DE")), "B"),
        ((part("A", "fr"), part("B", "pl")), "B"),
        ((part("A", "fr"), part("B", area="Münster")), "A"),
        ((part("A"), part("B")), "A"),
    ],
)
def test_which_part_counts(infos, counts):
    assert parts(*infos).info_for(TOWN, NOW).headline == counts


def test_a_message_without_a_part_is_only_shown():
    assert parts().info_for(TOWN, NOW) is None
    assert propose(parts(), TOWN, NOW, ()).step is Step.WARN
    assert propose(parts(part(hours=-1), part(hours=-2)), TOWN, NOW, ()).step is Step.NOTHING


@pytest.mark.parametrize("name", ["all_clear_as_alert", "all_clear_as_update"])
def test_an_all_clear_is_never_prepared_as_a_warning(name):
    assert of_file(name).step is Step.END


@pytest.mark.parametrize(
    "info", [part("Entwarnung: Hochwasser"), part("Aufhebung der Warnung"), part("All-clear"), part(urgency="Past")]
)
def test_an_all_clear_is_known_by_its_words_and_its_urgency_too(info):
    assert propose(parts(info), TOWN, NOW, ()).step is Step.END
    exercise = replace(parts(info), status=CapStatus.EXERCISE)
    assert propose(exercise, TOWN, NOW, ()).step is Step.NOTHING


def test_what_begins_later_is_said_with_its_hour():
    proposal = of_file("not_yet")
    assert (proposal.step, proposal.begins_at.year, proposal.too_early) == (Step.WARN, 2099, True)
    assert "NOT YET: it begins on 2099-12-30 at 10:00" in proposal.why


def test_what_begins_soon_may_be_warned_of_now():
    proposal = propose(parts(part(onset=NOW + timedelta(minutes=30))), TOWN, NOW, ())
    assert (proposal.step, proposal.too_early) == (Step.WARN, False)
    assert "NOT YET" in proposal.why


@pytest.mark.parametrize("type_", CapType)
def test_what_is_not_for_the_public_is_prepared_for_nothing(type_):
    proposal = of_file("restricted")
    assert proposal.step is Step.NOTHING
    assert "Restricted (nur Dienstgebrauch): it is NOT FOR THE PUBLIC" in proposal.why
    assert propose(replace(parts(part()), scope="Private", type=type_), TOWN, NOW, ()).step is Step.NOTHING


@pytest.mark.parametrize("never", ["9999-12-31T23:59:59-14:00", "0001-01-01T00:00:00+14:00"])
def test_an_end_at_the_end_of_the_calendar_is_none(never):
    raw = (CAP / "second_info_is_ours.xml").read_bytes().replace(b"2099-12-31T10:00:00+01:00", never.encode())
    proposal = propose(read_cap(raw), TOWN, NOW, ())
    assert (proposal.step, proposal.valid_for_min) == (Step.WARN, 0)


def test_the_command_says_it_in_words():
    adapters = FakeAdapters(alerts=FakeAlerts(), towns=FakeTowns({"bocholt": TOWN}), settings=Settings())

    def says(name):
        words = ["crisis", "cap-in", str(CAP / f"{name}.xml"), "--town", "bocholt"]
        return CliRunner().invoke(app, words, obj=adapters, catch_exceptions=False, env={"COLUMNS": "300"}).stdout

    both = says("second_info_is_ours")
    assert "Orkanwarnung" in both
    assert "Windwarnung: Kreis Coesfeld" in both
    assert "?scenario=storm" in both
    later = says("not_yet")
    assert "30.12.2099, 10:00" in later
    assert "?scenario" not in later
    for name in ("restricted", "all_clear_as_alert", "all_clear_as_update"):
        assert "?scenario" not in says(name)
