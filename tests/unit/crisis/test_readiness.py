"""The readiness check: each thing that is checked, what makes it red, and where it is shown."""

import inspect
import json
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from typer.testing import CliRunner

from functions.crisis import page, send
from functions.crisis import readiness as readiness_function
from stadtdraht.bootstrap import Adapters
from stadtdraht.cli.crisis.ready import FOR_OPERATORS, ready
from stadtdraht.cli.main import app
from stadtdraht.domain.crisis import readiness as rules
from stadtdraht.domain.crisis.links import LinkMode
from stadtdraht.domain.crisis.observed import QueueDepth, WarmSenders
from stadtdraht.domain.crisis.readiness import Check, CheckName, Level, Readiness
from stadtdraht.domain.errors import NoSecret
from stadtdraht.domain.figures.day import DayFigures
from stadtdraht.domain.town import Offer, OfferText, Template
from stadtdraht.domain.whatsapp.account import AccountSnapshot, Limit, NumberFacts, limit_of
from stadtdraht.domain.whatsapp.account_events import Matter
from stadtdraht.domain.whatsapp.line_signs import LineSigns
from stadtdraht.domain.whatsapp.template_drift import TemplateProblem, template_troubles
from stadtdraht.texts.staff.crisis import readiness as texts
from stadtdraht.usecases.crisis.check_readiness import ReadinessPorts, SharedState, check_readiness
from tests.support.adapters import FakeAdapters
from tests.support.builders.account import a_notice, a_snapshot
from tests.support.builders.crisis import BODY_DE, NOON, a_link, a_town, a_trigger, with_second
from tests.support.crisis_page import CrisisPageHarness
from tests.support.fakes.account_snapshots import FakeAccountSnapshots
from tests.support.fakes.figures import FakeFigureDays
from tests.support.fakes.line_signs import FakeLineSigns
from tests.support.fakes.readiness import FakeCrisisQueues, FakeCrisisSender
from tests.support.fakes.whatsapp_account import FakeWhatsAppAccount

assert ready.__doc__  # the command is registered under its own name

TOWN = with_second(a_town())
TOWN = replace(TOWN, number=replace(TOWN.number, portfolio_limit=2000))
NUMBER = NumberFacts("+49 2871 953-0", "GREEN", 80, "TIER_2K", "AVAILABLE")


class ReadinessHarness:
    """A town where all is well, until a test says otherwise."""

    def __init__(self):
        self.harness = CrisisPageHarness()
        self.harness.towns.save(TOWN)
        self.alerts, self.latest_readiness, self.snapshots = (
            self.harness.alerts,
            self.harness.latest_readiness,
            FakeAccountSnapshots(),
        )
        self.account = FakeWhatsAppAccount(facts=NUMBER)
        self.shared = SharedState(QueueDepth(0, 0), WarmSenders(1, (0.2,), 0.2))
        self.now = NOON
        self.stands()
        self.link = a_link(expires_at=NOON + timedelta(days=90))
        self.harness.links.save(self.link)
        self.alerts.raise_once(a_trigger(mode=LinkMode.DRILL, at=NOON - timedelta(days=10)))

    def stands(self, audience=1000, days_ago=0, **changes):
        snapshot = replace(a_snapshot(TOWN, **changes), number=NUMBER, crisis_audience=audience)
        self.snapshots.save("bocholt", replace(snapshot, seen_at=NOON - timedelta(days=days_ago)))

    def trouble(self, *templates, **changes):
        """These templates, by name and language, are not as approved."""
        snapshot = a_snapshot(TOWN)
        there = tuple(
            replace(it, **changes) if (it.name, it.language) in templates else it for it in snapshot.templates
        )
        self.snapshots.save("bocholt", replace(snapshot, number=NUMBER, crisis_audience=1000, templates=there))

    def account_of(self, town):
        return self.account

    def look(self, town=TOWN):
        ports = ReadinessPorts(
            self.account_of, self.snapshots, self.alerts, self.harness.links, self.harness.signer, self.latest_readiness
        )
        readiness = check_readiness(town, self.shared, self.now, ports)
        assert all(texts.found(check, town) for check in readiness.checks)  # whatever is found has German words
        return readiness

    def failing(self, town=TOWN):
        return {str(check.name): str(check.level) for check in self.look(town).checks if not check.passed}


