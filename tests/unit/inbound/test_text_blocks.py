"""Text blocks: what may stand in one, and what comes out of it."""

from dataclasses import replace

import pytest

from stadtdraht.domain.citizen import Citizen, WireIdentity
from stadtdraht.domain.inbound.text_blocks import TextBlock, TextBlockNotFit
from stadtdraht.usecases.inbound import text_blocks as use
from tests.support.fakes.desk import FakeTextBlocks
from tests.support.town_office import NOON, TOWNS

TOWN = TOWNS["arnsberg"]
ANNA = Citizen("a" * 20, "arnsberg", WireIdentity(phone="49151"), name="Anna Probe")
BLOCK = TextBlock("arnsberg", "", "Tonne", "Guten Tag {Name}, die Tonne kommt morgen.", "Abfall")


@pytest.fixture
def blocks():
    return FakeTextBlocks()


def test_a_new_one_gets_an_id_and_a_changed_one_keeps_its_count(blocks):
    kept = use.save_block(BLOCK, blocks)
    assert kept.id
    use.put_in(kept.id, TOWN, ANNA, blocks)
    use.save_block(replace(kept, words="Guten Tag"), blocks)
    (found,) = use.list_blocks("arnsberg", blocks)
    assert (found.words, found.used) == ("Guten Tag", 1)


def test_one_that_is_gone_is_neither_changed_nor_put_in(blocks):
    kept = use.save_block(BLOCK, blocks)
    use.remove_block("arnsberg", kept.id, NOON, blocks)
    for act in (
        lambda: use.save_block(kept, blocks),
        lambda: use.put_in(kept.id, TOWN, ANNA, blocks),
        lambda: use.remove_block("arnsberg", kept.id, NOON, blocks),
    ):
        with pytest.raises(use.NoSuchTextBlock):
            act()
    assert use.list_blocks("arnsberg", blocks) == []


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": " "}, "title"),
        ({"title": "x" * 81}, "title"),
        ({"words": ""}, "words"),
        ({"words": "x" * 2001}, "words"),
        ({"words": "Guten Tag {Vorname}"}, "words"),
        ({"words": "Guten Tag {name}"}, "words"),
    ],
)
def test_what_does_not_fit_is_said_at_its_field(blocks, changes, field):
    with pytest.raises(TextBlockNotFit) as why:
        use.save_block(replace(BLOCK, **changes), blocks)
    assert why.value.field == field
    assert blocks.found == {}


def test_every_place_is_filled_and_a_missing_name_leaves_no_hole(blocks):
    words = "Guten Tag {Name}, wir sind da: {Sprechzeit}. {Link}"
    kept = use.save_block(replace(BLOCK, words=words), blocks)
    said = use.put_in(kept.id, TOWN, ANNA, blocks)
    assert said.startswith("Guten Tag Anna Probe, wir sind da: Montag")
    assert said.endswith(TOWN.website)
    assert "{" not in said
    assert use.put_in(kept.id, TOWN, replace(ANNA, name=""), blocks).startswith("Guten Tag, wir sind da")
    named = replace(ANNA, name="{Link} {Name}")
    assert use.put_in(kept.id, TOWN, named, blocks).startswith("Guten Tag {Link} {Name}, wir")  # it stays a name


def test_six_are_ready_and_taken_over_once(blocks):
    assert use.take_over_ready("arnsberg", "Kim", blocks) == 6
    worded = replace(use.list_blocks("arnsberg", blocks)[0], words="Eigene Worte")
    use.save_block(worded, blocks)
    assert use.take_over_ready("arnsberg", "Kim", blocks) == 0
    assert worded.words in [it.words for it in use.list_blocks("arnsberg", blocks)]
    for block in use.ready_blocks("arnsberg"):
        block.check()
        assert "{" not in block.filled(use.values_for(TOWN, ANNA))
