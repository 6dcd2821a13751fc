"""A press and its undoing: from posted fields to one alert, and to what the person who pressed is shown next."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, assert_never

from functions.crisis.web import progress, screens
from functions.crisis.web.context import PageContext
from stadtdraht.adapters.crypto.pins import pin_matches
from stadtdraht.domain.crisis.alert import AlreadyRaised, Raised
from stadtdraht.domain.crisis.links import typed_pin
from stadtdraht.domain.errors import LinkNotValid
from stadtdraht.domain.identifiers import new_random
from stadtdraht.observability import count, error_place, logger
from stadtdraht.pages.responses import HttpResponse, as_json, see_other
from stadtdraht.usecases.crisis.lint_alert import read_instead
from stadtdraht.usecases.crisis.raise_alert import Press, PressOutcome, Rejected, press
from stadtdraht.usecases.crisis.record_press import note_press, note_undo

log = logger("crisis-page")


def respond(context: PageContext) -> HttpResponse:
    """Presses, and shows the alert that stands now, or what to correct."""
    outcome = _press(context)
    with _kept_or_counted(context):
        note_press(outcome, context.link, context.now, alerts=context.ports.alerts, evidence=context.ports.evidence)
    log.info(
        "crisis press",
        town=context.town.id,
        cause=getattr(outcome, "alert_id", None),  # nothing was raised by a press that was rejected
        link_id=context.link.link_id,
        mode=context.link.mode,
        outcome=type(outcome).__name__,
    )
    if isinstance(outcome, Rejected) and outcome.locks:
        count("CrisisPinLocked")
    json = context.request.wants_json
    match outcome:
        case Raised(alert_id):
            return as_json(202, _named(context, alert_id)) if json else see_other(_address(context, alert_id))
        case AlreadyRaised(alert_id):
            return as_json(200, _named(context, alert_id)) if json else see_other(_address(context, alert_id))
        case Rejected(field, text):
            status = 403 if field in ("pin", "holder") else 422
            return (
                as_json(status, {"field": field, "text": text, **_tries(outcome), **_stands(outcome)})
                if json
                else screens.next_screen(context, outcome, status)
            )
        case _:
            assert_never(outcome)


def respond_to_undo(context: PageContext) -> HttpResponse:
    """Takes it back, and shows what became of it; a repeat shows the same."""
    alert = progress.alert_of(context)
    if alert is None or not context.has_undo_key:
        return screens.not_valid(context.request)
    undone = context.ports.alerts.undo(alert, context.now)
    town, link = context.town.id, context.link
    log.info("crisis undo", town=town, cause=alert.alert_id, link_id=link.link_id, mode=link.mode, undone=undone)
    if undone:
        with _kept_or_counted(context):
            note_undo(alert, context.link, context.now, evidence=context.ports.evidence)
    now_it_is = undone or (progress.alert_of(context) or alert).undone_at is not None
    if context.request.wants_json:
        return as_json(200 if now_it_is else screens.TOO_LATE, {"alert_id": alert.alert_id, "undone": now_it_is})
    if now_it_is:
        return see_other(f"{context.page_url}/{alert.alert_id}")
    return progress.respond(context, too_late=True)


def _tries(refused: Rejected) -> dict[str, Any]:
    """What a machine learns of a refused PIN."""
    until = {"locked_until": refused.locked_until.isoformat(timespec="seconds")} if refused.locked_until else {}
    return {} if refused.tries_left is None else {"tries_left": refused.tries_left, **until}


def _stands(refused: Rejected) -> dict[str, str]:
    return {"stands": refused.stands} if refused.stands else {}


@contextmanager
def _kept_or_counted(context: PageContext) -> Iterator[None]:
    """Around whatever adds to the folder: an error is counted and logged, and goes no further."""
    try:
        yield
    except Exception as why:  # noqa: BLE001 - whatever it is, the officer sees what became of the alert
        count("CrisisEvidenceMissing")
        log.warning("evidence was not kept", town=context.town.id, link_id=context.link.link_id, why=error_place(why))


def _named(context: PageContext, alert_id: str) -> dict[str, Any]:
    """What a machine learns. Posted to the alert's address, `undo` takes it back; it has to ask for the time to.

    read_instead: by language of the town that the alert is not in, whose words its readers get.
    """
    raised = context.ports.alerts.get(alert_id)
    return {
        "alert_id": alert_id,
        "read_instead": read_instead(context.town, raised.wording, raised.kind) if raised else {},
        **({"undo": context.undo_key(alert_id)} if context.request.undo else {}),
    }


def _address(context: PageContext, alert_id: str) -> str:
    """The key may stand in an address: it is worth ten seconds."""
    return f"{context.page_url}/{alert_id}" + (f"?undo={context.undo_key(alert_id)}" if context.request.undo else "")


def _press(context: PageContext) -> PressOutcome:
    request = context.request
    try:
        spends = _spends(context)
    except LinkNotValid:
        return Rejected(
            "nonce", "Diese Seite war zu lange offen. Es wurde nichts gesendet. Bitte bestätigen Sie noch einmal."
        )
    what = Press(
        scenario=request.one("scenario"),
        districts=request.districts,
        detail=request.detail,
        valid_for_min=request.valid_for_min,
        languages=request.several("languages"),
        pin=typed_pin(request.one("pin")),
        confirm=request.one("confirm"),
        spends=spends,
        pin_mark=context.ports.signer.mark(context.link, typed_pin(request.one("pin"))),
        kind=request.kind,
        follows=request.one("follows"),
        undo=request.undo,
    )
    return press(
        what,
        context.link,
        context.town,
        context.now,
        alerts=context.ports.alerts,
        holders=context.ports.holders,
        queue=context.ports.queue,
        pin_matches=pin_matches,
        random=new_random(),
        public_url=context.ports.public_url,
    )


def _spends(context: PageContext) -> tuple[str, ...]:
    """The page's nonce, and a machine's own name for its request; a machine may press without having seen a page."""
    nonce, key = context.request.one("nonce"), context.request.idempotency_key
    named = hashlib.sha256(f"{context.link.link_id}\n{key}".encode()).hexdigest()[:32] if key else ""
    if named and not nonce:
        return (f"key-{named}",)
    value = context.ports.signer.check_nonce(context.link, nonce, context.now)
    return (value, f"key-{named}") if named else (value,)