@pytest.fixture
def watch():
    return ReadinessHarness()


def test_a_town_where_all_is_well_is_green_and_kept(watch):
    assert watch.failing() == {}
    assert watch.latest_readiness.get("bocholt").level is Level.GREEN
    assert {check.name for check in watch.look().checks} == set(CheckName)


def test_a_refused_token_is_red_and_an_unclear_answer_is_yellow(watch):
    watch.account.refuses_with = 190
    assert watch.failing() == {"token": "red"}
    watch.account.refuses_with = 2
    assert watch.failing() == {"token": "yellow"}


def test_a_missing_token_is_red(watch):
    def nothing(town):
        raise NoSecret(f"town/{town}")

    watch.account_of = nothing
    assert watch.failing() == {"token": "red"}


@pytest.mark.parametrize(
    ("facts", "colour"),
    [({"quality": "RED"}, "yellow"), ({"health": "LIMITED"}, "yellow"), ({"health": "BLOCKED"}, "red")],
)
def test_a_number_that_meta_blocks_is_red_and_one_that_it_thinks_little_of_is_yellow(watch, facts, colour):
    watch.account.facts = replace(NUMBER, **facts)
    assert watch.failing() == {"number": colour}


@pytest.mark.parametrize(
    "changes", [{"status": "PAUSED"}, {"body": "Anderes"}, {"category": "MARKETING"}, {"ttl_s": None}]
)
def test_a_template_of_warnings_that_is_not_as_approved_is_red(watch, changes):
    watch.stands(**changes)
    assert watch.failing() == {"templates": "red", "second": "yellow"}


def found(watch, name):
    return next(check.finding for check in watch.look().checks if check.name == name)


@pytest.mark.parametrize("which", ["warnung", "warnung_zwei"])
def test_while_another_template_stands_in_the_trouble_of_one_is_yellow(watch, which):
    watch.trouble((which, "de"), status="PAUSED")
    assert watch.failing() == {"templates": "yellow", "second": "yellow"}
    assert found(watch, "templates") == f"template {which} (de): Meta says PAUSED"
    assert found(watch, "second") == "none stands approved in de"
    templates = next(it for it in watch.look().checks if it.name is CheckName.TEMPLATES)
    assert texts.found(templates, TOWN) == f"{which} (de) ist nicht freigegeben (Meta says PAUSED)"
    watch.trouble(("warnung", "en"), ("warnung_zwei", "en"), status="DISABLED")
    assert watch.failing() == {"templates": "red", "second": "yellow"}


def test_a_town_with_one_template_is_told_that_there_is_no_second(watch):
    single = replace(TOWN, crisis_templates=("warnung",), templates=TOWN.templates[:2])
    assert watch.failing(single) == {"second": "yellow"}
    assert found(watch, "second") == "approved"


def test_the_trouble_of_an_all_clear_s_template_is_yellow_since_it_goes_out_as_a_warning(watch):
    end = Template("entwarnung", "de", "UTILITY", BODY_DE.replace("{{was}}", "{{worum}}"), ttl_s=43200)
    town = replace(TOWN, all_clear_templates=("entwarnung",), templates=(*TOWN.templates, end))
    snapshot = replace(a_snapshot(town), number=NUMBER, crisis_audience=1000, seen_at=NOON)
    watch.snapshots.save("bocholt", snapshot)
    assert watch.failing(town) == {}
    assert next(it.finding for it in watch.look(town).checks if it.name == "templates") == "as approved"
    *others, last = snapshot.templates
    watch.snapshots.save("bocholt", replace(snapshot, templates=(*others, replace(last, status="PAUSED"))))
    assert watch.failing(town) == {"templates": "yellow"}
    assert next(it.finding for it in watch.look(town).checks if it.name == "templates") == (
        "template entwarnung (de): Meta says PAUSED; all-clears go out in the frame of warnings"
    )
    assert found(watch, "templates").endswith("as approved; all-clears go out in the frame of warnings")


