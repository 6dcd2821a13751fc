"""Words a reply, with what can be pressed under it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from stadtdraht.domain import retention
from stadtdraht.domain.cases.case import CaseKind, CaseState
from stadtdraht.domain.citizen import Citizen
from stadtdraht.domain.inbound.reply import Reply, ReplyKind
from stadtdraht.domain.opening import is_open, next_opening
from stadtdraht.domain.town import Mode, Offer, OfferText, Town
from stadtdraht.domain.whatsapp.choices import Choices, WordsWithChoices
from stadtdraht.texts import dates
from stadtdraht.texts.cases import word_case, word_state
from stadtdraht.texts.contests import label_entries, word_contest
from stadtdraht.texts.hours import word_hours
from stadtdraht.texts.offers import (
    ask_for_offers,
    confirm_offers,
    describe_offer,
    list_offers,
    name_offers,
    tell_kept,
    tell_left,
)
from stadtdraht.texts.replies import language_names, text
from stadtdraht.usecases.cases.case_messages import question_about

if TYPE_CHECKING:
    from stadtdraht.ports.privacy import DataLinks

OFFERING = (
    ReplyKind.GREETING,
    ReplyKind.GREETING_RECEIVED,
    ReplyKind.OFFERS_TOO,
    ReplyKind.COURTESY_OFFERS,
)
OF_A_CASE = (ReplyKind.CASE_RATE, ReplyKind.CASE_RATED, ReplyKind.CASE_RATED_LOW, ReplyKind.CASE_REOPENED)
USED_ALREADY = frozenset({Offer.CHAT, Offer.REPORTS})  # by who wrote before they were told of any offer


@dataclass(frozen=True, slots=True)
class ReplyContext:
    """What words need beside the reply. now: for links that end after a day, and for "today"."""

    public_url: str
    data_links: DataLinks
    now: datetime


def render_reply(reply: Reply, town: Town, citizen: Citizen, context: ReplyContext) -> Mapping[str, Any]:
    """The type-specific part of a Cloud API message, in the citizen's language."""
    return reply_in_words(reply, town, citizen, context).message()


def reply_in_words(reply: Reply, town: Town, citizen: Citizen, context: ReplyContext) -> WordsWithChoices:
    """The same before it is shaped. Raises one of UNFILLED for own wording that nothing can fill."""
    return WordsWithChoices(
        _words(reply, town, citizen, context),
        _choices(reply, town, citizen.language),
        text(town, citizen.language, "choose_button"),
    )


def _words(reply: Reply, town: Town, citizen: Citizen, context: ReplyContext) -> str:
    """The sentence of its kind, and what stands before it."""
    language = citizen.language
    around = (
        text(town, language, "maybe_need") if reply.maybe_need else "",
        _sentence(reply, town, citizen, context),
    )
    return "\n\n".join(part for part in around if part)


def _sentence(reply: Reply, town: Town, citizen: Citizen, context: ReplyContext) -> str:
    language = citizen.language
    if reply.contest:
        return word_contest(reply.kind.value, reply.contest, town, language, count=reply.count)
    if reply.case and reply.kind in OF_A_CASE:
        return word_case(reply.kind.value, reply.case, town, language)
    wording = text(town, language, reply.kind.value)
    values: dict[str, str] = {
        **_town_values(town, language, context.public_url),
        **_offer_values(reply, town, citizen),
        **_person_values(reply, town, citizen, context),
        **_case_values(reply, town, language, context.now),
        **_alert_values(reply, language, context.public_url),
        "read_when": _read_when(town, language, context.now) if "{read_when}" in wording else "",
    }
    if reply.kind is ReplyKind.COURTESY_OFFERS:
        values |= {name: text(town, language, name).format_map(values) for name in ("courtesy", "offers_too")}
    if reply.kind in (ReplyKind.HUMAN, ReplyKind.OPENING_HOURS):
        values |= _reach_values(town, language)
    below = [
        text(town, language, "still_messages") if reply.by_one_name else "",
        _other_languages(town, language) if reply.tells_languages or _is_first_in_german(reply, language) else "",
    ]
    return "\n\n".join(filter(None, [wording.format_map(values).strip(), *below]))


def _is_first_in_german(reply: Reply, language: str) -> bool:
    return language == "de" and reply.kind in OFFERING


def _other_languages(town: Town, language: str) -> str:
    """Those that the town lists, and how to have one of them; "" where it lists no other."""
    names = [name for tag, name in language_names().items() if tag in town.languages and tag != language]
    return text(town, language, "language_noticed").format(languages=" · ".join(names)) if names else ""


def _read_when(town: Town, language: str, now: datetime) -> str:
    opening = None if is_open(town, now) else next_opening(town, now)
    return dates.from_when(opening, now, town, language)


