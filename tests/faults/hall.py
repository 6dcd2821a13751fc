"""What the tests of faults share: a table, the simulated WhatsApp with its ledger, and senders that can be killed."""

import asyncio
import json
import subprocess
import sys
import threading
import uuid
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any

from aiohttp import web

from local.aws.account import REGION, ROOT_KEY
from local.whatsapp.config import Config
from local.whatsapp.http_edge import WORLD
from local.whatsapp.model.numbers import Number
from local.whatsapp.model.world import World
from local.whatsapp.server import create_app
from stadtdraht.adapters.aws.jobs import slice_to_body
from stadtdraht.adapters.aws.secrets import SecretsManagerSecrets
from stadtdraht.adapters.dynamodb.broadcast.audience import audience_row
from stadtdraht.adapters.dynamodb.broadcast.broadcasts import DynamoBroadcasts
from stadtdraht.adapters.dynamodb.delivery.controls import DynamoControls
from stadtdraht.adapters.dynamodb.delivery.deliveries import DynamoDeliveries
from stadtdraht.adapters.dynamodb.delivery.slices import DynamoSlices
from stadtdraht.adapters.dynamodb.table import Table
from stadtdraht.adapters.dynamodb.towns.towns import DynamoTowns
from stadtdraht.adapters.whatsapp.account import GraphAccount
from stadtdraht.domain.broadcast.broadcast import Broadcast, BroadcastState
from stadtdraht.domain.citizen import Recipient
from stadtdraht.domain.delivery.delivery import DeliveryKey, OutcomeKind
from stadtdraht.domain.delivery.slices import Progress, Slice, SliceState
from stadtdraht.domain.town import Offer, Town
from stadtdraht.settings import Settings, environment
from tests.conftest import LocalAws
from tests.support.builders.delivery import LETTER, broadcast, person, town, work_slice
from tests.support.people_in_logs import named_in
from tests.support.town_names import town_number

REPOSITORY = Path(__file__).resolve().parents[2]
EXAMPLES = (("title", "Markt"), ("teaser", "Am Samstag."), ("link", "https://x.example"))
BODY = (
    "Guten Tag, hier ist Neues aus dem Rathaus: {{title}}. Kurz: {{teaser}} Die ganze Meldung steht unter {{link}} im "
    "Netz."
)
SILENT_S = 20  # an owner who comes so much later finds the one before silent


@dataclass
class Newsletter:
    """One broadcast of one slice in a town of its own."""

    town: Town
    broadcast: Broadcast
    work_slice: Slice
    people: tuple[Recipient, ...]
    later_s: int = 0

    @property
    def cause(self) -> str:
        return self.broadcast.broadcast_id


@dataclass
class Hall:
    """`table`, `whatsapp` and what stands in them."""

    table: Table
    settings: Settings
    whatsapp: World
    secrets: SecretsManagerSecrets
    environment: dict[str, str]
    log: Path
    _numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def __post_init__(self) -> None:
        self.slices, self.deliveries = DynamoSlices(self.table), DynamoDeliveries(self.table)
        self.broadcasts, self.controls = DynamoBroadcasts(self.table), DynamoControls(self.table)

    def newsletter(self, people: int, *, rate_mps: int = 1000, whatsapp_mps: int = 1000) -> Newsletter:
        """Ready to be sent at rate_mps, while WhatsApp takes whatsapp_mps."""
        number = next(self._numbers)
        name, token = town_number(number), f"token-{number}"
        wire = replace(town().number, phone_number_id=f"30{number}", waba_id=f"40{number}")
        letter = replace(LETTER, body=BODY, examples=EXAMPLES)
        of = replace(town(number=wire), id=name, templates=(letter,), crisis_templates=(), count_clicks=False)
        self.whatsapp.numbers.put(
            Number(wire.phone_number_id, name, wire.waba_id, "+49 2871 953-0", name, token, whatsapp_mps)
        )
        self.whatsapp.numbers.unsubscribed_wabas.add(wire.waba_id)
        GraphAccount(token, self.settings.graph_api_url, self.settings.graph_api_version).create_template(
            wire.waba_id, of.templates[0]
        )
        DynamoTowns(self.table).save(of)
        self.secrets.save_access_token(name, token)
        self.controls.set_rate(name, wire.phone_number_id, rate_mps)
        found = tuple(person(number * 1_000 + one) for one in range(people))
        self.table.put_all([audience_row(name, Offer.NEWS, one) for one in found])
        cause, now = f"{name}-n-20261124-abcdef", datetime.now(UTC)
        made = broadcast(
            broadcast_id=cause,
            town=name,
            created_at=now,
            released_at=now,
            state=BroadcastState.RUNNING,
            planned=people,
            lanes=1,
            slices_per_lane=1,
        )
        self.broadcasts.create(made)
        whole = work_slice(town=name, cause=cause, phone_number_id=wire.phone_number_id, count=people)
        self.slices.plan([whole])
        return Newsletter(of, made, whole, found)

    def progress(self, of: Newsletter) -> Progress:
        ((_, progress),) = self.slices.all(of.cause)
        return progress

    def taken(self, of: Newsletter) -> Counter[str]:
        """How often WhatsApp took a message for whom."""
        entries = self.whatsapp.ledger.search(of.work_slice.phone_number_id, None, None, None)
        keys = [DeliveryKey.parse(entry.body["biz_opaque_callback_data"]) for entry in entries]
        return Counter(key.citizen_id for key in keys)

    def outcomes(self, of: Newsletter) -> dict[str, OutcomeKind]:
        rows = self.deliveries.rows(of.town.id, of.cause)
        return {who: kind for who, _, kind, _ in rows if isinstance(kind, OutcomeKind)}

    def accounted(self, of: Newsletter) -> Counter[OutcomeKind]:
        """Nobody twice; what rows say is what WhatsApp knows; nobody is missing. Returns people by outcome."""
        taken, rows = self.taken(of), self.outcomes(of)
        assert self.progress(of).state is SliceState.DONE
        assert max(taken.values(), default=0) <= 1, "somebody got it twice"
        assert set(rows) == {one.citizen_id for one in of.people}, "somebody is lost"
        for who, kind in rows.items():
            if kind is not OutcomeKind.UNKNOWN:
                assert taken[who] == (kind is OutcomeKind.ACCEPTED), f"a row says {kind}, WhatsApp took {taken[who]}"
        return Counter(rows.values())


