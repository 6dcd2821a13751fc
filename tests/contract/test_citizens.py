"""Ports Citizens, Answers, Inbox and the queues: one suite for the fakes and for the adapters."""

import asyncio
import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from stadtdraht.adapters.aws.sqs import SqsAnswerQueue, SqsRecheckQueue, SqsRetryQueue, SqsSliceQueue
from stadtdraht.adapters.dynamodb.broadcast.audience import DynamoAudience
from stadtdraht.adapters.dynamodb.cases import DynamoCases
from stadtdraht.adapters.dynamodb.inbound.answers import DynamoAnswers
from stadtdraht.adapters.dynamodb.inbound.citizens import DynamoCitizens
from stadtdraht.adapters.dynamodb.inbound.inbox import DynamoInbox
from stadtdraht.adapters.dynamodb.media import DynamoMediaRows
from stadtdraht.adapters.dynamodb.privacy.erasures import DynamoErasures
from stadtdraht.domain.citizen import Citizen, ConsentAct, ConsentEntry, OfferConsent, WireIdentity
from stadtdraht.domain.conversation import Conversation, Flag, StaffAct
from stadtdraht.domain.delivery.delivery import Accepted, DeliveryKey, NotSent, Refused, Status, StatusReport, Unknown
from stadtdraht.domain.identifiers import citizen_id, message_id, text_digest
from stadtdraht.domain.inbound.answer import Answer, AnswerRef, Send, Settled, Wait
from stadtdraht.domain.inbound.inbox import NOT_ACTED_ON, InboxUpdate, UpdateKind
from stadtdraht.domain.inbound.named import Named
from stadtdraht.domain.inbound.turn import CaseChange, Committed, MergedCitizen, Note, Overtaken, Repeated, Turn
from stadtdraht.domain.media.media import MediaState, forgotten_media
from stadtdraht.domain.message import IncomingMessage
from stadtdraht.domain.privacy.privacy import ErasureProof
from stadtdraht.domain.town import Offer
from tests.support.builders.cases import a_case
from tests.support.builders.delivery import work_slice
from tests.support.fakes.citizens import FakeAnswers, FakeCitizens
from tests.support.fakes.erasures import FakeErasures

NOON = datetime(2026, 11, 24, 11, 0, tzinfo=UTC)
PEPPER = b"pepper"
ANKE = WireIdentity("DE.1", "4915112345678")
WHO = citizen_id(PEPPER, "vreden", ANKE)


@pytest.fixture(params=["fake", pytest.param("table", marks=pytest.mark.local_aws)])
def stores(request):
    if request.param == "fake":
        citizens = FakeCitizens(PEPPER)
        return citizens, FakeAnswers(citizens)
    table = request.getfixturevalue("table")
    return DynamoCitizens(table, PEPPER), DynamoAnswers(table)


@pytest.fixture
def citizens(stores):
    return stores[0]


@pytest.fixture
def answers(stores):
    return stores[1]


def a_citizen(**changes):
    return replace(Citizen(WHO, "vreden", ANKE, last_inbound_at=NOON, version=1), **changes)


def a_turn(before=None, after=None, wamid="wamid.1", **changes):
    message = IncomingMessage(wamid, NOON, "text", "Hallo")
    answer = Answer(AnswerRef("vreden", WHO, f"1-{wamid}-0"), {"type": "text", "text": {"body": "Guten Tag"}})
    return replace(Turn(before, after or a_citizen(), message, answers=(answer,)), **changes)


def test_a_turn_is_put_down_whole_and_only_once(citizens):
    assert isinstance(citizens.commit(a_turn()), Committed)
    assert citizens.get("vreden", WHO) == a_citizen()
    assert citizens.commit(a_turn()) == Repeated()


def test_who_was_overtaken_decides_again(citizens):
    citizens.commit(a_turn())
    first = a_citizen()
    changed = replace(first, name="A", version=2)
    assert isinstance(citizens.commit(a_turn(first, changed, "wamid.2")), Committed)
    assert citizens.commit(a_turn(first, replace(first, name="B", version=2), "wamid.3")) == Overtaken()
    assert citizens.commit(a_turn(None, first, "wamid.4")) == Overtaken()


