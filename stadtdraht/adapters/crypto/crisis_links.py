"""Signs crisis links and the nonces of their page: HMAC-SHA-256 through itsdangerous, purpose in the salt.

A token is "{key id}~{payload}.{mac}". The key ring holds several keys: the newest signs, all verify, a removed one
ends every link it signed.
"""

import hashlib
import hmac
import secrets
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from itsdangerous import BadSignature, URLSafeSerializer

from stadtdraht.domain.crisis.links import CrisisLink, LinkMode
from stadtdraht.domain.errors import LinkNotValid

SKEW = timedelta(minutes=5)  # between our clock and that of whoever made the link
NONCE_LIFE_S = 3600
MAX_TOKEN_CHARACTERS = 600
MARK_DIGITS = 16
SIGNER = {"key_derivation": "hmac", "digest_method": hashlib.sha256}


@dataclass(frozen=True, slots=True)
class LinkSigner:
    """Mints and verifies, with the keys of one deployment by key id, oldest first."""

    keys: Mapping[str, bytes]

    @property
    def newest(self) -> str:
        return list(self.keys)[-1]

    @property
    def key_ids(self) -> Collection[str]:
        return self.keys.keys()

    def mint(self, link: CrisisLink) -> str:
        payload = [
            "crisis-link",
            link.link_id,
            link.town,
            link.holder,
            link.mode,
            int(link.not_before.timestamp()),
            int(link.expires_at.timestamp()),
        ]
        return f"{link.key_id}~{self._serializer(link.key_id).dumps(payload)}"

    def verify(self, token: str, now: datetime) -> CrisisLink:
        """Raises LinkNotValid, with a reason for our own counting that is never shown."""
        if len(token) > MAX_TOKEN_CHARACTERS:
            raise LinkNotValid("length")
        key_id, _, signed = token.partition("~")
        if key_id not in self.keys:
            raise LinkNotValid("key")
        try:
            purpose, link_id, town, holder, mode, not_before_s, expires_s = self._serializer(key_id).loads(signed)
            link = CrisisLink(
                link_id,
                town,
                holder,
                LinkMode(mode),
                datetime.fromtimestamp(not_before_s, UTC),
                datetime.fromtimestamp(expires_s, UTC),
                key_id,
            )
        except (BadSignature, ValueError, TypeError, OverflowError) as tampered:
            raise LinkNotValid("signature") from tampered
        if not hmac.compare_digest(self.mint(link).encode(), token.encode()):
            raise LinkNotValid("form")  # base64 has more than one spelling; only ours counts
        if purpose != "crisis-link" or now < link.not_before - SKEW:
            raise LinkNotValid("not yet valid")
        if now >= link.expires_at:
            raise LinkNotValid("expired")
        return link

    def mark(self, link: CrisisLink, typed: str) -> str:
        message = f"stadtdraht.crisis-pin\n{link.town}\n{link.holder}\n{typed}"
        return hmac.new(self.keys[self.newest], message.encode(errors="replace"), "sha256").hexdigest()[:MARK_DIGITS]

    def new_nonce(self, link: CrisisLink, now: datetime) -> str:
        """A one-time value for one view of the page, good for an hour and for this link alone."""
        return self._nonces(link).dumps([secrets.token_urlsafe(12), int(now.timestamp())])

    def check_nonce(self, link: CrisisLink, nonce: str, now: datetime) -> str:
        """The value that a press spends. Raises LinkNotValid for one that we did not give out, or not for this link."""
        try:
            value, given_out_s = self._nonces(link).loads(nonce[:MAX_TOKEN_CHARACTERS])
        except (BadSignature, ValueError) as bad:
            raise LinkNotValid("nonce") from bad
        if int(now.timestamp()) - given_out_s > NONCE_LIFE_S:
            raise LinkNotValid("nonce is old")
        return str(value)

    def _serializer(self, key_id: str) -> URLSafeSerializer:
        return URLSafeSerializer(self.keys[key_id], salt="stadtdraht.crisis-link", signer_kwargs=SIGNER)

    def _nonces(self, link: CrisisLink) -> URLSafeSerializer:
        salt = f"stadtdraht.crisis-nonce.{link.link_id}"
        return URLSafeSerializer(self.keys[link.key_id], salt=salt, signer_kwargs=SIGNER)
