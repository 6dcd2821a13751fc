"""`stadtdraht contest …` as staff type it, on a local AWS with a table, a bucket and a group of schedules."""

import json
import uuid
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from local.aws.account import REGION
from stadtdraht.adapters.aws.s3_media import S3MediaStore
from stadtdraht.adapters.dynamodb.contests import DynamoContests, entry_changes
from stadtdraht.adapters.dynamodb.inbound.citizens import DynamoCitizens
from stadtdraht.adapters.dynamodb.media import media_row
from stadtdraht.adapters.dynamodb.table import Table
from stadtdraht.adapters.dynamodb.towns.towns import DynamoTowns
from stadtdraht.adapters.files.town_file import read
from stadtdraht.domain.citizen import Citizen, WireIdentity
from stadtdraht.domain.media.media import JPEG, MediaState, key_of, new_media
from tests.support.builders.contests import ANKE, a_photo, an_entry
from tests.support.commands import run_command

pytestmark = pytest.mark.local_aws

PEPPER = b"pepper"
TOWNS = Path(__file__).resolve().parents[2] / "towns"
TERMS = "https://www.bocholt.de/fotowettbewerb"
TODAY = datetime.now(UTC)
UNTIL = f"{TODAY + timedelta(days=30):%Y-%m-%d} 18:00"
ON = ("--until", UNTIL, "--delete-on", f"{TODAY + timedelta(days=90):%Y-%m-%d}")
CONTEST = ("--town", "bocholt", "--title", "Fotowettbewerb", "--keyword", "Biodiversität", "--terms", TERMS)


@dataclass
class ContestCommand:
    """A desk of the town's press office."""

    state: Path
    table: Table
    scheduler: Any
    files: S3MediaStore
    group: str

    def types(self, *words):
        environment = {"PATH": "/usr/bin:/bin", "STADTDRAHT_STATE": str(self.state), "COLUMNS": "200", "TERM": "dumb"}
        return run_command(["contest", *words], environment, self.state)

    def gets(self, *words):
        done = self.types(*words, "--json")
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    def is_told(self, *words):
        """The refusal, on one line and without a traceback."""
        done = self.types(*words)
        assert done.returncode == 1, done.stdout
        assert "Traceback" not in done.stderr
        return " ".join(done.stderr.split())

    def has_entry(self, contest_id, **changes):
        entry = replace(an_entry(), contest_id=contest_id, at=datetime.now(UTC), **changes)
        self.table.client.transact_write_items(TransactItems=entry_changes(self.table.name, entry))
        return entry.entry_id

    def has_photo(self):
        """As the worker that fetches photos leaves it."""
        media = new_media(a_photo(), "bocholt", ANKE)
        stored = replace(media, state=MediaState.STORED, type=JPEG, shown=key_of("shown", media))
        self.table.put_all([media_row(stored)])
        self.files.put(stored.shown, b"a hedgehog", JPEG)
        return stored.shown

    def schedules(self):
        return {it["Name"] for it in self.scheduler.list_schedules(GroupName=self.group)["Schedules"]}


@pytest.fixture
def desk(local_aws, table, tmp_path):
    group = f"test-{uuid.uuid4().hex[:12]}"
    scheduler, secrets = local_aws.client("scheduler"), local_aws.client("secretsmanager")
    scheduler.create_schedule_group(Name=group)
    files = local_aws.client("s3")
    files.create_bucket(Bucket=group, CreateBucketConfiguration={"LocationConstraint": REGION})
    pepper = secrets.create_secret(Name=group, SecretString=json.dumps({"pepper": PEPPER.hex()}))["ARN"]
    settings = {
        "TABLE_NAME": table.name,
        "PEPPER_SECRET_ID": pepper,
        "CALL_SCHEDULER_GROUP": group,
        "CALL_SCHEDULER_ROLE_ARN": "arn:aws:iam::000000000000:role/reminders",
        "CALL_REMIND_FUNCTION": f"arn:aws:lambda:{REGION}:000000000000:function:remind",
        "MEDIA_BUCKET": group,
        "ANSWERS_QUEUE_URL": local_aws.fifo_queue(),
    }
    run = {"aws": local_aws.endpoint, "region": REGION, "settings": settings}
    (tmp_path / "run.json").write_text(json.dumps(run), encoding="utf-8")
    DynamoTowns(table).save(read(TOWNS / "bocholt.toml"))
    anke = Citizen(ANKE, "bocholt", WireIdentity(phone="4915112345678"), name="Anke Meier", version=1)
    assert DynamoCitizens(table, PEPPER).bring(None, anke, [])
    return ContestCommand(tmp_path, table, scheduler, S3MediaStore(files, group), group)