def test_of_two_first_messages_at_once_one_comes_first(citizens):
    with ThreadPoolExecutor(8) as hands:
        found = list(hands.map(lambda n: citizens.commit(a_turn(wamid=f"wamid.{n}")), range(8)))
    assert sum(isinstance(it, Committed) for it in found) == 1
    assert sum(it == Overtaken() for it in found) == 7


def test_a_person_is_found_by_either_name_and_in_their_own_town_only(citizens):
    citizens.commit(a_turn())
    assert citizens.find("vreden", WireIdentity(user_id="DE.1")).citizen_id == WHO
    assert citizens.find("vreden", WireIdentity(phone="4915112345678")).citizen_id == WHO
    assert citizens.find("bocholt", ANKE) is None


def test_what_names_lead_to_is_looked_up_at_once(citizens):
    new = citizens.look_up("vreden", ANKE, NOON)
    assert (new.citizen, new.given_up_at) == (None, None)
    first = a_citizen(citizen_id=new.new_id)
    citizens.commit(a_turn(after=first))
    assert citizens.look_up("vreden", ANKE, NOON) == Named(first, "", None)
    assert citizens.look_up("bocholt", ANKE, NOON).citizen is None
    later = NOON + timedelta(minutes=1)
    moved = replace(first, identity=WireIdentity("DE.2", "49222"), version=2)
    given_up = ((ANKE.phone, later),)
    citizens.commit(a_turn(first, moved, "wamid.2", identities=(moved.identity,), given_up=given_up))
    again = citizens.look_up("vreden", moved.identity, later)
    assert (again.citizen, again.given_up_at) == (moved, None)
    another = citizens.look_up("vreden", WireIdentity(phone=ANKE.phone), later + timedelta(seconds=1))
    assert (another.citizen, another.given_up_at) == (None, later)


def test_a_new_number_leads_to_the_same_person(citizens):
    citizens.commit(a_turn())
    moved = replace(a_citizen(), identity=WireIdentity("DE.2", "49222"), version=2)
    citizens.commit(a_turn(a_citizen(), moved, "wamid.2", identities=(moved.identity,)))
    assert citizens.find("vreden", WireIdentity(phone="49222")) == moved
    assert citizens.find("vreden", WireIdentity(user_id="DE.1")) == moved


@pytest.mark.parametrize(("told", "then"), [("5531988880001", "553188880001"), ("525512345001", "5215512345001")])
def test_a_number_in_its_other_spelling_leads_to_the_same_person_and_goes_with_them(citizens, told, then):
    first = replace(a_citizen(), identity=WireIdentity(phone=told))
    citizens.commit(a_turn(after=first))
    again = WireIdentity(phone=then)
    assert citizens.find("vreden", again) == first
    both = replace(first, identity=again, version=2)
    assert isinstance(citizens.commit(a_turn(first, both, "wamid.2", identities=(again,))), Committed)
    assert citizens.find("vreden", WireIdentity(phone=told)) == both
    citizens.erase("vreden", WHO)
    assert [citizens.find("vreden", WireIdentity(phone=it)) for it in (told, then)] == [None, None]


def test_a_number_that_was_given_up_leads_to_its_person_only_for_what_was_said_until_then(citizens):
    old, new = WireIdentity(phone="49111"), WireIdentity(phone="49222")
    first = replace(a_citizen(), identity=old)
    citizens.commit(a_turn(after=first))
    moved, later = replace(first, identity=new, version=2), NOON + timedelta(minutes=1)
    given_up = (("49111", later),)
    citizens.commit(a_turn(first, moved, "wamid.2", identities=(new,), given_up=given_up))
    assert citizens.find("vreden", new) == moved
    assert citizens.find("vreden", old, later) == moved
    assert citizens.find("vreden", old, later + timedelta(seconds=1)) is None
    assert citizens.find("vreden", old) is None
    assert citizens.given_up_at("vreden", "49111") == later
    another = replace(first, citizen_id="b" * 20, identity=old)
    citizens.commit(a_turn(None, another, "wamid.3", answers=(), since=later))
    assert citizens.find("vreden", old) == another
    assert citizens.find("vreden", old, later) is None  # what is told of the one before, late or again
    assert citizens.find("vreden", old, later + timedelta(seconds=1)) == another
    assert citizens.given_up_at("vreden", "49111") is None
    citizens.erase("vreden", WHO)
    assert citizens.find("vreden", old) == another


