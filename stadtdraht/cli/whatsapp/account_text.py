"""What is wrong with a town's account at Meta, as commands show it."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from rich.console import Console

from stadtdraht.bootstrap import Adapters
from stadtdraht.cli.output import table
from stadtdraht.cli.whatsapp.trouble_advice import ACCOUNT_ADVICE
from stadtdraht.domain.town import Town
from stadtdraht.texts.staff.account import ACCOUNT_PROBLEMS
from stadtdraht.usecases.whatsapp.check_account import known_account_troubles


def told_of_account(adapters: Adapters, town: Town) -> list[dict[str, Any]]:
    """For programs; empty while nothing is known against it. stops: categories of templates that do not go out."""
    return [
        {
            "problem": str(it.problem),
            "found": it.found,
            "template": it.template,
            "stops": sorted(it.stops),
            "grave": it.grave,
            "advice": ACCOUNT_ADVICE[it.problem],
            "for_staff": ACCOUNT_PROBLEMS[it.problem].format(name=it.template),
        }
        for it in known_account_troubles(town, datetime.now(UTC), snapshots=adapters.account_snapshots)
    ]


def show_account(out: Console, told: Sequence[dict[str, Any]]) -> None:
    """Nothing where nothing is known against it."""
    if told:
        rows = [(it["template"] or "account", it["found"], ", ".join(it["stops"]), it["advice"]) for it in told]
        out.print(table(("of", "told by Meta", "stops", "what to do"), rows))
