"""Why a file is not there, for staff."""

from collections.abc import Mapping
from typing import Final

from stadtdraht.domain.media.media import Why

WHY_NO_FILE: Final[Mapping[str, Mapping[Why, str]]] = {
    "de": {
        Why.TOO_LARGE: "Die Datei ist größer, als WhatsApp es für diese Art erlaubt.",
        Why.WRONG_TYPE: "Diese Art von Datei nehmen wir nicht an.",
        Why.UNREADABLE: "Das Bild ist beschädigt und lässt sich nicht öffnen.",
        Why.TOO_MANY_PIXELS: "Das Bild hat zu viele Bildpunkte.",
        Why.ANIMATED: "Bewegte Bilder nehmen wir nicht an, nur Fotos.",
        Why.GONE: "WhatsApp hält die Datei nicht mehr bereit (nach 7 Tagen). Bitte um ein neues Foto bitten.",
        Why.FOREIGN_ADDRESS: "Die Datei lag an einer Adresse, die nicht zu WhatsApp gehört; sie wurde nicht geladen.",
        Why.GAVE_UP: "Die Datei ließ sich trotz mehrerer Versuche nicht laden. Ein neuer Versuch ist möglich.",
    },
    "en": {
        Why.TOO_LARGE: "The file is larger than WhatsApp allows for its kind.",
        Why.WRONG_TYPE: "We do not take this type of file.",
        Why.UNREADABLE: "The picture is damaged and cannot be opened.",
        Why.TOO_MANY_PIXELS: "The picture has too many pixels.",
        Why.ANIMATED: "We take photos only, no moving pictures.",
        Why.GONE: "WhatsApp no longer keeps the file (after 7 days). Please ask for a new one.",
        Why.FOREIGN_ADDRESS: "The file lay at an address that is not WhatsApp's; it was not fetched.",
        Why.GAVE_UP: "The file could not be fetched in several tries. It may be tried again.",
    },
}
