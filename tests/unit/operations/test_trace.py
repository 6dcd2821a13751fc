"""The way of one message is told from logs and rows, and what is missing with what to do next."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from stadtdraht.cli.operations.trace_advice import ADVICE, advice_for
from stadtdraht.domain import correlation
from stadtdraht.domain.delivery.delivery import Accepted, DeliveryKey, Halted, OutcomeKind, Status
from stadtdraht.domain.delivery.outcome import DeliveryRow
from stadtdraht.domain.delivery.slices import Progress, SliceState
from stadtdraht.domain.identifiers import message_id
from stadtdraht.domain.operations.trace import Gap, LogLine, Missing, NotTraceable, Subject, TracedAnswer, TracedStatus
from stadtdraht.usecases.operations.trace.follow import TracePorts, follow
from tests.support.builders.delivery import broadcast, work_slice
from tests.support.fakes.alerts import FakeAlerts
from tests.support.fakes.broadcasts import FakeBroadcasts
from tests.support.fakes.deliveries import FakeDeliveries
from tests.support.fakes.slices import FakeSlices
from tests.support.fakes.trace import FakeLogs, FakeTrail
from tests.support.log_lines import log_lines
from tests.support.message_way import MessageWay
from tests.unit.test_follow_a_message import BSUID, NAME, PHONE, SENT, WAMID, WORDS, status, written

ONE = "0123456789abcdef0123"
KEY = message_id(WAMID)
WORD = correlation.of_update(KEY)


class Way(MessageWay):
    """A message on its way, and the ports to look for it."""

    def __init__(self):
        super().__init__()
        self.now = datetime.now(UTC)
        self.trail, self.logs = FakeTrail(), FakeLogs()
        self.broadcasts, self.slices, self.deliveries = FakeBroadcasts(), FakeSlices(), FakeDeliveries()

    def heard(self, log):
        self.logs.written = [LogLine(self.now, function, line) for function, line in log.by_function]
        self.trail.updates = list(self.office.inbox.updates.values())

    def look(self, subject, days=3):
        ports = TracePorts(
            self.office.towns,
            self.logs,
            self.trail,
            self.office.citizens,
            self.broadcasts,
            FakeAlerts(),
            self.slices,
            self.deliveries,
        )
        self.now = datetime.now(UTC)
        return follow(Subject.parse(subject), self.now, self.now - timedelta(days=days), ports)


def said(found):
    return [(step.source.value, step.where, step.what) for step in found.steps]


def gaps(found):
    return [gap.what for gap in found.gaps]


@pytest.fixture
def way():
    """Written, followed up, answered and reported on."""
    way = Way()
    with log_lines() as log:
        way.posted(**written())
        way.followed_up()
        way.answered(Accepted(SENT))
        way.posted(statuses=[status(way.graph.bodies[0]["biz_opaque_callback_data"])])
    way.heard(log)
    ref = way.office.queue.put_in[0]
    way.person = ref.citizen_id
    delivered = TracedStatus(Status.DELIVERED, 1, way.now)
    answer = TracedAnswer(ref.answer_id, KEY, "done", 1, "accepted", None, way.now, way.now, statuses=(delivered,))
    way.trail.written[ref.citizen_id] = [answer]
    return way


@pytest.mark.parametrize("named", ["wamid", "update", "row", "correlation", "sent", "delivery", "whole delivery"])
def test_the_whole_way_is_told_by_whatever_name(way, named):
    ref = way.office.queue.put_in[0]
    names = {"wamid": WAMID, "update": KEY, "row": f"message#{KEY}", "correlation": WORD, "sent": SENT}
    names |= {"delivery": f"{ref.cause}:{ref.citizen_id}", "whole delivery": f"sd1:{ref.cause}:{ref.citizen_id}:1:1"}
    found = way.look(names[named])
    assert {
        ("log", "inbound-webhook", "stored"),
        ("log", "inbound-process", "followed up"),
        ("log", "inbound-reply", "answer sent"),
        ("log", "inbound-webhook", "status"),
        ("row", "inbox", "said, by Meta’s own time"),
        ("row", "conversation", "stored with its person"),
        ("row", "answer", "accepted"),
        ("row", "status", "delivered"),
    } <= set(said(found))
    assert (gaps(found), found.correlations[0]) == ([], WORD)


def test_nothing_that_is_told_names_the_person_or_their_words(way):
    told = str(way.look(WAMID))
    for secret in (WORDS, NAME, PHONE, BSUID, WAMID, SENT, way.person):
        assert secret not in told


def test_what_was_never_here_says_so_and_what_to_do(way):
    found = way.look("wamid.HBgNNDkxNTAwMDAwMDA5")
    assert (found.steps, gaps(found)) == ((), ["no row of a message like that", "no log line of the last 3 days"])
    assert "doctor" in advice_for(found.gaps[0])


def test_a_message_that_nobody_followed_up_is_missed():
    way = Way()
    with log_lines() as log:
        way.posted(**written())
    way.heard(log)
    found = way.look(WAMID)
    assert gaps(found) == ["not followed up"]
    assert "dlq redrive" in advice_for(found.gaps[0])


def test_an_error_of_the_function_stands_on_the_way_though_it_names_no_message(way):
    line = next(it for it in way.logs.written if it.group == "inbound-process")
    request = line.fields["function_request_id"]
    failed = {"level": "ERROR", "errorType": "Sandbox.Timedout", "requestId": request}
    other = {"message": "followed up", "correlation": "0" * 12, "function_request_id": request}
    way.logs.written += [LogLine(way.now, line.group, failed), LogLine(way.now, line.group, other)]
    found = way.look(WAMID)
    assert ("log", "inbound-process", "Sandbox.Timedout") in said(found)
    assert len(found.correlations) == 1  # of the same batch, and somebody else's


@pytest.mark.parametrize(
    ("changes", "missed"),
    [
        ({"progress": "waiting", "outcome": "", "statuses": ()}, "has not gone out"),
        ({"progress": "claimed", "outcome": "", "statuses": ()}, "was lost"),
        ({"outcome": "refused", "code": 131009, "statuses": ()}, "refused for good (code 131009)"),
        ({"statuses": (), "ended_at": datetime.now(UTC) - timedelta(minutes=5)}, "no status of"),
        ({"statuses": (), "ended_at": datetime.now(UTC) - timedelta(days=20)}, "no status of"),
    ],
)
def test_an_answer_that_did_not_arrive_is_missed_with_what_to_do(way, changes, missed):
    (answer,) = way.trail.written[way.person]
    way.trail.written[way.person] = [replace(answer, **changes)]
    (gap,) = way.look(WAMID).gaps
    assert missed in gap.what
    assert advice_for(gap)


def test_a_number_that_cannot_send_is_read_in_the_log():
    way = Way()
    with log_lines() as log:
        way.posted(**written())
        way.followed_up()
        way.answered(Halted(190))
    way.heard(log)
    (step,) = [it for it in way.look(WAMID).steps if it.what == "answer halted"]
    assert (step.facts["code"], step.facts["level"]) == (190, "WARNING")


def a_newsletter(way, progress, *rows):
    letter = broadcast()
    way.broadcasts.create(letter)
    one = replace(work_slice(), town=letter.town, cause=letter.broadcast_id, after="", upto="g")
    way.slices.plan([one])
    way.slices.rows[one.cause, one.lane, one.seq] = (one, progress, None)
    way.trail.rows[letter.broadcast_id, ONE] = list(rows)
    return letter.broadcast_id


@pytest.mark.parametrize(
    ("progress", "kinds", "missed"),
    [
        (Progress(SliceState.WAITING, 0, "", ""), (), ["its turn has not come"]),
        (Progress(SliceState.RUNNING, 1, ONE, ""), (), ["claimed, and nothing written down"]),
        (Progress(SliceState.RUNNING, 1, ONE, ONE, (ONE,)), (), ["certainly not sent yet, and still in line"]),
        (Progress(SliceState.DONE, 1, "g", "g"), (OutcomeKind.ACCEPTED, Status.DELIVERED), []),
        (Progress(SliceState.DONE, 1, "g", "g"), (OutcomeKind.ACCEPTED,), ["accepted, and no status"]),
        (Progress(SliceState.DONE, 1, "g", "g"), (OutcomeKind.UNKNOWN,), ["its outcome stays unclear"]),
        (Progress(SliceState.DONE, 1, "g", "g"), (OutcomeKind.REFUSED,), ["Meta refused it"]),
        (Progress(SliceState.DONE, 1, "g", "g"), (OutcomeKind.ACCEPTED, Status.FAILED), ["Meta refused it"]),
    ],
)
def test_a_delivery_stands_somewhere_in_its_slice(progress, kinds, missed):
    way = Way()
    cause = a_newsletter(way, progress, *(DeliveryRow(ONE, 1, kind, way.now) for kind in kinds))
    found = way.look(f"{cause}:{ONE}")
    assert [it for it in gaps(found) if "log line" not in it] == missed
    where = {step.where for step in found.steps}
    assert {"newsletter", "slice"} <= where
    assert ("outcome" in where) == any(isinstance(kind, OutcomeKind) for kind in kinds)


def test_a_delivery_of_what_there_is_not_and_of_who_was_not_planned():
    way = Way()
    assert gaps(way.look(f"vreden-n-20261124-zzzzzz:{ONE}"))[0] == "there is no vreden-n-20261124-zzzzzz"
    cause = a_newsletter(way, Progress(SliceState.DONE, 1, "g", "g"))
    ((key, (one, progress, at)),) = way.slices.rows.items()
    way.slices.rows[key] = (replace(one, after=ONE), progress, at)
    assert f"no slice of {cause} holds this person" in gaps(way.look(f"{cause}:{ONE}"))


def test_a_newsletter_s_message_is_found_by_meta_s_own_name_for_it():
    """Its status names the newsletter; whose it is, the rows say by their correlation."""
    way = Way()
    row = DeliveryRow(ONE, 1, OutcomeKind.ACCEPTED, way.now)
    cause = a_newsletter(way, Progress(SliceState.DONE, 1, "g", "g"), row)
    way.deliveries.statuses = [(cause, (ONE, 1, Status.DELIVERED, ""))]
    fields = {"message": "status", "status": "delivered", "town": "vreden", "cause": cause}
    fields |= {"correlation": correlation.of_delivery(cause, ONE), "sent_as": correlation.sent_as(message_id(SENT))}
    way.logs.written = [LogLine(way.now, "inbound-webhook", fields)]
    assert ("row", "outcome", "accepted") in said(way.look(SENT))


@pytest.mark.parametrize(
    "typed",
    [
        *("", "x", "+4915112345678", "Anna", "wamid.", "wamid.<script>", ONE, "a-n-1:x", "sd1::x:1", "../../etc"),
        *("message#xyz", "preference#" + "0" * 24, f"sd1:{ONE}", "\x1b[31m", "a" * 5000),
    ],
)
def test_what_names_nothing_is_refused_and_not_repeated_whole(typed):
    with pytest.raises(NotTraceable) as why:
        Subject.parse(typed)
    assert len(str(why.value)) < 300
    assert "\x1b" not in str(why.value)


def test_a_delivery_s_key_is_read_as_the_senders_write_it():
    key = DeliveryKey("neu-ulm-n-20261124-4f7k2p", ONE, 2, one_name=True)
    assert Subject.parse(str(key)).delivery == key
    assert Subject.parse(f"a.1795518000-3f9c0d1a2b3c-0:{ONE}").delivery.is_of_answer


@pytest.mark.parametrize("missing", Missing)
def test_whatever_is_missing_there_is_something_to_do_about_it(missing):
    about = {"cause": "vreden-a-20261124-4f7k2p", "answer": "1-x-0", "code": 190, "days": 3}
    gap = Gap(missing, about)
    for text in (gap.what, advice_for(gap)):
        assert text
        assert "{" not in text
    assert set(ADVICE) == set(Missing)
