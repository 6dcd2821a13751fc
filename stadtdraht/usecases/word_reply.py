"""Words a reply, and shapes it as the Cloud API takes it: text, up to three buttons, or a list."""

from collections.abc import Mapping, Sequence
from typing import Any

from stadtdraht.domain.citizen import Citizen
from stadtdraht.domain.decision import Reply, ReplyKind
from stadtdraht.domain.town import Offer, Town
from stadtdraht.texts.replies import text

BUTTONS_AT_MOST = 3  # then it becomes a list; Meta, Interactive messages, 2026-09
LIST_TITLE_CHARACTERS = 24
LIST_DESCRIPTION_CHARACTERS = 72
OFFERING = (ReplyKind.GREETING, ReplyKind.GREETING_RECEIVED)


def word_reply(reply: Reply, town: Town, citizen: Citizen, public_url: str) -> Mapping[str, Any]:
    """The type-specific part of a Cloud API message, in the citizen's language."""
    language = citizen.language
    values = _values(reply, town, language, public_url)
    words = text(town, language, reply.kind.value).format_map(values)
    if reply.kind in OFFERING:
        return _choice(words, _offer_choices(town, language), text(town, language, "choose_button"))
    if reply.kind is ReplyKind.ASK_CONSENT:
        named = ",".join(reply.offers)
        yes, no = text(town, language, "yes"), text(town, language, "no")
        return _choice(words, [(f"yes:{named}", yes, ""), ("no", no, "")], "")
    return {"type": "text", "text": {"body": words, "preview_url": False}}


def _values(reply: Reply, town: Town, language: str, public_url: str) -> Mapping[str, str]:
    def said(words: str, **values: object) -> str:
        return text(town, language, words).format(**values)

    labels = {of.offer: of.label for of in town.offers}
    named = [labels.get(offer, offer.value) for offer in reply.offers]
    shown = [said("offer_line", label=of.label, description=of.description) for of in town.offers]
    promised = "answered_when_reports" if Offer.REPORTS in labels else "answered_when"
    return {
        "greeting": town.greeting or said("greeting_default", service_name=town.service_name),
        "town": town.name,
        "service_name": town.service_name,
        "offers": "\n".join(shown),
        "offers_line": said("offers_line"),
        "offers_named": said("and").join(named),
        "first_offer": named[0] if named else town.offers[0].label,
        "address": said("address", name=reply.name) if reply.name else "",
        "comma_name": f", {reply.name}" if reply.name else "",
        "answered_when": said(promised, feedback_days=town.first_feedback_working_days),
        "phone": town.imprint.phone,
        "email": town.imprint.email,
        "privacy_url": f"{public_url}/t/{town.id}/privacy",
        "imprint_url": f"{public_url}/t/{town.id}/imprint",
    }


def _offer_choices(town: Town, language: str) -> list[tuple[str, str, str]]:
    """(id, label, description) of each offer, and of all of them in one tap."""
    choices = [(f"offer:{of.offer}", of.label, of.description) for of in town.offers]
    if len(choices) > 1:
        every = ",".join(of.offer for of in town.offers)
        name = "both" if len(choices) == 2 else "all"  # noqa: PLR2004 - "both" is two
        choices.append((f"offer:{every}", text(town, language, name), ""))
    return choices


def _choice(words: str, choices: Sequence[tuple[str, str, str]], button: str) -> Mapping[str, Any]:
    if len(choices) <= BUTTONS_AT_MOST:
        buttons = [{"type": "reply", "reply": {"id": name, "title": label}} for name, label, _ in choices]
        interactive = {"type": "button", "body": {"text": words}, "action": {"buttons": buttons}}
    else:
        rows = [
            {"id": name, "title": label[:LIST_TITLE_CHARACTERS]}
            | ({"description": about[:LIST_DESCRIPTION_CHARACTERS]} if about else {})
            for name, label, about in choices
        ]
        action = {"button": button, "sections": [{"title": button, "rows": rows}]}
        interactive = {"type": "list", "body": {"text": words}, "action": action}
    return {"type": "interactive", "interactive": interactive}
