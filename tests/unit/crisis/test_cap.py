"""Alerts in the Common Alerting Protocol: ours as others read them, theirs as a proposal and never more."""

import json
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from functions.public import pages
from functions.public.web import alert_page
from stadtdraht.adapters.files.cap_file import NotCap, read_cap
from stadtdraht.cli.main import app
from stadtdraht.domain.crisis.alert import AlertKind
from stadtdraht.domain.crisis.cap import CLASS_OF, CapStatus, CapType, Step, propose
from stadtdraht.domain.crisis.links import LinkMode
from stadtdraht.pages.cap import cap_of
from stadtdraht.settings import Settings
from stadtdraht.texts.scenarios import SCENARIOS
from stadtdraht.texts.staff.refusals import refusal_words
from tests.support.adapters import FakeAdapters
from tests.support.builders.crisis import NOON, a_town, a_trigger
from tests.support.fakes.alerts import FakeAlerts
from tests.support.fakes.towns import FakeTowns

URL = "https://stadtdraht.example"
TOWN = a_town()
# The order of CAP 1.2's schema, and the values of its enumerations.
ALERT = "identifier sender sent status msgType source scope restriction addresses code note references incidents info"
INFO = (
    "language category event responseType urgency severity certainty audience eventCode effective onset expires "
    "senderName headline description instruction web contact parameter resource area"
)
VALUES = {
    "status": "Actual Exercise System Test Draft",
    "msgType": "Alert Update Cancel Ack Error",
    "scope": "Public Restricted Private",
    "category": "Geo Met Safety Security Rescue Fire Health Env Transport Infra CBRNE Other",
    "responseType": "Shelter Evacuate Prepare Execute Avoid Monitor Assess AllClear None",
    "urgency": "Immediate Expected Future Past Unknown",
    "severity": "Extreme Severe Moderate Minor Unknown",
    "certainty": "Observed Likely Possible Unlikely Unknown",
}
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[-+]\d\d:\d\d")


def holds_to_the_schema(text):
    def elements(within):
        return re.findall(r"<(\w+)[^>]*>(.*?)</\1>", within, re.DOTALL)

    alert = re.fullmatch(
        r'<\?xml version="1.0" encoding="UTF-8"\?>\n'
        r'<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2">\n(.*)</alert>\n?',
        text,
        re.DOTALL,
    )
    infos = [inside for name, inside in elements(alert[1]) if name == "info"]
    for order, found in [(ALERT, elements(alert[1])), *((INFO, elements(info)) for info in infos)]:
        places = [order.split().index(name) for name, _ in found]
        assert places == sorted(places)
        for name, value in found:
            assert name not in VALUES or value in VALUES[name].split()
            assert name not in ("sent", "effective", "onset", "expires") or MOMENT.fullmatch(value)
            assert name not in ("identifier", "sender") or not re.search(r"[\s,<&]", value)
    assert {"identifier", "sender", "sent", "status", "msgType", "scope"} <= {name for name, _ in elements(alert[1])}
    for info in infos:
        assert {"category", "event", "urgency", "severity", "certainty"} <= {name for name, _ in elements(info)}
    return len(infos)


def an_alert(**changes):
    fields = {name: changes.pop(name) for name in ("kind", "follows", "wording") if name in changes}
    return replace(a_trigger(**changes).alert, **fields)


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_every_case_is_filed_and_holds_to_the_schema_in_every_language(scenario):
    assert scenario in CLASS_OF
    text = cap_of(an_alert(scenario=scenario, districts=frozenset({"mussum"})), TOWN, URL)
    assert holds_to_the_schema(text) == 2


