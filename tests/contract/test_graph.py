"""The door out, against servers that answer, refuse, hang up and say nothing."""

import asyncio
import json
from contextlib import asynccontextmanager

import pytest

from stadtdraht.adapters.whatsapp import messages
from stadtdraht.adapters.whatsapp.messages import GraphClient
from stadtdraht.domain.delivery.delivery import Accepted, Halted, NotSent, Refused, Unknown
from tests.support.fakes.secrets import FakeSecrets
from tests.support.running_system import free_ports


@asynccontextmanager
async def meta(answer):
    """A server whose `answer(number of the request)` gives (status, body, *headers), None to hang up, or "silence"."""
    seen, served = [], []

    async def serve(reader, writer):
        served.append(asyncio.current_task())
        head = await reader.readuntil(b"\r\n\r\n")
        length = int(next(line for line in head.lower().splitlines() if b"content-length" in line).split(b":")[1])
        seen.append((head.decode(), json.loads(await reader.readexactly(length))))
        given = answer(len(seen))
        if given is None:
            writer.transport.abort()
            return
        if given == "silence":
            await reader.read()  # until the client gives up
        else:
            status, body, *headers = given
            text = body if isinstance(body, bytes) else json.dumps(body).encode()
            headers += ["Content-Type: application/json", f"Content-Length: {len(text)}"]
            writer.write("\r\n".join([f"HTTP/1.1 {status} X", *headers, "", ""]).encode() + text)
            await writer.drain()
        writer.close()
        await writer.wait_closed()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}", seen
        await asyncio.gather(*served)
        await asyncio.sleep(0.01)  # the loop closes an aborted socket in its next round


def send(answer, secrets=None):
    async def run():
        async with meta(answer) as (url, seen):
            client = GraphClient(secrets or FakeSecrets(tokens={"bocholt": "EAA"}), url, "v26.0")
            outcome = await client.send("bocholt", "301", {"type": "text"})
            await client.close()
            return outcome, seen

    return asyncio.run(run())


def error(code):
    return {"error": {"code": code, "message": "…"}}


def test_what_meta_takes_has_a_wamid():
    outcome, ((head, body),) = send(lambda _: (200, {"messages": [{"id": "wamid.1"}]}))
    assert outcome == Accepted("wamid.1")
    assert "POST /v26.0/301/messages" in head
    assert "Authorization: Bearer EAA" in head
    assert body == {"type": "text"}


@pytest.mark.parametrize(
    ("status", "code", "outcome"),
    [
        (429, 130429, NotSent(130429, throttled=True)),
        (400, 131056, NotSent(131056)),
        (400, 131026, Refused(131026)),
        (400, 80007, NotSent(80007, throttled=True)),
        (401, 190, Halted(190)),
        (403, 368, Halted(368)),
        (400, 131048, Halted(131048)),
        (400, 132016, Halted(132016)),
        (400, 131047, Refused(131047)),
        (404, 132001, Halted(132001)),
        (400, 132015, Halted(132015)),
        (400, 131042, Halted(131042)),
        (403, 131031, Halted(131031)),
        (500, 131057, Halted(131057)),
        (500, 131000, Unknown("http 500 code 131000")),
        (503, 2, Unknown("http 503 code 2")),
    ],
)
def test_what_meta_refuses_has_a_meaning(status, code, outcome):
    assert send(lambda _: (status, error(code)))[0] == outcome


def test_a_connection_that_breaks_after_the_request_leaves_it_unknown():
    assert isinstance(send(lambda _: None)[0], Unknown)


def test_a_body_that_nobody_can_read_leaves_it_unknown():
    assert isinstance(send(lambda _: (200, b"<html>"))[0], Unknown)


def test_an_answer_that_never_comes_leaves_it_unknown(monkeypatch):
    monkeypatch.setattr(messages, "ANSWER_S", 0.2)
    assert isinstance(send(lambda _: "silence")[0], Unknown)


def test_where_nobody_listens_nothing_was_sent():
    async def run():
        client = GraphClient(FakeSecrets(tokens={"bocholt": "EAA"}), f"http://127.0.0.1:{free_ports(1)[0]}", "v26.0")
        outcome = await client.send("bocholt", "301", {})
        await client.close()
        return outcome

    assert asyncio.run(run()) == NotSent(0)


def test_a_refused_token_is_read_afresh_once():
    class Renewed(FakeSecrets):
        def access_token(self, town, *, fresh=False):
            return "new" if fresh else "old"

    answers = {1: (401, error(190)), 2: (200, {"messages": [{"id": "wamid.2"}]})}
    outcome, seen = send(answers.__getitem__, Renewed())
    assert outcome == Accepted("wamid.2")
    assert ["Bearer new" in head for head, _ in seen] == [False, True]


def test_a_token_at_hand_is_not_read():
    class NeverRead(FakeSecrets):
        def access_token(self, town, *, fresh=False):
            raise AssertionError("a token was read")

    outcome, _ = send(lambda _: (200, {"messages": [{"id": "wamid.1"}]}), NeverRead(tokens={"bocholt": "EAA"}))
    assert outcome == Accepted("wamid.1")


def test_nobody_is_sent_on_to_another_address():
    outcome, seen = send(lambda _: (307, b"over there", "Location: /elsewhere"))
    assert outcome == Unknown("http 307 without a readable body")
    assert len(seen) == 1


def test_a_token_that_stays_refused_halts_the_number():
    assert send(lambda _: (401, error(190)))[0] == Halted(190)
