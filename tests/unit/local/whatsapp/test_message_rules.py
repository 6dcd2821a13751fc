"""Bodies that Meta would not take are not taken."""

import pytest

from local.whatsapp.graph.message_rules import check_message
from tests.unit.local.whatsapp.simulation import Simulation, code_of


def interactive(**parts):
    part = {"type": "button", "body": {"text": "Bitte wählen"}, **parts}
    return {"messaging_product": "whatsapp", "type": "interactive", "interactive": part}


def buttons(*titles):
    return {
        "buttons": [
            {"type": "reply", "reply": {"id": f"b{place}", "title": title}} for place, title in enumerate(titles)
        ]
    }


def rows(count):
    return [{"id": f"r{place}", "title": f"Zeile {place}"} for place in range(count)]


def text(body):
    return {"messaging_product": "whatsapp", "type": "text", "text": {"body": body}}


GOOD = {
    "text of 4096": text("a" * 4096),
    "three buttons": interactive(action=buttons("A", "B", "C" * 20)),
    "ten rows": interactive(
        type="list", body={"text": "b" * 4096}, action={"button": "Wählen", "sections": [{"rows": rows(10)}]}
    ),
    "link": interactive(
        type="cta_url",
        action={"name": "cta_url", "parameters": {"display_text": "Zur Seite", "url": "https://example.org"}},
    ),
    "location request": interactive(type="location_request_message", action={"name": "send_location"}),
}

BAD = {
    "text of 4097": (131009, text("a" * 4097)),
    "empty text": (131008, text("")),
    "no messaging_product": (100, {"type": "text", "text": {"body": "a"}}),
    "unknown type": (131051, {"messaging_product": "whatsapp", "type": "poll", "poll": {}}),
    "four buttons": (131009, interactive(action=buttons("A", "B", "C", "D"))),
    "no buttons": (131009, interactive(action=buttons())),
    "button of 21": (131009, interactive(action=buttons("x" * 21))),
    "two buttons of one title": (131009, interactive(action=buttons("A", "A"))),
    "button body of 1025": (131009, interactive(body={"text": "a" * 1025}, action=buttons("A"))),
    "eleven rows": (
        131009,
        interactive(type="list", action={"button": "Wählen", "sections": [{"rows": rows(11)}]}),
    ),
    "two sections without titles": (
        131008,
        interactive(
            type="list",
            action={"button": "W", "sections": [{"rows": rows(1)}, {"rows": [{"id": "z", "title": "Z"}]}]},
        ),
    ),
    "latitude of 91": (
        131009,
        {
            "messaging_product": "whatsapp",
            "type": "location",
            "location": {"latitude": 91, "longitude": 7},
        },
    ),
    "opaque data of 513": (131009, {**text("a"), "biz_opaque_callback_data": "x" * 513}),
    "image with id and link": (
        100,
        {"messaging_product": "whatsapp", "type": "image", "image": {"id": "1", "link": "https://e.org"}},
    ),
}


@pytest.mark.parametrize("body", GOOD.values(), ids=GOOD)
def test_a_body_within_the_limits_is_taken(body):
    assert body["type"] == check_message(body)


@pytest.mark.parametrize(("code", "body"), BAD.values(), ids=BAD)
def test_a_body_beyond_the_limits_is_refused(code, body):
    assert code == code_of(lambda: check_message(body))


def test_media_that_was_never_uploaded_is_refused():
    simulation = Simulation()
    simulation.citizen_writes()
    body = {"to": "+4915112345678", "type": "image", "image": {"id": "12345"}}
    assert code_of(lambda: simulation.send(body)) == 131009
