"""A newsletter on colleagues' phones before anybody else gets it."""

import asyncio
from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest

from stadtdraht.domain.broadcast.broadcast import NewsletterNotFit
from stadtdraht.domain.delivery.delivery import Accepted, Refused
from stadtdraht.domain.town import Tester as Colleague
from stadtdraht.usecases.broadcast.sending.send_test import NumberIsBusy, send_test
from tests.support.builders.newsletter import MONDAY, PUBLIC_URL, a_draft, a_newsletter_town, story
from tests.support.fakes.controls import FakeControls
from tests.unit.broadcast.test_compose_commands import STORY, desk

__all__ = ["desk"]  # the fixture

ANNA, BERND = Colleague("Anna", "4915110000001"), Colleague("Bernd", "4915110000002")
TOWN = a_newsletter_town(testers=(ANNA, BERND))


@dataclass
class Meta:
    """Takes what it gets, but for the numbers it refuses."""

    refuses: frozenset[str] = frozenset()
    taken: list = field(default_factory=list)

    async def send(self, _, number, body):
        if body["to"] in self.refuses:
            return Refused(131026)
        self.taken.append(body)
        return Accepted(f"wamid.{len(self.taken)}")


def tried(made, meta, controls=None, to=(ANNA, BERND)):
    return asyncio.run(
        send_test(made, TOWN, to, MONDAY, graph=meta, controls=controls or FakeControls(), public_url=PUBLIC_URL)
    )


def test_it_looks_as_it_will_but_for_the_mark_and_no_figure_counts_it():
    meta = Meta()
    found = tried(a_draft(story(1), story(2)), meta)
    assert [(it.name, it.accepted) for it in found] == [("Anna", True), ("Bernd", True)]
    assert [body["to"] for body in meta.taken] == ["+4915110000001", "+4915110000002"]
    values = {it["parameter_name"]: it["text"] for it in meta.taken[0]["template"]["components"][0]["parameters"]}
    assert (values["title1"], values["title2"]) == ("[TEST] Meldung 1", "Meldung 2")
    assert all("biz_opaque_callback_data" not in body for body in meta.taken)


def test_the_longest_newsletter_that_may_go_out_may_be_tested():
    long = a_draft(*(story(number, teaser="x" * 76) for number in range(1, 6)))
    template = TOWN.template(long.template)
    meta = Meta()
    tried(long, meta)
    values = {it["parameter_name"]: it["text"] for it in meta.taken[0]["template"]["components"][0]["parameters"]}
    assert 950 < len(template.filled(values)) <= 1024


def test_who_cannot_be_reached_is_named_and_the_others_get_it():
    meta = Meta(refuses=frozenset({"+4915110000001"}))
    anna, bernd = tried(a_draft(), meta)
    assert (anna.accepted, anna.reason, bernd.accepted) == (False, "131026", True)


def test_what_may_not_go_out_is_not_tested_either():
    meta = Meta()
    with pytest.raises(NewsletterNotFit, match="item 1, title"):
        tried(a_draft(story(title="")), meta)
    assert meta.taken == []


def test_a_test_waits_while_a_warning_goes_out():
    controls, meta = FakeControls(), Meta()
    number = TOWN.number.phone_number_id
    asyncio.run(controls.lease_for_crisis("bocholt", number, "alert", MONDAY + timedelta(minutes=1)))
    with pytest.raises(NumberIsBusy):
        tried(a_draft(), meta, controls)
    assert meta.taken == []


def test_the_command_sends_to_the_named_colleagues_only(desk):
    meta = Meta()
    desk.adapters.graph, desk.adapters.controls = meta, FakeControls()
    the_id = desk("draft", "--town", "bocholt", *STORY)["broadcast_id"]
    assert "[[testers]]" in desk.types("test", the_id).output
    desk.towns.towns["bocholt"] = replace(desk.towns.towns["bocholt"], testers=(ANNA, BERND))
    assert "erwartet wird Anna, Bernd" in desk.types("test", the_id, "--to", "Carla").output
    assert desk("test", the_id, "--to", "Bernd")["tried"] == [{"name": "Bernd", "accepted": True, "reason": ""}]
    assert [body["to"] for body in meta.taken] == ["+4915110000002"]
    assert desk.only().state == "draft"
