"""Takes an envelope of Meta's in: first whose it is, then every update of it durable, and only then the answer."""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from stadtdraht.domain.inbound.envelope import ParsedEnvelope, parse_envelope
from stadtdraht.domain.inbound.signature import is_signed

if TYPE_CHECKING:  # for types only, as every port: each import is paid for by the cold start
    from stadtdraht.ports.inbound import Inbox
    from stadtdraht.ports.towns import Directory

LOOKED_AT_BYTES = 65_536  # of a body that nobody signed
_ID = re.compile(rb'"(\d{6,20})"')


def seems_to_be_metas(raw: bytes, directory: "Directory") -> bool:
    """Whether a body with a wrong signature names a number or account of ours, which few but Meta and the town know.

    Then Meta may be signing with a secret that we do not have. A stranger names none.
    """
    ids = {it.decode() for it in _ID.findall(raw[:LOOKED_AT_BYTES])}
    return bool(ids) and directory.names_one_of_ours(ids)


def receive_webhook(
    raw: bytes, signature: str, now: datetime, *, app_secrets: Sequence[str], directory: "Directory", inbox: "Inbox"
) -> ParsedEnvelope | None:
    """What was stored; None, and nothing read or stored, when the signature is not Meta's.

    Raises whatever the inbox raises: then Meta has to bring the envelope again.
    """
    if not is_signed(raw, signature, app_secrets):
        return None
    found = parse_envelope(raw, now, town_of_number=directory.town_of_number, town_of_account=directory.town_of_account)
    inbox.store(found.updates, found.statuses, found.orphans)
    return found
