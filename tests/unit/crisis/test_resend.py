"""Unknown outcomes of an alert, looked at again."""

import asyncio
import json
import time
from dataclasses import replace
from datetime import timedelta

import pytest

from functions.crisis import resend
from stadtdraht.adapters.aws.jobs import RecheckJob
from stadtdraht.adapters.whatsapp.drill_client import RecordingGraph
from stadtdraht.domain.citizen import WireIdentity
from stadtdraht.domain.delivery.delivery import (
    Accepted,
    DeliveryKey,
    Halted,
    NotSent,
    Outcome,
    OutcomeKind,
    Refused,
    Status,
    Unknown,
)
from stadtdraht.domain.delivery.pace import NEWSLETTERS_YIELD_S
from stadtdraht.domain.delivery.slices import Control, looks_at
from stadtdraht.usecases.crisis.alert_cause import NoCrisisTemplate
from stadtdraht.usecases.crisis.resend_unknown import SECOND_LOOK_S, ResendPorts, ResendResult, resend_unknown
from stadtdraht.usecases.delivery.protocol import Clock
from tests.support.adapters import FakeAdapters
from tests.support.builders.crisis import NOON, a_town, a_trigger, first_message
from tests.support.crisis_page import CrisisPageHarness, a_person
from tests.support.fakes.account_snapshots import FakeAccountSnapshots


class Meta:
    """Answers as told and keeps the bodies."""

    def __init__(self, *answers):
        self.answers = list(answers)
        self.bodies = []

    async def send(self, town, phone_number_id, body):
        self.bodies.append(body)
        return self.answers.pop(0) if self.answers else Accepted(f"wamid.{len(self.bodies)}")

    @property
    def keys(self):
        return [DeliveryKey.parse(body["biz_opaque_callback_data"]) for body in self.bodies]


class Looks:
    """The recheck queue."""

    def __init__(self):
        self.queued = []

    def put(self, town, cause, citizen_ids, attempt, delay_s):
        self.queued.append((tuple(citizen_ids), attempt, delay_s))


class Number:
    """The control item of Bocholt's number."""

    def __init__(self):
        self.control = Control(rate_mps=80)

    async def read(self, town, phone_number_id):
        return self.control

    async def lease_for_crisis(self, town, phone_number_id, holder, until):
        self.control = replace(self.control, leases={**self.control.leases, holder: until})


class ResendHarness:
    """An alert with some unknown outcomes, 15 s after the send."""

    def __init__(self, unknown=2):
        self.harness, self.looks, self.number = CrisisPageHarness(), Looks(), Number()
        self.alert = a_trigger().alert
        self.harness.alerts.raise_once(a_trigger())
        self.ids = [person.citizen_id for person in self.harness.audience.people[:unknown]]
        self.now = NOON + timedelta(seconds=15)
        self.waited = []
        self.snapshots = FakeAccountSnapshots()
        for who in self.ids:
            self.outcome(who, 1, OutcomeKind.UNKNOWN)

    def outcome(self, who, attempt, kind):
        row = Outcome(DeliveryKey(self.alert.alert_id, who, attempt), kind, NOON)
        self.harness.deliveries.outcomes[who, attempt] = row

    def status(self, who, attempt, status):
        self.harness.deliveries.statuses.append((who, attempt, status, ""))

    def kinds(self, who):
        return [row.kind for (of, _), row in sorted(self.harness.deliveries.outcomes.items()) if of == who]

    def look(self, meta, attempt=1):
        async def wait(seconds):
            self.waited.append(seconds)
            await asyncio.sleep(0)  # lets the send begin

        harness = self.harness
        ports = ResendPorts(
            alerts=harness.alerts,
            towns=harness.towns,
            snapshots=self.snapshots,
            audience=harness.audience,
            deliveries=harness.deliveries,
            controls=self.number,
            recheck=self.looks,
            graph=meta,
        )
        clock = Clock(now=lambda: self.now, monotonic_s=time.monotonic, wait=wait)
        return asyncio.run(resend_unknown("bocholt", self.alert.alert_id, self.ids, attempt, ports, clock))


