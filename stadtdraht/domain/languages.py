"""The languages that we speak."""

from typing import Final

KNOWN_LANGUAGES: Final = ("de", "de-easy", "en", "tr", "uk", "ar", "pl", "ru")
"""Tags, in the order in which people choose. `stadtdraht/texts/languages/` has a file for each."""