def test_what_we_write_reads_as_it_was_meant():
    alert = an_alert(districts=frozenset({"mussum", "barlo"}))
    message = read_cap(cap_of(alert, TOWN, URL).encode())
    assert (message.identifier, message.sender) == (alert.alert_id, "bocholt@stadtdraht.example")
    assert (message.sent, message.status, message.type) == (NOON, CapStatus.ACTUAL, CapType.ALERT)
    german, english = message.infos
    assert (german.language, english.language) == ("de", "en")
    assert german.headline == "Großbrand mit starkem Rauch"
    assert english.instruction.startswith("Go indoors.")
    assert german.expires == alert.expires_at
    assert german.web == f"{URL}/a/{alert.alert_id}"
    proposal = propose(message, TOWN, NOON, ())
    assert (proposal.step, proposal.scenario, proposal.districts) == (Step.WARN, "fire", ("mussum", "barlo"))
    assert (proposal.valid_for_min, proposal.concerns_us) == (180, True)


def test_a_drill_is_an_exercise():
    assert "<status>Exercise</status>" in cap_of(an_alert(mode=LinkMode.DRILL), TOWN, URL)


@pytest.mark.parametrize(
    ("kind", "type_", "urgency", "response"),
    [
        (AlertKind.UPDATE, "Update", "Immediate", "Shelter"),
        (AlertKind.ALL_CLEAR, "Update", "Past", "AllClear"),
        (AlertKind.FALSE_ALARM, "Cancel", "Past", "AllClear"),
    ],
)
def test_what_follows_refers_to_the_alert_that_it_changes_or_ends(kind, type_, urgency, response):
    first = an_alert()
    later = an_alert(at=NOON + timedelta(minutes=30), random="bbbbbb", kind=kind, follows=first.alert_id)
    text = cap_of(later, TOWN, URL, first)
    assert holds_to_the_schema(text) == 2
    assert f"<msgType>{type_}</msgType>" in text
    reference = f"bocholt@stadtdraht.example,{first.alert_id},2026-11-24T12:00:00+01:00"
    assert f"<references>{reference}</references>" in text
    assert f"<urgency>{urgency}</urgency>" in text
    assert f"<responseType>{response}</responseType>" in text
    assert read_cap(text.encode()).references == (first.alert_id,)


@given(st.text(max_size=80), st.text(max_size=80))
def test_no_wording_breaks_out_of_its_element(was, tun):
    words = {"was": f"!{was}", "wo": "A & B", "bis": "", "tun": tun, "wer": "<Feuerwehr>", "mehr": ""}
    message = read_cap(cap_of(an_alert(wording={"de": words}), TOWN, URL).encode())
    (info,) = message.infos
    assert info.sender_name == "<Feuerwehr>"
    assert info.areas == ("Bocholt, ganzes Stadtgebiet",)


# ---- what comes in ---------------------------------------------------------------------------------------


def incoming(**changes):
    """Another authority's message; a change of None leaves an element out."""
    given_ = {
        "identifier": "DE-NW-1",
        "sender": "kreis@example.org",
        "sent": "2026-11-24T11:58:00+01:00",
        "status": "Actual",
        "msgType": "Alert",
        "scope": "Public",
        "references": None,
        "expires": "2026-11-24T15:00:00+01:00",
        "headline": "Hochwasser an der Bocholter Aa",
        "event": "Gefahreninformation",
        "areaDesc": "Stadt Bocholt, Ortsteil Suderwick",
    } | changes
    head = ("identifier", "sender", "sent", "status", "msgType", "scope", "references")
    outer = "".join(f"<{name}>{given_[name]}</{name}>" for name in head if given_[name] is not None)
    expires = f"<expires>{given_['expires']}</expires>" if given_["expires"] else ""
    event = f"<event>{given_['event']}</event>" if given_["event"] else ""
    info = (
        f"<info><language>de-DE</language><category>Met</category>{event}<urgency>Immediate</urgency>"
        f"<severity>Severe</severity><certainty>Observed</certainty>{expires}<headline>{given_['headline']}</headline>"
        f"<area><areaDesc>{given_['areaDesc']}</areaDesc></area></info>"
    )
    return f'<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2">{outer}{info}</alert>'.encode()


