"""Bocholt: a newsletter one way, crisis messages, and a courtesy answer for whoever writes all the same."""

import httpx
import pytest

from tests.acceptance.reading import choices, words
from tests.support.builders.subscribers import phones, subscriber_file

pytestmark = pytest.mark.system


def test_the_greeting_offers_news_and_crisis_messages(system):
    greeting = system.answer_to("4915100040001", "bocholt", "Hallo")
    offered = " ".join(choices(greeting)).casefold()
    assert "news" in offered
    assert "krise" in offered or "warn" in offered


def test_crisis_messages_never_ask_for_a_name(system):
    person = "4915100040002"
    greeting = system.answer_to(person, "bocholt", "Hallo")
    crisis = next(title for title in choices(greeting) if "warn" in title.casefold() or "kris" in title.casefold())
    question = system.answer_to(person, "bocholt", press=crisis)
    system.answer_to(person, "bocholt", press=choices(question)[0])
    assert "crisis" in system.stadtdraht("citizen", "show", "--town", "bocholt", person)["offers"]


def test_the_control_centre_sees_district_by_district_whom_its_warning_has_reached(system, tmp_path):
    in_barlo, in_hemden = phones(5, first=4917614000000), phones(3, first=4917614000100)
    for people, district in ((in_barlo, "barlo"), (in_hemden, "hemden")):
        file = subscriber_file(tmp_path / f"{district}.csv", people, offers="crisis", district=district)
        system.stadtdraht("citizen", "import", "--town", "bocholt", str(file))
    link = system.stadtdraht(
        "crisis", "link", "--town", "bocholt", "--holder", "Einsatzleitung", "--expires", "1d", "--pin", "593014"
    )
    machine = {"accept": "application/json", "idempotency-key": "einsatz-barlo"}
    choices = {"scenario": "animal", "valid_for_min": "60", "pin": "593014", "confirm": "Bocholt"}
    refused = httpx.post(link["url"], headers=machine, data={**choices, "districts": "atlantis"}, timeout=60)
    assert (refused.status_code, refused.json()["field"]) == (422, "districts")
    pressed = httpx.post(link["url"], headers=machine, data={**choices, "districts": "barlo"}, timeout=60)
    assert (pressed.status_code, pressed.json()["read_instead"]) == (202, {})
    page = f"{link['url']}/{pressed.json()['alert_id']}"

    def stand():
        return httpx.get(page, headers={"accept": "application/json"}, timeout=60).json()

    barlo = system.until(lambda: stand()["finished"] and stand()["by_district"]["Barlo"], "the alert to be finished")
    assert (barlo["planned"], barlo["accepted"]) == (len(in_barlo), len(in_barlo))
    assert "Hemden" not in stand()["by_district"]
    assert '<th class="district" scope="rowgroup" colspan="6">Barlo</th>' in httpx.get(page, timeout=60).text
    animal = "ein gefährliches Tier ist entlaufen"
    assert all(any(animal in words(it) for it in system.received(one, "bocholt")) for one in in_barlo)
    assert not any(animal in words(it) for one in in_hemden for it in system.received(one, "bocholt"))


def test_who_writes_gets_a_courtesy_answer(system):
    person = "4915100040003"
    system.answer_to(person, "bocholt", "Hallo")
    answer = system.answer_to(person, "bocholt", "Warum ist die Nordstraße gesperrt?")
    assert "?" not in words(answer).replace("wa.me/", "")
    assert words(answer)


def letter_to(system, person, title):
    """The newsletter with this title; those of other stories may reach the person too."""

    def arrived():
        return [it for it in system.received(person, "bocholt") if title in words(it)]

    return system.until(arrived, f"{title} to reach {person}")[0]


def test_a_newsletter_reaches_those_who_confirmed_in_the_chat(system):
    person = "4915100040004"
    greeting = system.answer_to(person, "bocholt", "Hallo")
    news = next(title for title in choices(greeting) if "news" in title.casefold())
    question = system.answer_to(person, "bocholt", press=news)
    system.answer_to(person, "bocholt", press=choices(question)[0])
    system.stadtdraht(
        "broadcast", "send", "--town", "bocholt", "--title", "Bücherflohmarkt", "--teaser",
        "Am Sonntag im Medienzentrum.", "--link", "https://www.bocholt.de/flohmarkt", "--yes",
    )  # fmt: skip
    assert letter_to(system, person, "Bücherflohmarkt")["type"] == "template"


STORIES = (
    "Bücherflohmarkt am Sonntag",
    "Nordstraße gesperrt",
    "Neue Jugendgruppe",
    "Abfuhr verschoben",
    "Rathaus länger offen",
)


def a_feed(titles):
    """RSS as a town's website writes it, the newest story first."""
    items = "".join(
        f"<item><title>{title}</title><link>https://www.bocholt.de/meldung/{number}</link>"
        f"<description>&lt;p&gt;{title}: mehr dazu lesen Sie auf unserer Seite. Kommen Sie? {'Lang. ' * 60}&lt;/p&gt;"
        f"</description></item>"
        for number, title in enumerate(titles, start=1)
    )
    return f'<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel>{items}</channel></rss>'


def test_the_weekly_newsletter_brings_five_teasers_from_the_feed_in_one_message(system, tmp_path):
    person = "+4915100040005"
    people = subscriber_file(tmp_path / "people.csv", [person], district="stenern")
    system.stadtdraht("citizen", "import", "--town", "bocholt", str(people))
    feed = tmp_path / "rss.xml"
    feed.write_text(a_feed([*STORIES, "Noch etwas"]), encoding="utf-8")
    offline = ("--unchecked-links",)
    drafting = ("draft", "--town", "bocholt", "--feed-file", str(feed), "--district", "stenern", *offline)
    drafted = system.stadtdraht("broadcast", *drafting, "--subject", "Bocholt diese Woche", "--by", "Redaktion")
    the_id = drafted["broadcast_id"]
    assert (drafted["problems"], [item["title"] for item in drafted["items"]]) == ([], list(STORIES))
    assert system.stadtdraht("broadcast", "preview", the_id, *offline)["audience"] == 1
    assert system.command("broadcast", "send", the_id, "--yes").returncode == 1  # nobody released it
    system.stadtdraht("broadcast", "release", the_id, "--by", "Leitung", *offline)
    system.stadtdraht("broadcast", "send", the_id, "--yes")

    letter = words(letter_to(system, person, STORIES[1]))
    assert all(title in letter for title in STORIES)
    assert "?" not in letter
    link = f"{system.run['app']}/r/{the_id.replace('-n-', '-')}5"
    assert link in letter
    assert httpx.get(link).headers["location"] == "https://www.bocholt.de/meldung/5"

    listed = ("broadcast", "list", "--town", "bocholt")
    state = {the_id: "finished"}.items()
    system.until(
        lambda: state <= {it["broadcast_id"]: it["state"] for it in system.stadtdraht(*listed)}.items(), "its end"
    )
    again = system.stadtdraht("broadcast", *drafting)
    assert [item["title"] for item in again["items"]] == ["Noch etwas"]
    weekly = ("schedule", again["broadcast_id"], "--at", "2099-12-03T17:00", "--weekly", *offline)
    assert system.stadtdraht("broadcast", *weekly)["starts_at"] == "2099-12-03 16:00:00+00:00"
    assert system.stadtdraht("broadcast", "stop", again["broadcast_id"])["state"] == "stopped"
