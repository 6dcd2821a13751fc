"""How many examples a property is tried on."""

from hypothesis import settings


def examples(most: int) -> int:
    """`most`, or the share of it that the profile takes of hypothesis' own hundred: tests/conftest.py."""
    return max(1, most * settings.default.max_examples // 100)