@dataclass
class Sender:
    """Forks a fresh process of the sender for each job; two of them work side by side."""

    hall: Hall
    process: subprocess.Popen[str]

    def begin(self, of: Newsletter, *, later: bool = True, **job: Any) -> None:
        """Hands over the newsletter's slice. later: the owner before has been silent for long enough."""
        if later:
            of.later_s += SILENT_S
        body = slice_to_body(of.work_slice, self.hall.progress(of).handbacks)
        self._tell({"do": "run", "body": body, "later_s": of.later_s, **job})

    def ended(self) -> str:
        assert self.process.stdout is not None
        return self.process.stdout.readline().strip()

    def run(self, of: Newsletter, **job: Any) -> str:
        self.begin(of, **job)
        return self.ended()

    def wake(self) -> str:
        """Lets the frozen sender go on, to its end."""
        self._tell({"do": "continue"})
        return self.ended()

    def finish(self, of: Newsletter, **job: Any) -> None:
        """As the queue does it: again until the slice rests."""
        while self.hall.progress(of).state in (SliceState.WAITING, SliceState.RUNNING):
            assert self.run(of, **job) in ("done", "still running"), self.hall.log.read_text()

    def _tell(self, job: dict[str, Any]) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps(job) + "\n")
        self.process.stdin.flush()


@contextmanager
def senders(hall: Hall, how_many: int = 1) -> Iterator[list[Sender]]:
    """Fresh environments, as a deploy starts them."""
    with hall.log.open("a") as log:
        started = [
            subprocess.Popen(
                [sys.executable, "-m", "tests.faults.fork_server"],
                cwd=REPOSITORY,
                env={"PATH": environment("PATH"), **hall.environment},
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            )
            for _ in range(how_many)
        ]
        try:
            made = [Sender(hall, process) for process in started]
            for one in made:
                assert one.ended() == "ready", hall.log.read_text()
            yield made
        finally:
            for process in started:
                process.kill()
                process.wait()
                for pipe in (process.stdin, process.stdout):
                    if pipe:
                        pipe.close()


@contextmanager
def open_hall(local_aws: LocalAws, table: Table, log: Path) -> Iterator[Hall]:
    """A hall around a fresh table; what its senders logged names nobody."""
    with simulated_whatsapp() as (world, url):
        prefix = f"faults-{uuid.uuid4().hex[:12]}/"
        settings = Settings(town_secret_prefix=prefix, graph_api_url=url, graph_api_version="v26.0")
        secrets = SecretsManagerSecrets(local_aws.client("secretsmanager"), settings)
        environment = {
            "AWS_ENDPOINT_URL": local_aws.endpoint,
            "AWS_DEFAULT_REGION": REGION,
            "AWS_ACCESS_KEY_ID": ROOT_KEY,
            "AWS_SECRET_ACCESS_KEY": ROOT_KEY,
            "TABLE_NAME": table.name,
            "NEWSLETTER_QUEUE_URL": local_aws.fifo_queue(),
            "TOWN_SECRET_PREFIX": prefix,
            "GRAPH_API_URL": url,
            "GRAPH_API_VERSION": "v26.0",
            "POWERTOOLS_SERVICE_NAME": "faults",
            "POWERTOOLS_METRICS_NAMESPACE": "faults",
        }
        yield Hall(table, settings, world, secrets, environment, log)
        people = [asdict(person) for person in world.people.all()]
        assert not log.exists() or named_in(log.read_text(), {"people": people, "chats": []}) == []


@contextmanager
def simulated_whatsapp() -> Iterator[tuple[World, str]]:
    """Its state, and where it answers; it runs on a loop in a thread of its own."""
    loop, ready, found = asyncio.new_event_loop(), threading.Event(), {}

    async def serve() -> None:
        app = create_app(Config(webhook_url="http://127.0.0.1:9", app_secret="secret", seed=7))
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        found["url"] = f"http://127.0.0.1:{runner.addresses[0][1]}"
        found["world"], found["end"] = app[WORLD], asyncio.Event()
        ready.set()
        await found["end"].wait()
        await runner.cleanup()

    thread = threading.Thread(target=lambda: loop.run_until_complete(serve()), name="whatsapp")
    thread.start()
    assert ready.wait(30)
    try:
        yield found["world"], found["url"]
    finally:
        loop.call_soon_threadsafe(found["end"].set)
        thread.join()
        loop.close()
