"""Every kind of line: ours with state, names and reason, theirs with places, marks and quotes, notes and acts."""

from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest

from stadtdraht.domain.conversation import Line, LinePage, StaffAct
from tests.support.console import text_of
from tests.support.fakes.citizens import FakeConversations
from tests.support.town_office import NOON
from tests.unit.console.talk_desk import TalkDesk
from tests.unit.console.test_conversation_answer import form_of

TALK = "/conversations/{citizen}"
SIGNED = "\n\n_Ihr Team im Rathaus Arnsberg_"


@dataclass
class Told(FakeConversations):
    """A conversation of these lines."""

    told: list[Line] = field(default_factory=list)

    def lines(self, *_, **__):
        return LinePage(tuple(self.told))


def page(*lines, **query):
    desk = TalkDesk()
    desk.hall.hears("Warum ist das Schwimmbad zu?")
    conversations = Told(desk.hall.citizens, list(lines))
    return text_of(desk.of(conversations=conversations).get(TALK, citizen=desk.who, query=query))


def ours(state, **more):
    return Line(NOON, "town", "text", f"Bis Freitag.{SIGNED}", state, answer_id="1-a-0", by="Maria Beispiel", **more)


@pytest.mark.parametrize(
    ("state", "said"),
    [
        ("waiting", "in der Warteschlange"),
        ("claimed", "wird gesendet"),
        ("accepted", "gesendet"),
        ("sent", "gesendet"),
        ("delivered", "zugestellt"),
        ("read", "gelesen"),
        ("unknown", "unklar, ob es ankam"),
    ],
)
def test_the_state_of_an_answer_is_said_in_words(state, said):
    assert f"{said} · " in page(ours(state))


def test_what_was_changed_before_the_release_stands_below_it():
    changed = page(ours("read", released_by="Kim Beispiel", put_forward="Wir sehen <morgen> nach."))
    assert "Maria Beispiel, geändert und freigegeben von Kim Beispiel" in changed
    below = changed[changed.index("Vor der Freigabe geändert") :]
    assert "<del>Wir sehen &lt;morgen&gt; nach.</del>" in below or "<del>&lt;morgen&gt;" in below
    assert "Vor der Freigabe geändert" not in page(ours("read", released_by="Kim Beispiel"))


def test_who_wrote_and_who_released_it():
    assert "Maria Beispiel, freigegeben von Kim Beispiel" in page(ours("read", released_by="Kim Beispiel"))
    automatic = Line(NOON, "town", "text", "112!", "read", answers="m1")
    assert "automatischer Hinweis" in page(automatic)


def test_what_did_not_arrive_says_why_and_comes_back_into_the_field_without_its_signature():
    failed = ours("failed", reason="131049")
    shown = page(failed)
    assert "Nicht angekommen:" in shown
    assert "heute war für sie kein Platz mehr" in shown
    assert "131049" not in shown
    assert "?again=1-a-0#antwort" in shown
    assert form_of(page(failed, again="1-a-0"))["text"] == "Bis Freitag."
    assert form_of(page(failed, again="2-b-0"))["text"] == ""


def test_the_signature_of_whoever_of_the_town_wrote_stays_out_of_the_field():
    failed = ours("failed", reason="131049")
    signed = replace(failed, text=failed.text.replace("_Ihr", "_Mehmet Beispiel, Ihr"))
    assert signed != failed
    assert form_of(page(signed, again="1-a-0"))["text"] == "Bis Freitag."


def test_what_did_not_arrive_comes_below_what_was_typed_since():
    desk = TalkDesk()
    desk.hall.hears("Warum ist das Schwimmbad zu?")
    browser = desk.of(conversations=Told(desk.hall.citizens, [ours("failed", reason="131049")]))
    browser.post(f"{TALK}/draft", {"text": "Neuer Stand:"}, citizen=desk.who)
    for _ in range(2):
        asked = text_of(browser.get(TALK, citizen=desk.who, query={"again": "1-a-0"}))
        assert form_of(asked)["text"] == "Neuer Stand:\n\nBis Freitag."
        browser.post(f"{TALK}/draft", {"text": form_of(asked)["text"]}, citizen=desk.who)


def test_a_place_leads_to_maps_only_by_a_press():
    pin = Line(NOON, "citizen", "location", "Spielplatz 51.4, 8.06", latitude="51.4", longitude="8.06")
    shown = page(pin)
    assert 'href="geo:51.400000,8.060000"' in shown
    assert "openstreetmap.org/?mlat=51.400000&amp;mlon=8.060000" in shown
    assert 'rel="noreferrer noopener"' in shown
    assert "Standort" in shown
    assert "51.4, 8.06" not in shown


@pytest.mark.parametrize(
    ("latitude", "longitude"), [("", ""), ("nan", "8"), ('"><script>', "8"), ("91", "8"), ("0", "0")]
)
def test_what_is_nowhere_on_earth_leads_nowhere(latitude, longitude):
    shown = page(Line(NOON, "citizen", "location", "hier", latitude=latitude, longitude=longitude))
    assert "geo:" not in shown
    assert "<script>" not in shown.partition("<main")[2]


def test_marks_of_what_the_person_did_with_it():
    shown = page(
        Line(NOON, "citizen", "text", "Alt", forwarded=True, is_edited=True, reactions=("👍",)),
        Line(NOON, "citizen", "edit", "Neu", quotes="Alt"),
        Line(NOON, "citizen", "text", "Kette", often_forwarded=True),
        Line(NOON, "citizen", "forgotten", ""),
    )
    assert "weitergeleitet" in shown
    assert "oft weitergeleitet" in shown
    assert "bearbeitet · Reaktion 👍" in shown
    assert "hat die Nachricht geändert" in shown
    assert "auf Wunsch gelöscht" in shown


def test_a_voice_message_says_how_long_it_is():
    voice = Line(NOON, "citizen", "audio", "", "stored", owner="c", file="m", seconds=42)
    shown = " ".join(page(voice).split())
    assert 'Sprachnachricht <span class="num">0:42</span>' in shown
    assert '<span class="num">' not in page(Line(NOON, "citizen", "audio", "", "stored", owner="c", file="m"))


def test_quoted_words_stand_above_and_are_cut():
    shown = page(Line(NOON, "citizen", "text", "Gilt das noch?", quotes="x" * 400))
    assert f"{'x' * 160} …" in shown
    assert "x" * 161 not in shown


def test_notes_have_a_lock_and_acts_are_events():
    shown = page(
        Line(NOON, "note", "text", "Bauhof gefragt", by="Kim"),
        Line(NOON, "note", "text", "Kim", by="Kim", act=StaffAct.ASSIGNED),
        Line(NOON, "note", "text", "", by="Kim", act=StaffAct.CLOSED),
    )
    assert "Notiz – nur für Mitarbeitende" in shown
    assert 'i-lock" aria-hidden="true"></span> <b>Notiz' in shown
    assert '<li class="event">Übernommen · Kim' in shown
    assert '<li class="event">Abgeschlossen · Kim' in shown


def test_each_day_is_named_once():
    shown = page(
        Line(NOON - timedelta(days=7), "citizen", "text", "a"),
        Line(NOON - timedelta(days=1), "citizen", "text", "b"),
        Line(NOON - timedelta(days=1), "citizen", "text", "c"),
        Line(NOON, "citizen", "text", "d"),
    )
    days = [it.partition("<")[0] for it in shown.split('<li class="day">')[1:]]
    assert days == ["Dienstag, 17. November", "Gestern", "Heute"]
