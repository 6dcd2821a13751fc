"""What the crisis page says when something of ours does not answer."""

import json

from functions.crisis import page
from stadtdraht.bootstrap import Adapters


class Broken(Adapters):
    @property
    def alerts(self):
        raise ConnectionError("token-of-the-officer")


def asked(method, body="", alert="", **headers):
    event = {
        "headers": {"content-type": "application/x-www-form-urlencoded", **headers},
        "pathParameters": {"token": "t0ken", **({"alert": alert} if alert else {})},
        "requestContext": {"http": {"method": method}},
        "body": body,
    }
    return page.handler(event, None, adapters=Broken())


def test_a_press_is_told_that_pressing_again_stays_one_warning_and_led_back_with_its_choices(capsys, caplog):
    answer = asked("POST", "scenario=fire&languages=de&pin=482913&confirm=Bocholt&nonce=n")
    assert answer["statusCode"] == 503
    assert "Es bleibt bei einer Warnung" in answer["body"]
    assert 'href="/crisis/t0ken?scenario=fire&amp;languages=de"' in answer["body"]
    assert "482913" not in answer["body"]
    assert "CrisisPageFailed" in capsys.readouterr().out
    [line] = caplog.records
    assert line.why.startswith("ConnectionError at page.py")
    assert not [secret for secret in ("482913", "t0ken", "token-of-the-officer") if secret in str(vars(line))]


def test_who_takes_a_warning_back_is_led_to_its_state():
    answer = asked("POST", "undo=key", alert="bocholt-a-20261124-aaaaaa")
    assert "Ob die Warnung zurückgenommen ist" in answer["body"]
    assert 'href="/crisis/t0ken/bocholt-a-20261124-aaaaaa"' in answer["body"]


def test_a_machine_is_told_to_send_it_again_with_the_same_key():
    answer = asked("POST", "{}", accept="application/json")
    assert (answer["statusCode"], json.loads(answer["body"])["error"]) == (503, "try again")


def test_a_scanner_that_meets_the_trouble_gets_a_page_that_acts_on_nothing():
    page = asked("GET")["body"]
    assert "löst nichts aus" in page
    assert "<form" not in page
