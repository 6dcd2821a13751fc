"""Adapters of a test: what it gives, and nothing that would reach AWS or Meta."""

import asyncio
from collections.abc import Coroutine
from functools import cached_property
from typing import Any

import pytest

from stadtdraht.bootstrap import Adapters

MEMBERS = {name for name, it in vars(Adapters).items() if isinstance(it, cached_property) and not name.startswith("_")}


class FakeAdapters(Adapters):
    """Members that were not given end the test; no `except Exception` of a handler holds that up."""

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)

    def __getattribute__(self, name: str) -> Any:
        if name in MEMBERS and name not in vars(self):
            pytest.fail(f"the test gives no `{name}`")
        return super().__getattribute__(name)

    def limited_to(self, town: str) -> Adapters:
        """A test's rows are its own."""
        return self

    def run(self, work: Coroutine[Any, Any, Any]) -> Any:
        """On a loop that ends with it, since a process of tests has many adapters."""
        return asyncio.run(work)
