"""A draft: written, tried on colleagues, and handed on for its release."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final

from functions.console.web.newsletters.knows import errand_ports, its_broadcast, plan_of, test_of, who
from functions.console.web.newsletters.phone import phone
from functions.console.web.newsletters.typed import Typed
from functions.console.web.newsletters.versions import differences, too_late
from functions.console.web.page import page, part
from functions.console.web.visit import Values, Visit
from stadtdraht.domain.broadcast.broadcast import (
    MOST_ITEMS,
    TITLE_CHARACTERS,
    Broadcast,
    NewsletterNotFit,
    StateForbids,
)
from stadtdraht.domain.broadcast.errand import Errand
from stadtdraht.domain.broadcast.finding import NewsletterFinding
from stadtdraht.domain.broadcast.neutrality import election_ahead
from stadtdraht.pages.responses import HttpResponse
from stadtdraht.texts.staff.broadcast import newsletters as broadcast_words
from stadtdraht.texts.staff.broadcast.newsletter_lint import in_place, sentence
from stadtdraht.texts.staff.console import newsletters as words
from stadtdraht.texts.staff.console.people import language_name
from stadtdraht.texts.staff.language import german, say
from stadtdraht.texts.staff.moments import written
from stadtdraht.usecases.broadcast.errands.ask_errand import send_on
from stadtdraht.usecases.broadcast.load_broadcast import ChangedMeanwhile, replace_stored
from stadtdraht.usecases.broadcast.writing.release_broadcast import edited, lint_with_links

FIELDS: Final[Mapping[str, str]] = {"title": "t", "teaser": "x", "link": "l", "image": "p", "validity": "e"}


@dataclass(frozen=True, slots=True)
class Unsaved:
    """A form that was not taken: what was typed, and why."""

    typed: Typed
    error: str = ""
    changed_by: str = ""
    """Who saved another version meanwhile; "": nobody."""
    errors: Mapping[str, str] = field(default_factory=dict)


def show_draft(visit: Visit, broadcast: Broadcast, unsaved: Unsaved | None = None, status: int = 200) -> HttpResponse:
    """The form, the phone beside it, and what the plan said last."""
    town = visit.town
    typed = unsaved.typed if unsaved else Typed.of_draft(broadcast, town)
    shown = _as_typed(visit, broadcast, typed) if unsaved else broadcast
    found = _findings(visit, shown)
    wants_all = "check" in visit.query or unsaved is not None
    errors = _at_fields(found, typed, empty_too=wants_all) | dict(unsaved.errors if unsaved else {})
    plan = plan_of(visit, broadcast)
    return page(
        visit,
        "newsletters/draft.html",
        broadcast.title or say("Neuer Newsletter"),
        here="newsletters",
        status=status,
        broadcast=broadcast,
        heading=broadcast.title or say("Neuer Newsletter"),
        written=say("Entwurf von {name}", name=broadcast.created_by or say("der Stadt")),
        saved=words.ago(broadcast.changed_at, town, visit.now) if broadcast.changed_at else "",
        seen=seen_of(broadcast),
        typed=typed,
        errors=errors,
        general=_to_mend(found, errors) if wants_all else [],
        problems=[],
        error=unsaved.error if unsaved else "",
        changed_by=unsaved.changed_by if unsaved else "",
        differs=differences(Typed.of_draft(broadcast, town), typed, town) if unsaved else [],
        given=unsaved is not None or "stored" in visit.query,
        waits=_waits(visit, broadcast),
        back=_back(visit, broadcast),
        hints=list(_hints(visit, broadcast)),
        most_items=MOST_ITEMS,
        most_title=TITLE_CHARACTERS,
        choices=_choices(visit, plan),
        plan=plan,
        test=test_of(visit, broadcast),
        feed=bool(town.feed_url),
        step=1 if broadcast.asked is None else 3,
        saved_view=True,
        phone=phone(visit, shown, visit.query.get("lang", "de")),
    )


def save(visit: Visit) -> HttpResponse:
    """Stores what is typed, whatever button was pressed; then does what the button says."""
    broadcast = its_broadcast(visit)
    if broadcast is None:
        return visit.to("newsletters")
    town, press = visit.town, visit.form.get("do")
    typed = Typed.of_form(visit.form, broadcast.feed).moved(press)
    if wrong := typed.wrong_days():
        return show_draft(visit, broadcast, Unsaved(typed, errors=wrong), 422)
    try:
        items = typed.to_items(town, broadcast.items)
        after = edited(broadcast, town, typed.options, items, who(visit), visit.now)
        if not _says_the_same(after, broadcast):
            if visit.form.get("seen") != seen_of(broadcast):
                return show_draft(visit, broadcast, Unsaved(typed, changed_by=broadcast.created_by), 409)
            replace_stored(broadcast, after, visit.adapters.broadcasts)
            broadcast = after
    except StateForbids:
        lost = differences(typed, Typed.of_draft(broadcast, town), town)
        return too_late(visit, broadcast, say("Ihre Änderung ist nicht gesichert"), lost)
    except ChangedMeanwhile:
        latest = its_broadcast(visit) or broadcast
        return show_draft(visit, latest, Unsaved(typed, changed_by=latest.created_by), 409)
    except NewsletterNotFit as why:
        return show_draft(visit, broadcast, Unsaved(typed, words.refused(why)), 422)
    return _after(visit, broadcast, press)


def preview(visit: Visit) -> HttpResponse:
    """The phone with what is typed now, and what would have to be mended; nothing is stored by it."""
    broadcast = its_broadcast(visit)
    if broadcast is None:
        return visit.to("newsletters")
    shown = _as_typed(visit, broadcast, Typed.of_form(visit.form, broadcast.feed))
    problems = [in_place(it, words.IN_FORM) for it in _findings(visit, shown) if not _is_empty(shown, it)]
    return part(visit, "newsletters/phone.html", phone=phone(visit, shown), problems=problems)


def show_plan(visit: Visit) -> HttpResponse:
    """What the plan said last, for the script that renews it."""
    broadcast = its_broadcast(visit)
    if broadcast is None:
        return visit.to("newsletters")
    plan, test = plan_of(visit, broadcast), test_of(visit, broadcast)
    return part(visit, "newsletters/plan.html", plan=plan, test=test, broadcast=broadcast)


def seen_of(broadcast: Broadcast) -> str:
    """Which version a form was made for."""
    return broadcast.changed_at.isoformat() if broadcast.changed_at else ""


def _after(visit: Visit, broadcast: Broadcast, press: str) -> HttpResponse:
    here = f"newsletters/{broadcast.broadcast_id}"
    if press == "ask":
        return visit.to(f"{here}?check=1" if _findings(visit, broadcast) else f"{here}/release")
    if press == "feed":
        return visit.to(f"{here}/feed")
    if press == "test":
        if _findings(visit, broadcast):
            return visit.to(f"{here}?check=1")
        send_on(broadcast, Errand.TEST, visit.now, errand_ports(visit))
        return visit.to(f"{here}?done=trying")
    verb, _, which = press.partition("-")
    moved = {"up": -1, "down": 1, "add": 0}.get(verb)
    if moved is None:
        return visit.to(f"{here}?done=saved")
    at = int(which) + moved if which.isdecimal() else len(broadcast.items)
    return visit.to(f"{here}#m{max(1, min(at, len(broadcast.items)))}")


def _says_the_same(one: Broadcast, other: Broadcast) -> bool:
    """Whoever presses Save and changed nothing has not written it."""

    def said(it: Broadcast) -> tuple[object, ...]:
        return it.items, it.subject, it.topics, it.districts, it.languages, it.persona

    return said(one) == said(other)


def _as_typed(visit: Visit, broadcast: Broadcast, typed: Typed) -> Broadcast:
    items = typed.to_items(visit.town, broadcast.items)
    try:
        return edited(broadcast, visit.town, typed.options, items, who(visit), visit.now)
    except (NewsletterNotFit, StateForbids):
        return replace(broadcast, items=items, subject=typed.subject)


def _findings(visit: Visit, broadcast: Broadcast) -> tuple[NewsletterFinding, ...]:
    return lint_with_links(broadcast, visit.town, visit.now, links=None, public_url=visit.adapters.settings.public_url)


def _is_empty(broadcast: Broadcast, found: NewsletterFinding) -> bool:
    """Whether it is about a field in which nobody has typed yet."""
    if not found.item or found.field not in ("title", "teaser", "link"):
        return False
    return not getattr(broadcast.items[found.item - 1], found.field)


def _at_fields(found: tuple[NewsletterFinding, ...], typed: Typed, *, empty_too: bool) -> dict[str, str]:
    errors: dict[str, str] = {}
    for it in found:
        name = f"{FIELDS.get(it.field, '')}{it.item}"
        item = typed.items[it.item - 1] if 0 < it.item <= len(typed.items) else None
        is_empty = item is not None and it.field in ("title", "teaser", "link") and not getattr(item, it.field)
        if it.item and (empty_too or not is_empty):
            said = say("Hier fehlt noch etwas.") if is_empty else f"{sentence(it)}."
            errors[name] = f"{errors[name]} {said}" if name in errors else said
    return errors


def _to_mend(found: Sequence[NewsletterFinding], errors: Mapping[str, str]) -> list[tuple[str, str]]:
    """Everything above the form, with the field to which it leads; "" for what is about the whole."""
    whole = [("", in_place(it)) for it in found if it.item == 0]
    names = {"t": say("Überschrift"), "x": say("Anriss"), "l": say("Link"), "p": say("Bild"), "e": say("Tag")}
    return [
        *whole,
        *((it, f"{say(words.IN_FORM, number=it[1:], field=names[it[0]])}: {why}") for it, why in errors.items()),
    ]


def _choices(visit: Visit, plan: Values) -> list[Values]:
    """Topics, districts and languages, each with how many people it reaches where that is known."""
    town, found = visit.town, plan["summary"]
    groups = (
        ("topic", say("Themen"), [(it.id, it.label) for it in town.at(visit.now).topics], "by_topic"),
        ("district", say("Ortsteile"), [(it.id, it.label) for it in town.districts], "by_district"),
        ("language", say("Sprachen"), [(it, language_name(it)) for it in town.languages], "by_language"),
    )
    shown = []
    for name, title, options, attribute in groups:
        counts = getattr(found, attribute) if found else {}
        told = [
            (value, f"{label} ({words.few(counts[value])})" if value in counts else label) for value, label in options
        ]
        if len(told) > 1:
            shown.append({"name": name, "title": title, "options": told})
    return shown


def _waits(visit: Visit, broadcast: Broadcast) -> str:
    if broadcast.asked is None:
        return ""
    of = broadcast.asked.of.name if broadcast.asked.of else say("alle, die freigeben dürfen")
    since = words.ago(broadcast.asked.at, visit.town, visit.now)
    return say("Liegt seit {since} zur Freigabe bei {of}.", since=since, of=of)


def _back(visit: Visit, broadcast: Broadcast) -> Values | None:
    found = broadcast.sent_back
    if found is None:
        return None
    return {"name": found.by.name, "why": found.why, "at": words.ago(found.at, visit.town, visit.now)}


def _hints(visit: Visit, broadcast: Broadcast) -> list[str]:
    at: datetime = max(broadcast.goes_at, visit.now)
    if not broadcast.persona and (election := election_ahead(visit.town, at)):
        return [say(broadcast_words.ELECTION, day=written(election, german("%d.%m.%Y")))]
    return []
