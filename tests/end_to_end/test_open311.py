"""Open311 over HTTP, on the deployed functions with the rights they have."""

import httpx
import pytest

pytestmark = pytest.mark.system

VREDEN = {"jurisdiction_id": "vreden"}


def url(system, path):
    return f"{system.run['app']}/open311/v2/{path}"


def test_discovery_leads_to_the_services(system):
    (endpoint,) = httpx.get(url(system, "discovery.json")).json()["endpoints"]
    assert endpoint["url"].endswith("/open311/v2")
    services = httpx.get(url(system, "services.json"), params=VREDEN).json()
    assert "hint" in [it["service_code"] for it in services]


def test_a_town_publishes_nothing_unless_it_says_so(system):
    listed = httpx.get(url(system, "requests.json"), params=VREDEN)
    assert (listed.status_code, listed.json()) == (200, [])
    one = httpx.get(url(system, "requests/2026-0001.json"), params=VREDEN)
    assert (one.status_code, one.json()[0]["code"]) == (404, 404)
    assert httpx.get(url(system, "requests.json"), params={"jurisdiction_id": "atlantis"}).status_code == 404


def test_a_status_without_a_key_is_not_taken(system):
    sent = httpx.post(url(system, "requests/2026-0001.json"), data=VREDEN | {"api_key": "x", "status": "closed"})
    assert (sent.status_code, sent.json()[0]["code"]) == (403, 403)
