"""What is to be corrected before a warning goes out, and at which field: for staff, in German."""

from typing import Final

from stadtdraht.domain.crisis.lint import AlertFinding, Flaw

FIELDS: Final = {
    Flaw.UNKNOWN_SCENARIO: "scenario",
    Flaw.UNKNOWN_DISTRICT: "districts",
    Flaw.DETAIL_MISSING: "detail",
    Flaw.DETAIL_TOO_LONG: "detail",
    Flaw.DETAIL_LINES: "detail",
    Flaw.DETAIL_LINK: "detail",
    Flaw.DETAIL_MARKUP: "detail",
    Flaw.UNKNOWN_LANGUAGE: "languages",
    Flaw.VALIDITY: "valid_for_min",
    Flaw.NOT_CHOSEN: "languages",
    Flaw.NO_FRAME: "scenario",
    Flaw.NOT_WORDED: "scenario",
    Flaw.TOO_LONG: "scenario",
}
FIELD_OF_PART: Final = {"was": "scenario", "wo": "districts", "bis": "valid_for_min", "tun": "scenario"}
INSTEAD_SAID: Final = {"de-easy": "in Leichter Sprache", "de": "auf Deutsch"}
PARTS: Final = {
    "was": "was passiert ist",
    "wo": "wo die Gefahr ist",
    "bis": "bis wann die Warnung gilt",
    "tun": "was die Menschen tun sollen",
    "wer": "wer warnt",
    "mehr": "wo man die Warnung prüfen kann",
}
_SENTENCES: Final = {
    Flaw.UNKNOWN_SCENARIO: "Bitte wählen Sie aus, was passiert ist.",
    Flaw.UNKNOWN_DISTRICT: "Bitte wählen Sie Ortsteile aus der Liste, oder das ganze Stadtgebiet. Beides zugleich geht nicht.",
    Flaw.DETAIL_MISSING: "Bitte geben Sie den genauen Ort oder einen Hinweis an: Ohne ihn wissen die Menschen bei diesem Ereignis "
    "nicht, wo und was sie tun sollen.",
    Flaw.DETAIL_TOO_LONG: "Der genaue Ort oder Hinweis ist um {by} Zeichen zu lang. Bitte sagen Sie es in höchstens 120 Zeichen.",
    Flaw.DETAIL_LINES: "Bitte schreiben Sie den genauen Ort oder Hinweis in eine Zeile. WhatsApp nimmt keinen Zeilenumbruch an.",
    Flaw.DETAIL_LINK: "Bitte schreiben Sie keinen Link in den genauen Ort oder Hinweis. In der Warnung steht schon einer, und zwar zur "
    "Prüfseite.",
    Flaw.DETAIL_MARKUP: "Bitte lassen Sie im genauen Ort oder Hinweis Sternchen, Unterstriche, spitze und geschweifte Klammern und andere Formatzeichen weg.",
    Flaw.UNKNOWN_LANGUAGE: "Bitte wählen Sie Sprachen aus der Liste.",
    Flaw.VALIDITY: "Bitte geben Sie eine Gültigkeit zwischen 15 Minuten und 12 Stunden an.",
    Flaw.NOT_CHOSEN: "Deutsch muss dabei sein.",
    Flaw.NO_FRAME: "Für diese Stadt ist bei WhatsApp noch keine Warnung freigegeben.",
    Flaw.NOT_WORDED: "Für dieses Ereignis gibt es noch keinen Wortlaut. Bitte wählen Sie ein anderes, das passt.",
    Flaw.UNSAID: "In der Nachricht steht nicht, {part}. So kann sie nicht hinausgehen. Bitte rufen Sie den Betrieb an: "
    "Das fehlt in der Vorlage oder in den Angaben der Stadt. Warnen Sie so lange auf anderen Wegen.",
    Flaw.UNSENDABLE: "WhatsApp nimmt die Angabe nicht an, {part}: Darin ist ein Zeilenumbruch oder eine Lücke. Bitte rufen Sie "
    "den Betrieb an, und warnen Sie so lange auf anderen Wegen.",
    Flaw.TOO_LONG: "Die Nachricht ist um {by} Zeichen zu lang für WhatsApp. Bitte rufen Sie den Betrieb an: Die Vorlage der Stadt "
    "muss kürzer werden. Warnen Sie so lange auf anderen Wegen.",
}
_TOO_MANY_PLACES: Final = (
    "Die Nachricht ist um {by} Zeichen zu lang für WhatsApp. Bitte wählen Sie weniger Ortsteile, oder das ganze "
    "Stadtgebiet, oder fassen Sie den Hinweis kürzer."
)
_WHY_MISSING: Final = {
    Flaw.NOT_CHOSEN: "nicht ausgewählt",
    Flaw.NO_FRAME: "bei WhatsApp noch nicht freigegeben",
    Flaw.NOT_WORDED: "noch kein Wortlaut",
    Flaw.UNSAID: "unvollständig: Es fehlt, {part}",
    Flaw.UNSENDABLE: "unbrauchbar: die Angabe, {part}",
    Flaw.TOO_LONG: "um {by} Zeichen zu lang",
}


def field_of(finding: AlertFinding) -> str:
    """The field that can mend it, as it is posted."""
    return FIELD_OF_PART.get(finding.part, "scenario") if finding.part else FIELDS[finding.flaw]


def sentence(finding: AlertFinding) -> str:
    """What is wrong, and what to do about it."""
    words = _TOO_MANY_PLACES if (finding.flaw, finding.part) == (Flaw.TOO_LONG, "wo") else _SENTENCES[finding.flaw]
    return words.replace("{part}", PARTS.get(finding.part, finding.part)).replace("{by}", f"{finding.by}")


def why_missing(finding: AlertFinding) -> str:
    """Why a warning is not in a language, in a few words."""
    return _WHY_MISSING[finding.flaw].format(part=PARTS.get(finding.part, finding.part), by=finding.by)
