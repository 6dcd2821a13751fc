"""Acts of the audit, in words of staff."""

from typing import Final

from stadtdraht.domain.privacy.audit import AuditedAct
from stadtdraht.texts.staff.language import german

ACTS: Final = {
    AuditedAct.REVEALED: german("Nummer angezeigt"),
    AuditedAct.EXPORTED: german("Daten ausgegeben"),
    AuditedAct.OPENED: german("Gespräch gelesen"),
    AuditedAct.SIGNED_IN: german("angemeldet"),
    AuditedAct.SIGN_IN_REFUSED: german("Anmeldung abgewiesen"),
    AuditedAct.INVITED: german("eingeladen"),
    AuditedAct.RENEWED: german("Zugang erneuert"),
    AuditedAct.PASSWORD_CHANGED: german("Passwort neu gewählt"),
    AuditedAct.ROLES: german("Rollen geändert"),
    AuditedAct.REMOVED: german("Zugang beendet"),
    AuditedAct.ABSENCE: german("Abwesenheit eingetragen"),
    AuditedAct.RENAMED: german("Name geändert"),
}
