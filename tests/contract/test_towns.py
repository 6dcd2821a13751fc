"""Ports Towns, Directory and Secrets: one suite for the fakes and for the adapters."""

import json
import uuid
from dataclasses import replace

import pytest

from stadtdraht.adapters.aws.secrets import SecretsManagerSecrets
from stadtdraht.adapters.dynamodb.towns.directory import DynamoDirectory
from stadtdraht.adapters.dynamodb.towns.towns import DynamoTowns
from stadtdraht.domain.errors import NoSecret, NumberTaken, UnknownTown
from stadtdraht.settings import Settings
from tests.support.builders.crisis import a_town
from tests.support.fakes.directory import FakeDirectory
from tests.support.fakes.secrets import FakeSecrets
from tests.support.fakes.towns import FakeTowns


@pytest.fixture(params=["fake", pytest.param("table", marks=pytest.mark.local_aws)])
def town_and_directory(request):
    if request.param == "fake":
        towns = FakeTowns()
        return towns, lambda: FakeDirectory(towns)
    table = request.getfixturevalue("table")
    return DynamoTowns(table), lambda: DynamoDirectory(table)


@pytest.fixture
def towns(town_and_directory):
    return town_and_directory[0]


@pytest.fixture
def directory(town_and_directory):
    """A function that makes one that has read nothing yet."""
    return town_and_directory[1]


def with_number(town, phone_number_id, waba_id):
    return replace(town, number=replace(town.number, phone_number_id=phone_number_id, waba_id=waba_id))


def test_a_town_comes_back_as_it_was_saved(towns):
    towns.save(a_town())
    assert towns.get("bocholt") == a_town()


def test_an_unknown_town_is_named(towns):
    with pytest.raises(UnknownTown, match="atlantis"):
        towns.get("atlantis")


def test_all_towns_are_listed(towns):
    towns.save(with_number(a_town("vreden", "Vreden"), "1", "2"))
    towns.save(with_number(a_town("bocholt"), "3", "4"))
    assert [town.id for town in towns.all()] == ["bocholt", "vreden"]


def test_a_body_that_nobody_signed_is_looked_up_without_reading_for_each_stranger(towns, directory):
    towns.save(with_number(a_town(), "301001", "401001"))
    found = directory()
    for ids, ours in ((["301001"], True), (["9", "401001"], True), (["999999"], False), ([], False)):
        assert found.names_one_of_ours(ids) is ours
    if isinstance(found, DynamoDirectory):
        found.table = None  # whatever is asked within a minute, nothing is read
        assert not found.names_one_of_ours(["777777"])


def test_the_directory_leads_from_number_and_account_to_the_town(towns, directory):
    towns.save(with_number(a_town(), "301", "401"))
    assert directory().town_of_number("301") == "bocholt"
    assert directory().town_of_account("401") == "bocholt"
    assert directory().town_of_number("999") is None


def test_it_is_listed_while_the_directory_leads_to_it(towns):
    town = with_number(a_town(), "301", "401")
    assert not towns.is_listed(town)
    towns.save(town)
    assert towns.is_listed(town)
    assert not towns.is_listed(with_number(town, "302", "401"))
    assert not towns.is_listed(with_number(town, "301", "402"))


@pytest.mark.local_aws
@pytest.mark.parametrize("sk", ["NUMBER#301", "WABA#401", "TOWN#bocholt"])
def test_a_town_that_one_row_of_the_directory_lacks_is_not_listed_until_it_is_saved(table, sk):
    towns, town = DynamoTowns(table), with_number(a_town(), "301", "401")
    towns.save(town)
    table.client.delete_item(TableName=table.name, Key={"pk": {"S": "#DIRECTORY"}, "sk": {"S": sk}})
    assert not towns.is_listed(town)
    towns.save(town)
    assert towns.is_listed(town)


def test_a_new_number_replaces_the_old_one(towns, directory):
    towns.save(with_number(a_town(), "301", "401"))
    towns.save(with_number(a_town(), "302", "401"))
    assert directory().town_of_number("301") is None
    assert directory().town_of_number("302") == "bocholt"


def test_nobody_takes_the_number_of_another_town(towns, directory):
    towns.save(with_number(a_town(), "301", "401"))
    with pytest.raises(NumberTaken, match="301"):
        towns.save(with_number(a_town("vreden", "Vreden"), "301", "402"))
    assert directory().town_of_number("301") == "bocholt"


@pytest.fixture(params=["fake", pytest.param("secrets manager", marks=pytest.mark.local_aws)])
def secrets(request):
    if request.param == "fake":
        return FakeSecrets()
    client = request.getfixturevalue("local_aws").client("secretsmanager")
    name = request.node.name
    arn = client.create_secret(
        Name=f"{name}/meta",
        SecretString=json.dumps({"app_secrets": ["current", "previous"], "verify_token": "verify"}),
    )["ARN"]
    ring = {"keys": [{"kid": "1", "key": b"first".hex()}, {"kid": "2", "key": b"second".hex()}]}
    client.create_secret(Name=f"{name}/ring", SecretString=json.dumps(ring))
    client.create_secret(Name=f"{name}/pepper", SecretString=json.dumps({"pepper": b"pepper".hex()}))
    settings = Settings(
        meta_app_secret_id=arn,
        link_keys_secret_id=f"{name}/ring",
        pepper_secret_id=f"{name}/pepper",
        town_secret_prefix=f"{name}/town/",
    )
    return SecretsManagerSecrets(client, settings)


def test_secrets_have_their_shapes(secrets):
    assert list(secrets.app_secrets()) == ["current", "previous"]
    assert secrets.verify_token() == "verify"
    assert secrets.pepper() == b"pepper"
    assert list(secrets.link_keys().items()) == [("1", b"first"), ("2", b"second")]


def test_a_town_s_token_is_read_as_it_was_saved_and_saved_anew(secrets):
    with pytest.raises(NoSecret):
        secrets.access_token("bocholt")
    secrets.save_access_token("bocholt", "EAAold")
    assert secrets.access_token("bocholt") == "EAAold"
    secrets.save_access_token("bocholt", "EAAnew")
    assert secrets.access_token("bocholt", fresh=True) == "EAAnew"


@pytest.mark.local_aws
@pytest.mark.parametrize(
    ("stored", "read"),
    [
        ('{"pepper": "not hex"}', "pepper"),
        ('{"pepper": 1}', "pepper"),
        ("not JSON", "pepper"),
        ('{"keys": ["one"]}', "link_keys"),
        ('{"keys": [{"kid": "1"}]}', "link_keys"),
    ],
)
def test_a_secret_of_another_shape_is_named_and_not_quoted(local_aws, stored, read):
    client, name = local_aws.client("secretsmanager"), f"test-{uuid.uuid4().hex[:12]}"
    client.create_secret(Name=name, SecretString=stored)
    secrets = SecretsManagerSecrets(client, Settings(pepper_secret_id=name, link_keys_secret_id=name))
    with pytest.raises(NoSecret) as told:
        getattr(secrets, read)()
    assert name in str(told.value)
    assert told.value.__cause__ is None