@pytest.fixture
def story():
    return ResendHarness()


def test_who_shows_no_sign_of_life_is_sent_to_once_more(story):
    meta = Meta()
    assert story.look(meta) == ResendResult(accepted=2)
    assert meta.keys == [DeliveryKey(story.alert.alert_id, who, 2) for who in story.ids]
    assert story.kinds(story.ids[0]) == [OutcomeKind.UNKNOWN, OutcomeKind.ACCEPTED]


@pytest.mark.parametrize("status", list(Status))
def test_any_status_settles_it(story, status):
    story.status(story.ids[0], 1, status)
    meta = Meta()
    assert story.look(meta) == ResendResult(accepted=1, settled=1)
    assert [key.citizen_id for key in meta.keys] == [story.ids[1]]


def test_the_next_look_is_queued_before_the_send(story):
    class Dying(Meta):
        async def send(self, town, phone_number_id, body):
            raise ConnectionAbortedError

    with pytest.raises(ConnectionAbortedError):
        story.look(Dying())
    assert story.looks.queued == [(tuple(story.ids), 2, SECOND_LOOK_S)]
    assert story.look(Meta()) == ResendResult(settled=2)
    assert story.look(Meta(), attempt=2) == ResendResult(accepted=2)


def test_a_look_that_comes_twice_sends_once(story):
    meta = Meta()
    story.look(meta)
    assert story.look(meta) == ResendResult(settled=2)
    assert len(meta.bodies) == 2


def test_after_three_tries_without_an_answer_it_stays_unknown(story):
    meta = Meta(*[Unknown("timeout")] * 9)
    assert story.look(meta, 1) == ResendResult(open=2)
    assert story.look(meta, 2) == ResendResult(open=2)
    assert story.look(meta, 3) == ResendResult(settled=2)
    assert len(meta.bodies) == 4


@pytest.mark.parametrize("answer", [NotSent(130429, throttled=True), Halted(190)])
def test_what_was_certainly_not_sent_does_not_count_as_a_try(story, answer):
    meta = Meta(*[answer] * 10)
    for attempt in range(1, 6):
        assert story.look(meta, attempt) == ResendResult(open=2)
    assert story.look(meta, 6) == ResendResult(accepted=2)
    assert [look[1] for look in story.looks.queued] == [2, 3, 4, 5, 6, 7]


def test_a_refusal_ends_it(story):
    assert story.look(Meta(Refused(131026), Refused(131026))) == ResendResult()
    assert story.look(Meta(), attempt=2) == ResendResult(settled=2)


def test_nothing_is_sent_after_the_alert_has_ended(story):
    story.now = story.alert.expires_at
    meta = Meta()
    assert story.look(meta) == ResendResult(settled=2)
    assert (meta.bodies, story.looks.queued) == ([], [])


def test_it_ends_in_the_middle_of_a_look(story):
    class Slow(Meta):
        async def send(self, town, phone_number_id, body):
            story.now = story.alert.expires_at
            return await super().send(town, phone_number_id, body)

    meta = Slow()
    story.look(meta)
    assert len(meta.bodies) == 1


def test_who_left_meanwhile_gets_nothing(story):
    story.harness.audience.people = [a_person(0, left_at=NOON), *story.harness.audience.people[1:]]
    meta = Meta()
    assert story.look(meta) == ResendResult(accepted=1, settled=1)
    assert [key.citizen_id for key in meta.keys] == [story.ids[1]]


def test_a_stopped_alert_is_not_resent(story):
    story.number.control = Control(80, stopped=frozenset({story.alert.alert_id}))
    assert story.look(Meta()) == ResendResult(settled=2)
    assert story.looks.queued == []


