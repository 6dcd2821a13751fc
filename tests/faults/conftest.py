"""One hall for all tests of faults, each with newsletters of its own, and two environments of the sender."""

from collections.abc import Iterator

import pytest

from tests.conftest import LocalAws, fresh_table
from tests.faults.hall import Hall, Sender, open_hall, senders


@pytest.fixture(scope="session")
def hall(local_aws: LocalAws, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hall]:
    log = tmp_path_factory.mktemp("faults") / "senders.log"
    with open_hall(local_aws, fresh_table(local_aws), log) as opened:
        yield opened


@pytest.fixture(scope="session")
def hands(hall: Hall) -> Iterator[list[Sender]]:
    with senders(hall, 2) as both:
        yield both