def consented(*, granted=True, at=NOON, version=1):
    return a_citizen(consents={Offer.NEWS: OfferConsent(granted, at)}, version=version)


def entry(act, at=NOON, message_id="wamid.1"):
    return ConsentEntry(Offer.NEWS, act, at, "2026-11", "button", message_id)


def test_the_ledger_keeps_every_act_in_order(citizens):
    citizens.commit(a_turn(None, consented(), entries=(entry(ConsentAct.GRANTED),)))
    later = NOON + timedelta(minutes=5)
    left = consented(granted=False, at=later, version=2)
    withdrawn = entry(ConsentAct.WITHDRAWN, later, "wamid.2")
    citizens.commit(a_turn(consented(), left, "wamid.2", entries=(withdrawn,)))
    assert list(citizens.ledger("vreden", WHO)) == [entry(ConsentAct.GRANTED), withdrawn]
    assert not citizens.get("vreden", WHO).takes(Offer.NEWS)


@pytest.mark.local_aws
def test_consent_makes_a_recipient_and_leaving_leaves_a_mark(table):
    citizens, audience = DynamoCitizens(table, PEPPER), DynamoAudience(table)
    citizens.commit(a_turn(None, consented(), entries=(entry(ConsentAct.GRANTED),)))
    (recipient,) = audience.scan("vreden", Offer.NEWS)
    assert (recipient.citizen_id, recipient.identity, recipient.left_at) == (WHO, ANKE, None)
    later = NOON + timedelta(minutes=5)
    citizens.commit(a_turn(consented(), consented(granted=False, at=later, version=2), "wamid.2"))
    (recipient,) = audience.scan("vreden", Offer.NEWS)
    assert recipient.left_at == later


def test_subscribers_are_brought_without_a_message(citizens):
    assert citizens.bring(None, consented(), [entry(ConsentAct.GRANTED)])
    assert not citizens.bring(None, consented(), [entry(ConsentAct.GRANTED)])
    assert citizens.get("vreden", WHO).takes(Offer.NEWS)


def test_nothing_is_left_of_a_person_who_was_erased(citizens):
    citizens.commit(a_turn(None, consented(), entries=(entry(ConsentAct.GRANTED),)))
    assert citizens.erase("vreden", WHO) >= 2
    assert citizens.find("vreden", ANKE) is None
    assert not citizens.rows("vreden", WHO)
    assert not citizens.ledger("vreden", WHO)


REF = AnswerRef("vreden", WHO, "1-wamid.1-0")


def test_an_answer_is_claimed_by_one_and_done_when_meta_took_it(citizens, answers):
    citizens.commit(a_turn())
    assert list(answers.pending("vreden", WHO, "wamid.1")) == [REF]
    claim = answers.claim(REF, NOON)
    assert isinstance(claim, Send)
    assert (claim.attempt, claim.to_phone, claim.answer.body["text"]["body"]) == (1, "4915112345678", "Guten Tag")
    assert isinstance(answers.claim(REF, NOON), Wait)
    answers.record(REF, 1, Accepted("wamid.out"), NOON)
    assert answers.claim(REF, NOON + timedelta(hours=1)) == Settled()
    assert not answers.pending("vreden", WHO, "wamid.1")


def test_what_was_certainly_not_sent_is_the_same_attempt_again(citizens, answers):
    citizens.commit(a_turn())
    answers.claim(REF, NOON)
    answers.record(REF, 1, NotSent(130429, throttled=True), NOON)
    assert answers.claim(REF, NOON).attempt == 1


