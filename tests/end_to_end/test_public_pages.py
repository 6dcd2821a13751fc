"""Pages that anybody may open, and what every answer carries."""

import httpx
import pytest

pytestmark = pytest.mark.system

TOWNS = ("vreden", "neu-ulm", "arnsberg", "bocholt")


def get(system, path):
    return httpx.get(f"{system.run['app']}{path}")


def test_health_says_ok(system):
    assert get(system, "/healthz").json() == {"status": "ok"}


@pytest.mark.parametrize("town", TOWNS)
def test_a_town_shows_its_offers_and_its_number(system, town):
    page = get(system, f"/t/{town}")
    assert page.status_code == 200
    assert system.run["towns"][town]["display_phone_number"] in page.text
    assert "wa.me/49" in page.text


@pytest.mark.parametrize("town", TOWNS)
def test_imprint_and_privacy_notice_are_complete(system, town):
    assert "Verantwortlich" in get(system, f"/t/{town}/imprint").text
    privacy = get(system, f"/t/{town}/privacy").text
    assert "180 Tage" in privacy
    assert "STOP" in privacy


def test_the_root_says_what_this_is_and_the_number_can_be_saved(system):
    assert "Städte auf WhatsApp" in get(system, "/").text
    card = get(system, "/t/bocholt/contact.vcf")
    assert card.headers["content-type"].startswith("text/vcard")
    assert card.text.startswith("BEGIN:VCARD")
    assert "WhatsApp’ta" in get(system, "/t/bocholt?lang=tr").text


@pytest.mark.parametrize(
    "path",
    [
        "/nirgends",
        "/t/bocholt/nirgends",
        "/crisis/",
        "/t/atlantis",
        "/t/atlantis/imprint",
        "/a/bocholt-a-20200101-aaaaaa",
        "/a/nonsense",
    ],
)
def test_what_does_not_exist_is_a_calm_404(system, path):
    page = get(system, path)
    assert page.status_code == 404
    assert "112" in page.text


def test_every_page_forbids_what_it_does_not_need(system):
    headers = get(system, "/t/bocholt").headers
    assert "default-src 'none'" in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
