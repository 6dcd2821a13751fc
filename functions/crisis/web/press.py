"""The press: from posted fields to one alert, and to what this hand is shown."""

import hashlib
from typing import Any, assert_never

from functions.crisis.web import screens
from functions.crisis.web.evidence import kept_or_counted
from functions.crisis.web.context import Visit
from stadtdraht.adapters.crypto.pins import pin_matches
from stadtdraht.domain.crisis.alert import AlreadyRaised, Raised
from stadtdraht.domain.errors import LinkNotValid
from stadtdraht.domain.identifiers import new_random
from stadtdraht.observability import count, logger
from stadtdraht.pages.responses import HttpAnswer, as_json, elsewhere
from stadtdraht.usecases.crisis.lint_alert import read_instead
from stadtdraht.usecases.crisis.raise_alert import Press, PressOutcome, Rejected, press
from stadtdraht.usecases.crisis.record_press import note_press

log = logger("crisis-page")


def answer(visit: Visit) -> HttpAnswer:
    """Presses, and shows the alert that stands now, or what to correct."""
    outcome = _press(visit)
    with kept_or_counted(visit):
        note_press(outcome, visit.link, visit.now, alerts=visit.desk.alerts, evidence=visit.desk.evidence)
    what = type(outcome).__name__
    count(f"CrisisPress{what}", mode=visit.link.mode)
    log.info("crisis press", town=visit.town.id, link_id=visit.link.link_id, mode=visit.link.mode, outcome=what)
    if isinstance(outcome, Rejected) and outcome.locks:
        count("CrisisPinLocked")
    json = visit.request.wants_json
    match outcome:
        case Raised(alert_id):
            return as_json(202, _named(visit, alert_id)) if json else elsewhere(_address(visit, alert_id))
        case AlreadyRaised(alert_id):
            return as_json(200, _named(visit, alert_id)) if json else elsewhere(_address(visit, alert_id))
        case Rejected(field, text):
            status = 403 if field == "pin" else 422
            return (
                as_json(status, {"field": field, "text": text}) if json else screens.next_screen(visit, outcome, status)
            )
        case _:
            assert_never(outcome)


def _named(visit: Visit, alert_id: str) -> dict[str, Any]:
    """What a machine learns. Posted to the alert's address, `undo` takes it back; it has to ask for the time to.

    read_instead: by language of the town that the alert is not in, whose words its readers get.
    """
    raised = visit.desk.alerts.get(alert_id)
    return {
        "alert_id": alert_id,
        "read_instead": read_instead(visit.town, raised.wording, raised.kind) if raised else {},
        **({"undo": visit.undo_key(alert_id)} if visit.request.undo else {}),
    }


def _address(visit: Visit, alert_id: str) -> str:
    """The key may stand in an address: it is worth ten seconds."""
    return f"{visit.page_url}/{alert_id}" + (f"?undo={visit.undo_key(alert_id)}" if visit.request.undo else "")


def _press(visit: Visit) -> PressOutcome:
    request = visit.request
    try:
        spends = _spends(visit)
    except LinkNotValid:
        return Rejected(
            "nonce", "Diese Seite war zu lange offen. Es wurde nichts gesendet. Bitte bestätigen Sie noch einmal."
        )
    what = Press(
        scenario=request.one("scenario"),
        districts=request.several("districts"),
        valid_for_min=request.valid_for_min,
        languages=request.several("languages"),
        pin=request.one("pin"),
        confirm=request.one("confirm"),
        spends=spends,
        pin_mark=visit.desk.signer.mark(visit.link, request.one("pin")),
        kind=request.kind,
        follows=request.one("follows"),
        undo=request.undo,
    )
    return press(
        what,
        visit.link,
        visit.town,
        visit.now,
        alerts=visit.desk.alerts,
        queue=visit.desk.queue,
        pin_matches=pin_matches,
        random=new_random(),
        public_url=visit.desk.public_url,
    )


def _spends(visit: Visit) -> tuple[str, ...]:
    """The page's nonce, and a machine's own name for its request; a machine may press without having seen a page."""
    nonce, key = visit.request.one("nonce"), visit.request.idempotency_key
    named = hashlib.sha256(f"{visit.link.link_id}\n{key}".encode()).hexdigest()[:32] if key else ""
    if named and not nonce:
        return (f"key-{named}",)
    value = visit.desk.signer.check_nonce(visit.link, nonce, visit.now)
    return (value, f"key-{named}") if named else (value,)
