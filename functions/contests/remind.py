"""Reminds people of a contest, a day before its end; started by its schedule."""

from datetime import UTC, datetime
from typing import Any

from functions.asked import named
from functions.logged import logged
from stadtdraht.bootstrap import Adapters
from stadtdraht.observability import logger
from stadtdraht.usecases.contests.messages import remind

log = logger("contests-remind")
ADAPTERS = Adapters()


@logged(log)
def handler(event: dict[str, Any], _: object, *, adapters: Adapters = ADAPTERS) -> dict[str, Any]:
    town, contest_id = named(event, "town"), named(event, "call_id")
    contest = adapters.contests.get(town, contest_id)
    reminded = 0
    if contest is not None:
        reminded = remind(
            contest,
            adapters.towns.get(contest.town),
            datetime.now(UTC),
            contests=adapters.contests,
            citizens=adapters.citizens,
            queue=adapters.answer_queue,
        )
    log.info("reminded", town=town, cause=contest_id, reminded=reminded)
    return {"reminded": reminded}
