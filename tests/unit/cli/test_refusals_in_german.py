"""Errors that need more than their attributes are worded for the office, too."""

from datetime import UTC, datetime

from stadtdraht.domain.privacy.legal_hold import Hold, OnHold
from stadtdraht.domain.whatsapp.template_drift import TemplateProblem, TemplateTrouble
from stadtdraht.texts.staff.refusals import refusal_words
from stadtdraht.usecases.contests.open_contest import ContestNotFit
from stadtdraht.usecases.whatsapp.check_account import TemplateNotAsApproved

SINCE = datetime(2026, 11, 24, 12, tzinfo=UTC)


def test_what_is_on_hold_is_listed():
    holds = [
        Hold("bocholt", "a" * 20, "", "Az. 1", "Anna", SINCE),
        Hold("bocholt", "a" * 20, "2026-0001", "Az. 2", "", SINCE),
    ]
    assert refusal_words(OnHold(holds)) == (
        "Für ein Verfahren festgehalten (die Person seit 24.11.2026: Az. 1; 2026-0001 seit 24.11.2026: Az. 2)."
    )


def test_each_flaw_of_a_contest_is_named():
    flaws = {"title": {"most": 60}, "entries_per_person": {"fewest": 1, "most": 20}, "terms": {}}
    said = refusal_words(ContestNotFit("", flaws))
    assert "1 bis 60 Zeichen" in said
    assert "1 bis 20 Einsendungen" in said
    assert "https://" in said


def test_what_meta_holds_against_a_template_is_said_for_the_office_and_the_operator():
    trouble = TemplateTrouble("brief", "de", TemplateProblem.STATUS, "PAUSED", crisis=False)
    said = refusal_words(TemplateNotAsApproved("bocholt", (trouble,)))
    assert said.startswith("Die Vorlage brief (de) ist bei WhatsApp zurzeit nicht freigegeben")
    assert f"({trouble})" in said