def test_the_trouble_of_a_template_in_easy_german_is_one_of_warnings():
    easy = replace(TOWN.templates[0], name="warnung_leicht")
    town = replace(TOWN, languages=("de", "de-easy"), templates=(*TOWN.templates, easy))
    troubles = template_troubles(town, a_snapshot(town, status="PAUSED"))
    assert {it.template for it in troubles if it.crisis} == {"warnung", "warnung_leicht", "warnung_zwei"}


def test_a_template_of_low_quality_or_not_looked_at_for_a_day_is_yellow(watch):
    watch.stands(quality="RED")
    assert watch.failing() == {"templates": "yellow"}
    watch.stands(days_ago=2)
    assert watch.failing() == {"templates": "yellow"}
    watch.snapshots.found.clear()
    assert watch.failing() == {"templates": "yellow", "limit": "yellow"}


@pytest.mark.parametrize(
    "town",
    [
        replace(TOWN, crisis_templates=()),
        replace(TOWN, crisis_templates=("warnung", "zweite")),
        replace(TOWN, templates=tuple(replace(it, category="MARKETING") for it in TOWN.templates)),
        a_town(),
    ],
    ids=["none", "one that is not there", "marketing", "without an end"],
)
def test_a_town_file_that_cannot_warn_is_red_whatever_meta_says(watch, town):
    assert watch.failing(town)["templates"] == "red"


@pytest.mark.parametrize(("people", "colour"), [(1818, None), (1900, "yellow"), (2000, "yellow"), (2001, "red")])
def test_meta_s_daily_limit_must_hold_a_tenth_more_than_take_warnings(watch, people, colour):
    watch.stands(audience=people)
    assert watch.failing() == ({"limit": colour} if colour else {})


@pytest.mark.parametrize(("people", "colour"), [(100, "yellow"), (227, "yellow"), (228, "red"), (251, "red")])
def test_a_limit_at_meta_below_the_town_file_s_is_said_and_red_once_warnings_hardly_fit(watch, people, colour):
    watch.account.facts = replace(NUMBER, portfolio_limit="TIER_250")
    watch.stands(audience=people)
    assert watch.failing() == {"limit": colour}
    check = next(it for it in watch.look().checks if it.name is CheckName.LIMIT)
    assert check.finding == f"250 a day, {people} people take warnings; the town file says 2000"


@pytest.mark.parametrize(
    ("changes", "colour"),
    [
        ({}, "red"),
        ({"subject": "RESTRICTED_UTILITY_TEMPLATES"}, "red"),
        ({"subject": "RESTRICTED_CUSTOMER_INITIATED_MESSAGING"}, "yellow"),
        ({"matter": Matter.DISABLED, "found": "DISABLE"}, "red"),
        ({"matter": Matter.DISABLED, "found": "SCHEDULE_FOR_DISABLE"}, "yellow"),
        ({"matter": Matter.CATEGORY, "subject": "warnung (de)", "until": NOON + timedelta(hours=5)}, "yellow"),
        ({"matter": Matter.CATEGORY, "subject": "brief (de)", "until": NOON + timedelta(hours=5)}, None),
        ({"until": NOON}, None),
    ],
)
def test_what_meta_told_of_the_account_is_red_where_a_warning_would_not_go_out(watch, changes, colour):
    watch.snapshots.add_notices("bocholt", [a_notice(**changes)])
    assert watch.failing() == ({"account": colour} if colour else {})


