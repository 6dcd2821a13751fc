"""An alert on the real table against the strict WhatsApp, which pauses and disables its templates on the way."""

import asyncio
import time
import uuid
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from local.whatsapp.model.numbers import Number
from stadtdraht.adapters.dynamodb.broadcast.audience import DynamoAudience, audience_row, window_row
from stadtdraht.adapters.dynamodb.towns.account_snapshots import DynamoAccountSnapshots
from stadtdraht.adapters.whatsapp.account import GraphAccount
from stadtdraht.adapters.whatsapp.messages import GraphClient
from stadtdraht.domain.delivery.delivery import BY_TEXT, DeliveryKey, OutcomeKind
from stadtdraht.domain.delivery.slices import SliceState
from stadtdraht.domain.town import Offer
from stadtdraht.usecases.crisis.alert_status import alert_status
from stadtdraht.usecases.crisis.raise_alert import alert_slices
from stadtdraht.usecases.crisis.send_alert import send_alert
from stadtdraht.usecases.delivery.protocol import Clock, SenderPorts
from stadtdraht.usecases.whatsapp.check_account import take_account_snapshot
from tests.support.builders.crisis import a_town, a_trigger, with_second
from tests.support.builders.delivery import person
from tests.support.fakes.alerts import FakeAlerts
from tests.support.fakes.queues import FakeSliceQueue
from tests.support.fakes.towns import FakeTowns

pytestmark = pytest.mark.local_aws

PEOPLE = 120
PAUSED, DISABLED = "132015", "132016"
EXAMPLES = tuple((name, "Beispiel") for name in ("was", "wo", "bis", "tun", "wer", "mehr"))


class Graph:
    """The real client; after so many requests something happens at Meta."""

    def __init__(self, client, after, happens):
        self._client, self._after, self._happens = client, after, happens
        self.requests = 0

    async def send(self, town, phone_number_id, body):
        self.requests += 1
        if self.requests == self._after:
            self._happens()
        return await self._client.send(town, phone_number_id, body)


class Crisis:
    """A town with two templates at the simulated Meta, and people who take warnings; every fifth wrote today."""

    def __init__(self, hall):
        self.hall, name = hall, f"c{uuid.uuid4().hex[:8]}"
        number = replace(a_town().number, phone_number_id=f"50{name}", waba_id=f"60{name}")
        town = with_second(replace(a_town(), id=name, number=number))
        self.town = replace(town, templates=tuple(replace(it, examples=EXAMPLES) for it in town.templates))
        self.now = datetime.now(UTC)
        wire = Number(number.phone_number_id, name, number.waba_id, "+49 2871 953-0", name, f"token-{name}", 1000)
        hall.whatsapp.numbers.put(wire)
        hall.whatsapp.numbers.unsubscribed_wabas.add(number.waba_id)
        hall.secrets.save_access_token(name, f"token-{name}")
        hall.controls.set_rate(name, number.phone_number_id, 1000)
        self.account = GraphAccount(f"token-{name}", hall.settings.graph_api_url, hall.settings.graph_api_version)
        for template in self.town.templates:
            self.account.create_template(number.waba_id, template)
        self.people = [person(one, language="en" if one % 3 == 0 else "de") for one in range(PEOPLE)]
        self.inside = {one.citizen_id for one in self.people[::5]}
        hall.table.put_all([audience_row(name, Offer.CRISIS, one) for one in self.people])
        hall.table.put_all([window_row(name, one, self.now) for one in self.inside])
        for one in self.people[::5]:
            chat = hall.whatsapp.chats.between(wire, hall.whatsapp.people.meet(one.identity.phone))
            chat.last_word_of_citizen = time.time()
        trigger = a_trigger(at=self.now)
        self.alert = replace(trigger.alert, alert_id=f"{name}-a-20261124-aaaaaa", town=name)
        self.work_slice = alert_slices(self.alert, self.town)[0]
        hall.slices.plan([self.work_slice])
        self.alerts = FakeAlerts()
        self.alerts.raise_once(replace(trigger, alert=self.alert, slices=(self.work_slice,)))
        self.audience, self.snapshots = DynamoAudience(hall.table), DynamoAccountSnapshots(hall.table)

    def at_meta(self, status, *names):
        def change():
            for template in self.hall.whatsapp.templates.of_waba(self.town.number.waba_id):
                if template.name in names:
                    self.hall.whatsapp.templates.force(template, status)

        return change

    def watched(self):
        take_account_snapshot(
            self.town, self.now, account=self.account, snapshots=self.snapshots, audience=self.audience
        )

    def send(self, after=0, happens=lambda: None):
        """What one sender did that goes through everything, and its requests to Meta's messages route."""

        async def run():
            settings = self.hall.settings
            client = GraphClient(self.hall.secrets, settings.graph_api_url, settings.graph_api_version)
            graph, queue = Graph(client, after, happens), FakeSliceQueue()
            ports = SenderPorts(
                self.audience, self.hall.slices, self.hall.deliveries, self.hall.controls, graph, queue, recheck=None
            )
            clock = Clock(lambda: datetime.now(UTC), time.monotonic, asyncio.sleep)
            towns = FakeTowns({self.town.id: self.town})
            sent = await send_alert(
                self.work_slice, alerts=self.alerts, towns=towns, snapshots=self.snapshots, senders=ports, clock=clock
            )
            await client.close()
            return sent, graph.requests

        sent, requests = asyncio.run(run())
        ((_, progress),) = self.hall.slices.all(self.alert.alert_id)
        assert progress.state is SliceState.DONE
        return sent, requests

    def taken(self):
        """What WhatsApp took: how often for whom, and how often by which way."""
        entries = self.hall.whatsapp.ledger.search(self.town.number.phone_number_id, None, None, None)
        bodies = [entry.body for entry in entries]
        whom = Counter(DeliveryKey.parse(body["biz_opaque_callback_data"]).citizen_id for body in bodies)
        return whom, Counter(body["template"]["name"] if body["type"] == "template" else BY_TEXT for body in bodies)

    def rows(self):
        return {row.citizen_id: row for row in self.hall.deliveries.in_full(self.town.id, self.alert.alert_id)}


