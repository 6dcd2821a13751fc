"""Why an address on the web brings nothing, in words of the press office that follow its name: „… antwortet nicht“."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from stadtdraht.domain.broadcast.feed import FeedNotRead, NothingNew
from stadtdraht.domain.broadcast.links import WebTrouble
from stadtdraht.texts.staff.moments import counted

SAYS: Final[Mapping[WebTrouble, str]] = MappingProxyType(
    {
        WebTrouble.STATUS: "antwortet mit {detail} statt 200",
        WebTrouble.LATE: "antwortet nicht rechtzeitig",
        WebTrouble.SLOW: "ist zu langsam",
        WebTrouble.BREAKS_OFF: "bricht mitten in der Antwort ab",
        WebTrouble.NO_CONNECTION: "nimmt keine Verbindung an",
        WebTrouble.CERTIFICATE: "zeigt ein Zertifikat, das nicht gilt: {detail}",
        WebTrouble.NO_ADDRESS: "ist keine Adresse",
        WebTrouble.LEADS_TO_NO_ADDRESS: "leitet auf etwas weiter, was keine Adresse ist",
        WebTrouble.TOO_MANY_REDIRECTS: "leitet mehr als {detail}-mal weiter",
        WebTrouble.NOT_HTTPS: "führt zu einer Adresse, die nicht einfach mit https:// beginnt",
        WebTrouble.OWN_PORT: "nennt einen eigenen Port",
        WebTrouble.HOST_NOT_LOOKED_UP: "nennt einen Server, der sich nicht rechtzeitig finden lässt: {detail}",
        WebTrouble.NO_HOST: "nennt einen Server, den es nicht gibt: {detail}",
        WebTrouble.HOST_NOT_PUBLIC: "nennt einen Server, der nicht im öffentlichen Internet steht: {detail}",
        WebTrouble.PACKED_UNASKED: "kommt anders gepackt, als gefragt war",
        WebTrouble.PACKED_WRONGLY: "kommt falsch gepackt",
        WebTrouble.TOO_LARGE: "hat mehr als {detail} Bytes",
        WebTrouble.NO_FEED: "ist weder RSS noch Atom; nennen Sie die Adresse des Feeds selbst, nicht die einer Seite",
    }
)


def web_trouble(code: WebTrouble, detail: str) -> str:
    """Without the address itself."""
    return SAYS[code].format(detail=detail)


def feed_not_read(error: FeedNotRead) -> str:
    """Which feed, and why."""
    return f"Der Feed {error.address} {web_trouble(error.code, error.detail)}."


def nothing_new(error: NothingNew) -> str:
    """With how many stories are still to come."""
    wait = counted(error.waiting, "Meldung darin hat", "Meldungen darin haben")
    more = f"; {wait} ein Datum, das noch kommt" if error.waiting else ""
    return f"Der Feed von {error.town} hat nichts, was nicht schon in einem Newsletter stand{more}."
