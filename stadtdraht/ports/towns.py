"""Ports of towns: their settings, their rows, their secrets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from stadtdraht.domain.town import Town


class Directory(Protocol):
    """Which town a webhook is for. Read from a cache of a minute; needs no town settings."""

    def town_of_number(self, phone_number_id: str) -> str | None: ...
    def town_of_account(self, waba_id: str) -> str | None: ...
    def names_one_of_ours(self, ids: Collection[str]) -> bool:
        """Whether a number or an account of some town is among them, as far as was known a minute ago: who asks in
        vain causes no reading.
        """


class TownSettings(Protocol):
    """Settings of one town at a time, for who follows an event up."""

    def get(self, town: str) -> Town:
        """Raises UnknownTown."""


class Towns(TownSettings, Protocol):
    """Town settings."""

    def all(self) -> Sequence[Town]: ...
    def save(self, town: Town) -> None:
        """Stores the settings and the directory rows. Raises NumberTaken when another town has the number."""

    def is_listed(self, town: Town) -> bool:
        """Whether the directory leads to it from its number, its account and its id."""


class TownData(Protocol):
    """Everything a town has, for whoever takes it away; reads the whole table, and memory stays flat."""

    def citizen_ids(self, town: str) -> Iterator[str]:
        """Everyone with a profile."""

    def rows(self, town: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
        """(kind, row as it is stored), in no order; the kind names no person."""


class Secrets(Protocol):
    """Everything secret, cached for some minutes and never anywhere else."""

    def app_secrets(self) -> Sequence[str]: ...
    def verify_token(self) -> str: ...
    def pepper(self) -> bytes: ...
    def link_keys(self) -> Mapping[str, bytes]:
        """Keys of crisis links by key id, oldest first; the newest signs, all verify."""

    def access_token(self, town: str, *, fresh: bool = False) -> str:
        """`fresh` reads past the cache, after Meta refused the token. Raises NoSecret."""

    def access_token_at_hand(self, town: str) -> str | None:
        """Without asking anybody; None when it has to be read."""

    def save_access_token(self, town: str, token: str) -> None:
        """For the operator's `town apply`; no function may do it."""

    def open311_key(self, town: str, *, fresh: bool = False) -> str:
        """With which the town's own system says how far a report is. Raises NoSecret.

        `fresh` reads past the cache, at most once a second: for a key that does not fit, or is new.
        """

    def save_open311_key(self, town: str, key: str) -> None:
        """For the operator's `case open311-key`; no function may do it."""
