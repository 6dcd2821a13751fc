"""Forty towns on one running local system: what one of them does, and how much later another is served.

A town is busy, either with the statuses of a large newsletter or with the newsletter itself; meanwhile somebody writes
to another town, and a third one warns. The same is measured before, when all is quiet.

The local AWS is one process on the cores of the product (docs/operations/local-vs-aws.md), so what is measured here is
the upper bound: on AWS each function has processors of its own and the table its partitions.
"""

import json
import statistics
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path

import httpx

from stadtdraht.adapters.aws.secrets import SecretsManagerSecrets
from stadtdraht.adapters.dynamodb.delivery.controls import DynamoControls
from stadtdraht.adapters.dynamodb.table import Table
from stadtdraht.adapters.dynamodb.towns.towns import DynamoTowns
from stadtdraht.adapters.files import town_file
from stadtdraht.domain.delivery.delivery import DeliveryKey
from stadtdraht.settings import Settings
from tests.benchmarks.crisis.pressing import PIN, accepted_of, press_link
from tests.benchmarks.inbound.envelopes import signature
from tests.benchmarks.inbound.figures import Figure
from tests.support.builders.subscribers import phones, subscriber_file
from tests.support.running_system import REPOSITORY, RunningSystem, running
from tests.support.town_names import town_number

BUSY, WRITTEN_TO, WARNS = "vreden", "arnsberg", "bocholt"
ADDED_AT_MOST_S = 1.0
LATENCY_MS = 120
IN_FLIGHT = 100  # so far the newsletter must be before others are measured
STATUSES_A_POST = 50  # as Meta gathers them
POSTS_AT_ONCE = 4  # as Meta does for one callback
ANSWERED_WITHIN_S = 60.0


@dataclass(frozen=True, slots=True)
class Size:
    """Towns, readers of the busy one, people who are warned in another, and how often each thing is tried."""

    towns: int = 40
    readers: int = 2_000
    warned: int = 40
    rate_mps: int = 40  # half of Meta's 80, as in the benchmark of alerts
    statuses_per_s: int = 120  # three of each message
    answers: int = 10


def figures(size: Size) -> Sequence[Figure]:
    with tempfile.TemporaryDirectory() as state, running(Path(state)) as system:
        link = _prepared(system, Path(state), size)
        people = count(4917680000000)
        quiet = _served(system, link, "fire", people, size)
        with _storm(system, size) as posted:
            storm = _served(system, link, "flood", people, size)
        system.quiet()
        with _newsletter(system):
            newsletter = _served(system, link, "storm", people, size)
        return [
            Figure("towns", size.towns),
            Figure("quiet: first answer, median", quiet.answer_s, "s"),
            Figure("quiet: press to first accepted", quiet.alert_s, "s"),
            Figure("storm: statuses taken", len(posted) * STATUSES_A_POST),
            *_added("a storm of statuses", quiet, storm),
            *_added("a newsletter", quiet, newsletter),
        ]


@dataclass(frozen=True, slots=True)
class Served:
    """Seconds to the first answer of somebody new (median and slowest), and from a press to the first message."""

    answer_s: float
    slowest_s: float
    alert_s: float


def _added(what: str, quiet: Served, busy: Served) -> list[Figure]:
    return [
        Figure(f"{what} adds to another's first answer", busy.answer_s - quiet.answer_s, "s", ADDED_AT_MOST_S),
        Figure(f"{what} adds to the slowest of them", busy.slowest_s - quiet.slowest_s, "s"),
        Figure(f"{what} adds to another's alert", busy.alert_s - quiet.alert_s, "s", ADDED_AT_MOST_S),
    ]


def _prepared(system: RunningSystem, folder: Path, size: Size) -> str:
    """All towns, the busy one's readers, and a crisis link of the one that warns."""
    _more_towns(system, size.towns - len(system.run["towns"]))
    faults = {"rate_mps": size.rate_mps, "latency_ms": LATENCY_MS}
    httpx.post(f"{system.run['graph']}/_sim/faults", json=faults).raise_for_status()
    controls = DynamoControls(Table(system.client("dynamodb"), system.run["settings"]["TABLE_NAME"]))
    for town in (BUSY, WARNS):
        controls.set_rate(town, system.run["towns"][town]["phone_number_id"], size.rate_mps)
    for town, offers, people in (
        (BUSY, "news", phones(size.readers, first=4917690000000)),
        (WARNS, "crisis", phones(size.warned, first=4917660000000)),
    ):
        file = subscriber_file(folder / "people.csv", people, offers=offers)
        system.stadtdraht("citizen", "import", "--town", town, str(file))
    made = system.stadtdraht(
        "crisis", "link", "--town", WARNS, "--holder", "Leitstelle", "--expires", "1d", "--pin", PIN
    )
    system.command("crisis", "ready", "--town", WARNS, "--json")  # warms the senders, as the clock does
    return str(made["url"])


