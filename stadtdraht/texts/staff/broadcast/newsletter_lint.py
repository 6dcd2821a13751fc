"""What must be mended before a newsletter may go out, in words of the press office. {…}: facts of the finding."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from stadtdraht.domain.broadcast.finding import NewsletterFinding
from stadtdraht.domain.broadcast.links import WebTrouble
from stadtdraht.domain.broadcast.promise import TooOften
from stadtdraht.domain.town import PromisedEvery
from stadtdraht.texts.staff.broadcast.web_trouble import web_trouble

FIELDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "title": "Titel",
        "teaser": "Text",
        "link": "Link",
        "image": "Bild",
        "validity": "Gültigkeit",
        "town": "Stadt",
        "items": "Beiträge",
        "districts": "Ortsteile",
        "topics": "Themen",
        "languages": "Sprachen",
        "kind": "Art",
        "subject": "Name",
        "persona": "Unterschrift",
        "template": "Vorlage",
        "length": "Länge",
        "imprint": "Impressum",
        "opt-out": "Abbestellen",
        "hour": "Uhrzeit",
    }
)
SAYS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "no_news": "{town} bietet keine Newsletter an",
        "items": "Ein Newsletter hat 1 bis {most} Beiträge; dieser hat {has}",
        "invitation_without_district": "Eine Einladung ist für die Menschen eines Ortsteils; nennen Sie einen oder mehrere",
        "not_a_digest": "{kind} hat einen Beitrag; mit {has} ist es digest",
        "election": "Am {day} ist Wahl; bis dahin wird nichts persönlich unterschrieben",
        "topic_not_there": "{topic} gibt es an diesem Tag nicht (von {starts} bis {ends})",
        "unknown_choice": "{given} gibt es nicht; es gibt: {known}",
        "characters": "1 bis {most} Zeichen werden gebraucht; es sind {has}",
        "not_one_line": "Umbrüche, Tabulatoren und Reihen von Leerzeichen lässt WhatsApp nicht zu; schreiben Sie eine Zeile",
        "placeholder": "„{found}“ steht für eine einzelne Person; ein Newsletter wird weitergeleitet und nennt keine",
        "over_before_it_goes": "„{title}“ gilt bis {until} Uhr, und ist vorbei, bevor er hinausgeht",
        "question": "{town} sendet nur in eine Richtung: Ein Newsletter darf nichts fragen",
        "address": "Die Adresse muss mit https:// beginnen, einen Server nennen und ohne Leerzeichen und Umlaute sein; kopieren Sie sie aus dem Browser",
        "password_in_address": "Die Adresse enthält einen Namen oder ein Passwort; jede Person, an die weitergeleitet wird, hätte es auch",
        "one_reader_in_address": "„{parameter}“ in der Adresse steht für eine einzelne Person; nehmen Sie es heraus, denn Nachrichten werden weitergeleitet",
        "no_template": "{town} hat keine Vorlage „{template}“",
        "template_room": "„{template}“ zeigt nicht genau {items} Beiträge mit Titel und Link",
        "too_long": "Ausgefüllt hat die Nachricht {has} Zeichen; kürzen Sie die Texte zusammen um {over}",
        "no_imprint": "Die Vorlage „{template}“ sagt nicht, wer schreibt; sie braucht {{{{imprint}}}}",
        "no_sender": "Die Vorlage „{template}“ sagt nicht, wer unterschreibt; sie braucht {{{{sender}}}}, oder schreiben Sie als Verwaltung",
        "no_stop": "Die Vorlage „{template}“ sagt nicht, wie man abbestellt; nennen Sie STOP in ihrer Fußzeile",
        "template_without_picture": "Die Vorlage „{template}“ zeigt kein Bild; lassen Sie es weg",
        "picture_missing": "Die Vorlage „{template}“ zeigt ein Bild, und es ist keines genannt",
        "second_picture": "Eine Nachricht zeigt ein Bild, das ihres ersten Beitrags; lassen Sie dieses weg",
        "hour_of_the_clocks": "Zweimal im Jahr gibt es diese Stunde nicht oder doppelt, wenn die Uhren umgestellt werden; nehmen Sie eine andere",
        "link_answers": "{address} antwortet mit {status} statt 200",
        "link_not_reached": "{address} ist von hier nicht zu erreichen ({trouble})",
    }
)


def sentence(finding: NewsletterFinding) -> str:
    """What is wrong, without where."""
    facts = dict(finding.facts)
    if isinstance(trouble := facts.get("trouble"), WebTrouble):
        facts["trouble"] = web_trouble(trouble, str(facts["detail"]))
    return SAYS[finding.code].format_map(facts)


def in_place(finding: NewsletterFinding) -> str:
    """Where and what: „Beitrag 2, Link: …“."""
    field = FIELDS.get(finding.field, finding.field)
    where = f"Beitrag {finding.item}, {field}" if finding.item else field
    return f"{where}: {sentence(finding)}"


def promise_broken(why: TooOften) -> str:
    """The promise, and what stands in the way of one more."""
    most = "einen Newsletter" if why.promise.most == 1 else f"{why.promise.most} Newsletter"
    every = "einer Woche" if why.promise.every is PromisedEvery.WEEK else "vier Wochen"
    near = ", ".join(f"„{title}“ am {on:%d.%m.%Y}" for on, title in why.near)
    return f"{why.town} hat höchstens {most} in {every} versprochen; am {why.day:%d.%m.%Y} käme er dazu zu {near}"
