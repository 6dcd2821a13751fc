"""What many tests share: a local AWS, a fresh table on it, a whole running system, and how long they may take."""

import asyncio
import functools
import threading
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import typer.testing
from hypothesis import settings

from local.aws import ministack
from local.aws.account import LocalAccount
from stadtdraht.adapters.dynamodb.table import Table
from tests.support.https_server import HttpsServer, serving
from tests.support.running_system import RunningSystem, free_ports, running

REPOSITORY = Path(__file__).resolve().parent.parent
settings.register_profile("whole", deadline=None)  # a busy machine is no finding
settings.load_profile("whole")
# of a hundred, for `make check`; `make test` takes them all
settings.register_profile("quick", max_examples=20, deadline=None)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--seeds", type=int, default=200, help="days of the delivery simulation; `make simulate`: 10,000")
    parser.addoption("--fuzz-cpu-s", type=float, default=6, help="seconds of CPU for hostile texts; `make fuzz`: 300")
    parser.addoption("--kills", type=int, default=200, help="of real senders; `make faults`: 1,000")
    parser.addoption("--kill-seed", type=int, default=1, help="of the schedule of kills")
    help_ = "what an item of a transaction is judged by in the running system: all, own or none (local-vs-aws.md)"
    parser.addoption("--transaction-keys", default="all", help=help_)


@pytest.fixture
def fuzz_cpu_s(request: pytest.FixtureRequest) -> float:
    return float(request.config.getoption("--fuzz-cpu-s"))


@pytest.fixture(scope="session", autouse=True)
def _commands_built_once() -> Iterator[None]:
    """Typer's runner builds the whole command line for each call, which takes longer than most commands."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(typer.testing, "_get_command", functools.cache(typer.main.get_command))
        yield


@dataclass(frozen=True)
class LocalAws:
    """A MiniStack with nothing in it; what a test makes there it names by a name of its own."""

    account: LocalAccount

    @property
    def endpoint(self) -> str:
        return self.account.endpoint

    def client(self, service: str) -> Any:
        return self.account.client(service)

    def fifo_queue(self) -> str:
        """URL of a fresh queue as the sender queues are."""
        name = f"test-{uuid.uuid4().hex[:12]}.fifo"
        attributes = {
            "FifoQueue": "true",
            "DeduplicationScope": "messageGroup",
            "FifoThroughputLimit": "perMessageGroupId",
        }
        return str(self.client("sqs").create_queue(QueueName=name, Attributes=attributes)["QueueUrl"])

    def queue(self) -> str:
        """URL of a fresh standard queue."""
        return str(self.client("sqs").create_queue(QueueName=f"test-{uuid.uuid4().hex[:12]}")["QueueUrl"])


@pytest.fixture(scope="session")
def local_aws(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalAws]:
    """One local AWS for all tests that need one; its process is watched by a loop in a thread of its own."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, name="local-aws")
    thread.start()
    state = tmp_path_factory.mktemp("local-aws")
    try:
        starting = ministack.start(port=free_ports(1)[0], state=state, repository=REPOSITORY)
        running_stack = asyncio.run_coroutine_threadsafe(starting, loop).result(90)
        account = LocalAccount(running_stack.endpoint)
        yield LocalAws(account)
        account.close()
        asyncio.run_coroutine_threadsafe(ministack.stop(running_stack), loop).result(60)
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


@pytest.fixture
def table(local_aws: LocalAws) -> Table:
    """A fresh table."""
    return fresh_table(local_aws)


def fresh_table(local_aws: LocalAws) -> Table:
    """With the keys, the stream and the TTL that infra/blocks/table.py deploys."""
    name = f"test-{uuid.uuid4().hex[:12]}"
    client = local_aws.client("dynamodb")
    client.create_table(
        TableName=name,
        KeySchema=[{"AttributeName": "pk", "KeyType": "HASH"}, {"AttributeName": "sk", "KeyType": "RANGE"}],
        AttributeDefinitions=[{"AttributeName": key, "AttributeType": "S"} for key in ("pk", "sk")],
        BillingMode="PAY_PER_REQUEST",
        StreamSpecification={"StreamEnabled": True, "StreamViewType": "NEW_IMAGE"},
    )
    client.update_time_to_live(TableName=name, TimeToLiveSpecification={"Enabled": True, "AttributeName": "expires_at"})
    return Table(client, name)


@pytest.fixture(scope="session")
def town_web(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HttpsServer]:
    """The one host of the public web that the running system finds on this machine."""
    with serving("www.stadt.example", tmp_path_factory.mktemp("web")) as server:
        yield server


@pytest.fixture(scope="session")
def system(
    tmp_path_factory: pytest.TempPathFactory, town_web: HttpsServer, request: pytest.FixtureRequest
) -> Iterator[RunningSystem]:
    """One whole running system for all tests that only add to it; tests that break things start their own."""
    detour = {
        "WEB_DETOUR": f"{town_web.host}=127.0.0.1:{town_web.port}",
        "WEB_DETOUR_AUTHORITY": str(town_web.authority.file),
    }
    judged_by = {"TRANSACTION_KEYS": request.config.getoption("--transaction-keys")}
    with running(tmp_path_factory.mktemp("system"), **detour, **judged_by) as started:
        yield started
