"""What is wrong with a template at WhatsApp, and what to do, for a town's staff. {name}: template and language."""

from typing import Final

from stadtdraht.domain.whatsapp.template_drift import TemplateProblem

FOR_STAFF: Final = {
    TemplateProblem.MISSING: "Die Vorlage {name} gibt es bei WhatsApp nicht. Bitte lassen Sie sie vom Betrieb einreichen.",
    TemplateProblem.STATUS: "Die Vorlage {name} ist bei WhatsApp zurzeit nicht freigegeben (in Prüfung, angehalten, abgelehnt "
    "oder gesperrt). Bitte senden Sie nichts damit und lassen Sie den Grund vom Betrieb prüfen.",
    TemplateProblem.CATEGORY: "WhatsApp stuft die Vorlage {name} anders ein als bei uns hinterlegt. Gilt sie als Werbung, "
    "kostet sie mehr, und wer Werbung ablehnt, bekommt sie nicht. Bitte lassen Sie eine Prüfung beantragen.",
    TemplateProblem.WORDING: "Der Wortlaut der Vorlage {name} bei WhatsApp ist nicht der, den Ihre Stadt freigegeben hat. "
    "Bitte lassen Sie das klären, bevor Sie damit senden.",
    TemplateProblem.TTL: "Die Zustellfrist der Vorlage {name} bei WhatsApp stimmt nicht: Nachrichten könnten noch nach Wochen "
    "ankommen. Bitte lassen Sie die Frist neu einstellen.",
    TemplateProblem.QUALITY: "Viele Menschen haben Nachrichten mit der Vorlage {name} gemeldet oder blockiert. Bitte senden Sie "
    "seltener damit, sonst hält WhatsApp sie an.",
}
