"""The system against a Graph API that is not ours and has one route only: sending a message."""

import json
import threading
import time
import uuid
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from tests.end_to_end.envelopes import contact, envelope, message
from tests.support.builders.subscribers import phones, subscriber_file
from tests.support.people_in_logs import assert_nobody_is_named
from tests.support.running_system import running

pytestmark = pytest.mark.system


class Ledger(BaseHTTPRequestHandler):
    """Takes every message, notes it, and knows nothing else."""

    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        is_message = self.path.endswith("/messages") and self.headers["Authorization"].startswith("Bearer ")
        if is_message:
            self.server.seen.append((time.monotonic(), body))
        self._answer(200 if is_message else 404, {"messages": [{"id": f"wamid.{uuid.uuid4().hex}"}]})

    def do_GET(self):
        self._answer(404, {"error": {"code": 2500, "message": "Unknown path"}})

    def _answer(self, status, value):
        text = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def log_message(self, *_):
        pass


@pytest.fixture
def ledger():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Ledger)
    server.seen = []
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def test_it_answers_publishes_and_keeps_the_pace_it_was_told(ledger, tmp_path):
    url = f"http://127.0.0.1:{ledger.server_address[1]}"
    with running(tmp_path / "state", GRAPH_API_URL=url, GRAPH_API_RATE="20") as system:
        assert system.run["graph"] == url
        person = "4915155512345"
        body = envelope(
            system.run["towns"]["vreden"],
            messages=[message(f"wamid.{uuid.uuid4().hex}", person, text={"body": "Hallo"})],
            contacts=[contact(person)],
        )
        assert system.webhook(body).status_code == 200
        system.until(lambda: ledger.seen, "the greeting")
        assert ledger.seen[0][1]["to"] == f"+{person}"
        readers = phones(60)
        file = subscriber_file(tmp_path / "people.csv", readers)
        system.stadtdraht("citizen", "import", "--town", "bocholt", str(file))
        words = ("--title", "Markt", "--teaser", "Am Samstag.", "--link", "https://www.bocholt.de/markt", "--yes")
        broadcast_id = system.stadtdraht("broadcast", "send", "--town", "bocholt", *words)["broadcast_id"]
        system.until(lambda: system.stadtdraht("broadcast", "status", broadcast_id)["finished"], "the end", 60)
        assert system.stadtdraht("broadcast", "status", broadcast_id)["accepted"] == 60
        times = [at for at, sent in ledger.seen if broadcast_id in sent["biz_opaque_callback_data"]]
        assert len(times) == 60
        assert max(sum(start <= at < start + 1 for at in times) for start in times) <= 20
    assert_nobody_is_named(tmp_path / "state", (person, *(it.lstrip("+") for it in readers)))