def proposed(ours=(), now=NOON, **changes):
    return propose(read_cap(incoming(**changes)), TOWN, now, ours)


@pytest.mark.parametrize(
    ("status", "type_", "step"),
    [
        ("Actual", "Alert", Step.WARN),
        ("Actual", "Update", Step.UPDATE),
        ("Actual", "Cancel", Step.END),
        ("Exercise", "Alert", Step.EXERCISE),
        ("Exercise", "Update", Step.NOTHING),
        ("Exercise", "Cancel", Step.NOTHING),
        ("Test", "Alert", Step.NOTHING),
        ("Test", "Cancel", Step.NOTHING),
        ("System", "Alert", Step.NOTHING),
        ("Draft", "Alert", Step.NOTHING),
        ("Actual", "Ack", Step.NOTHING),
        ("Actual", "Error", Step.NOTHING),
    ],
)
def test_status_and_type_are_handled_apart(status, type_, step):
    assert proposed(status=status, msgType=type_).step is step


def test_a_warning_becomes_choices_for_the_page():
    proposal = proposed()
    assert (proposal.scenario, proposal.districts, proposal.valid_for_min) == ("flood", ("suderwick",), 180)
    assert proposal.concerns_us


def test_what_does_not_concern_us_or_fits_no_case_is_said_and_not_guessed():
    elsewhere = proposed(areaDesc="Stadt Münster")
    assert (elsewhere.concerns_us, elsewhere.districts) == (False, ())
    assert proposed(headline="Sonderlage", event="Sonderlage").scenario == ""
    assert proposed(headline="Zum Gebrauch der Schulungsräume im Quartier", event="x").scenario == ""


def test_an_update_names_our_alert_when_it_refers_to_it():
    ours = {"bocholt-a-20261124-aaaaaa"}
    references = "x@y,other,2026-11-24T11:00:00+01:00 b@s,bocholt-a-20261124-aaaaaa,2026-11-24T12:00:00+01:00"
    assert proposed(ours, msgType="Update", references=references).follows == "bocholt-a-20261124-aaaaaa"
    assert proposed((), msgType="Update", references=references).follows == ""


def test_a_warning_that_is_over_is_nothing_and_times_stay_within_what_a_warning_may_hold():
    assert proposed(now=NOON + timedelta(hours=3)).step is Step.NOTHING
    assert proposed(now=NOON + timedelta(hours=2, minutes=55)).valid_for_min == 15
    assert proposed(expires="2026-11-26T15:00:00+01:00").valid_for_min == 720
    assert proposed(expires=None).valid_for_min == 0


ENTITY = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x "%s">]><alert>&x;</alert>'
BOMB = (
    b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "aaaaaaaaaa">'
    + b"".join(b'<!ENTITY %c "&%c;&%c;&%c;&%c;&%c;&%c;&%c;&%c;">' % (98 + n, *[97 + n] * 8) for n in range(9))
    + b"]><alert>&j;</alert>"
)


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        (ENTITY % b"harmless", "declares a document type"),
        (BOMB, "declares a document type"),
        (b'<!DOCTYPE a SYSTEM "file:///etc/passwd"><alert/>', "declares a document type"),
        (b'<!DOCTYPE a [<!ENTITY % p SYSTEM "http://x.example/p.dtd"> %p;]><alert/>', "declares a document type"),
        (b"<alert/>", "its root must be an alert"),
        (b'<alert xmlns="urn:oasis:names:tc:emergency:cap:1.1"/>', "its root must be an alert"),
        (b"", "no XML"),
        (b"not xml", "no XML"),
        (b"<alert>", "no XML"),
        (b'<?xml version="1.0" encoding="klingon"?><alert/>', "no XML"),
        (b"<a>" * 50 + b"</a>" * 50, "deeper ones"),
        (b"<a>" + b"<b/>" * 6000 + b"</a>", "more elements"),
        (b" " * 1_000_001, "larger than"),
        (incoming(status="Ernst"), "status must be one of Actual"),
        (incoming(identifier=None), "identifier is missing"),
        (incoming(event=""), "event is missing in an info"),
        (incoming(sent="gestern"), "sent is no date"),
        (incoming(sent="2026-11-24T11:58:00"), "sent has no time zone"),
    ],
)
def test_what_is_no_cap_or_could_do_harm_is_refused_with_the_reason(raw, why):
    with pytest.raises(NotCap, match=why) as refused:
        read_cap(raw)
    assert refusal_words(refused.value).startswith(("Die Datei ", "Die Meldung ist kein ", "Das ist keine Meldung "))


