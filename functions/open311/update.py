"""The status of a report back from the town's own system, which shows a key."""

import base64
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qsl

from functions.logged import logged
from functions.open311.web.responses import Refused, answered, check_key, jurisdiction, number_of
from stadtdraht.bootstrap import Adapters
from stadtdraht.domain.cases.case_work import CaseNotFit
from stadtdraht.observability import logger
from stadtdraht.pages.responses import HttpResponse
from stadtdraht.usecases.cases.update_from_open311 import STATES, update_from_open311
from stadtdraht.usecases.cases.work_on_case import CaseChanged, CaseMissing, CasePorts

log = logger("open311-update")
ADAPTERS = Adapters()
MOST_FIELDS = 20


@logged(log)
def handler(event: dict[str, Any], _: object, *, adapters: Adapters = ADAPTERS) -> HttpResponse:
    return answered(lambda: _taken(number_of(event), _form(event), adapters))


def _taken(number: str, form: dict[str, str], adapters: Adapters) -> Any:
    town = jurisdiction(form, adapters.towns)
    check_key(town, form.get("api_key", ""), adapters.secrets)
    status, notes = form.get("status", ""), form.get("status_notes", "").strip()
    if status not in STATES:
        raise Refused(400, f"status: one of {', '.join(STATES)}")
    ports = CasePorts(adapters.cases, adapters.citizens, adapters.answer_queue)
    try:
        update_from_open311(number, status, notes, town, datetime.now(UTC), ports)
    except CaseMissing as why:
        raise Refused(404, "service_request_id was not found") from why
    except CaseNotFit as why:
        raise Refused(400, str(why)) from why
    except CaseChanged as why:
        raise Refused(409, str(why)) from why
    return [{"service_request_id": number, "service_notice": None, "account_id": None}]


def _form(event: dict[str, Any]) -> dict[str, str]:
    body = event.get("body") or ""
    try:
        text = base64.b64decode(body).decode() if event.get("isBase64Encoded") else body
        return dict(parse_qsl(text, max_num_fields=MOST_FIELDS))
    except ValueError as why:
        raise Refused(400, "expected form fields in UTF-8") from why
