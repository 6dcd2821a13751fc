"""Templates as the Graph API lists them, read into what can be compared with a town file."""

from dataclasses import replace

import httpx
import pytest

from stadtdraht.adapters.whatsapp.account import GraphAccount
from tests.support.builders.crisis import a_town

OURS = a_town().templates[0]
BODY = {"type": "BODY", "text": OURS.body}
FOOTER = {"type": "FOOTER", "text": OURS.footer}


def listed(monkeypatch, *components, **more):
    entry = {"id": "1", "name": OURS.name, "language": "de", "status": "APPROVED", "category": "UTILITY", **more}
    answer = httpx.Response(200, json={"data": [entry | {"components": list(components)}]})
    monkeypatch.setattr(httpx, "request", lambda *_, **__: answer)
    (found,) = GraphAccount("EAA", "https://graph.example", "v25.0").templates("1")
    return found


def test_what_reads_as_the_town_had_it_approved_does(monkeypatch):
    found = listed(monkeypatch, BODY, FOOTER, message_send_ttl_seconds=-1, quality_score={"score": "RED"})
    assert found.says_the_same(OURS)
    assert (found.ttl_s, found.quality) == (None, "RED")


@pytest.mark.parametrize(
    ("component", "more"),
    [
        ({"type": "HEADER", "format": "TEXT", "text": "Angebot"}, ("header TEXT: Angebot",)),
        ({"type": "BUTTONS", "buttons": [{"type": "URL", "text": "Kaufen"}]}, ("button URL: Kaufen",)),
    ],
)
def test_what_somebody_added_at_meta_is_another_wording(monkeypatch, component, more):
    found = listed(monkeypatch, component, BODY, FOOTER)
    assert found.more == more
    assert not found.reads_the_same(OURS)


def test_quick_replies_and_a_picture_are_known_to_a_town_file(monkeypatch):
    picture = {"type": "HEADER", "format": "IMAGE"}
    buttons = {"type": "BUTTONS", "buttons": [{"type": "QUICK_REPLY", "text": "Abmelden"}]}
    found = listed(monkeypatch, picture, BODY, FOOTER, buttons)
    assert found.reads_the_same(replace(OURS, picture=True, quick_replies=("Abmelden",)))
    assert not found.reads_the_same(OURS)
