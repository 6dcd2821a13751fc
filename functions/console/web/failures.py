"""What staff read when a page fails."""

from functions.console.web.answers import compressed, console_html
from functions.console.web.kept import is_written
from functions.console.web.request import Request
from stadtdraht.pages.console.render import render_console
from stadtdraht.pages.responses import HttpResponse
from stadtdraht.texts.staff.language import reading


def failed(request: Request) -> HttpResponse:
    """With what was typed, where a form was posted: nobody types it twice."""
    written = (name for name in request.form.fields if is_written(name))
    typed = [value for name in written for value in request.form.all(name) if value.strip()]
    values = {"posted": request.posts, "typed": typed, "reference": request.reference, "address": request.address}
    with reading(request.language):
        page = render_console("failed.html", **values)
    return compressed(console_html(503, page), request)
