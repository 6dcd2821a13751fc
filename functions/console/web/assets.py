"""The sheet and the script, under names that change with their content, so that browsers keep them for good."""

from typing import Final

from functions.console.web.answers import not_found
from stadtdraht.pages.console.assets import named
from stadtdraht.pages.responses import SECURITY, HttpResponse

ASSETS: Final = "GET /console/assets/{name}"
FOR_GOOD: Final = "public, max-age=31536000, immutable"


def asset(name: str) -> HttpResponse:
    """404 for a name that is not of this release: the page that names it is older, and a reload mends it."""
    if (found := named().get(name)) is None:
        return not_found()
    headers = {**SECURITY, "Content-Type": found.content_type, "Cache-Control": FOR_GOOD}
    return {"statusCode": 200, "headers": headers, "body": found.text}
