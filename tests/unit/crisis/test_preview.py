"""What the crisis page promises before anybody presses."""

from dataclasses import replace

import pytest

from stadtdraht.usecases.crisis.preview_alert import preview
from tests.support.builders.crisis import NOON, a_town
from tests.support.crisis_page import a_person
from tests.support.fakes.audience import FakeAudience


@pytest.mark.parametrize(("people", "last_after_s"), [(0, 3), (76, 4), (760, 13)])
def test_the_last_person_is_reached_at_the_pace_that_a_crisis_takes(people, last_after_s):
    town = replace(a_town(), number=replace(a_town().number, rate_mps=80))
    audience = FakeAudience({it.citizen_id: it for it in map(a_person, range(people))})
    seen = preview(town, "fire", (), 60, ("de",), NOON, audience=audience, public_url="https://stadtdraht.example.org")
    assert (seen.people, seen.first_after_s, seen.last_after_s) == (people, 3, last_after_s)
