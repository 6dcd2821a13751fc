"""Acts of the audit, in words of staff."""

from typing import Final

from stadtdraht.domain.privacy.audit import AuditedAct

ACTS: Final = {
    AuditedAct.REVEALED: "Nummer angezeigt",
    AuditedAct.EXPORTED: "Daten ausgegeben",
    AuditedAct.OPENED: "Gespräch gelesen",
    AuditedAct.SIGNED_IN: "angemeldet",
    AuditedAct.SIGN_IN_REFUSED: "Anmeldung abgewiesen",
    AuditedAct.INVITED: "eingeladen",
    AuditedAct.RENEWED: "Zugang erneuert",
    AuditedAct.PASSWORD_CHANGED: "Passwort neu gewählt",
    AuditedAct.ROLES: "Rollen geändert",
    AuditedAct.REMOVED: "Zugang beendet",
    AuditedAct.ABSENCE: "Abwesenheit eingetragen",
}
