"""What a town still holds, as `stadtdraht town retention` tells it."""

from typing import Final

HEAD: Final = ("Art", "Tage", "Einträge", "über die Zeit", "seit mehr als zwei Tagen", "ohne Ende", "festgehalten")
AS_SUBJECT: Final = "wie ihr Gegenstand"
SWEPT: Final = "{at}: gelöscht {what}"
NOTHING: Final = "nichts"
DELETED: Final = "Jetzt gelöscht: {rows}"
LATE: Final = "DynamoDB ist spät dran: `--sweep` löscht es jetzt; der Betrieb sieht danach nach der Frist (TTL) der Tabelle in AWS."
