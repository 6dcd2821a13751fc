"""No record holds up its neighbours, rings a wrong alarm or is lost: every function that a queue or the clock feeds."""

import json
import re
import time
from dataclasses import asdict
from importlib import import_module
from inspect import unwrap
from random import Random

import pytest

from stadtdraht.adapters.aws.jobs import (
    AnswerJob,
    ErasureJob,
    MediaJob,
    RecheckJob,
    RetryJob,
    slice_from_body,
    slice_to_body,
)
from stadtdraht.adapters.dynamodb import keys
from stadtdraht.adapters.dynamodb.table import to_item
from stadtdraht.adapters.files.ears import load_ears
from stadtdraht.domain.delivery.slices import Purpose, Slice
from stadtdraht.domain.errors import NotOurs
from stadtdraht.domain.inbound.inbox import UpdateKind
from tests.support.adapters import FakeAdapters
from tests.support.builders.account import as_approved
from tests.support.fakes.account_snapshots import FakeAccountSnapshots
from tests.support.fakes.alerts import FakeAlerts
from tests.support.fakes.audience import FakeAudience
from tests.support.fakes.consultations import FakeConsultations
from tests.support.fakes.contests import FakeContests
from tests.support.fakes.figures import FakeFigureDays
from tests.support.fakes.line_signs import FakeLineSigns
from tests.support.fakes.media import FakeMediaRows, FakeMediaStore
from tests.support.fakes.queues import FakeRetryQueue
from tests.support.fakes.secrets import FakeSecrets
from tests.support.fakes.whatsapp_account import FakeWhatsAppAccount
from tests.support.handlers import handlers
from tests.support.hostile_values import spoilt, spoilt_json
from tests.support.town_office import NOON, TOWNS, ConversationHarness, Jobs
from tests.unit.test_hostile_requests import ROUTES, Settings

CAUSE = "vreden-n-20261124-abcdef"
PERSON = "0123456789abcdef0123"
SLICE = Slice("vreden", CAUSE, Purpose.NEWSLETTER, "301", 0, 1, 0, "", "g", 3)
BODIES = {  # of the messages of each queue, by the function that works on it
    "broadcast.send": slice_to_body(SLICE, 0),
    "crisis.send": slice_to_body(SLICE, 0),
    "crisis.resend": RecheckJob("vreden", CAUSE, (PERSON,), 1).body(),
    "inbound.process": RetryJob("vreden", "a", "wamid.1").body(),
    "inbound.reply": AnswerJob("vreden", PERSON, "20261124T110000.000Z#wamid.1#0").body(),
    "media.fetch": MediaJob("vreden", PERSON, "wamid.1").body(),
    "privacy.erase": ErasureJob("vreden", PERSON, NOON.isoformat()).body(),
}
EVENTS = {  # of schedules and commands
    "broadcast.errand": {"town": "vreden", "broadcast_id": CAUSE, "errand": "plan"},
    "broadcast.start": {"town": "vreden", "broadcast_id": CAUSE},
    "contests.remind": {"town": "vreden", "call_id": "vreden-c-20261124-abcdef"},
    "crisis.drill": {"name": "monthly", "at": "11:00:00"},
}
HEED_NO_EVENT = {"consultations.end", "crisis.readiness", "figures.count", "privacy.sweep"}
FROM_A_MESSAGE = {"console.remind"}  # of the clock without one
FOLLOW_THE_TABLE = {"inbound.process", "whatsapp.watch_account"}
FIGURES = {"CrisisAccepted", "CrisisUnknown", "CrisisResent"}  # on the dashboard; no alarm waits for them
TOLD_BY_META = {"AccountTrouble", "TemplateTrouble", "CrisisTemplateTrouble", "NumberSecurity"}
MESSAGE = {
    "from": "4915112345678",
    "id": "wamid.odd",
    "timestamp": "1795518000",
    "type": "text",
    "text": {"body": "Schlagloch in der Hauptstraße 5"},
    "context": {"id": "wamid.x", "forwarded": True},
    "interactive": {"type": "button_reply", "button_reply": {"id": "consent:news", "title": "Ja"}},
    "image": {"id": "5", "mime_type": "image/jpeg", "caption": "Loch"},
    "location": {"latitude": 52.0, "longitude": 6.8},
    "system": {"type": "user_changed_number", "wa_id": "49171"},
    "reaction": {"message_id": "wamid.x", "emoji": "👍"},
    "contacts": [{"name": {"formatted_name": "A"}, "phones": [{"phone": "1"}]}],
    "unsupported": {"type": "edit"},
}
KINDS = ("text", "interactive", "image", "location", "system", "reaction", "contacts", "unsupported", "button", "edit")
CONTACT = {"wa_id": "4915112345678", "user_id": "DE.1", "profile": {"name": "Anna", "username": "anna"}}
RESTRICTED = {"event": "ACCOUNT_RESTRICTION", "restriction_info": [{"restriction_type": "X", "expiration": 1}]}
BANNED = {"event": "DISABLED_UPDATE", "ban_info": {"waba_ban_state": "X", "waba_ban_date": "1"}}
ALERT = {"alert_info": {"alert_type": "A", "alert_severity": "WARNING", "alert_status": "ACTIVE"}}
CATEGORY = {"message_template_name": "a", "message_template_language": "de", "new_category": "MARKETING"}
TOLD = [
    {"field": "account_update", "value": RESTRICTED},
    {"field": "account_update", "value": BANNED},
    {"field": "account_alerts", "value": ALERT},
    {"field": "template_category_update", "value": {**CATEGORY, "category_update_timestamp": 1}},
    {"field": "security", "value": {"event": "PIN_RESET_REQUEST"}},
    {"field": "message_template_status_update", "value": {"event": "PAUSED", "message_template_name": "a"}},
]


