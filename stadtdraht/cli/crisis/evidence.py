"""`stadtdraht crisis evidence`: what was done around an alert, whether the record is whole, and a print of it."""

import re
from collections.abc import Sequence
from dataclasses import asdict, astuple, fields
from datetime import UTC, datetime
from itertools import starmap
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from stadtdraht.bootstrap import Adapters
from stadtdraht.cli.crisis.links import by_district_table
from stadtdraht.cli.deployment import connected
from stadtdraht.cli.output import REFUSED, AsJson, cannot_use, give, refuse, table
from stadtdraht.domain.crisis.alert import Alert
from stadtdraht.domain.crisis.evidence import EvidenceEntry, broken_at
from stadtdraht.domain.delivery.outcome import DeliveryFigures
from stadtdraht.domain.town import Town
from stadtdraht.pages.render import render
from stadtdraht.texts.languages import german_name
from stadtdraht.texts.scenarios import SCENARIOS
from stadtdraht.texts.staff.crisis import evidence as words
from stadtdraht.texts.staff.crisis.crisis_desk import NO_ALERT
from stadtdraht.texts.staff.moments import moment, to_the_second
from stadtdraht.usecases.crisis.alert_wording import district_names, until
from stadtdraht.usecases.crisis.evidence_folder import EvidenceFolder, open_folder
from stadtdraht.usecases.crisis.preview_alert import pictures_of
from stadtdraht.usecases.delivery.by_district import name_districts

A_MONTH = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])")


