"""`stadtdraht figures`: what a town's days came to, without anybody in it."""

from dataclasses import asdict
from datetime import UTC, datetime
from typing import Annotated, Any

import typer
from rich.console import Console

from stadtdraht.bootstrap import Adapters
from stadtdraht.cli.deployment import connected
from stadtdraht.cli.options import TownOption
from stadtdraht.cli.output import AsJson, give, refuse, table
from stadtdraht.domain.cases.case import CaseKind
from stadtdraht.domain.figures.span import SPANS
from stadtdraht.domain.town import Town
from stadtdraht.texts.staff import figures as words
from stadtdraht.texts.staff.amounts import grouped
from stadtdraht.texts.staff.case_desk import KINDS
from stadtdraht.usecases.figures.export_figures import export_figures
from stadtdraht.usecases.figures.read_figures import FiguresView, read_figures

NUMBERS_HEAD = ("", "Zahl", "")
LETTERS_HEAD = ("Newsletter", "am", "an", "danach abbestellt")
CASES_HEAD = ("Meldungen", "neu", "beantwortet", "überfällig", "offen")


@connected
def figures(
    adapters: Adapters,
    town_id: TownOption,
    days: Annotated[
        int,
        typer.Option("--days", help="Von so vielen Tagen bis gestern: 7, 30, 90, 365 oder 1095 (days up to yesterday)"),
    ] = 30,
    as_csv: Annotated[
        bool, typer.Option("--csv", help="Jeden Tag einzeln, als Tabelle mit Semikolon (every day, as CSV)")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Zahlen der Stadt: Abonnements, Anfragen, erste Antworten, Newsletter, Meldungen. (figures, without people)"""
    if days not in SPANS:
        refuse(f"--days {days}: Gezählt wird über {', '.join(map(str, SPANS[:-1]))} oder {SPANS[-1]} Tage")
    town = adapters.towns.get(town_id)
    view = read_figures(town, days, datetime.now(UTC), adapters.figure_days)
    if as_csv:
        print("".join(export_figures(town, view)), end="")
        return
    give(_value(town, view), as_json=as_json, show=lambda out: _show(out, town, view))


def _show(out: Console, town: Town, view: FiguresView) -> None:
    if view.is_empty:
        out.print(words.NOTHING_ON_THE_COMMAND_LINE)
        return
    for it in view.signals:
        title, advice = words.say_signal(it)
        out.print(f"{title}. {advice}\n")
    out.print(f"Vom {words.day(view.first)} bis zum {words.day(view.last)}, gezählt: {len(view.days)} Tage")
    if view.forecast:
        out.print(words.say_forecast(view.forecast))
    out.print(table(NUMBERS_HEAD, _numbers(town, view)))
    letters = [
        (it.newsletter.title, words.day(it.day), grouped(it.newsletter.planned), words.cell(it.opt_outs))
        for it in view.newsletters
    ]
    if letters:
        out.print(table(LETTERS_HEAD, letters))
    cases = [(KINDS[CaseKind(kind)], it.opened, it.answered, it.overdue, it.open) for kind, it in view.cases.items()]
    if cases:
        out.print(table(CASES_HEAD, cases))


def _numbers(town: Town, view: FiguresView) -> list[tuple[str, str, str]]:
    found = [
        (
            f"Abonnements: {words.OFFERS[it.offer]}",
            words.cell(it.people),
            f"dazu {words.cell(it.joined)}, gegangen {words.cell(it.left)}",
        )
        for it in view.offers
    ]
    before = "" if view.asked_before is None else f"zuvor {grouped(view.asked_before)}"
    found.append(("Anfragen", grouped(view.asked), before))
    found.append(("Zum ersten Mal geschrieben", words.cell(view.first_contacts), ""))
    times = view.answers
    if times.median_minutes is not None and times.most_minutes is not None and times.share is not None:
        most = f"9 von 10 in {words.minutes(times.most_minutes)}"
        found.append(("Erste Antwort, Mitte (Dienstzeit)", words.minutes(times.median_minutes), most))
        found.append((f"In {words.minutes(town.answer_target_minutes)}", words.percent(times.share), ""))
    return found


def _value(town: Town, view: FiguresView) -> dict[str, Any]:
    """Hidden cells say why: "few", "nearly_all", "covered"."""
    times, before = view.answers, view.answers_before
    return {
        "town": town.id,
        "first": view.first.isoformat(),
        "last": view.last.isoformat(),
        "days_counted": len(view.days),
        "offers": [asdict(it) for it in view.offers],
        "enquiries": view.asked,
        "enquiries_before": view.asked_before,
        "messages": view.messages,
        "first_contacts": view.first_contacts,
        "first_answers": asdict(times) | {"share_in_target": times.share},
        "first_answers_before": asdict(before) | {"share_in_target": before.share} if before else None,
        "target_minutes": town.answer_target_minutes,
        "by_day": [{"day": it.day.isoformat(), "enquiries": it.asked} for it in view.days],
        "by_weekday_and_hour": view.heat,
        "newsletters": [
            {**asdict(it.newsletter), "day": it.day.isoformat(), "opt_outs": it.opt_outs} for it in view.newsletters
        ],
        "cases": {kind: asdict(it) for kind, it in view.cases.items()},
        "forecast": asdict(view.forecast) if view.forecast else None,
        "signals": [asdict(it) for it in view.signals],
    }