def test_an_unknown_outcome_is_tried_once_more_after_a_while_and_then_left_alone(citizens, answers):
    citizens.commit(a_turn())
    answers.claim(REF, NOON)
    answers.record(REF, 1, Unknown("reset"), NOON)
    assert isinstance(answers.claim(REF, NOON + timedelta(seconds=10)), Wait)
    assert answers.claim(REF, NOON + timedelta(seconds=31)).attempt == 2
    assert answers.claim(REF, NOON + timedelta(seconds=90)) == Settled()


@pytest.mark.local_aws
def test_a_status_settles_an_unknown_answer(table):
    citizens, answers = DynamoCitizens(table, PEPPER), DynamoAnswers(table)
    citizens.commit(a_turn())
    answers.claim(REF, NOON)
    report = StatusReport(DeliveryKey(REF.cause, WHO), Status.SENT, NOON, "wamid.out")
    DynamoInbox(table).store([], [("vreden", report)], [])
    assert answers.claim(REF, NOON + timedelta(seconds=31)) == Settled()


def test_nobody_s_answer_is_settled(answers):
    assert answers.claim(REF, NOON) == Settled()


@pytest.mark.local_aws
def test_a_stored_update_can_be_read_again_and_storing_it_twice_changes_nothing(table):
    inbox = DynamoInbox(table)
    update = InboxUpdate("vreden", UpdateKind.MESSAGE, "a", "wamid.1", '{"message": {}}', NOON, 1_800_000_000)
    for _ in range(2):
        inbox.store([update, update], [], [])
    assert inbox.read("vreden", "a", UpdateKind.MESSAGE, "wamid.1") == update
    assert inbox.read("vreden", "a", UpdateKind.MESSAGE, "wamid.2") is None


@pytest.mark.local_aws
def test_queues_group_deduplicate_and_delay(local_aws):
    sqs = local_aws.client("sqs")

    def received(url):
        names = ["MessageGroupId"]
        found = []
        while batch := sqs.receive_message(
            QueueUrl=url, MaxNumberOfMessages=10, MessageSystemAttributeNames=names, WaitTimeSeconds=1
        ).get("Messages"):
            found += [(it.get("Attributes", {}).get("MessageGroupId"), json.loads(it["Body"])) for it in batch]
            for it in batch:
                sqs.delete_message(QueueUrl=url, ReceiptHandle=it["ReceiptHandle"])
        return found

    url = local_aws.fifo_queue()
    refs = [AnswerRef("vreden", WHO, f"{number}-a-0") for number in range(12)]
    for _ in range(2):
        SqsAnswerQueue(sqs, url).put(refs)
    found = received(url)
    assert [body["answer_id"] for _, body in found] == [ref.answer_id for ref in refs]
    assert {group for group, _ in found} == {WHO}
    url = local_aws.fifo_queue()
    SqsSliceQueue(sqs, url).put([(work_slice(), 0), (work_slice(), 0), (work_slice(), 1)])
    assert sorted(body["turn"] for _, body in received(url)) == [0, 1]
    url = local_aws.fifo_queue()
    SqsRetryQueue(sqs, url).put([("vreden", "a", UpdateKind.PREFERENCE, "wamid.1")])
    assert received(url)[0][1] == {"v": 1, "town": "vreden", "shard": "a", "key": "wamid.1", "kind": "preference"}
    url = local_aws.queue()
    SqsRecheckQueue(sqs, url).put("vreden", "c", [str(number) for number in range(250)], 1, 0)
    assert sorted(len(body["citizen_ids"]) for _, body in received(url)) == [50, 200]