def test_it_takes_a_twentieth_of_the_rate_while_the_alert_goes_out_and_half_afterwards(story):
    story.number.control = Control(80, leases={story.alert.alert_id: story.now + timedelta(seconds=30)})
    story.look(Meta())
    assert story.waited == [0, *[pytest.approx(1 / 4)] * 2]
    after = ResendHarness()
    after.look(Meta())
    assert after.waited == [NEWSLETTERS_YIELD_S, *[pytest.approx(1 / 40)] * 2]


def test_newsletters_make_room_while_somebody_is_sent_to_again(story):
    story.look(Meta())
    [(holder, until)] = story.number.control.leases.items()
    assert holder == looks_at(story.alert.alert_id)
    needed_s = sum(story.waited)
    assert timedelta(seconds=needed_s) < until - story.now < timedelta(seconds=needed_s + 2)


def test_more_than_one_look_can_pace_is_left_for_the_next_one():
    story = ResendHarness(unknown=3)
    story.number.control = Control(1, leases={story.alert.alert_id: story.now + timedelta(seconds=30)})
    assert story.look(Meta()) == ResendResult(accepted=1, open=2)
    assert story.looks.queued == [(tuple(story.ids[1:]), 1, 1), ((story.ids[0],), 2, SECOND_LOOK_S)]
    story.now += timedelta(minutes=1)
    assert story.look(Meta()) == ResendResult(accepted=2, settled=1)


def test_a_message_goes_to_the_number_or_else_to_the_id_in_the_readers_language():
    alert, town = a_trigger().alert, a_town()
    by_phone = first_message(alert, town, a_person(1, language="en"), 1)
    by_id = first_message(alert, town, a_person(1, identity=WireIdentity(user_id="DE.1"), language="tr"), 2)
    assert (by_phone["to"], by_phone["template"]["language"]["code"]) == ("+4915112345601", "en")
    assert (by_id["recipient"], by_id["template"]["language"]["code"]) == ("DE.1", "de")
    assert "to" not in by_id
    [body] = by_phone["template"]["components"]
    assert {part["parameter_name"]: part["text"] for part in body["parameters"]} == alert.wording["en"]
    assert len(by_id["biz_opaque_callback_data"]) <= 512


def test_a_town_without_an_english_template_gets_german_words_in_it():
    german = tuple(template for template in a_town().templates if template.language == "de")
    body = first_message(a_trigger().alert, a_town(templates=german), a_person(1, language="en"), 1)
    assert body["template"]["language"]["code"] == "de"
    assert body["template"]["components"][0]["parameters"][0]["text"] == a_trigger().alert.wording["de"]["was"]


def test_a_town_without_a_crisis_template_says_so():
    with pytest.raises(NoCrisisTemplate, match="bocholt"):
        first_message(a_trigger().alert, a_town(crisis_templates=("gone",)), a_person(1), 1)


def test_a_drill_takes_everything_and_sends_nothing():
    body = first_message(a_trigger().alert, a_town(), a_person(1), 1)
    outcome = asyncio.run(RecordingGraph().send("bocholt", "1", body))
    assert isinstance(outcome, Accepted)
    assert outcome.wamid.startswith("drill.")


@pytest.mark.parametrize(
    ("attempt", "open_", "counted"),
    [(1, 2, set()), (2, 0, set()), (2, 2, {2.0}), (3, 1, {1.0})],  # 15 s are too early to wake anybody; 75 s are not
)
def test_who_is_unknown_a_minute_later_and_after_two_tries_is_counted(monkeypatch, capsys, attempt, open_, counted):
    async def look(*_):
        return ResendResult(open=open_)

    monkeypatch.setattr(resend, "_look", look)
    body = RecheckJob("bocholt", "bocholt-a-20261124-abcdef", ("0123456789abcdef0123",), attempt).body()
    resend.handler({"Records": [{"messageId": "1", "body": body}]}, None, adapters=FakeAdapters())
    lines = [json.loads(it) for it in capsys.readouterr().out.splitlines() if it.startswith("{")]
    assert {it["CrisisStillUnknown"][0] for it in lines if "CrisisStillUnknown" in it} == counted