@pytest.fixture
def crisis(hall):
    return Crisis(hall)


@pytest.mark.parametrize("status", ["PAUSED", "DISABLED"])
def test_a_template_that_fails_in_mid_run_is_replaced_by_the_second_and_everyone_gets_one_warning(crisis, status):
    crisis.watched()
    crisis.send(after=30, happens=crisis.at_meta(status, "warnung"))
    whom, ways = crisis.taken()
    assert whom == dict.fromkeys((one.citizen_id for one in crisis.people), 1)
    assert set(ways) == {"warnung", "warnung_zwei"}
    rows = crisis.rows()
    assert {row.kind for row in rows.values()} == {OutcomeKind.ACCEPTED}
    assert Counter(row.route for row in rows.values()) == ways


def test_what_the_watch_has_seen_is_not_tried_at_all(crisis):
    crisis.at_meta("PAUSED", "warnung")()
    crisis.watched()
    sent, requests = crisis.send()
    assert (sent.accepted, sent.halted_by, requests) == (PEOPLE, 0, PEOPLE)
    assert crisis.taken()[1] == {"warnung_zwei": PEOPLE}


@pytest.mark.parametrize("looked", [True, False], ids=["watched", "not watched"])
def test_with_both_gone_open_windows_get_the_words_and_the_rest_is_named_with_the_reason(crisis, looked):
    crisis.at_meta("PAUSED", "warnung")()
    crisis.at_meta("DISABLED", "warnung_zwei")()
    if looked:
        crisis.watched()
    sent, requests = crisis.send()
    whom, ways = crisis.taken()
    assert set(whom) == crisis.inside
    assert set(whom.values()) == {1}
    assert ways == {BY_TEXT: len(crisis.inside)}
    rows = crisis.rows()
    assert set(rows) == {one.citizen_id for one in crisis.people}
    left_out = {who: row for who, row in rows.items() if who not in crisis.inside}
    assert {(row.kind, row.reason) for row in left_out.values()} == {(OutcomeKind.REFUSED, PAUSED)}
    status = alert_status(
        crisis.alert,
        datetime.now(UTC),
        audience=crisis.audience,
        deliveries=crisis.hall.deliveries,
        slices=crisis.hall.slices,
    )
    assert (status.accepted, status.planned) == (len(crisis.inside), PEOPLE)
    assert status.no_way == status.failed == len(left_out)
    assert sent.halted_by == int(PAUSED), "nobody on call is told"
    assert requests < 2 * PEOPLE  # what Meta refused once is not asked for everybody
