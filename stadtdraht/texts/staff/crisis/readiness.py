"""The readiness check in words, for the crisis page and staff."""

from typing import Final

from stadtdraht.domain.crisis.readiness import CheckName, Level

LEVELS: Final = {
    Level.GREEN: "Alles bereit",
    Level.YELLOW: "Bereit, mit Hinweisen",
    Level.RED: "Nicht bereit",
}
STALE: Final = (
    "Seit mehr als einer Viertelstunde wurde nicht nachgesehen. Das sagt nichts darüber, ob gewarnt werden kann. "
    "Bitte melden Sie es dem Betrieb."
)
UNKNOWN: Final = "Es wurde noch nie nachgesehen. Bitte melden Sie es dem Betrieb."
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
    CheckName.TOKEN: "WhatsApp nimmt unseren Zugang nicht an oder antwortet nicht. Bitte rufen Sie den Betrieb an: "
    "Er prüft den Zugang und erneuert ihn.",
    CheckName.NUMBER: "WhatsApp bewertet die Nummer schlecht oder schränkt sie ein. Bitte senden Sie bis auf Weiteres "
    "keine Rundschreiben, und lassen Sie den Betrieb den Grund prüfen.",
    CheckName.TEMPLATES: "Eine Vorlage für Warnungen ist bei WhatsApp nicht so, wie Ihre Stadt sie freigegeben hat, "
    "oder das wurde lange nicht geprüft. Bitte rufen Sie den Betrieb an.",
    CheckName.SECOND: "In einer Sprache steht keine zweite Vorlage für Warnungen bereit. Hält WhatsApp die erste an, lesen "
    "Menschen die Warnung in einer anderen Sprache oder gar nicht. Bitte lassen Sie den Betrieb eine zweite einreichen.",
    CheckName.LIMIT: "WhatsApp lässt am Tag weniger Menschen zu, als Warnungen bestellt haben oder als hinterlegt ist, "
    "oder es wird knapp. "
    "Bitte lassen Sie den Betrieb eine höhere Grenze beantragen.",
    CheckName.ACCOUNT: "WhatsApp hat etwas gegen das Konto Ihrer Stadt: eine Einschränkung, eine Sperre, oder eine Vorlage "
    "wird bald anders eingestuft. Bitte rufen Sie den Betrieb an, und halten Sie andere Wege bereit.",
    CheckName.QUEUES: "Es liegen Aufträge im Versand, die noch nicht erledigt sind. Läuft gerade eine Warnung, ist das "
    "richtig; sonst rufen Sie bitte den Betrieb an.",
    CheckName.SENDERS: "Der Versand antwortet nicht, nur zum Teil oder langsam. Bitte rufen Sie den Betrieb an.",
    CheckName.PAGE: "Die Krisenseite antwortet nicht oder langsam: Vielleicht öffnet sich Ihr Link nicht. Bitte rufen Sie "
    "den Betrieb an, und halten Sie andere Wege bereit.",
    CheckName.KEYS: "Die Schlüssel für die Krisenlinks fehlen. Bitte rufen Sie den Betrieb an.",
    CheckName.LINKS: "Es gibt keinen gültigen Krisenlink, oder der letzte läuft in den nächsten zwei Wochen ab. Bitte "
    "lassen Sie neue Links ausstellen.",
    CheckName.DRILL: "Seit mehr als einem Monat wurde nicht geübt. Bitte üben Sie einmal mit dem Übungslink.",
}
