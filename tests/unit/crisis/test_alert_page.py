"""The public page of an alert, under a rush and in every language."""

from datetime import timedelta

import pytest

from functions.public import pages
from functions.public.web import alert_page
from stadtdraht.domain.crisis.alert import AlertValidity
from stadtdraht.domain.crisis.links import LinkMode
from stadtdraht.texts.alert_page import page_sentence
from stadtdraht.texts.languages import LANGUAGES
from tests.support.adapters import FakeAdapters
from tests.support.builders.crisis import NOON, a_town, a_trigger
from tests.support.fakes.alerts import FakeAlerts
from tests.support.fakes.towns import FakeTowns

EVERY = ("de", "de-easy", "en", "tr", "uk", "ar", "pl", "ru")


class Counted(FakeAlerts):
    reads = 0

    def get(self, alert_id):
        self.reads += 1
        return super().get(alert_id)


@pytest.fixture
def alerts():
    return Counted()


@pytest.fixture
def adapters(alerts):
    alert_page._kept.clear()
    return FakeAdapters(alerts=alerts, towns=FakeTowns({"bocholt": a_town(languages=EVERY)}))


def raised(alerts, **changes):
    trigger = a_trigger(**changes)
    alerts.raise_once(trigger)
    return trigger.alert


def test_every_language_of_the_town_hears_how_the_alert_stands(alerts, adapters):
    alert = raised(alerts)
    _, page = alert_page.alert_page(alert.alert_id, NOON, adapters)
    assert "Ja, diese Warnung ist echt" in page
    for language in EVERY[1:]:
        assert (
            f'<li lang="{language}" dir="auto">{page_sentence(AlertValidity.VALID, language).partition("{")[0]}' in page
        )
    assert "until November 24, 2026, 3:00 pm" in page
    _, page = alert_page.alert_page(alert.alert_id, alert.expires_at, adapters)
    assert "It no longer holds" in page


def test_a_drill_says_so_in_every_language(alerts, adapters):
    alert = raised(alerts, mode=LinkMode.DRILL)
    _, page = alert_page.alert_page(alert.alert_id, NOON, adapters)
    assert "There is no danger" in page


def test_every_validity_is_said_in_every_language():
    assert {validity: {it for it in LANGUAGES if page_sentence(validity, it)} for validity in AlertValidity} == {
        validity: set(LANGUAGES) - {"de"} for validity in AlertValidity
    }


def test_a_rush_reads_the_table_once_in_two_seconds(alerts, adapters):
    alert = raised(alerts)
    for hundredth in range(200):
        assert alert_page.alert_page(alert.alert_id, NOON + timedelta(milliseconds=10 * hundredth), adapters)[0] == 200
    assert alerts.reads == 1
    alert_page.alert_page(alert.alert_id, NOON + timedelta(seconds=2), adapters)
    assert alerts.reads == 2


def test_made_up_addresses_fill_no_memory(alerts, adapters):
    for number in range(300):
        assert alert_page.alert_page(f"bocholt-a-20261124-{number:06}", NOON, adapters)[0] == 404
    assert len(alert_page._kept) == alert_page.ANSWERS_KEPT


def test_caches_may_answer_and_may_go_on_while_we_cannot(alerts, adapters):
    alert = raised(alerts)
    event = {"routeKey": "GET /a/{alert}", "pathParameters": {"alert": alert.alert_id}}
    assert pages.handler(event, None, adapters=adapters)["headers"]["Cache-Control"] == (
        "public, max-age=5, stale-while-revalidate=10, stale-if-error=300"
    )
