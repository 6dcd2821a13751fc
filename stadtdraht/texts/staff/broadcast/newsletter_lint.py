"""What must be mended before a newsletter may go out, in words of the press office. {…}: facts of the finding."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from stadtdraht.domain.broadcast.finding import NewsletterFinding
from stadtdraht.domain.broadcast.links import WebTrouble
from stadtdraht.domain.broadcast.promise import TooOften
from stadtdraht.domain.town import PromisedEvery
from stadtdraht.texts.staff.broadcast.web_trouble import web_trouble
from stadtdraht.texts.staff.language import german, say, say_many
from stadtdraht.texts.staff.moments import written

FIELDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "title": german("Titel"),
        "teaser": german("Text"),
        "link": german("Link"),
        "image": german("Bild"),
        "validity": german("Gültigkeit"),
        "town": german("Stadt"),
        "items": german("Beiträge"),
        "districts": german("Ortsteile"),
        "topics": german("Themen"),
        "languages": german("Sprachen"),
        "kind": german("Art"),
        "subject": german("Name"),
        "persona": german("Unterschrift"),
        "template": german("Vorlage"),
        "length": german("Umfang"),
        "imprint": german("Impressum"),
        "opt-out": german("Abbestellen"),
        "hour": german("Uhrzeit"),
    }
)
SAYS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "no_news": german("{town} bietet keine Newsletter an"),
        "items": german("Ein Newsletter hat 1 bis {most} Beiträge; dieser hat {has}"),
        "invitation_without_district": german(
            "Eine Einladung ist für die Menschen eines Ortsteils; nennen Sie einen oder mehrere"
        ),
        "not_a_digest": german("{kind} hat nur einen Titel; mit {has} ist es digest"),
        "election": german("Am {day} ist Wahl; bis dahin wird nichts persönlich unterschrieben"),
        "topic_not_there": german("{topic} gibt es an diesem Tag nicht (von {starts} bis {ends})"),
        "unknown_choice": german("{given} gibt es nicht; es gibt: {known}"),
        "characters": german("1 bis {most} Zeichen werden gebraucht; es sind {has}"),
        "not_one_line": german(
            "Umbrüche, Tabulatoren und Reihen von Leerzeichen lässt WhatsApp nicht zu; schreiben Sie eine Zeile"
        ),
        "placeholder": german(
            "„{found}“ steht für eine einzelne Person; ein Newsletter wird weitergeleitet und nennt keine"
        ),
        "over_before_it_goes": german("„{title}“ gilt bis {until} Uhr, und ist vorbei, bevor er hinausgeht"),
        "question": german("{town} sendet nur in eine Richtung: Ein Newsletter darf nichts fragen"),
        "address": german(
            "Die Adresse muss mit https:// beginnen, einen Server nennen und ohne Leerzeichen und Umlaute sein; kopieren Sie sie aus dem Browser"
        ),
        "password_in_address": german(
            "Die Adresse enthält einen Namen oder ein Passwort; jede Person, an die weitergeleitet wird, hätte es auch"
        ),
        "one_reader_in_address": german(
            "„{parameter}“ in der Adresse steht für eine einzelne Person; nehmen Sie es heraus, denn Nachrichten werden weitergeleitet"
        ),
        "no_template": german("{town} hat keine Vorlage „{template}“"),
        "template_room": german("„{template}“ zeigt nicht genau {items} Titel mit ihrem Link"),
        "too_long": german("Ausgefüllt hat die Nachricht {has} Zeichen; kürzen Sie die Texte zusammen um {over}"),
        "no_imprint": german("Die Vorlage „{template}“ sagt nicht, wer schreibt; sie braucht {{{{imprint}}}}"),
        "no_sender": german(
            "Die Vorlage „{template}“ sagt nicht, wer unterschreibt; sie braucht {{{{sender}}}}, oder schreiben Sie als Verwaltung"
        ),
        "no_stop": german("Die Vorlage „{template}“ sagt nicht, wie man abbestellt; nennen Sie STOP in ihrer Fußzeile"),
        "template_without_picture": german("Die Vorlage „{template}“ zeigt kein Bild; lassen Sie es weg"),
        "picture_missing": german("Die Vorlage „{template}“ zeigt ein Bild, und es ist keines genannt"),
        "second_picture": german("Eine Nachricht zeigt nur ein Bild, das zu ihrem ersten Titel; lassen Sie dieses weg"),
        "hour_of_the_clocks": german(
            "Zweimal im Jahr gibt es diese Stunde nicht oder doppelt, wenn die Uhren umgestellt werden; nehmen Sie eine andere"
        ),
        "link_answers": german("{address} antwortet mit {status} statt 200"),
        "link_not_reached": german("{address} ist von hier nicht zu erreichen ({trouble})"),
    }
)


ITEM_AND_FIELD: Final = german("Beitrag {number}, {field}")


def sentence(finding: NewsletterFinding) -> str:
    """What is wrong, without where."""
    facts = dict(finding.facts)
    if isinstance(trouble := facts.get("trouble"), WebTrouble):
        facts["trouble"] = web_trouble(trouble, str(facts["detail"]))
    return say(SAYS[finding.code], **facts)


def in_place(finding: NewsletterFinding, place: str = ITEM_AND_FIELD) -> str:
    """Where and what: „Beitrag 2, Link: …“. place: as the form, or the command line, calls an item."""
    field = say(FIELDS.get(finding.field, finding.field))
    where = say(place, number=finding.item, field=field) if finding.item else field
    return f"{where}: {sentence(finding)}"


def promise_broken(why: TooOften) -> str:
    """The promise, and what stands in the way of one more."""
    pattern = german("%d.%m.%Y")
    every = say("einer Woche") if why.promise.every is PromisedEvery.WEEK else say("vier Wochen")
    near = ", ".join(say("„{title}“ am {day}", title=title, day=written(on, pattern)) for on, title in why.near)
    return say_many(
        why.promise.most,
        "{town} hat höchstens einen Newsletter in {every} versprochen; am {day} käme er dazu zu {near}",
        "{town} hat höchstens {number} Newsletter in {every} versprochen; am {day} käme er dazu zu {near}",
        town=why.town,
        every=every,
        day=written(why.day, pattern),
        near=near,
    )