def _more_towns(system: RunningSystem, how_many: int) -> None:
    """Copies of one town with names, numbers and tokens of their own; without templates, since they send none."""
    table = Table(system.client("dynamodb"), system.run["settings"]["TABLE_NAME"])
    settings = Settings(town_secret_prefix=system.run["settings"]["TOWN_SECRET_PREFIX"])
    secrets = SecretsManagerSecrets(system.client("secretsmanager"), settings)
    pattern = town_file.read(REPOSITORY / "towns" / f"{WRITTEN_TO}.toml")
    for at in range(how_many):
        number = replace(
            pattern.number,
            phone_number_id=f"1000000001{at:05}",
            waba_id=f"2000000001{at:05}",
            display_phone_number=f"+49 171 39{at:05}",
        )
        town = replace(pattern, id=town_number(at), name=town_number(at).title(), number=number, templates=())
        DynamoTowns(table).save(town)
        DynamoControls(table).set_rate(town.id, number.phone_number_id, number.rate_mps)
        secrets.save_access_token(town.id, f"token-{town.id}")
        names = {"town": town.id, "waba_id": number.waba_id, "display_phone_number": number.display_phone_number}
        body = {**names, "verified_name": town.name, "token": f"token-{town.id}", "rate_mps": number.rate_mps}
        answer = system.http.put(f"{system.run['graph']}/_sim/numbers/{number.phone_number_id}", json=body)
        answer.raise_for_status()


def _served(system: RunningSystem, link: str, scenario: str, people: Iterator[int], size: Size) -> Served:
    """Somebody new writes a few times, one after the other; then somebody presses."""
    answers = [_first_answer_s(system, str(next(people))) for _ in range(size.answers)]
    press = press_link(system, link, scenario)
    system.until(lambda: len(accepted_of(system, WARNS, press.alert_id)) >= size.warned, "the alert", ANSWERED_WITHIN_S)
    first = min(message["time"] for message in accepted_of(system, WARNS, press.alert_id))
    return Served(statistics.median(answers), max(answers), first - press.at)


def _first_answer_s(system: RunningSystem, person: str) -> float:
    """By the clock of the simulated WhatsApp, from the message to the answer that it accepts."""
    began = time.time()
    system.write(person, WRITTEN_TO, "Hallo")
    asks = {"phone_number_id": system.run["towns"][WRITTEN_TO]["phone_number_id"], "to": person, "since": str(began)}

    def answered() -> list[float]:
        found = system.http.get(f"{system.run['graph']}/_sim/messages", params=asks).json()["messages"]
        return [message["time"] for message in found]

    return min(system.until(answered, "an answer", ANSWERED_WITHIN_S)) - began


@contextmanager
def _storm(system: RunningSystem, size: Size) -> Iterator[list[float]]:
    """Statuses of a large newsletter, until the block ends. Gives the moments at which a POST was taken."""
    number, secret = system.run["towns"][BUSY]["phone_number_id"], system.run["app_secret"]
    ends, numbers, taken = threading.Event(), count(), list[float]()
    pause_s = POSTS_AT_ONCE * STATUSES_A_POST / size.statuses_per_s

    def post() -> None:
        with httpx.Client(base_url=system.run["app"], timeout=60) as client:
            while not ends.is_set():
                due = time.monotonic() + pause_s
                raw = _statuses(number, next(numbers))
                client.post("/webhooks/whatsapp", content=raw, headers={"x-hub-signature-256": signature(raw, secret)})
                taken.append(time.monotonic())
                ends.wait(max(0.0, due - time.monotonic()))

    threads = [threading.Thread(target=post) for _ in range(POSTS_AT_ONCE)]
    for thread in threads:
        thread.start()
    try:
        time.sleep(2)
        yield taken
    finally:
        ends.set()
        for thread in threads:
            thread.join()


def _statuses(phone_number_id: str, post: int) -> bytes:
    """One POST of Meta's: deliveries of a newsletter of this town."""
    cause, at = f"{BUSY}-n-20261130-abcdef", str(int(time.time()))
    statuses = [
        {
            "id": f"wamid.storm{post}x{one}",
            "status": "delivered",
            "timestamp": at,
            "recipient_id": "4917690000000",
            "biz_opaque_callback_data": str(DeliveryKey(cause, f"{post * STATUSES_A_POST + one:020x}")),
        }
        for one in range(STATUSES_A_POST)
    ]
    value = {"messaging_product": "whatsapp", "metadata": {"phone_number_id": phone_number_id}, "statuses": statuses}
    entry = {"id": "0", "changes": [{"field": "messages", "value": value}]}
    return json.dumps({"object": "whatsapp_business_account", "entry": [entry]}).encode()


@contextmanager
def _newsletter(system: RunningSystem) -> Iterator[None]:
    """One that is under way in the busy town, and is stopped at the end."""
    words = ("--title", "Probe", "--teaser", "Ein Satz.", "--link", "https://www.example.org/probe", "--yes")
    cause = system.stadtdraht("broadcast", "send", "--town", BUSY, *words)["broadcast_id"]
    system.until(lambda: len(accepted_of(system, BUSY, cause)) >= IN_FLIGHT, "the newsletter", ANSWERED_WITHIN_S)
    try:
        yield
        state = system.stadtdraht("broadcast", "status", cause)["state"]
        assert state == "running", f"the newsletter was {state} before all was measured: more readers"
    finally:
        system.command("broadcast", "stop", cause)
