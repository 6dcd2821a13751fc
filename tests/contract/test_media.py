"""Ports MediaRows, MediaStore and MediaQueue: one suite each for the fake and for the adapter."""

import json
import urllib.request
import uuid
from datetime import timedelta

import pytest

from stadtdraht.adapters.aws.s3_media import S3MediaStore
from stadtdraht.adapters.aws.sqs import SqsMediaQueue
from stadtdraht.adapters.dynamodb import keys
from stadtdraht.adapters.dynamodb.media import DynamoMediaRows, media_row, signs_of
from stadtdraht.domain.media.media import MediaFailure, MediaState, key_of
from tests.support.builders.media import ANKE, a_media
from tests.support.fakes.media import FakeMediaRows, FakeMediaStore

BERND = "b" * 20


class OnTheTable(DynamoMediaRows):
    """With what a citizen's transaction does, so that one suite serves both."""

    def begin(self, media):
        self.table.put_all([media_row(media)])

    def forget(self, media):
        self.table.delete_all([(keys.citizen(media.town, media.citizen_id), keys.media(media.wamid))])


@pytest.fixture(params=["fake", pytest.param("table", marks=pytest.mark.local_aws)])
def rows(request):
    return FakeMediaRows() if request.param == "fake" else OnTheTable(request.getfixturevalue("table"))


@pytest.fixture(params=["fake", pytest.param("bucket", marks=pytest.mark.local_aws)])
def store(request):
    if request.param == "fake":
        return FakeMediaStore()
    client = request.getfixturevalue("local_aws").client("s3")
    name = f"test-{uuid.uuid4().hex[:12]}"
    client.create_bucket(Bucket=name, CreateBucketConfiguration={"LocationConstraint": "eu-central-1"})
    return S3MediaStore(client, name)


def test_a_row_comes_back_as_it_was_saved(rows):
    rows.begin(a_media())
    assert rows.load("vreden", ANKE, "wamid.1") == a_media()
    stored = a_media(
        state=MediaState.STORED,
        said_type="image/jpeg",
        type="image/jpeg",
        size_bytes=7,
        sha256="ab",
        original="o",
        shown="s",
        thumbnail="t",
        attempts=1,
    )
    assert rows.save(a_media(), stored)
    assert rows.load("vreden", ANKE, "wamid.1") == stored
    assert rows.load("bocholt", ANKE, "wamid.1") is None


def test_trouble_is_listed_until_it_is_over(rows):
    for wamid in ("wamid.1", "wamid.2", "wamid.3"):
        rows.begin(a_media(wamid=wamid))
    assert not rows.in_trouble("vreden")
    failed = a_media().ended(MediaState.FAILED, MediaFailure.GONE)
    tried = a_media(wamid="wamid.2").tried()
    assert rows.save(a_media(), failed)
    assert rows.save(a_media(wamid="wamid.2"), tried)
    assert list(rows.in_trouble("vreden")) == [failed, tried]
    assert not rows.in_trouble("bocholt")
    assert rows.save(failed, failed.again())
    assert list(rows.in_trouble("vreden")) == [tried]


def test_of_two_who_save_one_is_told_and_nobody_s_row_comes_back(rows):
    rows.begin(a_media())
    assert rows.save(a_media(), a_media().tried())
    assert not rows.save(a_media(), a_media().ended(MediaState.FAILED, MediaFailure.GONE))
    assert rows.load("vreden", ANKE, "wamid.1") == a_media().tried()
    rows.forget(a_media())
    assert not rows.save(a_media().tried(), a_media().tried().tried())
    assert rows.load("vreden", ANKE, "wamid.1") is None
    assert not rows.in_trouble("vreden")


def test_a_person_s_rows_lead_to_their_signs_of_trouble():
    found = signs_of("vreden", ANKE, [media_row(a_media()), {"sk": "PROFILE"}])
    assert found == [("vreden#MEDIA_TROUBLE", f"{ANKE}#wamid.1")]


def test_a_file_comes_back_and_one_that_is_not_there_is_none(store):
    key = key_of("shown", a_media())
    store.put(key, b"picture", "image/jpeg")
    assert store.get(key) == b"picture"
    assert store.get("shown/vreden/nobody/1") is None