class Nothing:
    """A port that finds nothing."""

    def __getattr__(self, name):
        return lambda *_, **__: None


@pytest.fixture
def adapters():
    office = ConversationHarness("vreden")
    office.towns.towns |= TOWNS
    accounts = {town: FakeWhatsAppAccount([as_approved(it) for it in TOWNS[town].templates]) for town in TOWNS}
    given = {
        "towns": office.towns,
        "citizens": office.citizens,
        "cases": office.citizens.cases,
        "contests": FakeContests(),
        "alerts": FakeAlerts(),
        "holds": office.holds,
        "inbox": office.inbox,
        "erasures": office.erased,
        "answers": office.answers,
        "answer_queue": office.queue,
        "media_queue": Jobs(),
        "erasure_queue": Jobs(),
        "retry_queue": FakeRetryQueue(),
        "second_names_queue": FakeRetryQueue(),
        "reminders": office.reminders,
        "secrets": FakeSecrets(),
        "data_links": Nothing(),
        "settings": Settings(),
        "ears": load_ears(),
        "account_snapshots": FakeAccountSnapshots(),
        "audience": FakeAudience(),
        "media_rows": FakeMediaRows(),
        "media_store": FakeMediaStore(),
        "consultations": FakeConsultations(),
        "line_signs": FakeLineSigns(),
        "figure_days": FakeFigureDays(),
    }
    unused = (
        *("broadcasts", "deliveries", "slices", "crisis_queue", "recheck_queue", "newsletter_queue", "graph", "photos"),
        *("evidence", "media_source", "schedule", "feeds", "links", "controls"),
    )
    made = FakeAdapters(**given, **dict.fromkeys(unused, Nothing()), account=accounts.__getitem__)
    made.controls_for = made.graph_for = lambda _: Nothing()
    return made


def handler_of(function):
    return import_module(f"functions.{function}").handler


def tries(fuzz_cpu_s):
    """Sixty, and more while there is time."""
    until, count = time.thread_time() + fuzz_cpu_s / 20, 0
    while count < 60 or time.thread_time() < until:
        yield count
        count += 1


def counted(capsys):
    return set(re.findall(r'"Name":\s*"(\w+)"', capsys.readouterr().out))


def queued(name, body):
    return {"messageId": name, "body": body, "attributes": {"MessageGroupId": name, "ApproximateReceiveCount": "1"}}


def written(raw, *, key="wamid.1", kind=UpdateKind.MESSAGE, number="1"):
    """A record of the table's stream."""
    where = {"pk": keys.inbox("vreden", "a"), "sk": keys.update(kind, key)}
    row = {**where, "kind": str(kind), "at": keys.instant(NOON), "raw": raw, "expires_at": 1}
    return {
        "eventName": "INSERT",
        "dynamodb": {"Keys": to_item(where), "NewImage": to_item(row), "SequenceNumber": number},
    }


def test_every_function_is_tried():
    tried = {*ROUTES, *BODIES, *EVENTS, *HEED_NO_EVENT, *FOLLOW_THE_TABLE, *FROM_A_MESSAGE}
    assert {name.removeprefix("functions.") for name in handlers()} == tried