def test_a_turn_carries_report_note_conversation_and_long_text(citizens):
    talk = Conversation(NOON, NOON, NOON, flags=frozenset({Flag.EMERGENCY}))
    after = a_citizen(conversation=talk, name="Anke")
    case = replace(a_case(), citizen_id=WHO, version=0)
    turn = a_turn(None, after, case=CaseChange(None, case), note=Note(NOON, "Kim", "anrufen"), same_text="abc")
    assert isinstance(citizens.commit(turn), Committed)
    assert citizens.get("vreden", WHO) == after
    (waiting,) = citizens.waiting("vreden")
    assert (waiting.citizen_id, waiting.name, waiting.waiting_since, waiting.flags) == (WHO, "Anke", NOON, talk.flags)
    assert citizens.senders_of("vreden", "abc", but="somebody") == 1
    assert citizens.senders_of("vreden", "abc", but=WHO) == 0
    done = replace(talk, waiting_since=None, flags=frozenset())
    staff = Turn(after, replace(after, conversation=done, version=2))
    assert isinstance(citizens.commit(staff), Committed)
    assert citizens.waiting("vreden") == []
    assert citizens.commit(staff) == Overtaken()


def test_a_form_that_was_posted_makes_its_answer_once(citizens):
    citizens.commit(a_turn(answers=()))
    assert citizens.pressed("vreden", WHO, "abc") is None
    answer = Answer(AnswerRef("vreden", WHO, "1-x-0"), {"type": "text", "text": {"body": "Ja"}})
    pressed = Turn(a_citizen(), a_citizen(version=2), answers=(answer,), press="abc")
    assert isinstance(citizens.commit(pressed), Committed)
    assert list(citizens.pressed("vreden", WHO, "abc")) == [answer.ref]
    assert citizens.commit(replace(pressed, before=a_citizen(version=2), after=a_citizen(version=3))) == Overtaken()
    assert citizens.get("vreden", WHO).version == 2
    assert citizens.pressed("bocholt", WHO, "abc") is None


def test_a_case_that_somebody_changed_meanwhile_stops_the_turn(citizens):
    case = replace(a_case(), citizen_id=WHO, version=0)
    citizens.commit(a_turn(None, a_citizen(), case=CaseChange(None, case)))
    stale = CaseChange(replace(case, version=7), replace(case, version=8))
    after = a_citizen(version=2)
    assert citizens.commit(a_turn(a_citizen(), after, "wamid.2", case=stale)) == Overtaken()
    assert citizens.get("vreden", WHO) == a_citizen()


def test_the_newest_message_of_a_person_is_known(citizens):
    assert citizens.last_message("vreden", WHO) is None
    citizens.commit(a_turn())
    later = IncomingMessage("wamid.0", NOON + timedelta(minutes=1), "text", "Und noch etwas")
    citizens.commit(replace(a_turn(a_citizen(), a_citizen(version=2), "wamid.0", answers=()), message=later))
    assert citizens.last_message("vreden", WHO).text == "Und noch etwas"


def test_a_message_is_found_again_and_can_be_emptied(citizens):
    citizens.commit(a_turn())
    assert citizens.message("vreden", WHO, "wamid.1") == IncomingMessage("wamid.1", NOON, "text", "Hallo")
    assert citizens.message("vreden", WHO, "wamid.9") is None
    citizens.commit(a_turn(a_citizen(), a_citizen(version=2), "wamid.2", forget=((NOON, "wamid.1"),)))
    assert citizens.message("vreden", WHO, "wamid.1").text == ""


@pytest.mark.local_aws
def test_a_forgotten_photo_leaves_that_it_is_gone(table):
    citizens, rows = DynamoCitizens(table, PEPPER), DynamoMediaRows(table)
    photo = IncomingMessage("wamid.1", NOON, "image", "Mein Ausweis", media_id="media.1")
    citizens.commit(replace(a_turn(), message=photo))
    assert rows.load("vreden", WHO, "wamid.1").media_id == "media.1"
    files = (forgotten_media(photo, "vreden", WHO),)
    forget = ((NOON, "wamid.1"),)
    citizens.commit(a_turn(a_citizen(), a_citizen(version=2), "wamid.2", forget=forget, forgotten_files=files))
    left = rows.load("vreden", WHO, "wamid.1")
    assert (left.state, left.media_id, left.keys, left.in_trouble) == (MediaState.FORGOTTEN, "", (), False)


