"""Faults on request: what `POST /_sim/faults` can switch on."""

import random
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

Fate = Literal["answer", "fail", "hang", "reset", "cut"]


class Knobs(BaseModel):
    """Every fault there is; none by default. Probabilities run from 0 to 1."""

    model_config = ConfigDict(extra="forbid")

    phone_number_id: str | None = None  # only this number is disturbed; all of them when not given
    latency_ms: int = Field(default=0, ge=0)
    throttle_after: int | None = Field(default=None, ge=0)
    fail_before_accept: float = Field(default=0, ge=0, le=1)
    fail_after_accept: float = Field(default=0, ge=0, le=1)
    hang: float = Field(default=0, ge=0, le=1)
    reset: float = Field(default=0, ge=0, le=1)
    cut: float = Field(default=0, ge=0, le=1)
    duplicate_statuses: float = Field(default=0, ge=0, le=1)
    drop_statuses: float = Field(default=0, ge=0, le=1)
    skip_delivered: float = Field(default=0, ge=0, le=1)
    reorder: bool = False
    batch: int | None = Field(default=None, ge=1, le=1000)
    expired_media_url: float = Field(default=0, ge=0, le=1)
    wrong_media_bytes: float = Field(default=0, ge=0, le=1)
    revoke_token: bool = False
    pause_template: str | None = None
    rate_mps: int | None = Field(default=None, ge=0)
    seed: int | None = None


class Faults:
    """The knobs as they stand, and the dice they are rolled with."""

    def __init__(self, seed: int | None) -> None:
        self.knobs = Knobs()
        self.dice = random.Random(seed)  # noqa: S311 - dice for faults, no secret
        self._accepted_since_throttle = 0

    def set(self, wanted: dict[str, Any]) -> Knobs:
        """Turn the named knobs; the others stay. Raises pydantic's ValidationError for an unknown one."""
        knobs = Knobs.model_validate({**self.knobs.model_dump(), **wanted})
        if knobs.seed is not None and "seed" in wanted:
            self.dice.seed(knobs.seed)
        if "throttle_after" in wanted:
            self._accepted_since_throttle = 0
        self.knobs = knobs
        return knobs

    def clear(self) -> None:
        self.knobs = Knobs()
        self._accepted_since_throttle = 0

    def touches(self, phone_number_id: str) -> bool:
        return self.knobs.phone_number_id in {None, phone_number_id}

    def happens(self, probability: float) -> bool:
        return probability > 0 and self.dice.random() < probability

    def is_throttling(self, phone_number_id: str) -> bool:
        """From `throttle_after` accepted messages on, everything is refused with 130429 until cleared."""
        limit = self.knobs.throttle_after
        return limit is not None and self.touches(phone_number_id) and self._accepted_since_throttle >= limit

    def rate_of(self, phone_number_id: str, usual_mps: int) -> int:
        wanted = self.knobs.rate_mps
        return wanted if wanted is not None and self.touches(phone_number_id) else usual_mps

    def fate_of_answer(self, phone_number_id: str) -> Fate:
        """What becomes of the answer to a message that has just been accepted."""
        if not self.touches(phone_number_id):
            return "answer"
        self._accepted_since_throttle += 1
        if self.happens(self.knobs.fail_after_accept):
            return "fail"
        if self.happens(self.knobs.hang):
            return "hang"
        if self.happens(self.knobs.cut):
            return "cut"
        return "reset" if self.happens(self.knobs.reset) else "answer"