@connected
def evidence(
    adapters: Adapters,
    alert_id: Annotated[
        str, typer.Argument(metavar="[ALERT]", help="Kennung der Warnung, wie in `crisis list` (id of the alert)")
    ] = "",
    town_id: Annotated[str, typer.Option("--town", help="Mit --month, statt einer Warnung (with --month)")] = "",
    month: Annotated[
        str,
        typer.Option(
            metavar="2026-11", help="Was zu keiner Warnung gehört: abgewiesene PINs (what belongs to no alert)"
        ),
    ] = "",
    to: Annotated[
        Path | None,
        typer.Option("--html", help="Auch als Seite zum Drucken schreiben auf A4 (also write a page to print)"),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Wer wann gewarnt hat, Wortlaut, Zeiten, Zahlen und Fehler, und ob daran etwas geändert wurde. Endet mit 1, wenn
    der Nachweis verletzt ist. Die Zahlen einer beendeten Warnung bleiben über 90 Tage hinaus. (the record of an
    alert; exit code 1 when it is broken)
    """
    if alert_id and not month:
        _of_alert(adapters, alert_id, to, as_json=as_json)
    elif month and not A_MONTH.fullmatch(month):
        refuse(words.MONTH_EXPECTED.format(month=month))
    elif month and town_id and not alert_id and to is None:
        _of_month(adapters, town_id, month, as_json=as_json)
    else:
        refuse(words.NAME_ONE)


def _of_alert(adapters: Adapters, alert_id: str, to: Path | None, *, as_json: bool) -> None:
    alert = adapters.alerts.get(alert_id)
    if alert is None:
        refuse(NO_ALERT.format(alert_id=alert_id))
    town, now = adapters.towns.get(alert.town), datetime.now(UTC)
    folder = open_folder(
        alert,
        now,
        alerts=adapters.alerts,
        evidence=adapters.evidence,
        audience=adapters.audience,
        deliveries=adapters.deliveries,
    )
    if to:
        try:
            to.write_text(printed(alert, town, folder, now), encoding="utf-8")
        except OSError as why:
            refuse(cannot_use(to, why))
    value = {
        "alert_id": alert.alert_id,
        "town": alert.town,
        "mode": str(alert.mode),
        "scenario": alert.scenario,
        "districts": sorted(alert.districts),
        "detail": alert.detail,
        "holder": alert.holder,
        "issuer": alert.issuer,
        "raised_at": alert.raised_at.isoformat(),
        "expires_at": alert.expires_at.isoformat(),
        "wording": alert.wording,
        "whole": folder.whole,
        "last_seal": folder.last_seal,
        **asdict(folder),
        "by_district": name_districts(asdict(folder)["by_district"], town),
        "follow_ups": [
            {"alert_id": it.alert_id, "kind": str(it.kind), "raised_at": it.raised_at.isoformat(), "holder": it.holder}
            for it in folder.follow_ups
        ],
        **({"file": str(to)} if to else {}),
    }
    give(value, as_json=as_json, show=lambda out: _show(out, alert, town, folder))
    if not folder.whole:
        raise typer.Exit(REFUSED)


def _of_month(adapters: Adapters, town_id: str, month: str, *, as_json: bool) -> None:
    town = adapters.towns.get(town_id)
    entries = adapters.evidence.entries(town.id, month)
    broken = broken_at(town.id, month, entries)
    value = {
        "town": town.id,
        "month": month,
        "whole": broken is None,
        "broken_at": broken,
        "entries": [asdict(it) for it in entries],
    }

    def show(out: Console) -> None:
        out.print(words.OF_MONTH.format(entries=len(entries), month=month, town=town.name))
        if entries:
            out.print(_chain(entries, town))
        _verdict(out, broken)

    give(value, as_json=as_json, show=show)
    if broken is not None:
        raise typer.Exit(REFUSED)


def printed(alert: Alert, town: Town, folder: EvidenceFolder, now: datetime) -> str:
    """The folder as a page to print and file."""

    def exactly(at: datetime) -> str:
        return f"{at.astimezone(town.zone):%d.%m.%Y, %H:%M:%S} Uhr"

    scenario = SCENARIOS.get(alert.scenario)
    return render(
        "crisis/evidence.html",
        alert=alert,
        town=town,
        folder=folder,
        mode=words.MODES[alert.mode],
        scenario=scenario.label.replace("\u00ad", "") if scenario else alert.scenario,
        place=district_names(town, sorted(alert.districts)),
        raised_at=exactly(alert.raised_at),
        expires_at=until(alert.expires_at, town, "de"),
        figures_at=exactly(folder.figures_at) if folder.figures_at else "",
        printed_at=exactly(now),
        pictures=pictures_of(alert, town),
        district_head=[words.fact(it.name) for it in fields(DeliveryFigures)],
        by_district={name: astuple(it) for name, it in name_districts(folder.by_district, town).items()},
        figures=[(words.fact(name), count) for name, count in folder.figures.items()],
        follow_ups=[(exactly(it.raised_at), words.what(it.kind), it.holder, it.alert_id) for it in folder.follow_ups],
        entries=[
            (it.seq, exactly(it.at), words.what(it.what), [words.said(*fact) for fact in it.facts.items()], it.seal)
            for it in folder.entries
        ],
    )


def _show(out: Console, alert: Alert, town: Town, folder: EvidenceFolder) -> None:
    scenario = SCENARIOS[alert.scenario].name if alert.scenario in SCENARIOS else alert.scenario
    about = [
        ("alert", f"{alert.alert_id} ({words.MODES[alert.mode]})"),
        ("what", f"{scenario}, {district_names(town, sorted(alert.districts))}"),
        ("detail", alert.detail),
        ("holder", alert.holder),
        ("times", f"{to_the_second(alert.raised_at, town)} – {moment(alert.expires_at, town)}"),
        ("languages", ", ".join(german_name(it) for it in alert.wording)),
    ]
    out.print(table(("", ""), [(words.ABOUT[name], said) for name, said in about if said]))
    for picture in pictures_of(alert, town):
        out.print(f"\n[{picture.language}] {picture.text}")
    out.print()
    if folder.figures_at:
        out.print(words.FIGURES.format(at=to_the_second(folder.figures_at, town)))
        out.print(table(("", ""), [(words.fact(name), count) for name, count in folder.figures.items()]))
        out.print(by_district_table(name_districts(asdict(folder)["by_district"], town)))
    else:
        out.print(words.NO_FIGURES)
    if folder.failures:
        rows = [(it.people, words.FATES.get(it.what, it.what), it.code, it.why) for it in folder.failures]
        out.print(table(words.FAILURES_HEAD, rows))
    for later in folder.follow_ups:
        at = to_the_second(later.raised_at, town)
        said = words.FOLLOWED.format(what=words.what(later.kind), at=at, holder=later.holder, alert_id=later.alert_id)
        out.print(said)
    out.print(_chain(folder.entries, town))
    if not folder.begun:
        out.print(words.NOT_BEGUN, style="bold red")
    elif not folder.wording_kept:
        out.print(words.OTHER_WORDING, style="bold red")
    _verdict(out, folder.broken_at)
    out.print(words.LAST_SEAL.format(seal=folder.last_seal or words.NO_SEAL))


def _chain(entries: Sequence[EvidenceEntry], town: Town) -> Any:
    rows = [
        (
            it.seq,
            to_the_second(it.at, town),
            words.what(it.what),
            ", ".join(f"{name}: {value[:40]}" for name, value in starmap(words.said, it.facts.items())),
            it.seal[:12],
        )
        for it in entries
    ]
    return table(words.CHAIN_HEAD, rows)


def _verdict(out: Console, broken: int | None) -> None:
    if broken is None:
        out.print(words.WHOLE)
    else:
        out.print(words.BROKEN.format(entry=broken), style="bold red")
