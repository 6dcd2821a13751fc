"""Why an address on the web brings nothing, in words of the press office that follow its name: „… antwortet nicht“."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from stadtdraht.domain.broadcast.feed import FeedNotRead, NothingNew
from stadtdraht.domain.broadcast.links import WebTrouble
from stadtdraht.texts.staff.language import german, say, say_many

SAYS: Final[Mapping[WebTrouble, str]] = MappingProxyType(
    {
        WebTrouble.STATUS: german("antwortet mit {detail} statt 200"),
        WebTrouble.LATE: german("antwortet nicht rechtzeitig"),
        WebTrouble.SLOW: german("ist zu langsam"),
        WebTrouble.BREAKS_OFF: german("bricht mitten in der Antwort ab"),
        WebTrouble.NO_CONNECTION: german("nimmt keine Verbindung an"),
        WebTrouble.CERTIFICATE: german("zeigt ein Zertifikat, das nicht gilt: {detail}"),
        WebTrouble.NO_ADDRESS: german("ist keine Adresse"),
        WebTrouble.LEADS_TO_NO_ADDRESS: german("leitet auf etwas weiter, was keine Adresse ist"),
        WebTrouble.TOO_MANY_REDIRECTS: german("leitet mehr als {detail}-mal weiter"),
        WebTrouble.NOT_HTTPS: german("führt zu einer Adresse, die nicht einfach mit https:// beginnt"),
        WebTrouble.OWN_PORT: german("nennt einen eigenen Port"),
        WebTrouble.HOST_NOT_LOOKED_UP: german("nennt einen Server, der sich nicht rechtzeitig finden lässt: {detail}"),
        WebTrouble.NO_HOST: german("nennt einen Server, den es nicht gibt: {detail}"),
        WebTrouble.HOST_NOT_PUBLIC: german("nennt einen Server, der nicht im öffentlichen Internet steht: {detail}"),
        WebTrouble.PACKED_UNASKED: german("kommt anders gepackt, als gefragt war"),
        WebTrouble.PACKED_WRONGLY: german("kommt falsch gepackt"),
        WebTrouble.TOO_LARGE: german("hat mehr als {detail} Bytes"),
        WebTrouble.NO_FEED: german(
            "ist weder RSS noch Atom; nennen Sie die Adresse des Feeds selbst, nicht die einer Seite"
        ),
    }
)


def web_trouble(code: WebTrouble, detail: str) -> str:
    """Without the address itself."""
    return say(SAYS[code], detail=detail)


def feed_not_read(error: FeedNotRead) -> str:
    """Which feed, and why."""
    trouble = web_trouble(error.code, error.detail)
    return say("Der Feed {address} {trouble}.", address=error.address, trouble=trouble)


def nothing_new(error: NothingNew) -> str:
    """With how many stories are still to come."""
    if not error.waiting:
        return say("Der Feed von {town} hat nichts, was nicht schon in einem Newsletter stand.", town=error.town)
    return say_many(
        error.waiting,
        "Der Feed von {town} hat nichts, was nicht schon in einem Newsletter stand; "
        "{number} Meldung darin hat ein Datum, das noch kommt.",
        "Der Feed von {town} hat nichts, was nicht schon in einem Newsletter stand; "
        "{number} Meldungen darin haben ein Datum, das noch kommt.",
        town=error.town,
    )
