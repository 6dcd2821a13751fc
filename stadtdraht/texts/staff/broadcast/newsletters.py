"""Newsletters in the words of the press office."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from stadtdraht.texts.staff.language import german
from stadtdraht.texts.staff.moments import counted

STATES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "draft": german("Entwurf"),
        "released": german("freigegeben"),
        "scheduled": german("eingeplant"),
        "running": german("unterwegs"),
        "stopped": german("angehalten"),
        "halted": german("von WhatsApp angehalten"),
        "finished": german("fertig"),
    }
)
LIST_HEAD: Final = ("Kennung", "Stand", "geht hinaus", "geschrieben von", "freigegeben von", "Titel")
NONE_YET: Final = "{town} hat noch keinen Newsletter."
WEEKLY: Final = " jede Woche"
STATUS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "broadcast_id": "Kennung",
        "town": "Stadt",
        "title": "Titel",
        "state": "Stand",
        "planned": "vorgesehen",
        "accepted": "von WhatsApp angenommen",
        "sent": "gesendet",
        "delivered": "zugestellt",
        "read": "gelesen",
        "failed": "fehlgeschlagen",
        "unknown": "ungewiss",
        "not_sent": "nicht gesendet",
        "silent": "davon seit 15 Minuten ohne Antwort",
        "waiting": "noch an der Reihe",
        "given_up": "liegen gebliebene Teile",
        "reasons": "Gründe",
        "finished": "fertig",
        "next_portion_at": "nächster Teil",
    }
)
MADE: Final = ("geht hinaus", "geschrieben von", "freigegeben von")
YES: Final = "ja"
NO: Final = "nein"
SILENT: Final = "{people} seit 15 Minuten ohne Antwort: stadtdraht broadcast unknown {broadcast_id}"
GIVEN_UP: Final = (
    "An {slices} Teilen arbeitet niemand: Der Versand scheiterte zu oft, oder ein anderer Newsletter dieser Nummer ist seit einer "
    "Stunde unterwegs. stadtdraht dlq list; stadtdraht broadcast resume {broadcast_id}"
)
HAS_BEGUN: Final = "{broadcast_id} ist schon unterwegs: stadtdraht broadcast status {broadcast_id}"
REFUSED: Final = "\nSo geht er nicht hinaus: {why}"
ASK_YES: Final = "Mit --json kann niemand gefragt werden; geben Sie --yes dazu, wenn er hinausgehen darf (add --yes)."
SEND_IT: Final = "Jetzt senden?"
FOLLOW: Final = "Verfolgen: stadtdraht broadcast status {broadcast_id}"
STOPPED: Final = "Angehalten. Was schon hinaus ist: stadtdraht broadcast status {broadcast_id}"
NAME_ONE: Final = "Nennen Sie die Kennung eines Entwurfs, oder --town, --title, --teaser und --link."
WEEKLY_AGAIN: Final = "Er geht wieder jede Woche hinaus."
AT_ITS_HOUR: Final = "Er geht wieder zu seiner Zeit hinaus: {hour}."
BEGINS: Final = "Er beginnt jetzt."
NEXT_PORTION: Final = "Sein nächster Teil beginnt jetzt."
GO_ON: Final = "{slices} Teile gehen weiter."
GOES_ON_AT: Final = "Weiter bei etwa {had_turn} von {planned}, niemand bekommt ihn doppelt."
LATE: Final = "{broadcast_id} ist seit {since} Uhr angehalten. Gilt noch alles, und soll er weitergehen?"
ASKED: Final = "Zur Freigabe an {of}. Weiter: stadtdraht broadcast release {broadcast_id}, oder zurück mit send-back."
ANYBODY: Final = "alle, die freigeben dürfen"
SENT_BACK: Final = "Zurück an {author}: „{why}“"
STILL_COUNTED: Final = "Gezählt am {at} Uhr und nicht mehr verändert; neu zählen: --recount"
AT_WORK: Final = "Alle Teile sind schon unterwegs."
RELEASED: Final = "Freigegeben von {by}. Weiter: stadtdraht broadcast send {broadcast_id}, oder schedule mit --at."
STARTS: Final = "Er beginnt am {weekday}, {at} Uhr ({zone}){weekly}"
REACHES: Final = "Er erreicht {people}."
TO_MEND: Final = "Vor der Freigabe zu verbessern:"
NOTHING_TO_MEND: Final = "Nichts zu verbessern."
REPORT: Final = "{title} ({broadcast_id}): {state}, vorgesehen für {people}"
FIGURES_HEAD: Final = (
    "",
    "Menschen",
    "angenommen",
    "gesendet",
    "zugestellt",
    "gelesen",
    "fehlgeschlagen",
    "ungewiss",
    "nicht gesendet",
)
ALL: Final = "alle"
REASONS_HEAD: Final = ("Menschen", "was", "Code", "warum")
FATES: Final[Mapping[str, str]] = MappingProxyType(
    {"failed": german("fehlgeschlagen"), "unknown": german("ungewiss"), "not_sent": german("nicht gesendet")}
)
HOURS_HEAD: Final = ("Stunde", "angenommen", "zugestellt", "gelesen", "fehlgeschlagen")
CLICKS_HEAD: Final = ("Beitrag", "Klicks", "Link")
NOT_COUNTED: Final = "nicht gezählt"
STILL_IN_LINE: Final = "noch an der Reihe: {people}"
LEFT_OVER: Final = "nicht mehr an die Reihe gekommen: {people}"
OPT_OUTS: Final = "Danach innerhalb von 24 Stunden abbestellt: {people}"
COST: Final = "Kosten laut Plan: {planned}; laut WhatsApp: {billed} EUR, ohne Steuer."
COST_UNKNOWN: Final = "unbekannt"
CHARGED: Final = "  {messages} berechnet als {kind}"
FREE: Final = "  {messages} kostenlos als {kind}"
WITHOUT_PRICE: Final = "  {messages} davon fehlen in der Summe: Unsere Liste hat für Land oder Art keinen Preis."
UNMARKED: Final = "  {messages} zugestellt, ohne Angabe zum Preis."
TESTS_HEAD: Final = ("an", "")
TESTED: Final = "gesendet"
NOT_TESTED: Final = "nicht gesendet: {why}"
NO_TESTERS: Final = (
    "{town} hat niemanden zum Ausprobieren; nennen Sie Kolleginnen und Kollegen als [[testers]] in der Stadtdatei"
)
UNKNOWN_TESTERS: Final = "--to {names}: erwartet wird {known}"
PLANNED: Final = "{town}: an {planned} von {consented} Menschen, die die News bestellt haben"
REACHED: Final = ", die Hälfte nach {half}, die Letzten nach {last}"
WOULD_BE_REFUSED: Final = (
    "  So geht er nicht hinaus: {planned} Menschen passen nicht in Metas Grenze von {limit} am Tag. {advice}"
)
OVER_DAYS: Final = "  Er verteilt sich von selbst auf {days} Tage: {each}. Meta erlaubt {limit} Menschen in 24 Stunden;"
USED: Final = "  {used} hatten in den letzten 24 Stunden schon etwas, und {reserve} Plätze bleiben frei für Menschen, die nur Warnungen bestellt haben."
WINDOW_OPEN: Final = "  {people} haben in den letzten 24 Stunden geschrieben und zählen nicht zu Metas Grenze."
COSTS: Final = "  Er kostet {eur} EUR nach Metas Liste von {of}, ohne Steuer:"
NO_PRICE: Final = "kein Preis in unserer Liste"
IN_WINDOW: Final = "kostenlos, denn sie haben in den letzten 24 Stunden geschrieben"
PART: Final = "    {messages} als {category} nach {country}: {eur}"
NO_TEMPLATE: Final = "freie Nachricht"
UNPRICED: Final = "  Nicht dabei: {people} Menschen in Ländern, deren Preis nicht in unserer Liste steht: {named}."
CAREFUL: Final = (
    "  Achtung: Die Preisliste wurde lange nicht mit Metas verglichen (compare prices.py with Meta's rate card)."
)
NOT_TO: Final = "  nicht an {people}: {reason}"
EXCLUDED: Final[Mapping[str, str]] = MappingProxyType(
    {
        "left": "haben abbestellt",
        "other topic or district, or joined later": "anderes Thema, anderer Ortsteil oder später dazugekommen",
        "served before": "haben ihn schon",
    }
)
NO_PERSONA: Final = (
    "{town} hat keine Unterschrift (persona); tragen Sie sie in die Stadtdatei ein, und wenden Sie die Datei an"
)
EITHER_OR: Final = "Entweder --title, --teaser und --link, oder der Feed."
NO_FEED: Final = (
    "{town} hat keinen Feed; tragen Sie seine Adresse als feed_url in die Stadtdatei ein, und wenden Sie die Datei an"
)
EACH_ITEM: Final = "Jeder Beitrag braucht --title, --teaser und --link; oder nehmen Sie den Feed: --from-feed"
ELECTION: Final = german(
    "Am {day} ist Wahl: Nennen Sie keine Kandidatin, keinen Kandidaten und keine Partei, und loben Sie niemandes Bilanz."
)
TOO_SOON: Final = "Jetzt ist zu früh: {why}."
ADDS_ONE: Final = "--item {item}: Es gibt {count}; mit {next} kommt einer dazu"
ONE_STAYS: Final = "--item {item} --remove: Es gibt {count}, und einer muss bleiben"


def people(number: int) -> str:
    """1 Mensch, 2 Menschen."""
    return counted(number, "Mensch", "Menschen")


def lasts(seconds: int) -> str:
    """90 s, 12 Min., 2 Std. 5 Min."""
    hours, minutes = seconds // 3600, seconds % 3600 // 60
    if seconds < 120:  # noqa: PLR2004 - two minutes
        return f"{seconds} s"
    return f"{hours} Std. {minutes} Min." if hours else f"{minutes} Min."
