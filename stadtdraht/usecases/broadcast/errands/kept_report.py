"""A report of a newsletter as it is kept, so that nobody who looks at it reads its rows."""

from collections.abc import Mapping
from dataclasses import asdict
from decimal import Decimal
from typing import Any

from stadtdraht.domain.delivery.outcome import DeliveryFigures, Hour
from stadtdraht.usecases.broadcast.reporting.broadcast_report import Billing, BroadcastReport, ItemClicks, ReasonCount


def plain_report(report: BroadcastReport) -> dict[str, Any]:
    """For JSON."""
    billing = report.billing
    planned_eur = None if billing.planned_eur is None else str(billing.planned_eur)
    amounts = {"planned_eur": planned_eur, "billed_eur": str(billing.billed_eur)}
    return asdict(report) | {"billing": asdict(billing) | amounts}


def kept_report(value: Mapping[str, Any]) -> BroadcastReport:
    """The reverse of `plain_report`."""
    parsed = {
        "figures": DeliveryFigures(**value["figures"]),
        "reasons": tuple(ReasonCount(**it) for it in value["reasons"]),
        "by_district": {name: DeliveryFigures(**it) for name, it in value["by_district"].items()},
        "by_hour": {hour: Hour(**it) for hour, it in value["by_hour"].items()},
        "clicks": tuple(ItemClicks(**it) for it in value["clicks"]),
        "billing": _billing(value["billing"]),
    }
    return BroadcastReport(**{**value, **parsed})


def _billing(value: Mapping[str, Any]) -> Billing:
    planned = value["planned_eur"]
    amounts = {
        "planned_eur": None if planned is None else Decimal(planned),
        "billed_eur": Decimal(value["billed_eur"]),
    }
    return Billing(**{**value, **amounts})
