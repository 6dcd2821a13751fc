"""The links that a local start hands out, on a table and with keys of the local AWS."""

import json
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from local.product.crisis_links import create_links
from stadtdraht.adapters.crypto.crisis_links import LinkSigner
from stadtdraht.adapters.crypto.pins import pin_matches
from stadtdraht.adapters.dynamodb.crisis.holders import DynamoHolders
from stadtdraht.adapters.dynamodb.crisis.links import DynamoCrisisLinks
from stadtdraht.adapters.dynamodb.towns.towns import DynamoTowns
from stadtdraht.domain.crisis.links import LinkMode
from stadtdraht.domain.errors import LinkNotValid
from stadtdraht.usecases.crisis.crisis_links import open_link
from tests.support.builders.crisis import a_town

pytestmark = pytest.mark.local_aws


@dataclass
class Machine:
    """What the local system offers to a step of its start."""

    account: Any
    product_settings: dict[str, str]


@pytest.fixture
def machine(local_aws, table):
    secret_id = f"test-{uuid.uuid4().hex}"
    keys = {"keys": [{"kid": "k1", "key": "31" * 32}]}
    local_aws.client("secretsmanager").create_secret(Name=secret_id, SecretString=json.dumps(keys))
    settings = {"TABLE_NAME": table.name, "LINK_KEYS_SECRET_ID": secret_id, "PUBLIC_URL": "http://127.0.0.1:8700"}
    return Machine(local_aws.account, settings)


def test_a_local_start_makes_links_that_open_until_they_are_revoked(machine, table):
    towns, links, holders = DynamoTowns(table), DynamoCrisisLinks(table), DynamoHolders(table)
    signer = LinkSigner({"k1": b"1" * 32})
    towns.save(a_town())
    silent = a_town("vreden", "Vreden", crisis_templates=())
    towns.save(silent)

    def opened(url):
        token = url.removeprefix("http://127.0.0.1:8700/crisis/")
        return open_link(token, datetime.now(UTC) + timedelta(seconds=2), links=links, signer=signer, towns=towns)

    before = create_links(machine)
    assert set(before) == {"bocholt"}
    assert opened(before["bocholt"]["url"])[0].mode is LinkMode.LIVE
    assert opened(before["bocholt"]["drill_url"])[0].mode is LinkMode.DRILL
    assert pin_matches(before["bocholt"]["pin"], holders.get("bocholt", "Leitstelle").pin_hash)
    links.revoke("bocholt", "local-live")
    with pytest.raises(LinkNotValid):
        opened(before["bocholt"]["url"])
    after = create_links(machine)
    assert opened(after["bocholt"]["url"])[1].id == "bocholt"
    assert not pin_matches(before["bocholt"]["pin"], holders.get("bocholt", after["bocholt"]["holder"]).pin_hash)
