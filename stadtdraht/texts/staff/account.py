"""What is wrong with a town's account or templates at WhatsApp, and what to do.

{name} is filled with the template and its language.
"""

from typing import Final

from stadtdraht.domain.whatsapp.account_problems import AccountProblem, AccountTrouble
from stadtdraht.domain.whatsapp.template_drift import TemplateProblem, TemplateTrouble
from stadtdraht.texts.staff.language import german, say

ACCOUNT_PROBLEMS: Final = {
    AccountProblem.RESTRICTED: german(
        "WhatsApp hat das Konto Ihrer Stadt eingeschränkt. Nachrichten, die Sie zuerst schreiben, "
        "kommen deshalb vielleicht nicht an. Bitte lassen Sie den Betrieb Einspruch einlegen, und nutzen Sie solange andere "
        "Wege."
    ),
    AccountProblem.DISABLED: german(
        "WhatsApp hat das Konto Ihrer Stadt gesperrt. Es geht nichts hinaus. Bitte rufen Sie den "
        "Betrieb an, und nutzen Sie andere Wege."
    ),
    AccountProblem.TO_BE_DISABLED: german(
        "WhatsApp kündigt an, das Konto Ihrer Stadt zu sperren. Bitte lassen Sie den Betrieb sofort Einspruch einlegen."
    ),
    AccountProblem.VIOLATION: german(
        "WhatsApp meldet, dass eine Nachricht gegen die Regeln verstoßen hat. Bitte lassen Sie den "
        "Grund prüfen, bevor Sie wieder senden."
    ),
    AccountProblem.GONE: german(
        "Das Konto Ihrer Stadt bei WhatsApp wurde getrennt oder gelöscht. Bitte rufen Sie den Betrieb an."
    ),
    AccountProblem.ALERT: german(
        "WhatsApp hat einen Hinweis zum Konto Ihrer Stadt geschickt. Bitte lassen Sie den Betrieb nachsehen."
    ),
    AccountProblem.RECATEGORISED: german(
        "WhatsApp will die Vorlage {name} anders einstufen. Gilt sie dann als Werbung, kostet "
        "sie mehr, und wer Werbung ablehnt, bekommt sie nicht. Bitte lassen Sie den Betrieb vorher eine Prüfung beantragen."
    ),
    AccountProblem.NUMBER_BLOCKED: german(
        "WhatsApp lässt die Nummer Ihrer Stadt zurzeit nichts senden. Bitte rufen Sie den "
        "Betrieb an, und nutzen Sie andere Wege."
    ),
    AccountProblem.NUMBER_LIMITED: german(
        "WhatsApp schränkt die Nummer Ihrer Stadt ein. Bitte lassen Sie den Betrieb den Grund prüfen."
    ),
    AccountProblem.QUALITY: german(
        "Viele Menschen haben Nachrichten Ihrer Stadt gemeldet oder blockiert. Bitte senden Sie bis "
        "auf Weiteres seltener."
    ),
    AccountProblem.LIMIT: german(
        "WhatsApp lässt am Tag weniger Menschen zu, als bei uns hinterlegt ist. Rundschreiben halten "
        "sich daran und brauchen vielleicht mehrere Tage. Bitte lassen Sie den Betrieb eine höhere Grenze beantragen."
    ),
    AccountProblem.RATE: german(
        "WhatsApp nimmt weniger Nachrichten je Sekunde an, als bei uns hinterlegt ist. Bitte lassen Sie "
        "den Betrieb das anpassen."
    ),
}
TEMPLATE_PROBLEMS: Final = {
    TemplateProblem.MISSING: german(
        "Die Vorlage {name} gibt es bei WhatsApp nicht. Bitte lassen Sie sie vom Betrieb einreichen."
    ),
    TemplateProblem.STATUS: german(
        "Die Vorlage {name} ist bei WhatsApp zurzeit nicht freigegeben (in Prüfung, angehalten, abgelehnt "
        "oder gesperrt). Bitte senden Sie nichts damit und lassen Sie den Grund vom Betrieb prüfen."
    ),
    TemplateProblem.CATEGORY: german(
        "WhatsApp stuft die Vorlage {name} anders ein als bei uns hinterlegt. Gilt sie als Werbung, "
        "kostet sie mehr, und wer Werbung ablehnt, bekommt sie nicht. Bitte lassen Sie eine Prüfung beantragen."
    ),
    TemplateProblem.WORDING: german(
        "Der Wortlaut der Vorlage {name} bei WhatsApp ist nicht der, den Ihre Stadt freigegeben hat. "
        "Bitte lassen Sie das klären, bevor Sie damit senden."
    ),
    TemplateProblem.TTL: german(
        "Die Zustellfrist der Vorlage {name} bei WhatsApp stimmt nicht: Nachrichten könnten noch nach Wochen "
        "ankommen. Bitte lassen Sie die Frist neu einstellen."
    ),
    TemplateProblem.QUALITY: german(
        "Viele Menschen haben Nachrichten mit der Vorlage {name} gemeldet oder blockiert. Bitte senden Sie "
        "seltener damit, sonst hält WhatsApp sie an."
    ),
}


def in_words(trouble: TemplateTrouble | AccountTrouble) -> str:
    """What it means for the office; in brackets what the operator looks for."""
    if isinstance(trouble, AccountTrouble):
        said = say(ACCOUNT_PROBLEMS[trouble.problem], name=trouble.template)
    else:
        said = say(TEMPLATE_PROBLEMS[trouble.problem], name=f"{trouble.template} ({trouble.language})")
    return f"{said} ({trouble})"