@given(st.binary(max_size=400))
def test_no_file_breaks_the_reader(raw):
    with pytest.raises(NotCap):
        read_cap(raw)


# ---- the command and the address -------------------------------------------------------------------------


@pytest.fixture
def alerts():
    return FakeAlerts()


@pytest.fixture
def adapters(alerts):
    alert_page._kept.clear()
    return FakeAdapters(alerts=alerts, towns=FakeTowns({"bocholt": TOWN}), settings=Settings(public_url=URL))


@pytest.fixture
def types(adapters):
    def typed(*words):
        words = ["crisis", *words]
        return CliRunner().invoke(app, words, obj=adapters, catch_exceptions=False, env={"COLUMNS": "300"})

    return typed


def test_the_command_prepares_and_sends_nothing(alerts, tmp_path, types):
    later = datetime.now(UTC) + timedelta(minutes=61)
    file = tmp_path / "in.cap"
    file.write_bytes(incoming(expires=later.isoformat(timespec="seconds"), headline="Hochwasser [/red] [bold]"))
    done = types("cap-in", str(file), "--town", "bocholt")
    assert done.exit_code == 0
    assert "?scenario=flood&districts=suderwick&valid_for_min=61" in done.stdout.replace("=60", "=61")
    assert "Hochwasser [/red] [bold]" in done.stdout
    assert "Es wurde nichts gesendet." in done.stdout
    told = json.loads(types("cap-in", str(file), "--town", "bocholt", "--json").stdout)
    assert (told["step"], told["scenario"], told["sent_anything"]) == ("warn", "flood", False)
    assert alerts.raised == {}


def test_the_command_says_what_is_wrong_with_a_file(alerts, tmp_path, types):
    file = tmp_path / "in.cap"
    assert "die Datei oder ihr Ordner ist nicht da" in types("cap-in", str(file), "--town", "bocholt").output
    file.write_bytes(BOMB)
    done = types("cap-in", str(file), "--town", "bocholt")
    assert (done.exit_code, "dient nur Angriffen" in done.output) == (1, True)


def test_the_command_and_the_address_give_the_same_message(alerts, tmp_path, types, adapters):
    trigger = a_trigger()
    alerts.raise_once(trigger)
    alert_id, file = trigger.alert.alert_id, tmp_path / "out.cap"
    assert types("cap", alert_id, "--out", str(file)).exit_code == 0
    text = file.read_text(encoding="utf-8")
    assert json.loads(types("cap", alert_id, "--json").stdout)["cap"] == text
    assert types("cap", "bocholt-a-20261124-zzzzzz").exit_code == 1

    def asked(alert, **headers):
        return pages.handler(
            {"routeKey": "GET /a/{alert}", "pathParameters": {"alert": alert}, "headers": headers}, 0, adapters=adapters
        )

    for answer in (asked(f"{alert_id}.cap"), asked(alert_id, accept="application/cap+xml")):
        assert answer["body"] == text
        assert answer["headers"]["Content-Type"] == "application/cap+xml; charset=utf-8"
        assert answer["headers"]["Vary"] == "Accept"
    page = asked(alert_id, accept="text/html")
    assert page["headers"]["Content-Type"].startswith("text/html")
    assert page["headers"]["Vary"] == "Accept"
    assert asked("bocholt-a-20261124-zzzzzz.cap")["statusCode"] == 404
