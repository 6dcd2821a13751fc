"""`stadtdraht crisis card`: a link as a card to print, for the wallet or the wall of the control room."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from stadtdraht.bootstrap import Adapters
from stadtdraht.cli.deployment import connected
from stadtdraht.cli.output import AsJson, cannot_use, give, refuse
from stadtdraht.cli.private_file import private_file
from stadtdraht.domain.crisis.links import WRONG_PINS_ALLOWED, CrisisLink, LinkMode
from stadtdraht.domain.town import Town
from stadtdraht.pages.qr_code import qr_code
from stadtdraht.pages.render import render
from stadtdraht.texts.staff.crisis import crisis_desk as words
from stadtdraht.texts.staff.moments import day
from stadtdraht.usecases.crisis.alert_wording import until
from stadtdraht.usecases.crisis.raise_alert import DRILL_WORD


@connected
def card(
    adapters: Adapters,
    town_id: Annotated[str, typer.Option("--town", help="Kennung der Stadt, wie in `town list` (id of the town)")],
    link_id: Annotated[
        str, typer.Argument(metavar="LINK", help="Kennung des Links, aus `crisis links` (id of the link)")
    ],
    to: Annotated[
        Path,
        typer.Option(
            "--html",
            help="Wohin die Karte soll. Sie enthält den Link: Verwahren Sie sie wie einen Schlüssel (where"
            " to write the card)",
        ),
    ],
    lost: Annotated[
        str, typer.Option(help="Wen man bei Verlust anruft; sonst die Nummer im Impressum (whom to call when lost)")
    ] = "",
    show_url: Annotated[
        bool, typer.Option("--show-url", help="Auch den Link zeigen, der geheim ist (also print the link)")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Einen Link als Karte (A5): QR-Code, wie man ihn benutzt, wie lange er gilt, was bei Verlust zu tun ist. (a link
    as a card)
    """
    town = adapters.towns.get(town_id)
    link = adapters.crisis_links.get(town.id, link_id)
    if link is None:
        refuse(words.NO_SUCH_LINK.format(town=town_id))
    if link.expires_at <= datetime.now(UTC):
        refuse(words.LINK_ENDED.format(day=day(link.expires_at, town)))
    signer = adapters.link_signer()
    if link.key_id not in signer.key_ids:
        refuse(words.KEY_GONE.format(key=link.key_id))
    url = f"{adapters.settings.public_url}/crisis/{signer.mint(link)}"
    try:
        with private_file(to) as file:
            file.write(drawn(link, town, url, lost.strip() or town.imprint.phone).encode())
    except OSError as why:
        refuse(cannot_use(to, why))
    answer = {"link_id": link.link_id, "town": town.id, "file": str(to), **({"url": url} if show_url else {})}

    def show(console: Console) -> None:
        console.print(words.CARD.format(holder=link.holder, town=town.name, file=to))
        console.print(words.CARD_IS_LINK)
        if show_url:
            console.print(url)

    give(answer, as_json=as_json, show=show)


def drawn(link: CrisisLink, town: Town, url: str, lost: str) -> str:
    """The card as a page of its own; the link stands in the QR code alone."""
    return render(
        "crisis/card.html",
        town=town,
        link=link,
        drill=link.mode is LinkMode.DRILL,
        code=qr_code(url, "QR-Code der Krisenseite"),
        expires_at=until(link.expires_at, town, "de"),
        expected=DRILL_WORD if link.mode is LinkMode.DRILL else town.name,
        wrong_pins=WRONG_PINS_ALLOWED,
        lost=lost,
    )
