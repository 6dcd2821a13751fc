"""A message is followed from its webhook to its last status by one word, and no line says who or what it was about."""

import ast
import json
import re
import time
from importlib import import_module

import pytest

from functions.logged import FunctionFailed, logged, named
from functions.refusals import ReportingGraph
from stadtdraht.domain import correlation
from stadtdraht.domain.delivery.delivery import Accepted, DeliveryKey, Halted, NotSent, Refused, Unknown
from stadtdraht.domain.identifiers import message_id
from stadtdraht.domain.inbound.answer import AnswerRef
from stadtdraht.domain.operations.cost import HEARD_LINES_BYTES, STATUS_LINE_BYTES
from stadtdraht.observability import logger
from tests.support.adapters import FakeAdapters
from tests.support.handlers import ROOT as REPOSITORY
from tests.support.handlers import handlers
from tests.support.log_lines import log_lines
from tests.support.message_way import API_REQUEST, MessageWay
from tests.support.town_office import NOON
from tests.unit.test_hostile_events import BODIES, EVENTS, queued

WORDS, NAME, PHONE, BSUID = "Schlagloch in der Hauptstraße", "Annegret Beispiel", "4915112345678", "DE.1357924680"
WAMID, SENT = "wamid.HBgNNDkxNTExMjM0NTY3OBUCABIYFjNFQjA", "wamid.HBgNNDkxNTExMjM0NTY3OBUCABEYEjlBQ0Q"
CAUSE = "vreden-n-20261124-abcdef"
FUNCTIONS = {name.removeprefix("functions."): import_module(name) for name in handlers()}  # each with its logger


def written():
    message = {"from": PHONE, "id": WAMID, "timestamp": str(int(time.time())), "type": "text", "text": {"body": WORDS}}
    return {"messages": [message], "contacts": [{"wa_id": PHONE, "user_id": BSUID, "profile": {"name": NAME}}]}


def status(key, said="delivered", **more):
    return {
        "id": SENT,
        "status": said,
        "timestamp": str(int(time.time())),
        "recipient_id": PHONE,
        "recipient_user_id": BSUID,
        "biz_opaque_callback_data": str(key),
        **more,
    }


def whole_way(outcome):
    """A message, what follows, what Meta says to its answer, and what it reports on it."""
    way = MessageWay()
    way.posted(**written())
    way.followed_up()
    way.answered(outcome)
    key = way.graph.bodies[0]["biz_opaque_callback_data"]
    failed = {"errors": [{"code": 131026, "title": f"to {PHONE}"}]}
    way.posted(statuses=[status(key), status(key, "failed", **failed)])
    return way


def test_one_word_stands_in_every_line_about_a_message():
    with log_lines() as log:
        whole_way(Accepted(SENT))
    told = [(function, it["message"], it.get("status")) for function, it in log.by_function]
    assert told == [
        ("inbound-webhook", "stored", None),
        ("inbound-process", "followed up", None),
        ("inbound-reply", "answer sent", None),  # a greeting, and what it asks for
        ("inbound-reply", "answer sent", None),
        ("inbound-webhook", "status", "delivered"),
        ("inbound-webhook", "status", "failed"),
    ]
    assert {it["correlation"] for it in log.lines} == {correlation.of_update(message_id(WAMID))}
    assert {it["town"] for it in log.lines} == {"vreden"}
    assert {it["sent_as"] for it in log.lines[2:]} == {message_id(SENT)[:12]}
    assert (log.lines[-1]["code"], log.lines[-1]["level"]) == (131026, "WARNING")


@pytest.mark.parametrize(
    ("outcome", "says", "code"),
    [
        (Refused(131009), "answer refused", 131009),
        (Halted(190), "answer halted", 190),
        (Unknown("ServerTimeoutError"), "answer unclear", 0),
    ],
)
def test_what_meta_refuses_is_told_with_town_code_and_the_word(outcome, says, code):
    with log_lines() as log:
        way = MessageWay()
        way.posted(**written())
        way.followed_up()
        way.answered(outcome)
    line = log.said(says)[0]
    assert (line["level"], line["town"], line["code"]) == ("WARNING", "vreden", code)
    assert line["correlation"] == correlation.of_update(message_id(WAMID))


@pytest.mark.parametrize("outcome", [Accepted(SENT), Refused(131009), Halted(190), Unknown("reset")])
def test_no_line_says_who_it_was_or_what_they_wrote(outcome):
    with log_lines() as log:
        whole_way(outcome)
    for told in (WORDS, "Schlagloch", NAME, "Annegret", PHONE, PHONE[2:], BSUID, WAMID, SENT):
        assert told not in log.text