def test_a_contest_is_opened_followed_and_closed(desk):
    opened = desk.gets("open", *CONTEST, *ON)
    contest_id = opened["call_id"]
    assert (opened["phase"], opened["until"], opened["per_person"]) == ("open", UNTIL, 3)
    assert desk.schedules() == {contest_id}
    assert [it["call_id"] for it in desk.gets("list", "--town", "bocholt")] == [contest_id]
    desk.has_entry(contest_id)
    assert desk.gets("show", contest_id)["entries"] == 1
    assert desk.gets("close", contest_id)["phase"] == "late"
    assert desk.schedules() == set()
    assert "ist schon vorbei" in desk.is_told("close", contest_id)


def test_a_second_contest_is_refused_with_the_way_out(desk):
    contest_id = desk.gets("open", *CONTEST, *ON)["call_id"]
    assert f"stadtdraht contest close {contest_id}" in desk.is_told("open", *CONTEST, *ON)


def test_it_may_open_later_and_take_texts(desk):
    begin = f"{TODAY + timedelta(days=3):%Y-%m-%d} 08:00"
    opened = desk.gets("open", *CONTEST, *ON, "--from", begin, "--form", "text", "--per-person", "1")
    assert (opened["phase"], opened["form"], opened["from"]) == ("planned", "text", begin)
    kept = DynamoContests(desk.table).get("bocholt", opened["call_id"])
    assert kept.guardian_note


@pytest.mark.parametrize(
    ("until", "why"),
    [("2026-10-25 02:30", "gibt es zweimal"), ("2027-03-28 02:30", "gibt es nicht"), ("bald", "erwartet")],
)
def test_an_hour_that_is_none_is_refused(desk, until, why):
    assert why in desk.is_told("open", *CONTEST, "--until", until, "--delete-on", "2028-01-01")


def test_an_entry_can_be_taken_out(desk):
    contest_id = desk.gets("open", *CONTEST, *ON)["call_id"]
    entry_id = desk.has_entry(contest_id)
    assert desk.gets("withdraw", contest_id, entry_id)["withdrawn"]
    assert f"keine Einsendung {entry_id}" in desk.is_told("withdraw", contest_id, entry_id)
    assert desk.gets("show", contest_id)["entries"] == 0


def test_the_jury_gets_photos_and_the_office_gets_people(desk):
    contest_id = desk.gets("open", *CONTEST, *ON)["call_id"]
    entry_id = desk.has_entry(contest_id)
    desk.has_photo()
    files = ("--out", "jury.zip", "--with-people", "people.csv")
    assert desk.gets("export", contest_id, *files)["without_photo"] == []
    with ZipFile(desk.state / "jury.zip") as archive:
        assert archive.read(f"fotos/{entry_id}.jpg") == b"a hedgehog"
    people = desk.state / "people.csv"
    assert f"{entry_id};{ANKE};Anke Meier;'+4915112345678" in people.read_text(encoding="utf-8-sig")
    assert people.stat().st_mode & 0o077 == 0
    assert "jury.zip: die Datei ist schon da" in desk.is_told("export", contest_id, "--out", "jury.zip")


def test_on_the_day_of_deletion_entries_go_with_their_photos(desk):
    contest_id = desk.gets("open", *CONTEST, *ON)["call_id"]
    desk.has_entry(contest_id)
    photo = desk.has_photo()
    assert "--yes" in desk.is_told("delete", contest_id, "--json")
    assert desk.files.get(photo) == b"a hedgehog"
    assert desk.gets("delete", contest_id, "--yes")["deleted"] == 1
    assert desk.files.get(photo) is None
    assert desk.gets("show", contest_id)["entries"] == 0


def test_a_winner_who_wrote_long_ago_cannot_be_told_here(desk):
    contest_id = desk.gets("open", *CONTEST, *ON)["call_id"]
    entry_id = desk.has_entry(contest_id)
    assert "24 Stunden" in desk.is_told("winner", contest_id, entry_id, "--say", "Gewonnen!")


def test_what_is_no_contest_is_told(desk):
    assert "gibt es nicht" in desk.is_told("show", "bocholt-c-20260101-aaaaaa")
    assert "gibt es nicht" in desk.is_told("close", "nonsense")