def test_the_conversation_is_told_in_order(citizens):
    citizens.commit(a_turn())
    first, *_ = citizens.history("vreden", WHO)
    assert "Hallo" in {line.text for line in citizens.history("vreden", WHO)}
    assert first


def test_an_answer_that_meta_refused_says_why_in_the_conversation(table):
    """On the table alone: the fake's history tells what the person sent."""
    citizens, answers = DynamoCitizens(table, PEPPER), DynamoAnswers(table)
    citizens.commit(a_turn())
    answers.claim(REF, NOON)
    answers.record(REF, 1, Refused(131009), NOON)
    line = next(it for it in citizens.history("vreden", WHO) if it.who == "town")
    assert (line.state, line.reason) == ("refused", "131009")


def test_the_conversation_says_who_wrote_released_and_did_what(table):
    """On the table alone, as above. What was stored before authors were kept has none."""
    citizens = DynamoCitizens(table, PEPPER)
    citizens.commit(a_turn())
    ref = AnswerRef("vreden", WHO, f"{int(NOON.timestamp())}-x-0")
    signed = Answer(ref, {"type": "text", "text": {"body": "Im Frühjahr"}}, "Frau Kemper", "Der Bürgermeister")
    first, second = a_citizen(version=2), a_citizen(version=3)
    citizens.commit(
        Turn(a_citizen(), first, answers=(signed,), note=Note(NOON, "Kim", "Frau Kemper", StaffAct.ASSIGNED))
    )
    citizens.commit(Turn(first, second, note=Note(NOON, "Frau Kemper", "angerufen")))
    shown = {line.text: line for line in citizens.history("vreden", WHO)}
    assert (shown["Guten Tag"].is_automatic, shown["Guten Tag"].by) == (True, "")
    answer = shown["Im Frühjahr"]
    assert (answer.is_automatic, answer.by, answer.released_by) == (False, "Frau Kemper", "Der Bürgermeister")
    assert answer.answer_id == ref.answer_id
    assert (shown["Frau Kemper"].act, shown["Frau Kemper"].by) == (StaffAct.ASSIGNED, "Kim")
    assert (shown["angerufen"].act, shown["angerufen"].by) == (StaffAct.NOTE, "Frau Kemper")


def test_a_correction_stands_beside_what_it_corrects(citizens):
    citizens.commit(a_turn())
    edit = IncomingMessage("wamid.2", NOON + timedelta(minutes=1), "edit", "Guten Tag", in_reply_to="wamid.1")
    citizens.commit(replace(a_turn(a_citizen(), a_citizen(version=2), "wamid.2", answers=()), message=edit))
    line = citizens.history("vreden", WHO)[-1]
    assert (line.text, line.about, line.quotes) == ("Guten Tag", message_id("wamid.1"), "Hallo")


def test_an_answer_that_waits_is_unsettled(citizens, answers):
    turn = a_turn()
    citizens.commit(turn)
    assert answers.unsettled("vreden", WHO)
    answers.claim(turn.answers[0].ref, NOON)
    answers.record(turn.answers[0].ref, 1, Accepted("wamid.out"), NOON)
    assert not answers.unsettled("vreden", WHO)


@pytest.fixture(params=["fake", pytest.param("table", marks=pytest.mark.local_aws)])
def erasures(request):
    return FakeErasures() if request.param == "fake" else DynamoErasures(request.getfixturevalue("table"), PEPPER)


def test_marks_and_proofs_of_erasures(erasures):
    assert not erasures.is_marked("vreden", ANKE)
    erasures.mark("vreden", [ANKE.user_id or "", ANKE.phone or ""], NOON)
    assert erasures.is_marked("vreden", WireIdentity(phone="4915112345678"))
    assert not erasures.is_marked("bocholt", ANKE)
    erasures.mark("vreden", ["553188880001"], NOON)
    assert erasures.is_marked("vreden", WireIdentity(phone="5531988880001"))
    begun = ErasureProof("vreden", "abc", NOON, "citizen", {"message": 2}, 1)
    erasures.prove(begun)
    done = replace(begun, done_at=NOON + timedelta(minutes=1))
    erasures.prove(done)
    assert erasures.proofs("vreden") == [done]
    assert erasures.proofs("bocholt") == []


