"""What a card of the start page holds."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Card:
    """A sentence with a number and one button. figure: a number, or "" for the icon."""

    figure: str
    title: str
    words: str
    button: str = ""
    page: str = ""
    icon: str = "alert"
    hot: bool = False
    lost: bool = False
