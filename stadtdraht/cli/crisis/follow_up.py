"""`stadtdraht crisis update | all-clear | false-alarm`: what follows an alert, without a browser."""

import json
import secrets
from datetime import UTC, datetime
from typing import Annotated, NoReturn

import typer

from stadtdraht.adapters.crypto.pins import pin_matches
from stadtdraht.bootstrap import Adapters
from stadtdraht.cli.deployment import connected
from stadtdraht.cli.output import AsJson, give, refuse, wants_json
from stadtdraht.domain.crisis.alert import Alert, AlertKind
from stadtdraht.domain.crisis.detail import tidied
from stadtdraht.domain.crisis.links import CrisisLink, typed_pin
from stadtdraht.domain.identifiers import new_random
from stadtdraht.texts.staff.crisis import crisis_desk as words
from stadtdraht.usecases.crisis.lint_alert import read_instead
from stadtdraht.usecases.crisis.raise_alert import Press, Rejected, expected_words, press
from stadtdraht.usecases.crisis.record_press import note_press

AlertId = Annotated[
    str, typer.Argument(metavar="ALERT", help="Kennung der Warnung, wie in `crisis list` (id of the alert)")
]
HolderOption = Annotated[str, typer.Option(help="Wer auslöst: jemand mit Krisenlink dieser Stadt (who presses)")]
Pin = Annotated[
    str,
    typer.Option(
        prompt=True, hide_input=True, help="Die PIN dieser Person; sonst wird danach gefragt (the holder's PIN)"
    ),
]


@connected
def update(
    adapters: Adapters,
    alert_id: AlertId,
    holder: HolderOption,
    pin: Pin,
    minutes: Annotated[
        int, typer.Option(help="Wie lange es ab jetzt gilt, in Minuten: 15 bis 720 (minutes that it holds)")
    ],
    district: Annotated[
        list[str] | None,
        typer.Option(
            help="Kennung des Ortsteils; mehrfach möglich. Sonst bleibt der Ort, wie er ist (district; else unchanged)"
        ),
    ] = None,
    whole_town: Annotated[
        bool, typer.Option("--whole-town", help="Ab jetzt gilt es im ganzen Stadtgebiet (in the whole town)")
    ] = False,
    detail: Annotated[
        str | None,
        typer.Option(help="Genauer Ort oder Hinweis in einer Zeile; sonst bleibt er, wie er ist (exact place or hint)"),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Neu warnen, mit anderem Ort oder Ende; die alte Warnung gilt nicht mehr. Auch wer sie hatte, bekommt es. (warn
    again)
    """
    if district and whole_town:
        refuse(words.ONE_PLACE)
    _follow(
        adapters,
        AlertKind.UPDATE,
        alert_id,
        holder,
        pin,
        minutes=minutes,
        districts=() if whole_town else tuple(district) if district else None,
        detail=None if detail is None else tidied(detail),
        as_json=as_json,
    )


@connected
def all_clear(adapters: Adapters, alert_id: AlertId, holder: HolderOption, pin: Pin, as_json: AsJson = False) -> None:
    """Entwarnung an alle, die die Warnung haben oder haben können. (tell that the danger is over)"""
    _follow(adapters, AlertKind.ALL_CLEAR, alert_id, holder, pin, as_json=as_json)


@connected
def false_alarm(adapters: Adapters, alert_id: AlertId, holder: HolderOption, pin: Pin, as_json: AsJson = False) -> None:
    """Fehlalarm: allen, die die Warnung haben können, sagen, dass keine Gefahr war. (tell that there was no danger)"""
    _follow(adapters, AlertKind.FALSE_ALARM, alert_id, holder, pin, as_json=as_json)


def _follow(
    adapters: Adapters,
    kind: AlertKind,
    alert_id: str,
    holder: str,
    pin: str,
    *,
    minutes: int = 0,
    districts: tuple[str, ...] | None = None,
    detail: str | None = None,
    as_json: bool,
) -> None:
    alerts, now = adapters.alerts, datetime.now(UTC)
    alert = alerts.get(alert_id) or _unknown(alert_id)
    town, by = adapters.towns.get(alert.town), _as_a_link(alert, holder, now)
    what = Press(
        scenario=alert.scenario,
        districts=tuple(sorted(alert.districts)) if districts is None else districts,
        detail=detail,
        valid_for_min=minutes,
        languages=(),
        pin=typed_pin(pin),
        confirm=expected_words(by, town),  # whoever types the alert's id knows what they end
        spends=(f"cli-{secrets.token_hex(12)}",),
        pin_mark=adapters.link_signer().mark(by, typed_pin(pin)),
        kind=kind,
        follows=alert_id,
    )
    outcome = press(
        what,
        by,
        town,
        now,
        alerts=alerts,
        holders=adapters.holders,
        queue=adapters.crisis_queue,
        pin_matches=pin_matches,
        random=new_random(),
        public_url=adapters.settings.public_url,
    )
    note_press(outcome, by, now, alerts=alerts, evidence=adapters.evidence)
    if isinstance(outcome, Rejected):
        if wants_json(as_json) and outcome.stands:
            print(json.dumps({"sent": False, "follows": alert_id, "stands": outcome.stands, "text": outcome.text}))
        refuse(outcome.text)
    raised = alerts.get(outcome.alert_id)
    instead = read_instead(town, raised.wording, raised.kind) if raised else {}
    value = {"alert_id": outcome.alert_id, "follows": alert_id, "kind": str(kind), "read_instead": instead}
    told = f"{outcome.alert_id}\n{words.FOLLOW.format(alert_id=outcome.alert_id)}"
    for language, other in instead.items():
        told += "\n" + words.INSTEAD.format(language=language, other=other)
    give(value, as_json=as_json, show=lambda out: out.print(told))


def _as_a_link(alert: Alert, holder: str, now: datetime) -> CrisisLink:
    """The command needs no link: who may run it may make one. The PIN still says who it was."""
    return CrisisLink("command line", alert.town, holder.strip(), alert.mode, now, now, "")


def _unknown(alert_id: str) -> NoReturn:
    refuse(words.NO_ALERT.format(alert_id=alert_id))