def test_where_meta_says_no_limit_the_town_file_does_and_unlimited_is_well(watch):
    watch.stands(audience=5_000_000)
    watch.account.facts = replace(NUMBER, portfolio_limit="TIER_UNLIMITED")
    assert watch.failing() == {}
    watch.account.facts = replace(NUMBER, portfolio_limit="")
    assert watch.failing(replace(TOWN, number=replace(TOWN.number, portfolio_limit=250))) == {"limit": "red"}


@pytest.mark.parametrize(
    ("said", "limit"),
    [
        ("TIER_250", Limit(250)),
        ("TIER_2K", Limit(2000)),
        ("TIER_100K", Limit(100_000)),
        ("2000", Limit(2000)),
        ("TIER_UNLIMITED", Limit(None)),
        ("-1", Limit(None)),
        ("TIER_NOT_SET", None),
        ("", None),
    ],
)
def test_meta_s_names_of_limits_are_understood(said, limit):
    assert limit_of(said) == limit


def test_work_that_waits_is_yellow_and_work_that_was_given_up_is_red(watch):
    for queues, colour in ((QueueDepth(3, 0), "yellow"), (QueueDepth(0, 1), "red"), (None, "red")):
        watch.shared = replace(watch.shared, queues=queues)
        assert watch.failing() == {"queues": colour}


def test_without_any_sender_it_is_red_and_yellow_while_one_is_slow_or_missing(watch):
    for answered_s, colour in (((), "red"), ((0.1, 9.0), "yellow"), ((0.1,), "yellow")):
        watch.shared = replace(watch.shared, senders=WarmSenders(2, answered_s, 0.2))
        assert watch.failing() == {"senders": colour}
    found = next(check.finding for check in watch.look().checks if check.name is CheckName.SENDERS)
    assert found == "1 of 2 answer, the slowest in 0.10 s"


def test_without_a_link_that_holds_it_is_red_and_shortly_before_yellow(watch):
    watch.now = watch.link.expires_at - timedelta(days=13)
    assert watch.failing()["links"] == "yellow"
    watch.now = watch.link.expires_at
    assert watch.failing()["links"] == "red"


def test_a_link_of_another_key_of_a_drill_or_of_later_does_not_count(watch):
    watch.harness.links.revoke("bocholt", watch.link.link_id)
    later = {"not_before": NOON + timedelta(days=1), "expires_at": NOON + timedelta(days=90)}
    for number, changes in enumerate(({"key_id": "k9"}, {"mode": LinkMode.DRILL}, later)):
        watch.harness.links.save(a_link(link_id=f"x{number}", **changes))
    assert watch.failing() == {"links": "red"}


def test_a_month_without_a_drill_is_yellow(watch):
    watch.now = NOON + timedelta(days=26)
    watch.stands(days_ago=-26)
    assert watch.failing() == {"drill": "yellow"}


def test_every_check_has_words_and_something_to_do():
    for said in (texts.NAMES, texts.ADVICE, FOR_OPERATORS):
        assert set(said) == set(CheckName)
    assert set(texts.LEVELS) == set(Level)


# where it is shown


def shown(watch, minutes=2, **changes):
    watch.shared = replace(watch.shared, **changes)
    watch.look()
    watch.harness.now = NOON + timedelta(minutes=minutes)
    return watch.harness.link().get().page


def test_the_page_says_that_all_is_ready_and_how_old_that_is(watch):
    page = shown(watch)
    assert "Alles bereit" in page
    assert "vor 2 Minuten nachgesehen" in page
    assert texts.SEND_ANYWAY not in page


def test_the_page_names_what_is_not_well_and_what_to_do_and_still_lets_people_warn(watch):
    page = shown(watch, senders=WarmSenders(1, (), 0.2))
    assert "Nicht bereit" in page
    assert texts.ADVICE[CheckName.SENDERS] in page
    assert texts.ADVICE[CheckName.TOKEN] not in page
    assert texts.SEND_ANYWAY in page
    assert "Was ist passiert?" in page


