"""A town's own wording that nothing can fill never means silence: people hear our words, and operators are told."""

from dataclasses import replace

import pytest

from stadtdraht.domain.cases.case import CaseState
from stadtdraht.domain.cases.case_work import CaseWork
from stadtdraht.texts.languages import LANGUAGES
from stadtdraht.texts.replies import UNFILLED, or_in_ours, text
from stadtdraht.usecases.cases.case_messages import messages_about
from tests.support.builders.cases import ANKE, NOON, a_case
from tests.support.case_desk import VREDEN, CaseHarness
from tests.support.town_office import ConversationHarness, words

BROKEN = ["{", "}", "{town", "{}", "{0}", "{no_such_name}", "{town.mayor}", "{town[mayor]}", "{town!x}", "{town:%d}"]


def broken(town, wording):
    """Every sentence of every language that the town speaks."""
    texts = tuple((tag, name, wording) for tag in LANGUAGES for name in LANGUAGES[tag].sentences)
    return replace(town, texts=texts)


@pytest.mark.parametrize("wording", BROKEN)
@pytest.mark.parametrize("said", ["Hallo", "Die Laterne am Markt ist kaputt", "STOP", "AUSKUNFT", "Löschen", "Hilfe"])
def test_a_broken_sentence_of_the_town_is_said_in_our_words(wording, said):
    ours, theirs = ConversationHarness("arnsberg"), ConversationHarness("arnsberg")
    ours.towns.towns["arnsberg"] = replace(ours.towns.get("arnsberg"), texts=())
    theirs.towns.towns["arnsberg"] = broken(theirs.towns.get("arnsberg"), wording)
    expected = [words(it) for it in ours.hears(said)]
    assert expected
    assert [words(it) for it in theirs.hears(said)] == expected
    assert isinstance(theirs.done.wording_error, UNFILLED)
    assert ours.done.wording_error is None


def test_what_is_ours_to_mend_is_raised():
    def fails(_):
        raise KeyError

    town = ConversationHarness().towns.get("vreden")
    with pytest.raises(KeyError):
        or_in_ours(fails, town)
    assert or_in_ours(lambda its: text(its, "de", "greeting"), town)[1] is None


@pytest.mark.parametrize("wording", BROKEN)
@pytest.mark.parametrize("state", [CaseState.IN_WORK, CaseState.CLOSED])
def test_what_people_hear_of_their_report_falls_back_as_well(wording, state):
    case = a_case()
    desk, work = CaseHarness(case), CaseWork("Kim", state)
    told = messages_about(case, work, broken(VREDEN, wording), desk.people[ANKE], NOON)
    assert told.in_our_words
    assert told.bodies == messages_about(case, work, VREDEN, desk.people[ANKE], NOON).bodies
