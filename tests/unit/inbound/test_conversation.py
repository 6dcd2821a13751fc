"""What follows from a message, town by town."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from stadtdraht.adapters.files.town_file import read
from stadtdraht.domain.citizen import Citizen, ConsentAct, WireIdentity
from stadtdraht.domain.inbound.decision import UserInput, decide, read_input
from stadtdraht.domain.inbound.reply import MessageContext, Reply, ReplyKind
from stadtdraht.domain.languages import KNOWN_LANGUAGES
from stadtdraht.domain.message import IncomingMessage
from stadtdraht.domain.town import Offer
from stadtdraht.usecases.inbound.render_reply import ReplyContext, render_reply
from tests.support.builders.cases import a_case
from tests.support.builders.crisis import a_trigger
from tests.support.town_office import EARS, Links
from tests.unit.contests.test_contest import CONTEST

NOON = datetime(2026, 11, 24, 11, 0, tzinfo=UTC)
TOWNS = {file.stem: read(file) for file in (Path(__file__).resolve().parents[3] / "towns").glob("*.toml")}
WORDING = ReplyContext("https://x.example", Links(), NOON)
NEWS, CHAT, REPORTS, CRISIS = Offer.NEWS, Offer.CHAT, Offer.REPORTS, Offer.CRISIS


class Person:
    """Somebody who talks with a town, message after message."""

    def __init__(self, town):
        self.town = TOWNS[town]
        self.citizen = Citizen("c1", town, WireIdentity(phone="4915112345678"))
        self.said = 0
        self.entries = []

    def says(self, text="", *, kind="text", choice="", after=timedelta(minutes=1)):
        """The kinds of the replies."""
        self.at = NOON + self.said * after
        media_id = f"media.{self.said}" if kind in ("image", "video", "audio") else ""
        message = IncomingMessage(f"wamid.{self.said}", self.at, kind, text, choice=choice, media_id=media_id)
        context = MessageContext(is_new=self.said == 0)
        decision = decide(self.town, self.citizen, message, context, read_input(self.town, self.citizen, message, EARS))
        self.said += 1
        self.citizen, self.replies = decision.after, decision.replies
        self.entries += decision.entries
        return [reply.kind.value for reply in decision.replies]

    def sees(self):
        return render_reply(self.replies[0], self.town, self.citizen, WORDING)

    def presses(self, title):
        buttons = self.sees()["interactive"]["action"]["buttons"]
        (choice,) = [it["reply"]["id"] for it in buttons if it["reply"]["title"] == title]
        return self.says(title, kind="interactive", choice=choice)

    @property
    def offers(self):
        return {offer for offer in Offer if self.citizen.takes(offer)}


def test_hello_shows_the_offers_and_takes_nothing():
    person = Person("vreden")
    assert person.says("Hallo") == ["greeting"]
    assert [it["reply"]["title"] for it in person.sees()["interactive"]["action"]["buttons"]] == [
        "News",
        "Melder",
        "Beides",
    ]
    assert person.offers == set()


def test_both_in_one_tap_and_a_second_tap_to_confirm():
    person = Person("vreden")
    person.says("Hallo")
    assert person.presses("Beides") == ["ask_consent"]
    assert person.offers == set()
    assert person.presses("Ja, bitte") == ["welcome"]
    assert person.offers == {NEWS, REPORTS}
    assert {(it.offer, it.act, it.how, it.wording_version) for it in person.entries} == {
        (NEWS, ConsentAct.GRANTED, "button", "2026-11"),
        (REPORTS, ConsentAct.GRANTED, "button", "2026-11"),
    }


@pytest.mark.parametrize(
    ("town", "typed", "offers"),
    [
        ("arnsberg", "Chat", {CHAT}),
        ("arnsberg", "bitte nur News", {NEWS}),
        ("arnsberg", "News bitte", {NEWS}),
        ("arnsberg", "Chat und News", {CHAT, NEWS}),
        ("arnsberg", "beides!", {CHAT, NEWS}),
        ("bocholt", "Warnungen", {CRISIS}),
        ("vreden", "Ich will alles", {NEWS, REPORTS}),
    ],
)
def test_an_offer_may_be_typed(town, typed, offers):
    person = Person(town)
    person.says("Moin")
    person.says(typed)
    person.says("Ja gerne")
    assert person.offers == offers


def test_no_leaves_everything_as_it_was():
    person = Person("arnsberg")
    person.says("News")
    assert person.says("nein danke") == ["not_now"]
    assert person.offers == set()


@pytest.mark.parametrize(
    "stop",
    [
        "STOP",
        "stop.",
        "Stopp!",
        "S T O P",
        "sotp",
        "stoppp",
        "abmelden",
        "Bitte abmelden",
        "ABBESTELLEN",
        "Bitte keine Nachrichten mehr",
        "Stop bitte",
        "keine Infos mehr schicken",
        "melde mich ab",
        "Schickt mir nichts mehr",
        "stop newsletter und alles",
        "🛑 Stop 🛑",
        "unsubscribe",
    ],
)
def test_stop_in_any_spelling_ends_it(stop):
    person = Person("arnsberg")
    person.says("beides")
    person.says("ja")
    assert person.says(stop) == ["goodbye"]
    assert person.offers == set()
    assert [it.act for it in person.entries[2:]] == [ConsentAct.WITHDRAWN] * 2


@pytest.mark.parametrize(
    "text",
    [
        "Der Bus kommt seit gestern nicht mehr pünktlich",
        "An der Kreuzung fehlt ein Stoppschild",
        "Bitte stoppt endlich die Raser auf der Hauptstraße",
        "Seit gestern keine Müllabfuhr mehr",
        "Wann wird der Spot repariert?",
    ],
)
def test_a_concern_is_not_taken_for_stop(text):
    person = Person("arnsberg")
    person.says("beides")
    person.says("ja")
    assert person.says(text) in (["received"], ["stop_ask"])
    assert person.offers == {CHAT, NEWS}


def test_one_offer_can_be_left_alone():
    person = Person("vreden")
    person.says("beides")
    person.says("ja")
    assert person.says("nur News abbestellen") == ["left"]
    assert person.offers == {REPORTS}


def test_a_yes_that_is_older_than_a_stop_does_not_undo_it():
    person = Person("arnsberg")
    person.says("beides")
    person.says("ja")
    person.says("stop")
    late = IncomingMessage("wamid.late", NOON, "interactive", "Ja, bitte", "yes:news")
    decision = decide(person.town, person.citizen, late, MessageContext(), UserInput("yes", "news"))
    assert not decision.after.takes(NEWS)


def test_a_name_is_asked_for_where_the_town_wants_one():
    person = Person("neu-ulm")
    person.says("Guten Tag")
    assert person.presses("Gespräch") == ["ask_name"]
    assert person.says("Kim Beispiel") == ["ask_consent"]
    assert "Kim Beispiel" in person.sees()["interactive"]["body"]["text"]
    person.presses("Ja, bitte")
    assert (person.citizen.name, person.offers) == ("Kim Beispiel", {CHAT})


def test_a_name_of_one_letter_is_asked_for_again():
    person = Person("neu-ulm")
    person.says("Chat")
    assert person.says("K") == ["ask_name_again"]


def test_stop_holds_while_a_name_is_asked_for():
    person = Person("neu-ulm")
    person.says("Chat")
    assert person.says("Stop") == ["goodbye"]
    assert person.citizen.name == ""


@pytest.mark.parametrize(
    "text", ["Hilfe, es brennt!", "112", "Hier liegt jemand bewusstlos", "Gasgeruch in der Nordstraße"]
)
def test_need_is_answered_before_anything_else(text):
    assert Person("vreden").says(text) == ["emergency"]


@pytest.mark.parametrize("text", ["Rathaus, Markt 112", "Die Buslinie 110 kommt nie", "Hilfe"])
def test_a_house_number_is_no_emergency(text):
    assert Person("vreden").says(text) != ["emergency"]


def test_a_first_message_that_is_a_concern_is_said_to_have_arrived():
    assert Person("vreden").says("In der Twicklerstraße ist ein Schlagloch") == ["case_opened", "offers_too"]


def test_several_concerns_in_a_row_are_acknowledged_once():
    person = Person("arnsberg")
    person.says("Hallo")
    assert [
        person.says("Die Laterne ist kaputt"),
        person.says("Und der Gehweg ist gebrochen"),
        person.says("", kind="image"),
    ] == [
        ["received"],
        [],
        [],
    ]
    assert person.says("Guten Abend, wann beginnt der Weihnachtsmarkt?", after=timedelta(hours=6)) == ["received"]


def test_who_writes_to_a_one_way_town_gets_a_courtesy_without_a_question():
    person = Person("bocholt")
    person.says("Hallo")
    assert person.says("Wann kommt die gelbe Tonne?") == ["courtesy"]
    assert "?" not in person.sees()["text"]["body"]


@pytest.mark.parametrize(("text", "kind"), [("Datenschutz", "privacy"), ("IMPRESSUM", "imprint"), ("Hilfe!", "help")])
def test_commands_are_answered_with_what_they_name(text, kind):
    assert Person("bocholt").says(text) == [kind]


def test_a_reaction_gets_no_answer():
    person = Person("vreden")
    person.says("Hallo")
    assert person.says("👍", kind="reaction") == []


def test_what_nobody_can_read_is_said_to_be_so():
    person = Person("vreden")
    person.says("Hallo")
    assert person.says(kind="hologram") == ["not_readable"]


@pytest.mark.parametrize("town", TOWNS)
@pytest.mark.parametrize("language", KNOWN_LANGUAGES)
@pytest.mark.parametrize("kind", ReplyKind)
def test_every_reply_can_be_worded_within_meta_s_limits(town, language, kind):
    of = TOWNS[town]
    everyone = replace(Citizen("c1", town, WireIdentity(phone="49151")), language=language)
    offers = tuple(it.offer for it in of.offers)
    case = a_case() if kind.startswith("case") else None
    contest = CONTEST if kind.startswith("call") else None
    alert = a_trigger().alert if kind.startswith("alert") else None
    said = Reply(kind, offers, "Kim Beispiel", case=case, contest=contest, alert=alert, at=NOON, forget="wamid.1")
    body = render_reply(said, of, everyone, WORDING)
    text = body.get("text", {}).get("body") or body["interactive"]["body"]["text"]
    assert "{" not in text
    assert len(text) <= (1024 if "interactive" in body else 4096)
    for button in body.get("interactive", {}).get("action", {}).get("buttons", []):
        assert 0 < len(button["reply"]["title"]) <= 20
        assert len(button["reply"]["id"]) <= 256
