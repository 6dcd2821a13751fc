"""From what somebody signed in, in two words, so that they know their devices apart."""

from typing import Final

# In this order, since most browsers also name those that they want to be taken for.
BROWSERS: Final = {
    "Edg": "Edge",
    "OPR/": "Opera",
    "SamsungBrowser/": "Samsung Internet",
    "Firefox/": "Firefox",
    "FxiOS/": "Firefox",
    "CriOS/": "Chrome",
    "Chrome/": "Chrome",
    "Safari/": "Safari",
}
SYSTEMS: Final = {
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Android": "Android",
    "Windows": "Windows",
    "Macintosh": "Mac",
    "CrOS": "Chromebook",
    "Linux": "Linux",
}


def device_of(user_agent: str) -> str:
    """Such as "Firefox · Windows"; "" where the browser says nothing of the kind."""
    named = (next((name for sign, name in of.items() if sign in user_agent), "") for of in (BROWSERS, SYSTEMS))
    return " · ".join(filter(None, named))
