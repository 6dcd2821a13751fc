"""The readiness check in words, for the crisis page and staff."""

from datetime import datetime
from typing import Final

from stadtdraht.domain.crisis.readiness import Check, CheckName, Level, Seen
from stadtdraht.domain.town import Town
from stadtdraht.domain.whatsapp.account_problems import AccountTrouble
from stadtdraht.texts.staff.account import in_words
from stadtdraht.texts.staff.language import german
from stadtdraht.texts.staff.moments import day, moment

LEVELS: Final = {
    Level.GREEN: "Alles bereit",
    Level.YELLOW: "Bereit, mit Hinweisen",
    Level.RED: "Nicht bereit",
}
STALE: Final = german(
    "Seit mehr als einer Viertelstunde wurde nicht nachgesehen. Das sagt nichts darüber, ob gewarnt werden kann. "
    "Bitte melden Sie es dem Betrieb."
)
UNKNOWN: Final = german("Es wurde noch nie nachgesehen. Bitte melden Sie es dem Betrieb.")
SEND_ANYWAY: Final = "Im Ernstfall warnen Sie trotzdem, und zusätzlich über andere Wege."
NAMES: Final = {
    CheckName.TOKEN: "Zugang zu WhatsApp",
    CheckName.NUMBER: "Nummer",
    CheckName.TEMPLATES: "Vorlagen",
    CheckName.SECOND: "Zweite Vorlage",
    CheckName.LIMIT: "Tagesgrenze",
    CheckName.ACCOUNT: "Konto",
    CheckName.QUEUES: "Warteschlangen",
    CheckName.SENDERS: "Versand",
    CheckName.PAGE: "Krisenseite",
    CheckName.KEYS: "Schlüssel",
    CheckName.LINKS: "Links",
    CheckName.DRILL: "Letzte Übung",
}
ADVICE: Final = {
    CheckName.TOKEN: german(
        "WhatsApp nimmt unseren Zugang nicht an oder antwortet nicht. Bitte rufen Sie den Betrieb an: "
        "Er prüft den Zugang und erneuert ihn."
    ),
    CheckName.NUMBER: german(
        "WhatsApp bewertet die Nummer schlecht oder schränkt sie ein. Bitte senden Sie bis auf Weiteres "
        "keine Rundschreiben, und lassen Sie den Betrieb den Grund prüfen."
    ),
    CheckName.TEMPLATES: german(
        "Eine Vorlage für Warnungen ist bei WhatsApp nicht so, wie Ihre Stadt sie freigegeben hat, "
        "oder das wurde lange nicht geprüft. Bitte rufen Sie den Betrieb an."
    ),
    CheckName.SECOND: german(
        "In einer Sprache steht keine zweite Vorlage für Warnungen bereit. Hält WhatsApp die erste an, lesen "
        "Menschen die Warnung in einer anderen Sprache oder gar nicht. Bitte lassen Sie den Betrieb eine zweite einreichen."
    ),
    CheckName.LIMIT: german(
        "WhatsApp lässt am Tag weniger Menschen zu, als Warnungen bestellt haben oder als hinterlegt ist, "
        "oder es wird knapp. "
        "Bitte lassen Sie den Betrieb eine höhere Grenze beantragen."
    ),
    CheckName.ACCOUNT: german(
        "WhatsApp hat etwas gegen das Konto Ihrer Stadt: eine Einschränkung, eine Sperre, oder eine Vorlage "
        "wird bald anders eingestuft. Bitte rufen Sie den Betrieb an, und halten Sie andere Wege bereit."
    ),
    CheckName.QUEUES: german(
        "Es liegen Aufträge im Versand, die noch nicht erledigt sind. Läuft gerade eine Warnung, ist das "
        "richtig; sonst rufen Sie bitte den Betrieb an."
    ),
    CheckName.SENDERS: german(
        "Der Versand antwortet nicht, nur zum Teil oder langsam. Bitte rufen Sie den Betrieb an."
    ),
    CheckName.PAGE: german(
        "Die Krisenseite antwortet nicht oder langsam: Vielleicht öffnet sich Ihr Link nicht. Bitte rufen Sie "
        "den Betrieb an, und halten Sie andere Wege bereit."
    ),
    CheckName.KEYS: german("Die Schlüssel für die Krisenlinks fehlen. Bitte rufen Sie den Betrieb an."),
    CheckName.LINKS: german(
        "Es gibt keinen gültigen Krisenlink, oder der letzte läuft in den nächsten zwei Wochen ab. Bitte "
        "lassen Sie neue Links ausstellen."
    ),
    CheckName.DRILL: german("Seit mehr als einem Monat wurde nicht geübt. Bitte üben Sie einmal mit dem Übungslink."),
}
#: What was observed, by its code. {…}: its facts; Meta's own words stand as Meta says them.
FOUND: Final = {
    "token_taken": "WhatsApp nimmt ihn an",
    "token_refused": "abgelehnt, oder es gibt keinen",
    "meta_silent": "WhatsApp hat nicht geantwortet (Code {code})",
    "number_unknown": "unbekannt",
    "quality": "Qualität {quality}",
    "health": "Senden {health}",
    "no_crisis_templates": "die Stadtdatei nennt keine crisis_templates",
    "no_template": "die Stadtdatei hat keine Vorlage {name}",
    "not_utility": "{name} ist in der Stadtdatei {category}, nicht UTILITY",
    "no_ttl": "{name} hat in der Stadtdatei keine Zustellfrist (ttl_s)",
    "not_looked": "bei WhatsApp hat noch niemand nachgesehen",
    "template_missing": "{template} ({language}) gibt es bei WhatsApp nicht",
    "template_status": "{template} ({language}) ist nicht freigegeben ({found})",
    "template_category": "{template} ({language}) ist anders eingestuft ({found})",
    "template_wording": "{template} ({language}) hat bei WhatsApp einen anderen Wortlaut",
    "template_ttl": "{template} ({language}) hat bei WhatsApp eine andere Zustellfrist",
    "template_quality": "{template} ({language}) wurde oft gemeldet oder blockiert",
    "ends_as_warnings": "Entwarnungen gehen mit der Vorlage für Warnungen hinaus",
    "old": "seit {at} nicht nachgesehen",
    "as_approved": "wie freigegeben",
    "no_second": "keine zweite freigegeben in {languages}",
    "second": "freigegeben",
    "second_in_file": "steht in der Stadtdatei",
    "no_limit": "keine Grenze",
    "uncounted": "{limit} am Tag; wie viele Menschen Warnungen bestellt haben, ist noch nicht gezählt",
    "limit": "{limit} am Tag, {audience} Menschen haben Warnungen bestellt",
    "limit_in_file": "die Stadtdatei sagt {limit}",
    "limit_in_file_none": "die Stadtdatei sagt: keine Grenze",
    "nothing_against": "nichts liegt vor",
    "unreadable": "nicht zu lesen",
    "queues": "{work} warten, {dead} aufgegeben",
    "no_sender": "0 von {asked} antworten",
    "senders": "{count} von {asked} antworten, der langsamste nach {slowest_ms} ms",
    "no_page": "antwortet nicht",
    "page": "antwortet nach {ms} ms",
    "keys": "{count} in Kraft",
    "no_link": "kein Link gilt",
    "links": "gültig: {count}, der letzte bis {until}",
    "no_drill": "noch nie",
    "drill": "{at}",
}


def found(check: Check, town: Town) -> str:
    """What was observed just now."""
    return "; ".join(_said(it, town) for it in check.seen)


def _said(seen: Seen, town: Town) -> str:
    facts = dict(seen.facts)
    if isinstance(trouble := facts.get("trouble"), AccountTrouble):
        return in_words(trouble)
    for name, value in facts.items():
        if isinstance(value, datetime):
            facts[name] = moment(value, town) if seen.code == "old" else day(value, town)
    return FOUND[seen.code].format_map(facts)
