"""Port DataLinks: signs whose data a link gives out; the key is known to the two functions concerned alone."""

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime

from itsdangerous import BadSignature, URLSafeSerializer

from stadtdraht.domain.errors import LinkNotValid
from stadtdraht.domain.privacy.privacy import DATA_LINK_LIVES, DataRequest

SIGNER = {"key_derivation": "hmac", "digest_method": hashlib.sha256}
PURPOSE = b"stadtdraht data link"  # what was signed for a crisis link or a citizen id is worth nothing here


@dataclass(frozen=True, slots=True)
class SignedDataLinks:
    """`key`: the deployment's pepper; the purpose keeps its uses apart."""

    key: bytes
    public_url: str

    def make(self, town: str, citizen_id: str, now: datetime) -> str:
        return f"{self.public_url}/data/{self._serializer().dumps([town, citizen_id, int(now.timestamp())])}"

    def read(self, token: str, now: datetime) -> DataRequest:
        try:
            town, citizen_id, made_s = self._serializer().loads(token)
        except (BadSignature, ValueError) as tampered:
            raise LinkNotValid("signature") from tampered
        request = DataRequest(town, citizen_id, datetime.fromtimestamp(made_s, UTC))
        if now > request.made_at + DATA_LINK_LIVES:
            raise LinkNotValid("expired")
        return request

    def _serializer(self) -> URLSafeSerializer:
        return URLSafeSerializer(self.key, salt=PURPOSE, signer_kwargs=SIGNER)