@pytest.mark.parametrize("function", sorted(BODIES))
def test_a_message_that_is_none_of_ours_comes_back_alone(function, adapters, fuzz_cpu_s, capsys, monkeypatch):
    """Whatever its body holds; after its last try it lies in the dead letters, whose alarm is the right one."""
    adapters.alerts.get = lambda _: None
    good, random = json.loads(BODIES[function]), Random(function)
    for count in tries(fuzz_cpu_s):
        body = spoilt_json(good, random)
        records = [queued("before", BODIES[function]), queued("odd", body), queued("after", BODIES[function])]
        if count % 10 == 0:
            del records[1][random.choice(("body", "messageId", "attributes"))]
        answer = handler_of(function)({"Records": records}, None, adapters=adapters)
        back = {it["itemIdentifier"] for it in answer["batchItemFailures"]}
        assert function == "crisis.send" or back <= {"odd", ""}, body
        json.dumps(answer)
    assert counted(capsys) <= FIGURES


@pytest.mark.parametrize("function", sorted(BODIES))
@pytest.mark.parametrize(
    "body", ["", "null", "[]", "{}", "no JSON", "[" * 9000, '{"v": 1}', '{"town": "vreden"}', None]
)
def test_nothing_of_a_message_is_lost(function, body, adapters, capsys):
    records = [queued("odd", body)]
    answer = handler_of(function)({"Records": records}, None, adapters=adapters)
    assert answer == {"batchItemFailures": [{"itemIdentifier": "odd"}]}
    assert not counted(capsys)


@pytest.mark.parametrize("job", [AnswerJob, RetryJob, RecheckJob, ErasureJob, MediaJob])
def test_a_job_is_read_as_it_was_written(job):
    given = {"citizen_ids": (PERSON,), "attempt": 2, "requested_at": NOON.isoformat(), "kind": "names"}
    one = job(**{name: given.get(name, f"some {name}") for name in job.__dataclass_fields__})
    assert asdict(job.parse(one.body())) == asdict(one)


@pytest.mark.parametrize(
    "changed",
    [{"lanes": 0}, {"lane": 1}, {"lane": -1}, {"lanes": 17}, {"purpose": "spam"}, {"count": 1.5}, {"seq": True},
     {"town": ""}, {"town": "\ud800"}, {"upto": None}, {"cause": "x" * 901}, {"count": 10**10}],
)  # fmt: skip
def test_a_slice_has_its_form(changed):
    with pytest.raises(NotOurs):
        slice_from_body(json.dumps({**json.loads(slice_to_body(SLICE, 0)), **changed}))


def test_what_meta_let_through_is_followed_up_or_waits_for_another_try(adapters, fuzz_cpu_s, capsys, caplog):
    """Messages with anything anywhere, as the webhook stores them: no error, and none is lost."""
    random = Random("messages")
    for _ in tries(fuzz_cpu_s):
        odd = spoilt(MESSAGE, random)
        if isinstance(odd, dict) and random.random() < 0.8:
            odd["type"] = random.choice(KINDS)
        update = {"message": odd, "contact": spoilt(CONTACT, random)}
        raw = json.dumps(update, ensure_ascii=False).encode("utf-8", "replace").decode()  # as the webhook stores it
        records = [written(raw, key="wamid.odd"), written(json.dumps({"message": {**MESSAGE, "id": "wamid.good"}}))]
        adapters.retry_queue.put_in.clear()
        assert handler_of("inbound.process")({"Records": records}, None, adapters=adapters) == {"batchItemFailures": []}
        names_somebody = isinstance(odd, dict) and odd.get("from") == MESSAGE["from"]
        assert not (names_somebody and adapters.retry_queue.put_in), (
            raw,
            [getattr(it, "why", "") for it in caplog.records],
        )
        caplog.clear()
    assert not counted(capsys)