@pytest.mark.local_aws
def test_erasing_takes_reports_and_the_line_in_the_list_along(table):
    citizens, cases = DynamoCitizens(table, PEPPER), DynamoCases(table)
    talk = Conversation(NOON, NOON, NOON)
    case = replace(a_case(), citizen_id=WHO, version=0)
    citizens.commit(a_turn(None, a_citizen(conversation=talk), case=CaseChange(None, case)))
    assert cases.of_citizen("vreden", WHO)
    citizens.erase("vreden", WHO)
    assert citizens.get("vreden", WHO) is None
    assert citizens.waiting("vreden") == []
    assert cases.get("vreden", case.number) is None
    assert cases.open("vreden") == []


def test_a_number_that_was_handed_on_leads_to_nobody_else(citizens):
    citizens.commit(a_turn())
    assert citizens.find("vreden", WireIdentity("DE.99", "4915112345678")) is None
    assert citizens.find("vreden", WireIdentity("DE.1", "49333")).citizen_id == WHO


def test_who_turns_out_to_be_somebody_known_goes_on_as_them(stores):
    """Their cases move, what they said is read and erased together, and nothing of theirs is sent twice."""
    citizens, _ = stores
    bea = WireIdentity("DE.2", "49222")
    other = citizen_id(PEPPER, "vreden", bea)
    new = consented(at=NOON)
    second = replace(new, citizen_id=other, identity=bea, conversation=Conversation(NOON, NOON, NOON))
    citizens.commit(a_turn())
    case = replace(a_case(), citizen_id=other)
    theirs = (entry(ConsentAct.GRANTED),)
    citizens.commit(a_turn(None, second, "wamid.2", entries=theirs, answers=(), case=CaseChange(None, case)))
    moved = CaseChange(case, replace(case, citizen_id=WHO, version=case.version + 1))
    quiet = Conversation(NOON, NOON)
    left = replace(second, consents={Offer.NEWS: OfferConsent(False, NOON)}, conversation=quiet, version=2)
    both = replace(a_citizen(), identity=bea, consents=new.consents, version=2)
    merged = MergedCitizen(second, left, (moved,))
    turn = a_turn(a_citizen(), both, "wamid.3", answers=(), identities=(bea,), merged=merged)
    assert isinstance(citizens.commit(turn), Committed)
    assert citizens.commit(turn) == Repeated()
    assert citizens.find("vreden", bea) == both
    assert citizens.find("vreden", ANKE) == both
    assert citizens.merged_ids("vreden", WHO) == [other]
    told = {line.message_id for line in citizens.history("vreden", WHO)}
    assert told >= {message_id(f"wamid.{number}") for number in (1, 2, 3)}
    assert citizens.message("vreden", WHO, "wamid.2").wamid == "wamid.2"
    assert list(citizens.ledger("vreden", WHO)) == list(theirs)
    assert citizens.waiting("vreden") == []
    stale = a_turn(both, replace(both, version=3), "wamid.4", answers=(), merged=merged)
    assert citizens.commit(stale) == Overtaken()
    citizens.erase("vreden", WHO)
    assert citizens.get("vreden", WHO) is None
    assert citizens.get("vreden", other) is None
    assert not citizens.history("vreden", WHO)