def test_a_request_of_the_api_and_one_of_the_function_are_joined_and_do_not_stay():
    with log_lines() as log:
        whole_way(Accepted(SENT))
    (stored, followed, sent, _, delivered, failed) = log.lines
    assert {it["api_request_id"] for it in (stored, delivered, failed)} == {API_REQUEST}
    assert "api_request_id" not in followed
    assert len({it["function_request_id"] for it in (followed, sent, failed)}) == 3


def test_what_went_well_names_its_request_once():
    """Three such lines for each recipient of a newsletter, paid for by the byte."""
    with log_lines() as log:
        whole_way(Accepted(SENT))
    (stored, *_, delivered, failed) = log.lines
    assert not {"function_request_id", "service"} & {*stored, *delivered}
    assert failed["function_request_id"]


def test_a_line_says_its_time_as_lambda_reads_it():
    """Else Lambda takes an error for a line of level INFO, and adds a time of its own."""
    with log_lines() as log:
        MessageWay().posted(**written())
    (line,) = log.lines
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", line["timestamp"])


def test_a_status_costs_the_bytes_that_the_cost_page_counts():
    key = DeliveryKey(CAUSE, "0123456789abcdef0123")
    with log_lines() as log:
        MessageWay().posted(statuses=[status(key)])
    (line,) = log.text.splitlines()
    assert json.loads(line)["cause"] == CAUSE
    assert len(line.encode()) == STATUS_LINE_BYTES


def test_so_do_the_lines_of_a_citizen_s_message_with_one_answer():
    with log_lines() as log:
        way = MessageWay()
        way.posted(**written())
        way.followed_up()
        del way.office.queue.put_in[1:]  # a greeting comes with a question
        way.answered(Accepted(SENT))
        (answer,) = way.graph.bodies
        for said in ("sent", "delivered", "read"):
            way.posted(statuses=[status(answer["biz_opaque_callback_data"], said)])
    assert sum(len(line.encode()) for line in log.text.splitlines()) == HEARD_LINES_BYTES


def test_the_word_of_a_delivery_is_one_of_its_own_and_that_of_an_answer_its_message_s():
    ref = AnswerRef.new("vreden", "0123456789abcdef0123", NOON, message_id(WAMID), 2)
    assert correlation.of_delivery(ref.cause, ref.citizen_id) == correlation.of_update(message_id(WAMID))
    people = [f"{number:020x}" for number in range(50)]
    assert len({correlation.of_delivery(CAUSE, one) for one in people}) == 50
    assert correlation.of_delivery("a.old-form", people[0]) != correlation.of_delivery("a.old-form", people[1])


@pytest.mark.parametrize("sent", [Refused(131026), Halted(131042), NotSent(130429), Unknown("reset")])
def test_a_sender_tells_every_refusal_with_its_delivery(sent):
    log = logger("broadcast-send")
    key = DeliveryKey(CAUSE, "0123456789abcdef0123", one_name=True)
    way = MessageWay()
    way.graph.outcome = sent
    with log_lines() as written_down:
        outcome = way.adapters.run(
            ReportingGraph(way.graph, log).send("vreden", "301", {"biz_opaque_callback_data": str(key), "to": PHONE})
        )
    (line,) = written_down.lines
    assert outcome == sent
    assert (line["town"], line["cause"], line["code"]) == ("vreden", CAUSE, getattr(sent, "code", 0))
    assert line["correlation"] == correlation.of_delivery(CAUSE, key.citizen_id)
    assert PHONE not in written_down.text


@pytest.mark.parametrize("body", [{}, {"biz_opaque_callback_data": "theirs"}, {"biz_opaque_callback_data": 5}])
def test_a_refused_test_message_has_no_delivery(body):
    way = MessageWay()
    way.graph.outcome = Refused(131026)
    with log_lines() as written_down:
        way.adapters.run(ReportingGraph(way.graph, logger("broadcast-errand")).send("vreden", "301", body))
    assert written_down.lines[0]["code"] == 131026


OF_NO_TOWN = {  # lines before anybody knows whose work it is, or about all towns
    "a record that is none of ours",
    "a row that cannot be read",
    "a signature that is not ours, and a number that is",
    "crisis link refused",
    "crisis page failed",
    "failed",
}