def _town_values(town: Town, language: str, public_url: str) -> Mapping[str, str]:
    promised = "answered_when_reports" if Offer.REPORTS in town.offers_of() else "answered_when"
    default = text(town, language, "greeting_default").format(service_name=town.service_name)
    helps = [
        text(town, language, name)
        for name, is_so in (
            ("help_topics", town.topics),
            ("help_district", town.districts),
            ("help_reports", Offer.REPORTS in town.offers_of()),
        )
        if is_so
    ]
    return {
        "greeting": town.greeting if town.greeting and language == "de" else default,
        "town": town.name,
        "service_name": town.service_name,
        "answered_when": text(town, language, promised).format(feedback_days=town.first_feedback_working_days),
        "phone": town.imprint.phone,
        "email": town.imprint.email,
        "privacy_url": f"{public_url}/t/{town.id}/privacy",
        "imprint_url": f"{public_url}/t/{town.id}/imprint",
        "first_topic": town.topics[0].label if town.topics else "",
        "districts": "\n".join(f"• {choice.label}" for choice in town.districts),
        "help_more": "".join(helps),
        "conversation_days": str(retention.CONVERSATION.days),
    }


def _reach_values(town: Town, language: str) -> Mapping[str, str]:
    """When somebody is there, and whether they read here."""
    hours = word_hours(town, language)
    return {
        "human_here": "" if town.mode is Mode.ONE_WAY else text(town, language, "human_here"),
        "hours": hours,
        "hours_line": text(town, language, "hours_line").format(hours=hours) if hours else "",
    }


def _offer_values(reply: Reply, town: Town, citizen: Citizen) -> Mapping[str, str]:
    language = citizen.language
    named = reply.offers or tuple(offered.offer for offered in town.offers)[:1]
    first = name_offers(named[:1], town, language)
    kept = [it.offer for it in town.offers if citizen.takes(it.offer) and it.offer not in reply.offers]
    takes_several = sum(citizen.takes(it.offer) for it in town.offers) > 1
    leaving = "help_leave_one" if len(town.offers) > 1 else ""
    others = list_offers(_offered(reply, town), town, language)
    line = text(town, language, "offers_line")
    return {
        "offers": others,
        "offers_line": line,
        "offers_more": f"{line}\n{others}\n\n" if others else "",
        "offers_named": name_offers(reply.offers, town, language),
        "offers_asked": ask_for_offers(named, town, language),
        "offers_confirmed": confirm_offers(named, town, language),
        "offers_left": tell_left(named, town, language),
        "offers_kept": tell_kept(kept, town, language),
        "first_offer": first,
        "leave_one": text(town, language, "leave_one").format(first_offer=first) if takes_several else "",
        "help_leave": text(town, language, leaving).format(first_offer=first) if leaving else "",
        "leaving": _leaving(reply, town, citizen),
    }


def _leaving(reply: Reply, town: Town, citizen: Citizen) -> str:
    """The topics and offers that somebody may want to leave; where none is named, all that they take."""
    topics = [topic.label for topic in town.topics if topic.id in reply.topics]
    offers = [it.label for it in town.offers if it.offer in reply.offers]
    if not topics and not offers:
        offers = [it.label for it in town.offers if citizen.takes(it.offer)] or [it.label for it in town.offers]
    return text(town, citizen.language, "and").join([*topics, *offers])


def _offered(reply: Reply, town: Town) -> Sequence[OfferText]:
    """What there is, or what there is besides for somebody whose first words were a concern."""
    if reply.kind is ReplyKind.GREETING or reply.kind not in OFFERING:
        return town.offers
    used = USED_ALREADY - set(town.name_required_for)
    return [offered for offered in town.offers if offered.offer not in used]


def _person_values(reply: Reply, town: Town, citizen: Citizen, context: ReplyContext) -> Mapping[str, str]:
    language = citizen.language
    link = context.data_links.make(town.id, citizen.citizen_id, context.now)
    at = dates.moment(reply.at, town, language) if reply.at else ""
    return {
        "address": text(town, language, "address").format(name=reply.name) if reply.name else "",
        "comma_name": f", {reply.name}" if reply.name else "",
        "name": reply.name,
        "topics": _topics(town, citizen),
        "leaving": _leaving(reply, town, citizen),
        "district": _district(town, citizen),
        "opening": at,
        "until_time": dates.clock(reply.at, town, language) if reply.at else "",
        "host": reply.name,
        "place": str(reply.count),
        "opens_from": dates.from_when(reply.at, context.now, town, language),
        "until": at,
        "my_data": _my_data(town, citizen) if reply.kind is ReplyKind.MY_DATA else "",
        "data_url": link if reply.kind is ReplyKind.DATA_LINK else "",
    }


def _case_values(reply: Reply, town: Town, language: str, now: datetime) -> Mapping[str, str]:
    case = reply.case
    if case is None:
        return {}
    missing = "" if case.description else "case_missing_text"
    missing = "case_missing_place" if case.description and reply.asks_place else missing
    due = dates.day(case.due_at - timedelta(seconds=1), town, language)
    is_due = case.state is CaseState.NEW and now <= case.due_at
    return {
        "number": case.number,
        "case_kind": text(town, language, f"case_kind_{case.kind}"),
        "case_state": word_state(case.state, town, language),
        "case_missing": text(town, language, missing) if missing else "",
        "opened": dates.day(case.opened_at, town, language),
        "due": due,
        "case_due": text(town, language, "case_due").format(due=due) if is_due else "",
    }


