"""Every alarm of the template rings on its metric, as the code really emits it, and is quiet without.

The local system's evaluator (local/watch) judges: it reads the template's own periods, how many of them, statistics,
filters and composites.
"""

import json
import re
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime

import pytest

from functions.refusals import report_refusal
from local.watch.evaluating import State
from local.watch.watch import Watch
from stadtdraht.domain.delivery.delivery import Halted, NotSent, Refused
from stadtdraht.observability import NAMESPACE, count, logger
from stadtdraht.usecases.delivery.protocol import EndReason, SliceResult
from tests.infra.reading import of_type
from tests.infra.test_monitoring import RUNBOOKS
from tests.support.log_lines import log_lines

NOW = 1_796_000_080.0
LONG_AGO = 0.0
LOGGED_BY_SENDERS = {  # Meta's answer, as the functions that send write it down
    "MetaRefused": ("message refused", Refused(131026)),
    "MetaShutsOut": ("message halted", Halted(190)),
    "MetaThrottled": ("message not sent", NotSent(130429, throttled=True)),
}
SLICES = {  # parked, with Meta's code
    "CrisisHalted": "crisis-send",
    "NewsletterHalted": "broadcast-send",
}
OF_THE_API = {"HttpApiFailed": "502", "HttpApiThrottled": "429"}


class Machine:
    """A deployment that is watched: what happens in it, and what rings then."""

    def __init__(self, template, capsys, monkeypatch):
        self.template, self.capsys, self.monkeypatch = template, capsys, monkeypatch
        self.watch = Watch(LONG_AGO, template)
        self.groups = {group.rpartition("/")[2]: group for group in self.watch.definitions.log_groups.values()}
        for alarm in self.watch.definitions.alarms:
            if alarm.missing == "breaching":
                self.keep_alive(alarm)

    def keep_alive(self, alarm):
        for back in range(alarm.periods):
            self.watch.metrics.add(alarm.metric, NOW - back * alarm.period_s, alarm.threshold)

    def rings(self):
        return {it.text.name for it in self.watch.judge(NOW) if it.state is State.ALARM}

    def happens(self, alarm, much):
        """So much of what the alarm watches, in as many of its periods as it wants."""
        for back in range(alarm.of_them):
            self._happens_at(alarm, much, NOW - back * alarm.period_s)

    def _happens_at(self, alarm, much, at_s):
        key = alarm.metric
        if key.namespace != NAMESPACE:
            self.watch.metrics.add(key, at_s, much)
        elif service := dict(key.dimensions).get("service"):
            self.monkeypatch.setenv("POWERTOOLS_SERVICE_NAME", service)
            count(key.name, much)
            self.read(service, self.capsys.readouterr().out, at_s)
        elif status := OF_THE_API.get(key.name):
            self.read("http-api", "\n".join([self.access_log(status)] * round(much)), at_s)
        elif sender := SLICES.get(key.name):
            with self.writing(sender, at_s) as log:
                log.info("slice", **asdict(SliceResult(EndReason.PARKED, halted_by=131042)))
        else:
            self.refuses(key.name, at_s, times=round(much))

    def refuses(self, metric, at_s=NOW, *, times=1):
        """Meta's answer that counts so, to a sender of alerts."""
        what, answer = LOGGED_BY_SENDERS[metric]
        with self.writing("crisis-send", at_s) as log:
            for _ in range(times):
                report_refusal(log, what, answer, town="bocholt")

    @contextmanager
    def writing(self, service, at_s=NOW):
        """The function's logger, whose lines are taken in."""
        log = logger(service)
        with log_lines() as written:
            yield log
        self.read(service, written.text, at_s)

    def read(self, service, text, at_s):
        """Lines of this log, as if written at that time."""
        for line in text.splitlines():
            entry = json.loads(line)
            if "_aws" in entry:
                entry["_aws"]["Timestamp"] = at_s * 1000
            entry["timestamp"] = datetime.fromtimestamp(at_s, UTC).isoformat()
            self.watch.read_line(self.groups[service], json.dumps(entry), at_s)

    def access_log(self, status, route="POST /webhooks/whatsapp"):
        """A line in the format that the deployed API writes."""
        (stage,) = of_type(self.template, "AWS::ApiGatewayV2::Stage").values()
        said = {"$context.status": status, "$context.routeKey": route}
        logged = json.loads(stage["AccessLogSettings"]["Format"])
        return json.dumps({name: said.get(context, "-") for name, context in logged.items()})


