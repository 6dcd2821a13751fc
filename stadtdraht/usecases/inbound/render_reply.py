"""Words a reply, with what can be pressed under it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from babel.dates import format_date, format_datetime

from stadtdraht.domain import retention
from stadtdraht.domain.cases.case import CaseKind
from stadtdraht.domain.citizen import Citizen
from stadtdraht.domain.inbound.reply import Reply, ReplyKind
from stadtdraht.domain.town import Offer, OfferText, Town
from stadtdraht.domain.whatsapp.choices import Choices, WordsWithChoices
from stadtdraht.texts.cases import word_case, word_state
from stadtdraht.texts.contests import word_contest
from stadtdraht.texts.replies import language_names, text

if TYPE_CHECKING:
    from stadtdraht.ports.privacy import DataLinks

OFFERING = (ReplyKind.GREETING, ReplyKind.GREETING_RECEIVED, ReplyKind.OFFERS_TOO)


@dataclass(frozen=True, slots=True)
class ReplyContext:
    """What words need beside the reply. now: for links that end after a day."""

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
    language = citizen.language
    if reply.contest:
        return word_contest(reply.kind.value, reply.contest, town, language, count=reply.count)
    if reply.kind is ReplyKind.CASE_RATED and reply.case:
        return word_case("case_rated", reply.case, town, language)
    values = {
        **_town_values(town, language, context.public_url),
        **_offer_values(reply, town, language),
        **_person_values(reply, town, citizen, context),
        **_case_values(reply, town, language),
        **_alert_values(reply, context.public_url),
    }
    words = text(town, language, reply.kind.value).format_map(values)
    return f"{words}\n\n{text(town, language, 'still_messages')}" if reply.by_one_name else words


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


def _offer_values(reply: Reply, town: Town, language: str) -> Mapping[str, str]:
    labels = {offered.offer: offered.label for offered in town.offers}
    named = [labels.get(offer, offer.value) for offer in reply.offers]
    line = text(town, language, "offer_line")
    offers = (
        line.format(label=offered.label, description=_description(offered, town, language)) for offered in town.offers
    )
    return {
        "offers": "\n".join(offers),
        "offers_line": text(town, language, "offers_line"),
        "offers_named": text(town, language, "and").join(named),
        "first_offer": named[0] if named else town.offers[0].label,
    }


def _description(offered: OfferText, town: Town, language: str) -> str:
    """What the town says of its offer; of the news also how often they come at most."""
    if offered.offer is not Offer.NEWS or town.promise is None:
        return offered.description
    return (
        f"{offered.description} {text(town, language, f'promise_{town.promise.every}').format(most=town.promise.most)}"
    )


def _person_values(reply: Reply, town: Town, citizen: Citizen, context: ReplyContext) -> Mapping[str, str]:
    language = citizen.language
    link = context.data_links.make(town.id, citizen.citizen_id, context.now)
    return {
        "address": text(town, language, "address").format(name=reply.name) if reply.name else "",
        "comma_name": f", {reply.name}" if reply.name else "",
        "topics": _topics(town, citizen),
        "district": _district(town, citizen),
        "opening": _moment(reply.at, town, language),
        "until": _moment(reply.at, town, language),
        "my_data": _my_data(town, citizen) if reply.kind is ReplyKind.MY_DATA else "",
        "data_url": link if reply.kind is ReplyKind.DATA_LINK else "",
    }


def _case_values(reply: Reply, town: Town, language: str) -> Mapping[str, str]:
    case = reply.case
    if case is None:
        return {}
    missing = "" if case.place.address or case.place.latitude is not None else "case_missing_place"
    missing = missing if case.description else "case_missing_text"
    return {
        "number": case.number,
        "case_kind": text(town, language, f"case_kind_{case.kind}"),
        "case_state": word_state(case.state, town, language),
        "case_missing": text(town, language, missing) if missing else "",
        "opened": _day(case.opened_at, town, language),
        "due": _day(case.due_at - timedelta(seconds=1), town, language),
    }


def _alert_values(reply: Reply, public_url: str) -> Mapping[str, str]:
    if reply.alert is None:
        return {}
    return {"issuer": reply.alert.issuer, "alert_url": f"{public_url}/a/{reply.alert.alert_id}"}


def _my_data(town: Town, citizen: Citizen) -> str:
    language = citizen.language
    taken = [offered.label for offered in town.offers if citizen.takes(offered.offer)]
    lines = [
        ("my_data_number", citizen.identity.phone or citizen.identity.user_id or ""),
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


def _moment(at: datetime | None, town: Town, language: str) -> str:
    """A time as the language says it ("Mittwoch, 25. November, 08:30"); "" for none."""
    if at is None:
        return ""
    return format_datetime(at, "EEEE, d. MMMM, HH:mm", tzinfo=town.zone, locale=_locale(language))


def _day(at: datetime, town: Town, language: str) -> str:
    return format_date(at.astimezone(town.zone), "d. MMMM", locale=_locale(language))


def _locale(language: str) -> str:
    return language.partition("-")[0]


def _choices(reply: Reply, town: Town, language: str) -> Choices:
    def button(name: str, words: str) -> tuple[str, str, str]:
        return name, text(town, language, words), ""

    number = reply.case.number if reply.case else ""
    match reply.kind:
        case kind if kind in OFFERING:
            return _offer_choices(town, language)
        case ReplyKind.ASK_CONSENT:
            return [button(f"yes:{','.join(reply.offers)}", "yes"), button("no", "no")]
        case ReplyKind.TOPICS_ASK:
            every = text(town, language, "all_topics")
            named = [(f"topic:{topic.id}", topic.label, "") for topic in town.topics]
            return [*named, ("topic:*", every[:1].upper() + every[1:], "")]
        case ReplyKind.DISTRICT_ASK:
            return [(f"district:{choice.id}", choice.label, "") for choice in town.districts]
        case ReplyKind.LANGUAGE_ASK:
            return [(f"lang:{name}", label, "") for name, label in language_names().items()]
        case ReplyKind.SENSITIVE:
            return [button(f"forget:{reply.forget}", "forget_button"), button("no", "keep_button")]
        case ReplyKind.CASE_OPENED:
            return [button(f"kinds:{number}", "case_change_kind")]
        case ReplyKind.CASE_KIND_ASK:
            return [button(f"kind:{number}:{kind}", f"case_kind_{kind}") for kind in CaseKind]
        case ReplyKind.CONTEST_TERMS if contest := reply.contest:
            said = [word_contest(name, contest, town, language) for name in ("call_yes", "call_no")]
            return [(f"call_yes:{contest.id}", said[0], ""), (f"call_no:{contest.id}", said[1], "")]
        case ReplyKind.MY_DATA:
            return [button("export", "export_button"), button("no", "no")]
        case ReplyKind.ERASE_ASK | ReplyKind.ERASE_ASK_HELD:
            return [button("erase", "erase_button"), button("no", "no")]
    return []


def _offer_choices(town: Town, language: str) -> Choices:
    """Each offer, and all of them in one tap."""
    choices = [(f"offer:{offered.offer}", offered.label, offered.description) for offered in town.offers]
    if len(choices) > 1:
        every = ",".join(offered.offer for offered in town.offers)
        name = "both" if len(choices) == 2 else "all"  # noqa: PLR2004 - "both" is two
        choices.append((f"offer:{every}", text(town, language, name), ""))
    return choices