@pytest.mark.local_aws
def test_an_audience_names_a_person_once_whatever_they_were_taken_for(table):
    citizens, audience, cases = DynamoCitizens(table, PEPPER), DynamoAudience(table), DynamoCases(table)
    bea = WireIdentity("DE.2", "49222")
    other = citizen_id(PEPPER, "vreden", bea)
    second = replace(consented(), citizen_id=other, identity=bea)
    citizens.commit(a_turn())
    case = replace(a_case(), citizen_id=other)
    citizens.commit(a_turn(None, second, "wamid.2", answers=(), case=CaseChange(None, case)))
    left = replace(second, consents={Offer.NEWS: OfferConsent(False, NOON)}, version=2)
    both = replace(a_citizen(), identity=bea, consents=second.consents, version=2)
    moved = CaseChange(case, replace(case, citizen_id=WHO, version=case.version + 1))
    merged = MergedCitizen(second, left, (moved,))
    citizens.commit(a_turn(a_citizen(), both, "wamid.3", answers=(), identities=(bea,), merged=merged))
    assert [it.citizen_id for it in audience.scan("vreden", Offer.NEWS) if it.left_at is None] == [WHO]
    assert [it.citizen_id for it in cases.of_citizen("vreden", WHO)] == [WHO]


THEIRS = [
    (UpdateKind.MESSAGE, {"message": {"from": "4915112345678", "text": {"body": "nie verarbeitet"}}}),
    (UpdateKind.MESSAGE, {"message": {"type": "system", "system": {"wa_id": "4915112345678"}}}),
    (UpdateKind.PREFERENCE, {"preference": {"wa_id": "4915112345678", "user_id": "DE.1"}}),
    (UpdateKind.NAMES, {"names": {"wa_id": "4915112345678", "user_id": "DE.1"}}),
    (UpdateKind.EVENT, {"field": "history", "value": [{"from": "4915112345678"}]}),
    (UpdateKind.UNPARSED, ["wa_id", "4915112345678"]),
]
OF_OTHERS = [
    (UpdateKind.MESSAGE, {"message": {"from": "49222", "text": {"body": "Ruf 4915112345678 an"}}}),
    (UpdateKind.MESSAGE, {"message": {"from": "49222", "contacts": [{"wa_id": "4915112345678"}]}}),
    (UpdateKind.MESSAGE, {"message": {"from": "491511234567890"}}),
    (UpdateKind.UNPARSED, ["491511234567890"]),
    (UpdateKind.EVENT, {"field": "account_update", "value": {"event": "X"}}),
]


@pytest.mark.local_aws
def test_an_erasure_takes_every_update_that_names_the_person_and_none_of_others(table):
    """Also what nobody followed up, could read, or acts on; a number that somebody wrote of is none of its sender."""
    citizens, inbox = DynamoCitizens(table, PEPPER), DynamoInbox(table)
    citizens.commit(a_turn())
    shard_of_theirs, elsewhere = text_digest("DE.1")[0], "0123456789abcdef"[text_digest("DE.1")[0] == "0"]
    stored = []
    for number, (kind, raw) in enumerate((*THEIRS, *OF_OTHERS)):
        shard = elsewhere if kind in NOT_ACTED_ON else shard_of_theirs
        stored.append(InboxUpdate("vreden", kind, shard, f"{number:024}", json.dumps(raw), NOON, 1_800_000_000))
    inbox.store(stored, [], [])
    citizens.erase("vreden", WHO)
    left = [it for it in stored if inbox.read("vreden", it.shard, it.kind, it.key)]
    assert left == stored[len(THEIRS) :]


@pytest.mark.local_aws
def test_who_writes_has_an_open_window_for_a_day_until_they_are_erased(table):
    citizens, audience = DynamoCitizens(table, PEPPER), DynamoAudience(table)
    citizens.commit(a_turn())
    assert audience.open_windows("vreden", NOON + timedelta(hours=23)) == {WHO}
    assert audience.open_windows("vreden", NOON + timedelta(hours=24)) == set()
    assert audience.open_windows("bocholt", NOON) == set()
    asked = [("vreden", WHO, 23), ("vreden", WHO, 24), ("bocholt", WHO, 0), ("vreden", "nobody", 0)]
    open_for = [audience.window_is_open(town, who, NOON + timedelta(hours=hours)) for town, who, hours in asked]
    assert [asyncio.run(it) for it in open_for] == [True, False, False, False]
    citizens.erase("vreden", WHO)
    assert audience.open_windows("vreden", NOON) == set()