def _alert_values(reply: Reply, language: str, public_url: str) -> Mapping[str, str]:
    alert = reply.alert
    if alert is None:
        return {}
    said = alert.wording_for(language)[1] if alert.wording else {}
    return {
        "issuer": alert.issuer,
        "alert_url": f"{public_url}/a/{alert.alert_id}",
        "danger": said.get("was", ""),
    }


def _my_data(town: Town, citizen: Citizen) -> str:
    language = citizen.language
    taken = [offered.label for offered in town.offers if citizen.takes(offered.offer)]
    phone = citizen.identity.phone
    lines = [
        ("my_data_number", f"+{phone}" if phone else ""),
        ("my_data_user_id", "" if phone else citizen.identity.user_id or ""),
        ("my_data_name", citizen.name),
        ("my_data_offers" if taken else "my_data_no_offers", ", ".join(taken) or "–"),
        ("my_data_topics", _topics(town, citizen) if town.topics and citizen.takes(Offer.NEWS) else ""),
        ("my_data_district", _district(town, citizen)),
        ("my_data_language", language_names().get(language, language)),
    ]
    return "\n".join(text(town, language, name).format(value=value) for name, value in lines if value)


def _topics(town: Town, citizen: Citizen) -> str:
    named = [topic.label for topic in town.topics if topic.id in citizen.topics]
    if citizen.topics and not named:
        return "–"  # all of them are over
    return ", ".join(named) or text(town, citizen.language, "all_topics")


def _district(town: Town, citizen: Citizen) -> str:
    return next((choice.label for choice in town.districts if choice.id == citizen.district), "")


def _choices(reply: Reply, town: Town, language: str) -> Choices:
    def button(name: str, words: str) -> tuple[str, str, str]:
        return name, text(town, language, words), ""

    number = reply.case.number if reply.case else ""
    match reply.kind:
        case kind if kind in OFFERING:
            return _offer_choices(_offered(reply, town), town, language)
        case ReplyKind.ASK_CONSENT:
            return [button(f"yes:{','.join(reply.offers)}", "yes"), button("no:consent", "no")]
        case ReplyKind.STOP_ASK:
            leaving = ",".join(reply.offers) + (f":{','.join(reply.topics)}" if reply.topics else "")
            return [button(f"stop_yes:{leaving}", "leave_button"), button("no:stop_sure", "not_leave_button")]
        case ReplyKind.TOPICS_ASK:
            every = text(town, language, "all_topics")
            named = [(f"topic:{topic.id}", topic.label, "") for topic in town.topics]
            return [*named, ("topic:*", every[:1].upper() + every[1:], "")]
        case ReplyKind.DISTRICT_ASK:
            return [(f"district:{choice.id}", choice.label, "") for choice in town.districts]
        case ReplyKind.LANGUAGE_ASK:
            return [(f"lang:{name}", label, "") for name, label in language_names().items()]
        case ReplyKind.SENSITIVE | ReplyKind.FORGET_ASK:
            return [button(f"forget:{reply.forget}", "forget_button"), button("no:forget", "keep_button")]
        case ReplyKind.CASE_OPENED:
            return [button(f"kinds:{number}", "case_change_kind")]
        case ReplyKind.CASE_KIND_ASK:
            return [button(f"kind:{number}:{kind}", f"case_kind_{kind}") for kind in CaseKind]
        case ReplyKind.CASE_RATE if reply.case:
            return question_about(reply.case, town, language).choices
        case ReplyKind.CONTEST_TERMS | ReplyKind.CONTEST_ASK if contest := reply.contest:
            said = [word_contest(name, contest, town, language) for name in ("call_yes", "call_no")]
            return [(f"call_yes:{contest.id}", said[0], ""), (f"call_no:{contest.id}", said[1], "")]
        case ReplyKind.CONTEST_WHICH:
            sent = [(f"call_out:{name}", label, "") for name, label in label_entries(reply.entries, town, language)]
            return [*sent, button("call_out:*", "all")]
        case ReplyKind.MY_DATA | ReplyKind.EXPORT_ASK:
            return [button("export", "export_button"), button("no:export", "no")]
        case ReplyKind.ERASE_ASK | ReplyKind.ERASE_ASK_HELD:
            return [button("erase", "erase_button"), button("no:erase", "no")]
    return []


def _offer_choices(offers: Sequence[OfferText], town: Town, language: str) -> Choices:
    """Each offer, and all of them in one tap."""
    choices = [(f"offer:{it.offer}", it.label, describe_offer(it, town, language)) for it in offers]
    if len(choices) > 1:
        every = ",".join(offered.offer for offered in offers)
        name = "both" if len(choices) == 2 else "all"  # noqa: PLR2004 - "both" is two
        choices.append((f"offer:{every}", text(town, language, name), ""))
    return choices