def test_a_readiness_that_nobody_checked_for_a_quarter_of_an_hour_says_nothing(watch):
    page = shown(watch, minutes=16)
    assert "Bereitschaft unbekannt" in page
    assert "Alles bereit" not in page


def test_a_town_that_was_never_looked_at_says_so():
    assert texts.UNKNOWN in CrisisPageHarness().link().get().page


# the function, and the ping


@pytest.fixture
def running(watch):
    ports = {
        "towns": watch.harness.towns,
        "account_snapshots": watch.snapshots,
        "alerts": watch.alerts,
        "crisis_links": watch.harness.links,
        "link_signer": lambda: watch.harness.signer,
        "latest_readiness": watch.latest_readiness,
        "crisis_queues": FakeCrisisQueues(),
        "crisis_sender": FakeCrisisSender(),
        "line_signs": FakeLineSigns(),
        "figure_days": FakeFigureDays(),
    }
    watch.adapters = FakeAdapters(**ports, account=watch.account_of)
    watch.sender = ports["crisis_sender"]
    return watch


def test_the_clock_s_look_pings_once_for_all_towns_and_counts_those_that_are_red(running, capsys):
    running.harness.towns.save(a_town("ahaus", "Ahaus", offers=(OfferText(Offer.NEWS, "Neues", "Neues."),)))
    running.sender.answers = 0
    looked = readiness_function.handler({}, None, adapters=running.adapters)
    assert looked == {"towns": 2, "not_ready": 2}  # Ahaus offers no warnings
    assert running.sender.pings == [1]
    assert set(running.latest_readiness.found) == {"bocholt", "vreden"}
    assert "CrisisNotReady" in capsys.readouterr().out


def test_towns_whose_line_shows_no_sign_are_counted_also_those_without_warnings(running, capsys, caplog):
    now = datetime.now(UTC)
    running.harness.towns.save(a_town("ahaus", "Ahaus", offers=(OfferText(Offer.NEWS, "Neues", "Neues."),)))
    running.adapters.line_signs.found = {
        "ahaus": LineSigns(heard=now - timedelta(days=3)),
        "bocholt": LineSigns(heard=now, status=now - timedelta(hours=1), accepted=now),
        "vreden": LineSigns(heard=now, status=now, accepted=now),
    }
    for back in range(1, 10):
        day = (now - timedelta(days=back)).date()
        running.adapters.figure_days.save("ahaus", DayFigures(day, now, messages=(1,) * 24))
    readiness_function.handler({}, None, adapters=running.adapters)
    lines = [json.loads(it) for it in capsys.readouterr().out.splitlines()]
    counted = {name: it[name] for it in lines for name in ("TownUnheard", "StatusesMissing") if name in it}
    assert counted == {"TownUnheard": [1.0], "StatusesMissing": [1.0]}
    told = {it.town: (it.unheard, it.no_statuses) for it in caplog.records if it.getMessage() == "line"}
    assert told == {"ahaus": (True, False), "bocholt": (False, True)}


def test_a_line_that_cannot_be_looked_at_keeps_no_town_from_being_checked(running, caplog):
    running.adapters.line_signs = None
    assert readiness_function.handler({}, None, adapters=running.adapters)["towns"] == 2
    assert "line not looked at" in caplog.text


def test_a_town_that_cannot_be_looked_at_holds_back_no_other(running):
    class Broken(FakeAccountSnapshots):
        def get(self, town):
            if town == "bocholt":
                raise ConnectionError("the table does not answer")
            return super().get(town)

    running.adapters.account_snapshots = Broken()
    running.sender.answers = 0
    assert readiness_function.handler({}, None, adapters=running.adapters)["not_ready"] == 2
    assert set(running.latest_readiness.found) == {"vreden"}


