"""All newsletters of a town: four weeks as a calendar, and a list that is read on page by page."""

from typing import Any

from functions.console.web.newsletters.times import next_start
from functions.console.web.page import page
from functions.console.web.visit import Values, Visit
from stadtdraht.domain.broadcast.broadcast import BroadcastState
from stadtdraht.domain.broadcast.calendar import Calendar
from stadtdraht.pages.responses import HttpResponse
from stadtdraht.texts.staff.amounts import grouped
from stadtdraht.texts.staff.console import newsletters as words
from stadtdraht.texts.staff.language import say, say_many
from stadtdraht.texts.staff.moments import SHORT_WEEKDAYS, WEEKDAYS
from stadtdraht.usecases.broadcast.reporting.newsletter_list import ListedNewsletter, newsletter_list


def show(visit: Visit) -> HttpResponse:
    town, ports, behind = visit.town, visit.adapters, visit.query.get("after")
    found = newsletter_list(
        town, behind, visit.now, broadcasts=ports.broadcasts, slices=ports.slices, errands=ports.errands
    )
    told = (words.promise_words(town), words.silence_words(found.calendar, found.latest, town))
    return page(
        visit,
        "newsletters/list.html",
        say("Newsletter"),
        here="newsletters",
        told=" ".join(filter(None, told)),
        span=words.span(found.calendar),
        weekdays=[(say(short), say(long)) for short, long in zip(SHORT_WEEKDAYS, WEEKDAYS, strict=True)],
        weeks=_weeks(visit, found.calendar),
        rows=[_row(visit, it) for it in found.rows],
        behind=behind,
        more=found.more,
    )


def _weeks(visit: Visit, found: Calendar) -> list[list[Values]]:
    return [
        [
            {
                "day": say("{day}.", day=day.day),
                "today": day == found.today,
                "silent": found.is_silent(week),
                "says": say("nichts geplant") if found.is_silent(week) and day == week[0] else "",
                "entries": [
                    {
                        "href": visit.url(f"newsletters/{it.broadcast.broadcast_id}"),
                        "title": it.broadcast.title or say("Ohne Titel"),
                        "sign": words.MARKS[it.mark][0],
                        "css": words.MARKS[it.mark][1],
                        "state": say(words.MARKS[it.mark][2]),
                    }
                    for it in found.days.get(day, ())
                ],
            }
            for day in week
        ]
        for week in found.weeks
    ]


def _row(visit: Visit, listed: ListedNewsletter) -> Values:
    broadcast = listed.broadcast
    state, css = words.STATES[listed.state]
    tag = say(state)
    if broadcast.repeat and listed.state is BroadcastState.SCHEDULED:
        tag = say("jede Woche")
    if listed.left_behind is not None:
        tag, css = say(words.LEFT_BEHIND[0]), words.LEFT_BEHIND[1]
    if listed.state is BroadcastState.DRAFT and broadcast.asked:
        tag, css = say("zur Freigabe"), "warn"
    elif listed.state is BroadcastState.DRAFT and broadcast.sent_back:
        tag, css = say("zurück"), "bad"
    return {
        "href": visit.url(f"newsletters/{broadcast.broadcast_id}"),
        "title": broadcast.title or say("Ohne Titel"),
        "tag": tag,
        "css": css,
        "words": _second_line(visit, listed),
        "when": _when(visit, listed),
    }


def _second_line(visit: Visit, listed: ListedNewsletter) -> str:
    broadcast, report = listed.broadcast, listed.report
    if listed.state is BroadcastState.DRAFT:
        if broadcast.asked:
            asked_at = words.ago(broadcast.asked.at, visit.town, visit.now)
            return say("von {name}, {at}", name=broadcast.asked.by.name, at=asked_at)
        if broadcast.sent_back:
            return say("„{why}“ – {name}", why=broadcast.sent_back.why, name=broadcast.sent_back.by.name)
        stories = say_many(len(broadcast.items), "{number} Meldung", "{number} Meldungen")
        return f"{stories}, {broadcast.created_by}"
    if listed.left_behind:
        return say(
            "etwa {left} von {planned} nicht gesendet",
            left=grouped(listed.left_behind),
            planned=grouped(broadcast.planned),
        )
    if report is None:
        if broadcast.has_begun:
            return say("an {people}", people=words.people(broadcast.planned))
        return say("von {name}", name=broadcast.created_by)
    figures = report.figures
    if listed.state is BroadcastState.FINISHED:
        read = words.percent(figures.read, figures.delivered)
        return say(
            "{delivered} zugestellt, {read} gelesen, {opted_out} abgemeldet",
            delivered=grouped(figures.delivered),
            read=read,
            opted_out=words.few(report.opt_outs),
        )
    return say(
        "{accepted} von {planned} gesendet", accepted=grouped(figures.accepted), planned=grouped(broadcast.planned)
    )


def _when(visit: Visit, listed: ListedNewsletter) -> str:
    broadcast: Any = listed.broadcast
    if listed.state is BroadcastState.DRAFT:
        at = broadcast.asked.starts_at if broadcast.asked else None
        return words.day_and_hour(at, visit.town) if at else "–"
    if broadcast.has_begun:
        return words.day_and_hour(broadcast.begun_at, visit.town)
    at = next_start(visit, broadcast)
    return words.day_and_hour(at, visit.town) if at else "–"
