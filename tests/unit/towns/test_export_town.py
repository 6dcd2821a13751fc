"""Everything a town owns in one ZIP: complete, its own, and what the manifest says."""

import csv
import hashlib
import io
import json
import re
import zipfile
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from typer.testing import CliRunner

from stadtdraht.adapters.files.subscriber_file import COLUMNS, Subscriber, read
from stadtdraht.cli.main import app
from stadtdraht.cli.towns import export
from stadtdraht.domain.broadcast.broadcast import BroadcastState
from stadtdraht.domain.broadcast.errand import Errand, ErrandResult
from stadtdraht.domain.citizen import Citizen, ConsentAct, ConsentEntry, OfferConsent, WireIdentity
from stadtdraht.domain.town import Offer, OfferText, TopicOrDistrict
from stadtdraht.usecases.broadcast.errands.kept_report import plain_report
from stadtdraht.usecases.towns.export_town import SUBSCRIBER_COLUMNS, TownPorts, export_town
from tests.support.adapters import FakeAdapters
from tests.support.builders.cases import a_case
from tests.support.builders.crisis import a_town
from tests.support.builders.delivery import broadcast
from tests.support.fakes.audit import FakeAudit
from tests.support.fakes.broadcasts import FakeBroadcasts
from tests.support.fakes.cases import FakeCases
from tests.support.fakes.citizens import FakeCitizens
from tests.support.fakes.errands import FakeErrands
from tests.support.fakes.media import FakeMediaStore
from tests.support.fakes.secrets import FakeSecrets
from tests.support.fakes.town_data import FakeTownData
from tests.support.fakes.towns import FakeTowns
from tests.unit.broadcast.test_report import office, report_of

NOW = datetime(2026, 11, 27, 9, 0, tzinfo=UTC)
SINCE = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
TOWN = a_town(
    offers=(OfferText(Offer.NEWS, "News", "."), OfferText(Offer.CRISIS, "Warnungen", ".")),
    topics=(TopicOrDistrict("traffic", "Verkehr"),),
)
ANKE, BERND = "a" * 20, "b" * 20


def person(citizen_id, phone, *offers, **changes):
    consents = {offer: OfferConsent(granted=True, at=SINCE) for offer in offers}
    return replace(Citizen(citizen_id, "bocholt", WireIdentity(phone=phone), consents=consents), **changes)


def entry(offer, act=ConsentAct.GRANTED, at=SINCE, how="Formular im Bürgerbüro"):
    return ConsentEntry(offer, act, at, "2026-01", how, f"import:{at}")


def profile(citizen_id, town="bocholt"):
    return town, "citizen profile", {"pk": f"{town}#CITIZEN#{citizen_id}", "sk": "PROFILE"}


@pytest.fixture
def sources():
    citizens = FakeCitizens()
    anke = person(ANKE, "4915112345678", Offer.NEWS, Offer.CRISIS, district="barlo", topics=frozenset({"traffic"}))
    bernd = person(BERND, "4915187654321", Offer.NEWS)
    citizens.bring(None, anke, [entry(Offer.NEWS), entry(Offer.CRISIS)])
    left = SINCE + timedelta(days=9)
    citizens.bring(
        None, bernd, [entry(Offer.NEWS), entry(Offer.CRISIS), entry(Offer.CRISIS, ConsentAct.WITHDRAWN, left)]
    )
    data = FakeTownData(
        [
            profile(ANKE),
            profile(BERND),
            ("bocholt", "citizen message", {"pk": f"bocholt#CITIZEN#{ANKE}", "sk": "MESSAGE#1", "text": "Grüße"}),
            ("bocholt", "crisis", {"pk": "bocholt#CRISIS", "sk": "HOLDER#Leitstelle", "pin": "secret"}),
            ("bocholt", "nonce", {"pk": "bocholt#NONCE#1", "sk": "NONCE"}),
            profile("c" * 20, "vreden"),
        ]
    )
    cases = FakeCases({("bocholt", "2026-0001"): a_case(town="bocholt")})
    media = FakeMediaStore()
    media.put(f"shown/bocholt/{ANKE}/1.jpg", b"a photo", "image/jpeg")
    media.put("shown/vreden/c/1.jpg", b"somebody else's", "image/jpeg")
    sent = broadcast(state=BroadcastState.RUNNING, lanes=1, slices_per_lane=1, planned=2)
    old = replace(sent, broadcast_id="bocholt-n-20260101-abcdef", **dict.fromkeys(("created_at", "released_at"), SINCE))
    broadcasts = FakeBroadcasts({it.broadcast_id: it for it in (sent, old)})
    return TownPorts(data, citizens, cases, broadcasts, media, lambda _: report_of(office()), FakeErrands())


@pytest.fixture
def archive(sources):
    out = io.BytesIO()
    packed = export_town(TOWN, NOW, out, sources)
    return zipfile.ZipFile(out), packed


def table(archive, name):
    return list(csv.DictReader(archive.read(name).decode("utf-8-sig").splitlines(), delimiter=";"))


def test_the_manifest_says_what_is_in_it_to_the_byte(archive):
    found, packed = archive
    manifest = json.loads(found.read("manifest.json"))["files"]
    assert [it["name"] for it in manifest] == [name for name in found.namelist() if name != "manifest.json"]
    for it in manifest:
        content = found.read(it["name"])
        assert (it["bytes"], it["sha256"]) == (len(content), hashlib.sha256(content).hexdigest())
    entries = {it.name: it.entries for it in packed}
    assert entries["abonnenten.csv"] == 3 == len(table(found, "abonnenten.csv"))
    assert entries["einwilligungen.csv"] == 5
    assert entries["zeilen/citizen_profile.jsonl"] == 2 == found.read("zeilen/citizen_profile.jsonl").count(b"\n")
    assert found.testzip() is None


