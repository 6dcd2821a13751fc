"""The newest lines of a conversation, by key: on the table, since the fake's history tells what the person sent."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from stadtdraht.adapters.dynamodb.inbound.answers import DynamoAnswers
from stadtdraht.adapters.dynamodb.inbound.citizens import DynamoCitizens
from stadtdraht.adapters.dynamodb.inbound.inbox import DynamoInbox
from stadtdraht.adapters.dynamodb.inbound.lists import DynamoConversations
from stadtdraht.adapters.dynamodb.media import DynamoMediaRows
from stadtdraht.domain.citizen import Citizen, WireIdentity
from stadtdraht.domain.delivery.delivery import Accepted, DeliveryKey, Status, StatusReport
from stadtdraht.domain.identifiers import message_id
from stadtdraht.domain.inbound.answer import Answer, AnswerRef
from stadtdraht.domain.inbound.turn import MergedCitizen, Note, Turn
from stadtdraht.domain.inbound.words_of_templates import in_words
from stadtdraht.domain.media.media import MediaState
from stadtdraht.domain.message import IncomingMessage
from stadtdraht.domain.town import Template
from stadtdraht.usecases.inbound.office.read_conversation import read_conversation
from tests.support.town_office import TOWNS

pytestmark = pytest.mark.local_aws
NOON = datetime(2026, 11, 24, 11, 0, tzinfo=UTC)
ANKE, BERND, TOWN = "a" * 20, "b" * 20, "vreden"
MINUTE = timedelta(minutes=1)


class Talk:
    """Somebody writes, and is answered, a minute apart."""

    def __init__(self, table):
        self.table = table
        self.citizens, self.conversations = DynamoCitizens(table, b"pepper"), DynamoConversations(table)
        self.people, self.at, self.count = {}, NOON, 0

    def turn(self, who=ANKE, **what):
        before = self.people.get(who)
        phone = "49151" if who == ANKE else "49152"
        after = replace(
            before or Citizen(who, TOWN, WireIdentity(phone=phone)), version=(before.version if before else 0) + 1
        )
        self.citizens.commit(Turn(before, after, **what))
        self.people[who] = after
        self.at += MINUTE

    def says(self, text="", kind="text", who=ANKE, **more):
        self.count += 1
        self.turn(who, message=IncomingMessage(f"wamid.{self.count}", self.at, kind, text, **more))

    def answers(self, body, who=ANKE, statuses=("sent", "delivered", "read"), wamid=""):
        ref = AnswerRef.new(TOWN, who, self.at, f"{self.count}{self.at}")
        reports = [
            (TOWN, StatusReport(DeliveryKey(ref.cause, who), Status[it.upper()], self.at, "wamid.out"))
            for it in statuses
        ]
        self.turn(who, answers=(Answer(ref, body, "Kim", "Bea", "s1", "s2"),))
        DynamoInbox(self.table).store([], reports, [])
        if wamid:
            claim = DynamoAnswers(self.table).claim(ref, self.at)
            DynamoAnswers(self.table).record(ref, claim.attempt, Accepted(wamid), self.at)

    def page(self, before=None, limit=5, town=TOWNS[TOWN]):
        return read_conversation(town, ANKE, self.citizens, self.conversations, before=before, limit=limit)


@pytest.fixture
def talk(table):
    return Talk(table)


def text(words):
    return {"type": "text", "text": {"body": words}}


def test_the_newest_come_first_and_those_before_page_by_page_none_twice_and_none_left_out(talk):
    for number in range(12):
        talk.says(f"Frage {number}")
        talk.answers(text(f"Antwort {number}"))
        talk.turn(note=Note(talk.at, "Kim", f"Notiz {number}"))
    pages, before = [], None
    for _ in range(12):
        page = talk.page(before)
        pages.insert(0, [line.text for line in page.lines])
        if (before := page.earlier) is None:
            break
    said = [words for page in pages for words in page]
    assert said == [f"{what} {number}" for number in range(12) for what in ("Frage", "Antwort", "Notiz")]
    assert pages[-1] == said[-5:]
    newest = talk.page().lines[-2]
    assert (newest.state, newest.by, newest.released_by, newest.by_id) == ("read", "Kim", "Bea", "s1")


def test_lines_of_one_moment_stay_together(talk):
    talk.says("vorher")
    for number in range(8):
        talk.turn(note=Note(NOON + timedelta(hours=1), f"Kim {number}", f"Notiz {number}"))
    page = talk.page(limit=5)
    assert [line.text for line in page.lines] == [f"Notiz {number}" for number in range(8)]
    assert [line.text for line in talk.page(page.earlier).lines] == ["vorher"]


def test_how_much_is_read_does_not_depend_on_how_much_was_written(talk, monkeypatch):
    for number in range(90):
        talk.says(f"Frage {number}")
    read = []
    of = talk.table.client.query
    monkeypatch.setattr(talk.table.client, "query", lambda **asks: read.append(found := of(**asks)) or found)
    talk.page()
    assert sum(len(it["Items"]) for it in read) <= 5 + 20


def test_a_quote_of_something_older_than_the_page_is_looked_up(talk):
    talk.says("Wann öffnet das Freibad?")
    talk.answers(text("Am 1. Mai."), wamid="wamid.may")
    for number in range(40):
        talk.says(f"Frage {number}")
    talk.says("Gilt das noch?", in_reply_to="wamid.1")
    talk.says("Und am 2. Mai?", in_reply_to=message_id("wamid.may"))
    talk.says("Und was ist damit?", in_reply_to="wamid.of-a-newsletter")
    *_, first, second, third = talk.page().lines
    assert first.quotes == "Wann öffnet das Freibad?"
    assert second.quotes.startswith("Am 1. Mai.")
    assert third.quotes == ""


def test_where_nothing_older_is_quoted_nothing_more_is_read(talk, monkeypatch):
    for number in range(40):
        talk.says(f"Frage {number}", in_reply_to=f"wamid.{number}" if number > 37 else "")
    asked = []
    of = talk.table.client.query
    monkeypatch.setattr(talk.table.client, "query", lambda **asks: asked.append(asks) or of(**asks))
    assert talk.page().lines[-1].quotes == "Frage 38"
    assert len(asked) == 4  # joined, messages, notes, answers


def test_the_length_of_a_voice_message_comes_along(talk):
    talk.says("", "audio", media_id="media.1")
    rows = DynamoMediaRows(talk.table)
    before = rows.load(TOWN, ANKE, "wamid.1")
    assert rows.save(before, replace(before, state=MediaState.STORED, seconds=42, attempts=1))
    assert talk.page().lines[0].seconds == 42
    assert rows.load(TOWN, ANKE, "wamid.1").seconds == 42


def test_who_was_taken_for_another_is_read_along(talk):
    talk.says("von Bernd", who=BERND)
    talk.says("von Anke")
    first, second = talk.people[ANKE], talk.people[BERND]
    merged = MergedCitizen(second, replace(second, version=2))
    talk.turn(message=IncomingMessage("wamid.9", talk.at, "system", ""), merged=merged)
    assert first
    lines = talk.page().lines
    assert [(line.text, line.owner) for line in lines[:2]] == [("von Bernd", BERND), ("von Anke", ANKE)]


def test_a_line_holds_place_file_marks_and_the_words_of_a_template(talk):
    talk.says("", "location", latitude="52.04", longitude="6.83", place_name="Marktplatz")
    talk.says("Seht her", "image", media_id="media.1", forwarded=True, often_forwarded=True)
    talk.says("Schlagloch", "text")
    talk.says("Schlagloch in der Gasse", "edit", in_reply_to="wamid.3")
    talk.says("", "reaction", enclosed="👍", in_reply_to="wamid.3")
    parameters = [{"type": "text", "parameter_name": "nummer", "text": "2026-0007"}]
    talk.answers(
        {
            "type": "template",
            "template": {
                "name": "meldung",
                "language": {"code": "de"},
                "components": [{"type": "body", "parameters": parameters}],
            },
        },
        statuses=(),
    )
    ours = Template("meldung", "de", "UTILITY", "Ihre Meldung {{nummer}} ist in Arbeit.")
    town = replace(TOWNS[TOWN], templates=(ours,))
    pin, photo, changed, edit, _, template = talk.page(town=town, limit=9).lines
    assert (pin.latitude, pin.longitude, pin.place_name) == ("52.04", "6.83", "Marktplatz")
    assert (photo.file, photo.owner, photo.state) == ("wamid.2", ANKE, "pending")
    assert (photo.forwarded, photo.often_forwarded, changed.forwarded) == (True, True, False)
    assert (changed.is_edited, changed.reactions, edit.is_edited) == (True, ("👍",), False)
    assert template.text == "Ihre Meldung 2026-0007 ist in Arbeit."
    gone = replace(town, templates=())
    assert talk.page(town=gone, limit=9).lines[-1].text == "meldung"


def test_a_person_is_given_the_words_of_a_template_that_they_got(talk):
    """In their own record, as in the conversation."""
    talk.says("Hallo")
    content = {"name": "meldung", "language": {"code": "de"}, "components": []}
    talk.answers({"type": "template", "template": content}, statuses=())
    town = replace(TOWNS[TOWN], templates=(Template("meldung", "de", "UTILITY", "Es geht voran."),))
    history = talk.citizens.history(TOWN, ANKE)
    assert [line.text for line in in_words(history, town)] == ["Hallo", "Es geht voran."]
