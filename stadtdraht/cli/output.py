"""How the operator's command speaks: tables for people, one JSON value for programs, and errors that say what to do."""

import errno
import json
import re
import sys
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from functools import wraps
from typing import Annotated, Any, NoReturn, ParamSpec, TypeVar

import typer
from rich.console import Console
from rich.table import Column, Table
from rich.text import Text

from stadtdraht.cli.advice import with_advice
from stadtdraht.domain.errors import StadtdrahtError
from stadtdraht.domain.town import Town

P = ParamSpec("P")
R = TypeVar("R")

NO_FILE = {
    errno.ENOENT: "die Datei oder ihr Ordner ist nicht da",
    errno.EISDIR: "das ist ein Ordner",
    errno.ENOTDIR: "ein Teil des Wegs ist kein Ordner",
    errno.EACCES: "dafür fehlt Ihnen das Recht",
    errno.EPERM: "dafür fehlt Ihnen das Recht",
    errno.EEXIST: "die Datei ist schon da, und nichts wird überschrieben",
    errno.ENAMETOOLONG: "der Name ist zu lang",
    errno.ENOSPC: "der Datenträger ist voll",
    errno.EROFS: "dort darf niemand schreiben",
}
YES = frozenset({"j", "ja", "y", "yes"})
REFUSED = 1  # understood, and not done
USAGE = 2  # not understood

AsJson = Annotated[bool, typer.Option("--json", help="Ein JSON-Wert für Programme (JSON)")]


_STEERS = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f"  # control characters but line feed and tab
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # marks that turn the direction of writing
    "\ud800-\udfff]"  # bytes of a file's name that are no UTF-8, as Python keeps them: nothing could print them
)


_NO_TEXT = re.compile("[\ud800-\udfff]")


class Terminal(Console):
    """Prints what others wrote as it is: as no markup, and with a sign in place of what would steer the terminal."""

    def render_str(self, text: str, **options: Any) -> Text:
        """Every text passes here, in lines and in cells. Colours are the caller's, by `style`."""
        return super().render_str(_STEERS.sub("�", text), **{**options, "markup": False, "emoji": False})


def wants_json(here: bool) -> bool:
    """Whether --json was given, before or after the subcommand."""
    return here or "--json" in sys.argv[1:]


def give(value: Any, *, as_json: bool, show: Callable[[Console], None]) -> None:
    """The answer of a command: `value` as JSON, or what `show` prints."""
    if wants_json(as_json):
        print(_NO_TEXT.sub("�", json.dumps(value, ensure_ascii=False, indent=2, default=str)))
    else:
        show(Terminal(highlight=False, soft_wrap=True))


def table(head: Sequence[str], rows: Iterable[Sequence[object]], *, nothing: str = "") -> Table | str:
    """A plain table. What stands first names the row, is copied into the next command, and is never cut.

    `nothing`: what is said instead of a bare heading where there are no rows.
    """
    rows = list(rows)
    if nothing and not rows:
        return nothing
    columns = [Column(name, no_wrap=at == 0, overflow="fold") for at, name in enumerate(head)]
    made = Table(*columns, box=None, pad_edge=False, header_style="bold")
    for row in rows:
        made.add_row(*(str(cell) for cell in row))
    return made


def local_time(at: datetime, town: Town) -> str:
    """A moment by the clock of the town, whatever the zone of this computer is."""
    return f"{at.astimezone(town.zone):%Y-%m-%d %H:%M}"


def ask(question: str, *, err: bool = False) -> None:
    """Ends the command unless the answer is yes: "j" and "ja" count as well as "y" and "yes"."""
    if typer.prompt(f"{question} [j/N]", default="n", show_default=False, err=err).strip().lower() not in YES:
        raise typer.Abort


def refuse(text: str, code: int = REFUSED) -> NoReturn:
    """Says why nothing was done and what to do next, on standard error, and ends."""
    Terminal(stderr=True, highlight=False, soft_wrap=True).print(text, style="red")
    raise typer.Exit(code)


def cannot_use(file: object, why: OSError) -> str:
    """Of a file that cannot be read or written: which, why, and what to do."""
    said = NO_FILE.get(why.errno or 0, why.strerror or str(why))
    return f"{file}: {said}\nNennen Sie eine Datei in einem Ordner, den es gibt und den Sie benutzen dürfen."


def says_what_stops_it(command: Callable[P, R]) -> Callable[P, R]:
    """For commands: our own errors, and files that cannot be read or written, become a line and one of advice."""

    @wraps(command)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return command(*args, **kwargs)
        except StadtdrahtError as why:
            refuse(with_advice(why))
        except OSError as why:
            if why.filename is None:  # no file of the person who typed: a fault of ours, or of the network
                raise
            refuse(cannot_use(why.filename, why))

    return guarded
