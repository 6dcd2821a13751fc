"""`stadtdraht crisis …`: links for those who may warn, and where an alert stands."""

import re
import secrets
from collections.abc import Mapping
from dataclasses import asdict, fields
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any

import typer

from stadtdraht.adapters.crypto.pins import hash_pin, new_pin
from stadtdraht.bootstrap import Adapters
from stadtdraht.cli.deployment import connected
from stadtdraht.cli.options import TownOption
from stadtdraht.cli.output import AsJson, give, refuse, table
from stadtdraht.domain.crisis.links import CrisisLink, LinkMode, typed_pin
from stadtdraht.domain.delivery.outcome import DeliveryFigures
from stadtdraht.texts.follow_ups import LABELS
from stadtdraht.texts.scenarios import SCENARIOS
from stadtdraht.texts.staff.crisis import crisis_desk as words
from stadtdraht.texts.staff.crisis.evidence import MODES, fact
from stadtdraht.texts.staff.moments import moment
from stadtdraht.usecases.crisis.alert_status import alert_status
from stadtdraht.usecases.crisis.alert_wording import district_names
from stadtdraht.usecases.crisis.crisis_links import make_link, revoke_links
from stadtdraht.usecases.crisis.follow_alert import chain_of
from stadtdraht.usecases.delivery.by_district import name_districts

app = typer.Typer()

UNITS = {"m": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(days=1)}
LONGEST = timedelta(days=366)
HOLDER_CHARACTERS = 60
PIN_FORM = re.compile(r"[0-9]{6,12}")


@app.command("link")
@connected
def link(
    adapters: Adapters,
    town_id: TownOption,
    holder: Annotated[
        str, typer.Option(help="Wer den Link bekommt, nach Rolle: Leitstelle, Bürgermeister … (who gets the link)")
    ],
    expires: Annotated[
        str,
        typer.Option(
            help="Wie lange er gilt: 30d, 12h, 90m (Tage, Stunden, Minuten); höchstens 366d (how long it holds)"
        ),
    ],
    pin: Annotated[
        str, typer.Option(help="6 bis 12 Ziffern. Sonst bleibt die PIN, oder sie wird gemacht (6 to 12 digits)")
    ] = "",
    drill: Annotated[bool, typer.Option("--drill", help="Zum Üben: An WhatsApp geht nichts (for exercises)")] = False,
    as_json: AsJson = False,
) -> None:
    """Einen Link zur Krisenseite ausstellen. Geben Sie Link und PIN auf zwei verschiedenen Wegen weiter. (make a link
    to the crisis page)
    """
    now = datetime.now(UTC)
    if not 0 < len(holder.strip()) <= HOLDER_CHARACTERS:
        refuse(f"--holder: a name of at most {HOLDER_CHARACTERS} characters is expected")
    pin = typed_pin(pin)
    if pin and not PIN_FORM.fullmatch(pin):
        refuse("--pin: 6 to 12 digits are expected")
    town, holders = adapters.towns.get(town_id), adapters.holders
    given = pin or ("" if holders.get(town_id, holder.strip()) else new_pin())
    made = make_link(
        town,
        holder.strip(),
        now + lifetime(expires),
        now,
        mode=LinkMode.DRILL if drill else LinkMode.LIVE,
        link_id=secrets.token_hex(6),
        pin_hash=hash_pin(given) if given else None,
        public_url=adapters.settings.public_url,
        links=adapters.crisis_links,
        holders=holders,
        signer=adapters.link_signer(),
    )
    answer = {**_described(made.link), "url": made.url, "pin": given or None}

    def show(console: Any) -> None:
        ends = moment(made.link.expires_at, town)
        console.print(
            words.LINK.format(
                kind=words.DRILL_LINK if drill else words.LIVE_LINK, holder=holder, town=town.name, ends=ends
            )
        )
        console.print(made.url)
        console.print(f"PIN: {given}" if given else words.PIN_STAYS)
        console.print(words.TWO_WAYS)
        console.print(f"  stadtdraht crisis revoke --town {town_id} {made.link.link_id}")

    give(answer, as_json=as_json, show=show)


@app.command("links")
@connected
def links(adapters: Adapters, town_id: TownOption, as_json: AsJson = False) -> None:
    """Die gültigen Krisenlinks einer Stadt. Die Links selbst sind geheim und stehen nicht dabei. (the links that were
    not revoked)
    """
    town = adapters.towns.get(town_id)
    made = adapters.crisis_links.all(town.id)
    found = [_described(one) for one in made]
    rows = [(it.link_id, it.holder, MODES[it.mode], moment(it.expires_at, town), it.key_id) for it in made]
    head = words.LINKS_HEAD
    nothing = f"Für {town.name} ist kein Krisenlink ausgegeben."
    give(found, as_json=as_json, show=lambda console: console.print(table(head, rows, nothing=nothing)))


