"""What `make run` may be told, and what it says to a wrong value."""

from pathlib import Path

import pytest

from local.settings import LocalSettings, WrongSetting
from local.state_folder import StateFolder


def _settings(**values):
    return LocalSettings.from_mapping(values, Path("/somewhere"))


def test_nothing_said_means_the_documented_defaults():
    settings = _settings()

    assert (settings.app_port, settings.whatsapp_port, settings.aws_port) == (8700, 8701, 8702)
    assert settings.state == Path("/somewhere/.local")
    assert settings.sample_day
    assert settings.graph_api_url is None


def test_another_graph_api_and_its_rate_are_taken():
    settings = _settings(GRAPH_API_URL="http://127.0.0.1:9443/", GRAPH_API_RATE="20")

    assert (settings.graph_api_url, settings.graph_api_rate) == ("http://127.0.0.1:9443", 20.0)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("STADTDRAHT_PORT", "achttausend"),
        ("WHATSAPP_PORT", "0"),
        ("AWS_PORT", "65536"),
        ("STADTDRAHT_SAMPLE_DAY", "nein"),
        ("GRAPH_API_URL", "127.0.0.1:9443"),
        ("GRAPH_API_RATE", "-1"),
        ("GRAPH_API_RATE", "viel"),
        ("WEB_DETOUR", "127.0.0.1:9443"),
    ],
)
def test_a_wrong_value_is_refused_by_name_in_both_languages(name, value):
    with pytest.raises(WrongSetting, match=f"{name}={value}: erwartet wird .* expected "):
        _settings(**{name: value})


def test_a_detour_on_the_web_needs_the_authority_that_is_trusted_there():
    with pytest.raises(WrongSetting, match="go together"):
        _settings(WEB_DETOUR="feed.example=127.0.0.1:9443")
    settings = _settings(WEB_DETOUR="feed.example=127.0.0.1:9443", WEB_DETOUR_AUTHORITY="/ca.pem")
    assert settings.product_addresses["WEB_DETOUR"] == "feed.example=127.0.0.1:9443"
    assert "WEB_DETOUR" not in _settings().product_addresses


def test_two_services_cannot_share_a_port():
    with pytest.raises(WrongSetting, match="verschieden"):
        _settings(AWS_PORT="8700")


def test_a_state_folder_holds_one_system(tmp_path):
    first, second = StateFolder(tmp_path), StateFolder(tmp_path)
    first.take()

    with pytest.raises(WrongSetting, match="läuft schon"):
        second.take()
    first.release()
    second.take()
    second.release()


def test_taking_a_state_folder_forgets_that_an_earlier_system_was_ready(tmp_path):
    folder = StateFolder(tmp_path)
    folder.ready({"pid": 1})

    folder.take()

    assert not folder.run_file.exists()
    folder.release()