@pytest.fixture
def machine(template, capsys, monkeypatch):
    return Machine(template, capsys, monkeypatch)


def names():
    """Of every alarm of a metric, as runbooks.md lists them: a test of test_monitoring.py holds both together."""
    page = RUNBOOKS.read_text(encoding="utf-8")
    found = re.findall(r"^\| `([a-z0-9-]+)` \| P[123]", page, re.MULTILINE)
    return [it for it in found if not it.endswith("-unwell")]


def alarm_of(machine, name):
    return next(it for it in machine.watch.definitions.alarms if it.text.name == name)


def test_nothing_rings_where_nothing_happens(machine):
    assert machine.rings() == set()


@pytest.mark.parametrize("name", names())
def test_every_alarm_rings_on_its_metric_and_nothing_else_but_its_way_does(machine, name):
    alarm = alarm_of(machine, name)
    if alarm.missing == "breaching":
        machine.watch.metrics.forget_before(NOW + 3600)
        assert name in machine.rings()
        return
    machine.happens(alarm, alarm.threshold)
    rings = machine.rings()
    assert name in rings
    ways = {it for it in rings if it.endswith("-unwell")}
    assert len(ways) == (0 if alarm.text.tells else 1)
    beside = rings - ways - {name}
    assert beside <= {"meta-shuts-out", "meta-refused", "functions-throttled"}, beside


@pytest.mark.parametrize("name", names())
def test_an_alarm_is_quiet_just_below_what_it_waits_for(machine, name):
    alarm = alarm_of(machine, name)
    if alarm.missing == "breaching":
        return  # test_nothing_rings_where_nothing_happens
    if alarm.threshold > 1:
        machine.happens(alarm, alarm.threshold - 1)
        assert name not in machine.rings()
    if alarm.of_them > 1:
        machine._happens_at(alarm, alarm.threshold, NOW)
        assert name not in machine.rings()


@pytest.mark.parametrize("code", [190, 368, 131031])
def test_a_refused_token_or_a_locked_account_of_any_town_rings_at_once(machine, code):
    with machine.writing("inbound-reply") as log:
        report_refusal(log, "answer halted", Halted(code), town="vreden")
    assert machine.rings() == {"meta-shuts-out"}


def test_a_message_that_one_person_cannot_get_rings_nothing(machine):
    machine.refuses("MetaRefused")
    assert machine.rings() == set()


def test_what_a_stranger_can_break_wakes_nobody(machine):
    """Errors and throttles of pages that anybody may open."""
    for status in ("500", "429"):
        line = machine.access_log(status, route="GET /t/{town}")
        machine.read("http-api", "\n".join([line] * 100), NOW)
    assert machine.rings() == set()


def test_a_way_rings_once_for_many_parts(machine):
    for name in ("inbound-webhook-errors", "inbound-process-errors", "inbound-reply-errors"):
        machine.happens(alarm_of(machine, name), 5)
    told = [it.text.name for it in machine.watch.judge(NOW) if it.state is State.ALARM and it.text.tells]
    assert told == ["inbound-unwell"]


def test_refused_messages_are_told_apart_by_code(machine):
    with machine.writing("broadcast-send") as log:
        for code in (131026, 131026, 131049):
            report_refusal(log, "message refused", Refused(code), town="bocholt")
    found = machine.watch.metrics.of_name(NAMESPACE, "MetaRefusedByCode", ["code"])
    sums = {dict(it.dimensions)["code"]: machine.watch.metrics.statistic(it, "Sum", NOW - 60, NOW + 60) for it in found}
    assert sums == {"131026": 2.0, "131049": 1.0}