def lines_written(file):
    """(message, whether a town is said) of every line that a module of functions/ writes."""
    for it in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if not isinstance(it, ast.Call):
            continue
        name = ast.unparse(it.func)
        if name in {f"{log}.{level}" for log in ("log", "self._log") for level in ("info", "warning", "error")}:
            said = it.args[0]
        elif name == "Guard" and len(it.args) > 1:
            said = it.args[1]
        else:
            continue
        named = {keyword.arg for keyword in it.keywords}  # None: `**about`
        yield said.value if isinstance(said, ast.Constant) else ast.unparse(said), bool(named & {"town", None})


def test_every_line_says_whose_it_is_but_for_those_that_cannot():
    found = [line for file in (REPOSITORY / "functions").rglob("*.py") for line in lines_written(file)]
    assert len(found) > 40
    assert {said for said, has_town in found if not has_town} - OF_NO_TOWN == set()


# errors


class Broken:
    """A port whose errors quote what citizens wrote."""

    def __getattr__(self, name):
        def fail(*_, **__):
            raise ValueError(f"{WORDS} {PHONE}")

        return fail


def broken_adapters():
    members = [name for name, it in vars(FakeAdapters.__mro__[1]).items() if type(it).__name__ == "cached_property"]
    adapters = FakeAdapters(**dict.fromkeys((it for it in members if not it.startswith("_")), Broken()))
    adapters.controls_for = adapters.graph_for = adapters.account = lambda _: Broken()
    adapters.readiness_ports = adapters.link_signer = adapters.record_ports = adapters.count_ports = Broken().any
    return adapters


REQUEST = {"http": {"method": "GET", "sourceIp": "127.0.0.1"}, "requestId": API_REQUEST}
ASKED = {
    "routeKey": "GET /t/{town}",
    "body": "jurisdiction_id=vreden",
    "cookies": ["__Host-sd=" + "0" * 64],
    "rawPath": "/t/vreden",
    "pathParameters": {"town": "vreden", "token": "x", "code": "vreden-20261124-4f7k2p1"},
    "headers": {},
    "queryStringParameters": {"jurisdiction_id": "vreden"},
    "requestContext": REQUEST,
}


@pytest.mark.parametrize("function", FUNCTIONS)
def test_every_error_is_one_line_of_json_that_quotes_nobody(function, capfd):
    event = ASKED
    if function == "console.remind":
        event = {}
    elif function == "console.office":
        event = {**ASKED, "routeKey": "GET /console/{town}"}
    elif function in BODIES:
        event = {"Records": [queued("one", BODIES[function])]}
    elif function in EVENTS:
        event = EVENTS[function]
    context, raised = MessageWay().context(), None
    handler = FUNCTIONS[function].handler
    with log_lines() as log:
        try:
            handler(event, context, adapters=broken_adapters())
        except Exception as why:  # noqa: BLE001 - what Lambda would log
            raised = why
    errors = [it for it in log.lines if it["level"] == "ERROR"]
    assert errors, log.text
    assert all(it["function_request_id"] == context.aws_request_id for it in errors)
    assert raised is None or isinstance(raised, FunctionFailed), raised
    for told in (WORDS, PHONE):
        assert told not in log.text + str(raised) + capfd.readouterr().out


def test_an_error_says_whose_work_it_was_once():
    log = logger("crisis-send")

    @logged(log)
    def handler(event, context):
        with named(log, town="vreden", cause=CAUSE):
            raise ValueError(WORDS)

    with log_lines() as written_down, pytest.raises(FunctionFailed) as raised:
        handler({}, MessageWay().context())
    (line,) = written_down.lines
    assert (line["level"], line["town"], line["cause"]) == ("ERROR", "vreden", CAUSE)
    assert line["why"].startswith("ValueError at ")
    assert str(raised.value) == line["why"]
    assert raised.value.__suppress_context__


@pytest.mark.parametrize("function", sorted(BODIES))
@pytest.mark.parametrize("body", ["", "no JSON", '{"v": 1}', f'{{"town": "{WORDS}"}}', None])
def test_a_foreign_message_in_a_queue_is_one_error_line_and_not_quoted(function, body):
    with log_lines() as log:
        FUNCTIONS[function].handler({"Records": [queued("odd", body)]}, None, adapters=broken_adapters())
    (line,) = log.lines
    assert (line["level"], line["message"]) == ("ERROR", "a record that is none of ours")
    assert WORDS not in log.text
