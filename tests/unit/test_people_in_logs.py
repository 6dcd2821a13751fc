"""The look at every system's logs finds whoever stands there."""

import pytest

from tests.support.people_in_logs import named_in

KEPT = {
    "people": [
        {"wa_id": "4915112345678", "user_id": "DE.4711ABC", "name": "Erika Beispiel", "username": None},
        {"wa_id": None, "user_id": "DE.0815XYZ", "name": "Bo", "username": "sonderbar1"},
    ],
    "chats": [
        {
            "messages": [
                {"from_town": False, "body": {"type": "text", "text": {"body": "Das Schlagloch ist tief"}}},
                {"from_town": False, "body": {"type": "text", "text": {"body": "Hallo"}}},
                {"from_town": True, "body": {"type": "text", "text": {"body": "Danke, das Bauamt weiß es"}}},
            ]
        }
    ],
}


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ('{"to": "+4915112345678"}', ["4915112345678"]),
        ("DE.4711ABC wrote", ["DE.4711ABC"]),
        ("sent for @sonderbar1", ["sonderbar1"]),
        ('{"message": "Erika Beispiel"}', ["Erika Beispiel"]),
        ("what: Das Schlagloch ist tief.", ["Das Schlagloch ist tief"]),
        ('{"id": "wamid.HBgN"}', ["wamid."]),
        ('{"message": "Hallo", "person": "h:4915112345678901", "said": "Danke, das Bauamt weiß es"}', []),
    ],
)
def test_whoever_stands_in_a_log_is_found(line, found):
    assert named_in(line, KEPT) == found