def test_the_readme_names_every_file_and_nothing_else(archive):
    found, _ = archive
    readme = found.read("LIESMICH.txt").decode()
    named = set(re.findall(r"^([a-z]+(?:\.csv|\.json|/))", readme, re.MULTILINE))
    there = {name if "/" not in name else name.split("/")[0] + "/" for name in found.namelist()}
    assert named == there - {"LIESMICH.txt"}
    assert "27.11.2026, 10:00 Uhr" in readme


def test_its_subscribers_can_be_brought_somewhere_else_with_the_proof(archive, tmp_path):
    found, _ = archive
    file = tmp_path / "abonnenten.csv"
    file.write_bytes(found.read("abonnenten.csv"))
    brought = list(read(file, TOWN))
    assert all(isinstance(it, Subscriber) for it in brought)
    assert {(it.identity.phone, it.offers) for it in brought} == {
        ("4915112345678", (Offer.NEWS,)),
        ("4915112345678", (Offer.CRISIS,)),
        ("4915187654321", (Offer.NEWS,)),
    }
    assert {(it.consent_at, it.consent_how, it.consent_wording) for it in brought} == {
        (SINCE, "Formular im Bürgerbüro", "2026-01")
    }
    assert SUBSCRIBER_COLUMNS == COLUMNS


def test_every_act_of_consent_is_there_also_of_who_left(archive):
    acts = [(it["Angebot"], it["Was"]) for it in table(archive[0], "einwilligungen.csv") if it["Person"] == BERND]
    assert sorted(acts) == [("crisis", "granted"), ("crisis", "withdrawn"), ("news", "granted")]


def test_nothing_of_another_town_no_key_and_no_pin_is_in_it(archive):
    found, _ = archive
    everything = b"".join(found.read(name) for name in found.namelist())
    assert b"vreden" not in everything
    assert b"somebody else" not in everything
    assert b"secret" not in everything
    assert not any("crisis" in name or "nonce" in name for name in found.namelist())


def test_files_cases_and_newsletters_with_their_reports_are_in_it(archive):
    found, _ = archive
    assert found.read(f"medien/shown/bocholt/{ANKE}/1.jpg") == b"a photo"
    assert "2026-0001" in found.read("faelle.csv").decode()
    assert len(table(found, "newsletter.csv")) == 2
    reports = [name for name in found.namelist() if name.startswith("newsletter/")]
    assert reports == ["newsletter/bocholt-n-20261124-abcdef.csv"]  # of the other one no row is left


def test_a_report_that_was_kept_outlives_its_rows(sources):
    old = "bocholt-n-20260101-abcdef"
    value = plain_report(replace(report_of(office()), broadcast_id=old, title="Vom Januar"))
    sources.errands.answer(old, Errand.REPORT, ErrandResult(NOW, None, value, final=True))
    out = io.BytesIO()
    export_town(TOWN, NOW, out, sources)
    assert "Vom Januar" in zipfile.ZipFile(out).read(f"newsletter/{old}.csv").decode()


@pytest.mark.parametrize("formula", ["=HYPERLINK(1)", "-2+3+cmd|' /C calc'!A0"])
def test_a_spreadsheet_runs_nothing_of_it(sources, formula):
    wicked = entry(Offer.NEWS, how=formula)
    sources.citizens.bring(None, person("c" * 20, "4915100000000", Offer.NEWS), [wicked])
    sources.data.found.append(profile("c" * 20))
    out = io.BytesIO()
    export_town(TOWN, NOW, out, sources)
    assert f";'{formula}" in zipfile.ZipFile(out).read("abonnenten.csv").decode()


@pytest.fixture
def types(monkeypatch, sources):
    adapters = FakeAdapters(
        towns=FakeTowns({"bocholt": TOWN}),
        town_data=sources.data,
        citizens=sources.citizens,
        cases=sources.cases,
        broadcasts=sources.broadcasts,
        media_store=sources.media,
        errands=sources.errands,
        audit=(audit := FakeAudit()),
        secrets=FakeSecrets(),
    )
    monkeypatch.setattr(export, "report_of", lambda *_: sources.report_of(None))

    def typed(folder, *words):
        return CliRunner().invoke(app, ["town", "export", "--town", "bocholt", str(folder), *words], obj=adapters)

    typed.audit = audit
    return typed


def test_that_everybody_was_written_out_stands_in_the_audit(types, tmp_path):
    types(tmp_path, "--by", "Kim")
    assert [(it.act, it.by, it.person) for it in types.audit.kept] == [("exported", "Kim", "alle")]
    types(tmp_path)  # the file is there already
    assert len(types.audit.kept) == 1


def test_the_command_writes_a_file_that_only_its_owner_reads_and_says_its_sum(types, tmp_path):
    done = types(tmp_path, "--json")
    value = json.loads(done.stdout)
    (file,) = tmp_path.iterdir()
    assert str(file) == value["file"]
    assert file.stat().st_mode & 0o777 == 0o600
    assert hashlib.sha256(file.read_bytes()).hexdigest() == value["sha256"]
    assert {it["name"] for it in value["files"]} >= {"abonnenten.csv", "zeilen/citizen_message.jsonl"}


def test_without_a_folder_it_says_what_to_do(types, tmp_path):
    done = types(tmp_path / "nowhere")
    assert done.exit_code == 1
    assert "name a folder that exists" in done.stderr
