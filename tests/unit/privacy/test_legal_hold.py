"""What a procedure needs stays, whoever would delete it, and the person is told the truth."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from typer.testing import CliRunner

from functions.privacy import erase as erase_function
from stadtdraht.adapters.aws.jobs import ErasureJob
from stadtdraht.cli.main import app
from stadtdraht.domain.privacy.legal_hold import Hold, NoHold, OnHold
from stadtdraht.domain.town import Offer
from stadtdraht.texts.languages import LANGUAGES
from stadtdraht.usecases.privacy.legal_hold import (
    HoldPorts,
    held_for_case,
    held_for_person,
    held_people,
    lift_hold,
    renew_holds,
    set_hold,
)
from tests.support.adapters import FakeAdapters
from tests.support.fakes.secrets import FakeSecrets
from tests.support.town_office import ANNA, NOON, PEPPER, words
from tests.unit.privacy.test_erase_citizen import Archive

DAY = timedelta(days=1)


class Held(Archive):
    """Anna, who takes both offers and has sent a photo, and whom a procedure is about."""

    def __init__(self):
        super().__init__()
        self.holds = self.office.holds
        self.ports = HoldPorts(self.office.citizens, self.holds, self.media)
        self.hold = Hold("arnsberg", self.who, "", "Az. 3 C 17/26", "kanzlei", NOON)
        set_hold(self.hold, self.ports, NOON)

    def release(self, of=None):
        now = NOON + timedelta(days=30)
        return lift_hold(of or self.hold, self.ports, now, erasures=self.erasures, pepper=PEPPER)

    def asks_to_be_erased(self):
        (asked,) = self.office.hears("Löschen")
        (told,) = self.office.presses(asked, "Ja, alles löschen")
        return asked, told, self.office.at

    def works_on_the_job(self):
        ports = {
            "citizens": self.office.citizens, "media_store": self.media, "erasures": self.erasures,
            "holds": self.holds, "secrets": FakeSecrets(), "answers": self.office.answers,
        }  # fmt: skip
        for row in self.office.citizens.stored.values():
            row.progress = "done"
        ((town, who, at),) = self.office.erasures.put_in
        job = ErasureJob(town, who, at.isoformat())
        return erase_function.handler(
            {"Records": [{"messageId": "1", "body": job.body()}]}, None, adapters=FakeAdapters(**ports)
        )


def test_nobody_erases_what_is_held():
    held = Held()
    with pytest.raises(OnHold, match="3 C 17/26"):
        held.erase()
    assert held.media.files
    assert held.office.person().citizen_id == held.who


def test_who_asks_to_be_erased_hears_why_it_has_to_wait_and_gets_nothing_more():
    held = Held()
    asked, told, at = held.asks_to_be_erased()
    assert "Art. 17 Abs. 3 DSGVO" in words(asked)
    assert "sobald" in words(asked)
    assert "Sobald das Verfahren vorbei ist" in words(told)
    assert held.office.town.imprint.phone in words(told)
    assert not any(held.office.person().takes(offer) for offer in Offer)
    assert held.works_on_the_job() == {"batchItemFailures": []}
    assert held.media.files
    (noted,) = held.holds.all("arnsberg")
    assert noted.wished_at == at


def test_the_wish_is_carried_out_when_the_hold_ends():
    held = Held()
    held.asks_to_be_erased()
    held.works_on_the_job()
    (noted,) = held.holds.all("arnsberg")
    done = held.release(noted)
    assert done.proof
    assert done.proof.by == "citizen"
    assert held.is_empty
    assert not held.holds.all("arnsberg")
    assert not held.holds.endless


def test_who_has_written_again_since_is_asked_first():
    held = Held()
    held.asks_to_be_erased()
    held.works_on_the_job()
    held.office.hears("Hallo", after=DAY)
    (noted,) = held.holds.all("arnsberg")
    done = held.release(noted)
    assert (done.wrote_since, done.proof) == (True, None)
    assert held.office.person().citizen_id == held.who


def test_of_two_holds_the_last_one_counts_and_takes_the_wish_over():
    held = Held()
    of_case = replace(held.hold, case="2026-0001")
    set_hold(of_case, held.ports, NOON)
    wished = replace(held.hold, wished_at=NOON + DAY)
    held.holds.save(wished)
    assert held.release(wished).still == (of_case,)
    assert held.holds.endless
    (left,) = held.holds.all("arnsberg")
    assert left.wished_at == NOON + DAY
    with pytest.raises(OnHold):
        held.erase()
    assert held.release(left).proof


def test_setting_it_again_keeps_the_first_one_with_its_wish():
    held = Held()
    held.holds.wish(held.hold, NOON + DAY)
    set_hold(replace(held.hold, why="another"), held.ports, NOON + DAY)
    assert list(held.holds.all("arnsberg")) == [replace(held.hold, wished_at=NOON + DAY)]


def test_a_message_is_not_deleted_by_a_tap_or_on_the_phone():
    held = Held()
    *_, warned = held.office.hears("Meine IBAN ist DE02 1203 0000 0000 2020 51")
    wamid = f"wamid.{held.office.count}"
    (told,) = held.office.presses(warned, "Nachricht löschen")
    assert "Art. 17 Abs. 3 DSGVO" in words(told)
    held.office.hears(kind="revoke", content={"original_message_id": wamid})
    kept = held.office.citizens.message("arnsberg", held.who, wamid)
    assert "IBAN" in kept.text


def test_every_night_files_begin_their_time_anew_and_new_rows_lose_their_end():
    held = Held()
    held.holds.endless.clear()
    held.media.renewed.clear()
    assert renew_holds("arnsberg", held.ports, NOON + 80 * DAY) == 1
    assert not {key for key, at in held.media.renewed.items() if at > NOON}
    renew_holds("arnsberg", held.ports, NOON + 100 * DAY)
    assert len(held.media.renewed) == 1


def test_a_hold_follows_a_person_who_turns_out_to_be_another():
    """It was set for the new number before WhatsApp reported the change."""
    held = Held()
    held.office.citizens.joins["arnsberg", "f" * 20] = [held.who]
    held.office.citizens.identities["arnsberg", ANNA] = "f" * 20
    held.office.citizens.people["arnsberg", "f" * 20] = replace(
        held.office.citizens.get("arnsberg", held.who), citizen_id="f" * 20
    )
    renew_holds("arnsberg", held.ports, NOON)
    assert held.holds.endless == {("arnsberg", held.who), ("arnsberg", "f" * 20)}
    assert held_for_person("arnsberg", "f" * 20, held.office.citizens, held.holds) == held.hold
    assert held_people("arnsberg", held.office.citizens, held.holds) == {held.who, "f" * 20}
    held.release()
    assert not held.holds.endless


def test_what_is_not_held_cannot_be_released():
    held = Held()
    with pytest.raises(NoHold, match="2026-0009"):
        held_for_case("arnsberg", "2026-0009", held.holds)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_names_the_article_that_allows_it(language):
    for name in ("forget_held", "erase_ask_held"):
        assert "17" in LANGUAGES[language].sentences[name]
        assert "3" in LANGUAGES[language].sentences[name]


@pytest.fixture
def types():
    held = Held()
    held.holds.end(held.hold)
    ports = {
        "towns": held.office.towns, "citizens": held.office.citizens, "cases": held.office.citizens.cases,
        "holds": held.holds, "media_store": held.media, "erasures": held.erasures, "secrets": FakeSecrets(),
    }  # fmt: skip
    adapters = FakeAdapters(**ports)
    return lambda *line: CliRunner().invoke(app, [*line, "--town", "arnsberg"], obj=adapters, env={"COLUMNS": "300"})


def test_staff_hold_and_release_a_person(types):
    assert types("citizen", "hold", f"+{ANNA}", "--why", "Az. 3 C 17/26", "--by", "kanzlei").exit_code == 0
    (shown,) = json.loads(types("citizen", "holds", "--json").stdout)
    assert (shown["why"], shown["by"], shown["case"]) == ("Az. 3 C 17/26", "kanzlei", "")
    refused = types("citizen", "erase", f"+{ANNA}", "--yes")
    assert refused.exit_code == 1
    assert "citizen release" in refused.stderr
    released = json.loads(types("citizen", "release", f"+{ANNA}", "--json").stdout)
    assert (released["still_held"], released["proof"]) == ([], None)
    assert types("citizen", "erase", f"+{ANNA}", "--yes").exit_code == 0


def test_a_hold_without_a_reason_or_a_case_is_refused(types):
    assert "das Verfahren" in types("citizen", "hold", f"+{ANNA}", "--why", " ").stderr
    assert "gibt es nicht" in types("case", "hold", "2026-0009", "--why", "Az. 1").stderr
    assert "nichts festgehalten" in types("case", "release", "2026-0009").stderr