def test_erasing_a_person_leaves_nothing_of_theirs_and_everything_of_others(store):
    bernd_s = key_of("shown", a_media(citizen_id=BERND))
    elsewhere = key_of("shown", a_media(town="bocholt"))
    for key in (bernd_s, elsewhere, *(key_of(part, a_media()) for part in ("original", "shown", "thumbnail"))):
        store.put(key, b"x", "image/jpeg")
    assert len(store.keys("vreden", ANKE)) == 3
    assert store.erase("vreden", ANKE) == 3
    assert store.erase("vreden", ANKE) == 0
    assert (store.get(bernd_s), store.get(elsewhere)) == (b"x", b"x")
    store.delete([bernd_s, bernd_s])
    assert store.get(bernd_s) is None


def test_a_link_names_the_file(store):
    key = key_of("shown", a_media())
    store.put(key, b"picture", "image/jpeg")
    assert key in store.link(key)


@pytest.mark.local_aws
def test_a_link_opens_the_file_as_a_download_for_some_minutes(local_aws):
    client = local_aws.client("s3")
    name = f"test-{uuid.uuid4().hex[:12]}"
    client.create_bucket(Bucket=name, CreateBucketConfiguration={"LocationConstraint": "eu-central-1"})
    store = S3MediaStore(client, name)
    store.put("shown/vreden/a/1", b"picture", "image/jpeg")
    link = store.link("shown/vreden/a/1")
    with urllib.request.urlopen(link) as answer:
        assert answer.read() == b"picture"
    assert "Expires" in link
    assert "response-content-disposition=attachment" in link


@pytest.mark.local_aws
def test_a_job_names_the_row(local_aws):
    url = local_aws.queue()
    SqsMediaQueue(local_aws.client("sqs"), url).put("vreden", ANKE, "wamid.1")
    (message,) = local_aws.client("sqs").receive_message(QueueUrl=url)["Messages"]
    assert json.loads(message["Body"]) == {"v": 1, "town": "vreden", "citizen_id": ANKE, "wamid": "wamid.1"}


def test_the_files_of_a_town_come_person_by_person_within_each_part(store):
    for part in ("original", "shown"):
        for who in (BERND, ANKE):
            store.put(key_of(part, a_media(citizen_id=who)), b"x", "image/jpeg")
    store.put(key_of("shown", a_media(town="bocholt")), b"x", "image/jpeg")
    assert [(file.key.partition("/")[0], file.citizen_id) for file in store.of_town("vreden")] == [
        ("original", ANKE),
        ("original", BERND),
        ("shown", ANKE),
        ("shown", BERND),
    ]
    assert all(file.stored_at.tzinfo for file in store.of_town("vreden"))


def test_all_files_of_a_person_are_known_by_their_rows(rows):
    for wamid, who in (("wamid.1", ANKE), ("wamid.2", ANKE), ("wamid.3", BERND)):
        rows.begin(a_media(wamid=wamid, citizen_id=who))
    assert {media.wamid for media in rows.of_citizen("vreden", ANKE)} == {"wamid.1", "wamid.2"}


def test_the_time_of_an_old_file_begins_anew_and_its_content_stays(store):
    key, bernd_s = key_of("shown", a_media()), key_of("shown", a_media(citizen_id=BERND))
    for each in (key, bernd_s):
        store.put(each, b"picture", "image/jpeg")
    stored = {file.key: file.stored_at for file in store.of_town("vreden")}
    assert store.renew("vreden", ANKE, stored[key]) == 0
    assert store.renew("vreden", ANKE, stored[key] + timedelta(seconds=1)) == 1
    assert store.get(key) == b"picture"
    assert {file.key: file.stored_at for file in store.of_town("vreden")}[bernd_s] == stored[bernd_s]


@pytest.mark.local_aws
def test_a_renewed_file_is_still_what_it_was(local_aws):
    client = local_aws.client("s3")
    name = f"test-{uuid.uuid4().hex[:12]}"
    client.create_bucket(Bucket=name, CreateBucketConfiguration={"LocationConstraint": "eu-central-1"})
    store, key = S3MediaStore(client, name), key_of("shown", a_media())
    store.put(key, b"picture", "image/jpeg")
    before = client.head_object(Bucket=name, Key=key)
    assert store.renew("vreden", ANKE, before["LastModified"] + timedelta(days=1)) == 1
    after = client.head_object(Bucket=name, Key=key)
    assert after["ContentType"] == "image/jpeg"
    assert after["LastModified"] >= before["LastModified"]
