"""Why a file is not there, for staff."""

from collections.abc import Mapping
from typing import Final

from stadtdraht.domain.media.media import MediaFailure, MediaKind, MediaState
from stadtdraht.texts.staff.language import german

WHY_NO_FILE: Final[Mapping[str, Mapping[MediaFailure, str]]] = {
    "de": {
        MediaFailure.TOO_LARGE: "Die Datei ist größer, als WhatsApp es für diese Art erlaubt.",
        MediaFailure.WRONG_TYPE: "Diese Art von Datei nehmen wir nicht an.",
        MediaFailure.UNREADABLE: "Das Bild ist beschädigt und lässt sich nicht öffnen.",
        MediaFailure.TOO_MANY_PIXELS: "Das Bild hat zu viele Bildpunkte.",
        MediaFailure.ANIMATED: "Bewegte Bilder nehmen wir nicht an, nur Fotos.",
        MediaFailure.GONE: "WhatsApp hält die Datei nicht mehr bereit (nach 7 Tagen). Bitte um ein neues Foto bitten.",
        MediaFailure.FOREIGN_ADDRESS: "Die Datei lag an einer Adresse, die nicht zu WhatsApp gehört; sie wurde nicht geladen.",
        MediaFailure.GAVE_UP: "Die Datei ließ sich trotz mehrerer Versuche nicht laden. Ein neuer Versuch ist möglich.",
    },
    "en": {
        MediaFailure.TOO_LARGE: "The file is larger than WhatsApp allows for its kind.",
        MediaFailure.WRONG_TYPE: "We do not take this type of file.",
        MediaFailure.UNREADABLE: "The picture is damaged and cannot be opened.",
        MediaFailure.TOO_MANY_PIXELS: "The picture has too many pixels.",
        MediaFailure.ANIMATED: "We take photos only, no moving pictures.",
        MediaFailure.GONE: "WhatsApp no longer keeps the file (after 7 days). Please ask for a new one.",
        MediaFailure.FOREIGN_ADDRESS: "The file lay at an address that is not WhatsApp's; it was not fetched.",
        MediaFailure.GAVE_UP: "The file could not be fetched in several tries. It may be tried again.",
    },
}
HEAD: Final = ("Bürger/in", "Nachricht", "Art", "Stand", "Versuche", "warum")
NOTHING: Final = "Alle Dateien sind da."
KINDS: Final[Mapping[str, str]] = {
    MediaKind.IMAGE: german("Foto"),
    MediaKind.AUDIO: german("Sprachnachricht"),
    MediaKind.VIDEO: german("Video"),
    MediaKind.DOCUMENT: german("Dokument"),
    MediaKind.STICKER: german("Sticker"),
}
STATES: Final[Mapping[str, str]] = {
    MediaState.PENDING: "unterwegs",
    MediaState.STORED: "da",
    MediaState.REFUSED: "abgelehnt",
    MediaState.FAILED: "nicht geladen",
    MediaState.FORGOTTEN: "gelöscht",
}
FIELDS: Final[Mapping[str, str]] = {
    "town": "Stadt",
    "citizen_id": "Bürger/in",
    "message": "Nachricht",
    "at": "Zeit",
    "kind": "Art",
    "state": "Stand",
    "why": "warum",
    "type": "Dateityp",
    "size_bytes": "Größe in Bytes",
    "tries": "Versuche",
}
THERE: Final = "Diese Datei ist schon da; `stadtdraht media show` gibt ihre Adresse."
AGAIN: Final = "Sie wird in der nächsten Minute noch einmal geladen."
NO_FILE: Final = "{town} hat zu dieser Person und Nachricht keine Datei; `stadtdraht media list` zeigt die, die fehlen."