@app.command("revoke")
@connected
def revoke(
    adapters: Adapters,
    town_id: TownOption,
    link_id: Annotated[str, typer.Argument(help="Kennung des Links, aus `crisis links` (id of the link)")] = "",
    holder: Annotated[
        str, typer.Option(help="Alle Links dieser Person, auch zum Üben (all links of this holder)")
    ] = "",
    key: Annotated[
        str,
        typer.Option(
            metavar="KID", help="Alle Links dieser Stadt, die dieser Schlüssel signiert hat (all links of this key)"
        ),
    ] = "",
    as_json: AsJson = False,
) -> None:
    """Links sofort sperren: einen, alle einer Person oder alle eines Schlüssels. (end links at once)"""
    if sum(map(bool, (link_id, holder.strip(), key))) != 1:
        refuse(words.NAME_ONE)
    town, links = adapters.towns.get(town_id), adapters.crisis_links
    ended = revoke_links(town.id, links=links, link_id=link_id, holder=holder.strip(), key_id=key)
    if not ended:
        refuse(words.NO_SUCH_LINK.format(town=town_id))
    live_left = sum(one.mode is LinkMode.LIVE for one in links.all(town.id))
    answer = {"town": town.id, "revoked": [_described(one) for one in ended], "live_links_left": live_left}

    def show(console: Any) -> None:
        for one in ended:
            console.print(words.REVOKED.format(link=one.link_id, mode=MODES[one.mode], holder=one.holder))
        if key:
            console.print(words.OTHER_TOWNS.format(key=key))
        if not live_left:
            console.print(words.NO_LIVE_LINK.format(town=town.name))

    give(answer, as_json=as_json, show=show)


@app.command("status")
@connected
def status(
    adapters: Adapters,
    alert_id: Annotated[
        str, typer.Argument(metavar="ALERT", help="Kennung der Warnung, wie in `crisis list` (id of the alert)")
    ],
    as_json: AsJson = False,
) -> None:
    """Wie weit eine Warnung oder Übung ist, im Ganzen und je Ortsteil. (how far an alert has come)"""
    alert = adapters.alerts.get(alert_id)
    if alert is None:
        refuse(words.NO_ALERT.format(alert_id=alert_id))
    figures = alert_status(
        alert,
        datetime.now(UTC),
        audience=adapters.audience,
        deliveries=adapters.deliveries,
        slices=adapters.slices,
        before=chain_of(alert, adapters.alerts),
    )
    about = {
        "alert_id": alert.alert_id,
        "town": alert.town,
        "mode": str(alert.mode),
        "scenario": alert.scenario,
        "districts": sorted(alert.districts),
        "detail": alert.detail,
        "raised_at": alert.raised_at.isoformat(),
        "sends_at": alert.takes_effect_at.isoformat(),
        "expires_at": alert.expires_at.isoformat(),
        "undone_at": alert.undone_at.isoformat() if alert.undone_at else "",
        "kind": str(alert.kind),
        "follows": alert.follows,
        "followed_by": alert.followed_by,
    }
    town = adapters.towns.get(alert.town)
    by_district = name_districts(asdict(figures)["by_district"], town)
    counted = asdict(figures) | {"by_district": by_district}

    def show(console: Any) -> None:
        moments = {"raised_at": alert.raised_at, "sends_at": alert.takes_effect_at, "expires_at": alert.expires_at}
        moments |= {"undone_at": alert.undone_at} if alert.undone_at else {}
        in_words = {**about, **counted, **{name: moment(at, town) for name, at in moments.items()}}
        in_words["districts"] = district_names(town, sorted(alert.districts))
        in_words["scenario"] = SCENARIOS[alert.scenario].name if alert.scenario in SCENARIOS else alert.scenario
        in_words["mode"], in_words["kind"] = MODES[alert.mode], LABELS.get(alert.kind, words.WARNING)
        rows = [
            (words.FIELDS.get(name, name), words.cell(it)) for name, it in in_words.items() if name != "by_district"
        ]
        rows = [(name, it) for name, it in rows if it]
        console.print(table(("", ""), rows))
        console.print(by_district_table(by_district))

    give({**about, **counted}, as_json=as_json, show=show)


def by_district_table(by_district: Mapping[str, Mapping[str, int]]) -> Any:
    """People by district; each column from accepted to read includes the later ones."""
    columns = [it.name for it in fields(DeliveryFigures)]
    rows = [(name, *(counted[column] for column in columns)) for name, counted in by_district.items()]
    return table(("Ortsteil", *(fact(column) for column in columns)), rows)


def lifetime(text: str) -> timedelta:
    match re.fullmatch(r"(\d{1,6})([mhd])", text.strip()):
        case None:
            refuse("--expires: a number and m, h or d is expected, as in 30d")
        case found:
            lifetime = int(found[1]) * UNITS[found[2]]
    if not timedelta(0) < lifetime <= LONGEST:
        refuse("--expires: more than 0 and at most 366 days are expected")
    return lifetime


def _described(link: CrisisLink) -> dict[str, str]:
    return {
        "link_id": link.link_id,
        "town": link.town,
        "holder": link.holder,
        "mode": str(link.mode),
        "expires_at": link.expires_at.isoformat(),
        "key_id": link.key_id,
    }
