"""The towns' business phone numbers and the accounts (WABA) they belong to."""

from dataclasses import dataclass, field
from typing import Any

from local.whatsapp.model.errors import Refused
from local.whatsapp.model.limits import RATE_OF_LEVEL_MPS, Traffic


@dataclass(slots=True)
class Number:
    """One business phone number. `rate_mps` is what it may carry per second, in and out together."""

    phone_number_id: str
    town: str
    waba_id: str
    display_phone_number: str
    verified_name: str
    token: str
    rate_mps: int = RATE_OF_LEVEL_MPS["STANDARD"]
    level: str = "STANDARD"
    quality_rating: str = "GREEN"
    messaging_limit: str = "TIER_100K"
    traffic: Traffic = field(default_factory=Traffic)
    service_messages_of_month: dict[str, int] = field(default_factory=dict)

    def as_node(self) -> dict[str, Any]:
        """Every field of `GET /{phone_number_id}`."""
        return {
            "id": self.phone_number_id,
            "display_phone_number": self.display_phone_number,
            "verified_name": self.verified_name,
            "name_status": "APPROVED",
            "quality_rating": self.quality_rating,
            "status": "CONNECTED",
            "code_verification_status": "VERIFIED",
            "platform_type": "CLOUD_API",
            "throughput": {"level": self.level},
            "whatsapp_business_manager_messaging_limit": self.messaging_limit,
            "health_status": {
                "can_send_message": "AVAILABLE",
                "entities": [
                    {
                        "entity_type": "PHONE_NUMBER",
                        "id": self.phone_number_id,
                        "can_send_message": "AVAILABLE",
                    },
                    {"entity_type": "WABA", "id": self.waba_id, "can_send_message": "AVAILABLE"},
                ],
            },
        }

    def metadata(self) -> dict[str, str]:
        """`metadata` of a webhook: the display number as digits."""
        digits = "".join(sign for sign in self.display_phone_number if sign.isdigit())
        return {"display_phone_number": digits, "phone_number_id": self.phone_number_id}


class Numbers:
    """All numbers, found by id, by town or by account."""

    def __init__(self) -> None:
        self._by_id: dict[str, Number] = {}
        self.unsubscribed_wabas: set[str] = set()

    def all(self) -> list[Number]:
        return list(self._by_id.values())

    def put(self, number: Number) -> None:
        """Register a number, or change one; what it has carried stays counted."""
        before = self._by_id.get(number.phone_number_id)
        if before:
            number.traffic = before.traffic
            number.service_messages_of_month = before.service_messages_of_month
        self._by_id[number.phone_number_id] = number

    def get(self, phone_number_id: str) -> Number | None:
        return self._by_id.get(phone_number_id)

    def of_town(self, town: str) -> Number | None:
        return next((number for number in self._by_id.values() if number.town == town), None)

    def of_waba(self, waba_id: str) -> list[Number]:
        return [number for number in self._by_id.values() if number.waba_id == waba_id]

    def authorised_number(self, phone_number_id: str, token: str) -> Number:
        number = self._by_id.get(phone_number_id)
        if number is None:
            raise Refused(33, f"No phone number {phone_number_id}: it has been deleted or never existed.")
        if token != number.token and all(token != sibling.token for sibling in self.of_waba(number.waba_id)):
            raise Refused(190, "The access token does not belong to this phone number or its account.")
        return number

    def authorised_waba(self, waba_id: str, token: str) -> list[Number]:
        numbers = self.of_waba(waba_id)
        if not numbers:
            raise Refused(33, f"No WhatsApp Business Account {waba_id}.")
        if all(token != number.token for number in numbers):
            raise Refused(190, "The access token does not belong to this account.")
        return numbers

    def knows_token(self, token: str) -> bool:
        return any(number.token == token for number in self._by_id.values())
