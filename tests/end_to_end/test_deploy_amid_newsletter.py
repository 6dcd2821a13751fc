"""A deploy in the middle of a newsletter: everybody gets it once, some from the old code and some from the new."""

import json
import shutil

import httpx
import pytest

from tests.support.builders.subscribers import phones, subscriber_file
from tests.support.running_system import REPOSITORY, running

pytestmark = pytest.mark.system

PEOPLE = 150
SLOW = "rate_mps = 5"  # 20 s of work, a slice, are some 90 people then
DEPLOYS = 2
MARK = "as_of"  # what the later code adds to the sender's log line of a slice
LOGS_A_SLICE = "log.info(what"
ENDS_WITHIN_S = 240


def later_code(folder, version):
    """The two folders that are deployed, with a sender that says its version in its log."""
    for part in ("functions", "stadtdraht"):
        shutil.copytree(REPOSITORY / part, folder / part, ignore=shutil.ignore_patterns("__pycache__"))
    sender = folder / "functions" / "slices.py"
    text = sender.read_text(encoding="utf-8")
    assert text.count(LOGS_A_SLICE) == 1
    sender.write_text(text.replace(LOGS_A_SLICE, f'{LOGS_A_SLICE}, {MARK}="{version}"'), encoding="utf-8")
    return folder


def messages(system):
    number = system.run["towns"]["bocholt"]["phone_number_id"]
    return httpx.get(f"{system.run['graph']}/_sim/messages", params={"phone_number_id": number}).json()["messages"]


def slices(system):
    """Log lines of the sender, one for each slice that it worked on."""
    (log,) = (system.state / "logs").glob("BroadcastBroadcastSend*.log")
    lines = (json.loads(line) for line in log.read_text(encoding="utf-8").splitlines() if line.startswith("{"))
    return [line for line in lines if line.get("message") == "slice"]


def test_nobody_is_lost_and_nobody_gets_it_twice(tmp_path):
    with running(tmp_path / "state") as system:
        usual = (REPOSITORY / "towns" / "bocholt.toml").read_text(encoding="utf-8")
        assert "rate_mps = 80" in usual
        slow = tmp_path / "bocholt.toml"
        slow.write_text(usual.replace("rate_mps = 80", SLOW), encoding="utf-8")
        system.stadtdraht("town", "apply", str(slow), "--no-meta")
        people = phones(PEOPLE, first=4917614000000)
        file = subscriber_file(tmp_path / "people.csv", people)
        system.stadtdraht("citizen", "import", "--town", "bocholt", str(file))
        words = ("--title", "Probe", "--teaser", "Ein Satz.", "--link", "https://www.bocholt.de/probe", "--yes")
        broadcast_id = system.stadtdraht("broadcast", "send", "--town", "bocholt", *words)["broadcast_id"]
        for number in range(DEPLOYS):
            there = 10 + number * 70
            system.until(lambda there=there: len(messages(system)) >= there, f"message {there}", ENDS_WITHIN_S)
            code = later_code(tmp_path / f"code{number}", f"v{number}")
            answer = httpx.post(f"{system.run['lambda_host']}/deploy", json={"folder": str(code)})
            assert answer.json()["functions"] > 20
        system.until(lambda: len(messages(system)) >= PEOPLE, "the last message", ENDS_WITHIN_S)
        figures = system.until(lambda: ended(system, broadcast_id), "the end", ENDS_WITHIN_S)
        system.quiet()
        reached = [message["to"] for message in messages(system)]
        assert sorted(reached) == sorted(people)
        assert (figures["accepted"], figures["unknown"], figures["not_sent"], figures["failed"]) == (PEOPLE, 0, 0, 0)
        worked = {line.get(MARK, "as it was") for line in slices(system)}
        assert "as it was" in worked
        assert len(worked) > 1  # which of the later ones, is up to how far a busy machine had come
        assert system.answer_to("+4917614000001", "bocholt", "Wann ist Markt?")  # the rest of it went on, too


def ended(system, broadcast_id):
    figures = system.stadtdraht("broadcast", "status", broadcast_id)
    known = figures["accepted"] + figures["unknown"] + figures["failed"] + figures["not_sent"]
    return figures if figures["planned"] and known >= figures["planned"] else None