def test_the_sender_answers_a_ping_and_sends_nothing(running):
    names = ["audience", "controls", "crisis_queue", "deliveries", "graph", "recheck_queue", "slices"]
    built = []

    class Building(Adapters):
        """Tells which members were asked for."""

        def __getattribute__(self, name):
            if name in names:
                built.append(name)
            return super().__getattribute__(name)

    found = {name: getattr(running.adapters, name) for name in ("alerts", "towns", "account_snapshots")}
    adapters = Building(**found | dict.fromkeys(names, object()))
    assert send.handler({"ping": True, "hold_s": 0}, None, adapters=adapters) == {"ready": True, "sender": send.WHO}
    assert sorted(built) == names


def test_the_page_answers_a_ping_by_building_all_that_it_works_with(running):
    harness = running.harness

    class Whole(Adapters):
        link_signer = staticmethod(lambda: harness.signer)

    names = ("alerts", "holders", "towns", "audience", "deliveries", "slices", "evidence", "latest_readiness")
    ports = {name: getattr(harness, name) for name in names}
    whole = Whole(**ports, crisis_links=harness.links, crisis_queue=harness.line, alert_counts=harness.counts)
    assert page.handler({"ping": True}, None, adapters=whole) == {"ready": True}


@pytest.mark.parametrize(("page_s", "colour"), [(None, "red"), (0.2, None), (5.5, "yellow")])
def test_a_page_that_does_not_open_is_seen_before_an_officer_presses(watch, page_s, colour):
    watch.shared = replace(watch.shared, senders=WarmSenders(1, (0.2,), page_s))
    assert watch.failing() == ({"page": colour} if colour else {})


def test_as_many_senders_are_kept_warm_as_the_widest_number_has_lanes(running):
    running.harness.towns.save(replace(TOWN, number=replace(TOWN.number, rate_mps=1000)))
    assert readiness_function.handler({}, None, adapters=running.adapters)["towns"] == 2
    assert running.sender.pings == [8]


def test_no_words_are_left_over():
    source = inspect.getsource(rules)
    made = {f"template_{it}" for it in TemplateProblem}
    assert [code for code in texts.FOUND if f'"{code}"' not in source and code not in made] == []
    assert made <= set(texts.FOUND)


@pytest.fixture
def types(running):
    def typed(*words):
        return CliRunner().invoke(app, ["crisis", "ready", *words], obj=running.adapters, env={"COLUMNS": "300"})

    return typed


def test_the_command_looks_now_and_ends_with_one_when_it_is_red(running, types):
    running.harness.links.save(a_link(expires_at=NOON + timedelta(days=36500)))
    running.sender.answers = 0
    done = types("--town", "bocholt", "--json")
    assert done.exit_code == 1
    found = json.loads(done.stdout)
    senders = next(check for check in found["lights"] if check["name"] == "senders")
    assert (found["colour"], senders["colour"]) == ("red", "red")
    assert senders["advice"]
    assert senders["for_staff"] == texts.ADVICE[CheckName.SENDERS]
    assert running.latest_readiness.get("bocholt").level is Level.RED
    said = types("--town", "bocholt").stdout
    assert "Für den Betrieb" in said
    assert re.search(r"0 von \d+ antworten", said)
    assert "gültig: 1, der letzte bis " in said


def test_a_town_without_warnings_has_no_readiness(running, types):
    running.harness.towns.save(a_town("ahaus", "Ahaus", offers=(OfferText(Offer.NEWS, "Neues", "Neues."),)))
    done = types("--town", "ahaus")
    assert done.exit_code == 1
    assert "bietet keine Warnungen an" in done.stderr


def test_the_readiness_takes_the_worst_level_of_its_checks():
    red, yellow = (Check(CheckName.TOKEN, passed=False, finding="", critical=critical) for critical in (True, False))
    assert Readiness((yellow, red), NOON).level is Level.RED
    assert Readiness((yellow,), NOON).level is Level.YELLOW
    assert AccountSnapshot(NOON, NUMBER, ()).crisis_audience is None