def test_a_row_that_cannot_be_read_goes_to_the_retry_queue_and_holds_up_nobody(adapters, fuzz_cpu_s, capsys):
    random, good = Random("rows"), written(json.dumps({"message": {**MESSAGE, "id": "wamid.good"}}), number="2")
    for _ in tries(fuzz_cpu_s):
        odd = written(json.dumps({"message": MESSAGE}), key="wamid.odd")
        odd["dynamodb"]["NewImage"] = spoilt(odd["dynamodb"]["NewImage"], random)
        if random.random() < 0.2:
            odd["dynamodb"]["Keys"] = spoilt(odd["dynamodb"]["Keys"], random)
        adapters.retry_queue.put_in.clear()
        answer = handler_of("inbound.process")({"Records": [odd, good]}, None, adapters=adapters)
        assert answer["batchItemFailures"] in ([], [{"itemIdentifier": "1"}])
        assert all(key == "wamid.odd" for *_, key in adapters.retry_queue.put_in)
    assert not counted(capsys)


@pytest.mark.parametrize("image", [None, {}, [], {"pk": {"S": "x"}}, {"raw": {"N": "x"}}, {"raw": {"Z": "x"}}])
def test_an_unreadable_row_is_tried_again_by_its_keys(image, adapters):
    record = written("{}", key="wamid.odd")
    record["dynamodb"]["NewImage"] = image
    assert handler_of("inbound.process")({"Records": [record]}, None, adapters=adapters) == {"batchItemFailures": []}
    assert adapters.retry_queue.put_in == [("vreden", "a", UpdateKind.MESSAGE, "wamid.odd")]


def test_an_event_of_an_account_with_anything_in_it_hides_no_other(adapters, fuzz_cpu_s, capsys):
    random = Random("account")
    status = written(json.dumps(TOLD[-1]), key="good", kind=UpdateKind.EVENT)
    for count in tries(fuzz_cpu_s):
        odd = written(spoilt_json(random.choice(TOLD), random), key="odd", kind=UpdateKind.EVENT)
        if count % 5 == 0:
            odd["dynamodb"]["NewImage"] = spoilt(odd["dynamodb"]["NewImage"], random)
        adapters.account_snapshots.found.clear()
        handler_of("whatsapp.watch_account")({"Records": [odd, status]}, None, adapters=adapters)
        assert "vreden" in adapters.account_snapshots.found
    assert counted(capsys) <= TOLD_BY_META


@pytest.mark.parametrize("function", sorted(EVENTS))
def test_an_event_of_the_clock_that_is_none_of_ours_is_kept_and_says_what_is_missing(
    function, adapters, fuzz_cpu_s, capsys
):
    """An error that says so is what lets Lambda keep the event (infra/blocks/given_up.py)."""
    adapters.broadcasts.get = lambda _: None
    random = Random(function)
    wanted = set(EVENTS[function]) - {"at"}
    for _ in tries(fuzz_cpu_s):
        event = spoilt(EVENTS[function], random)
        if isinstance(event, dict) and all(
            isinstance(it := event.get(name), str) and it.isprintable() and it for name in wanted
        ):
            continue
        with pytest.raises(NotOurs, match="event"):
            handler_of(function)(event, None, adapters=adapters)
    assert not counted(capsys)


@pytest.mark.parametrize("event", [None, [], "vreden", {"town": None}, {"town": ["vreden"]}, {"a": 1}, {"town": "\0"}])
def test_a_look_that_no_message_asked_for_says_what_is_missing(event, adapters):
    with pytest.raises(NotOurs, match="event"):
        handler_of("console.remind")(event, None, adapters=adapters)


@pytest.mark.parametrize("town", ["nowhere", "vreden#", "*"])
def test_a_look_at_a_town_that_is_not_set_up_is_refused(town, adapters):
    with pytest.raises(NotOurs, match="no town"):
        handler_of("console.remind")({"town": town}, None, adapters=adapters)


@pytest.mark.parametrize("at", ["25:00", "noon", "11:00:00" * 100, 11, ["11:00:00"], {"h": 11}, "²", "\0"])
def test_a_drill_s_second_is_one_of_the_day(at, adapters):
    with pytest.raises(NotOurs):
        handler_of("crisis.drill")({"name": "monthly", "at": at}, None, adapters=adapters)


@pytest.mark.parametrize("hold_s", [None, "x", -1, float("nan"), float("-inf"), [], {}, 0])
def test_a_ping_is_answered_whatever_it_asks_for(hold_s, adapters):
    assert handler_of("crisis.send")({"ping": True, "hold_s": hold_s}, None, adapters=adapters)["ready"]


@pytest.mark.parametrize("function", sorted(HEED_NO_EVENT))
def test_some_functions_heed_no_event(function, adapters):
    """Their events never reach what they do: their first parameter has no name."""
    assert unwrap(handler_of(function)).__code__.co_varnames[0].startswith("_")
