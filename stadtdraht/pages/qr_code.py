"""QR codes as drawings inside a page."""

from functools import lru_cache

from markupsafe import Markup


@lru_cache(maxsize=100)
def qr_code(address: str, title: str) -> Markup:
    """The address as an SVG element; dark on light whatever the page's colours, so it stands on a white field."""
    import segno  # its tables take a cold start some milliseconds, and most pages have no code

    drawn = segno.make(address, error="m", micro=False).svg_inline(omitsize=True, border=4, title=title)
    return Markup(drawn)  # noqa: S704  # drawn from modules alone; the title is ours
