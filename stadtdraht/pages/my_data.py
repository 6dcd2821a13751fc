"""`auskunft.html` of a person's archive: what is stored, since when, for how long."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from stadtdraht.domain import retention
from stadtdraht.domain.citizen import ConsentAct
from stadtdraht.domain.delivery.delivery import State
from stadtdraht.domain.identifiers import message_id
from stadtdraht.domain.town import Town
from stadtdraht.pages.render import render
from stadtdraht.texts.cases import word_state
from stadtdraht.texts.replies import text
from stadtdraht.texts.staff.broadcast.delivery_reasons import why_not
from stadtdraht.texts.staff.conversation import act_words
from stadtdraht.usecases.privacy.personal_record import Participation, PersonalRecord, ReportedCase, SentMessage

WHO = {"citizen": "Sie", "town": "Stadt", "note": "Notiz der Stadt"}
ACTS = {ConsentAct.GRANTED: "bestellt", ConsentAct.WITHDRAWN: "abbestellt"}
NOT_ARRIVED = {
    State.NOT_SENT: "nicht gesendet",
    State.UNKNOWN: "ungeklärt",
    State.REFUSED: "nicht angenommen",
    State.FAILED: "nicht angekommen",
}


def page_of(town: Town, record: PersonalRecord, left_out: Sequence[str], files: Mapping[str, str]) -> str:
    """In German; times as the town's clock shows them."""
    citizen = record.citizen
    labels = {of.offer: of.label for of in town.offers}
    districts = {choice.id: choice.label for choice in town.districts}
    topics = [topic.label for topic in town.topics if topic.id in citizen.topics]
    return render(
        "data/archive.html",
        town=town,
        citizen=citizen,
        district=districts.get(citizen.district, ""),
        topics=", ".join(topics),
        ledger=[(_at(it.at, town), labels.get(it.offer, it.offer), ACTS[it.act], it.how) for it in record.ledger],
        lines=[
            (_at(it.at, town), WHO[it.who], act_words(it) or f"[{it.kind}]", files.get(message_id(it.message_id), ""))
            for it in record.lines
        ],
        cases=[_case(it, town, files) for it in record.cases],
        contests=[_contest(it, town, files) for it in record.contests],
        sent=[(it.title, _steps(it, town)) for it in record.sent],
        left_out=left_out,
        conversation_days=retention.CONVERSATION.days,
        delivery_days=retention.DELIVERY.days,
        update_days=retention.UPDATE_AS_IT_CAME.days,
        case_years=retention.CASE.days // 365,
    )


def _at(at: datetime, town: Town) -> str:
    return f"{at.astimezone(town.zone):%d.%m.%Y %H:%M}"


def _case(it: ReportedCase, town: Town, files: Mapping[str, str]) -> Mapping[str, object]:
    case, departments = it.case, {each.id: each.label for each in town.departments}
    pin = f"{case.place.latitude}, {case.place.longitude}" if case.place.latitude is not None else ""
    return {
        "number": case.number,
        "kind": text(town, "de", f"case_kind_{case.kind}"),
        "opened": _at(case.opened_at, town),
        "state": word_state(case.state, town, "de"),
        "department": departments.get(case.department, ""),
        "place": ", ".join(filter(None, (case.place.address, pin))),
        "words": case.description,
        "rating": case.rating,
        "files": [name for each in case.photo_ids if (name := files.get(message_id(each)))],
        "events": [
            (_at(event.at, town), word_state(event.state, town, "de"), event.said, event.note) for event in it.events
        ],
    }


def _contest(it: Participation, town: Town, files: Mapping[str, str]) -> Mapping[str, object]:
    return {
        "title": it.contest.title,
        "accepted": _at(it.acceptance.at, town) if it.acceptance else "",
        "terms": it.contest.terms_url,
        "deleted": _at(it.contest.delete_at, town),
        "entries": [
            (_at(entry.at, town), entry.text, files.get(message_id(entry.wamid), ""), entry.late)
            for entry in it.entries
        ],
    }


def _steps(it: SentMessage, town: Town) -> str:
    """Each time of it that is known, in the order in which they came."""
    fate = it.fate
    known = [
        ("Übung, nicht gesendet" if it.is_drill else "gesendet", fate.accepted_at),
        ("zugestellt", fate.delivered_at),
        ("gelesen", fate.read_at),
        (NOT_ARRIVED.get(fate.state, ""), fate.ended_at or min(row.at for row in it.rows)),
    ]
    said = [f"{what} {_at(at, town)}" for what, at in known if what and at]
    return ", ".join(said) + (f" ({why_not(fate.reason)})" if fate.reason else "")
