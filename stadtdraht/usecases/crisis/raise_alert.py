"""A press on the crisis page: who presses, what they chose, and the one transaction that follows."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from stadtdraht.domain.crisis.alert import (
    ENDS,
    Alert,
    AlertKind,
    AlreadyRaised,
    Raised,
    SpentOnOthers,
    Trigger,
    same_words,
)
from stadtdraht.domain.crisis.follow_up_audience import BY_ROWS
from stadtdraht.domain.crisis.links import LOCK, CrisisLink, LinkMode
from stadtdraht.domain.crisis.lint import AlertFinding
from stadtdraht.domain.delivery.slices import LEASE, Purpose, Slice, lanes_for, shards_of
from stadtdraht.domain.identifiers import ALERT, BEHIND_ALL, DRILL, SHARDS, new_cause
from stadtdraht.domain.town import Town
from stadtdraht.texts.scenarios import SCENARIOS
from stadtdraht.texts.staff.crisis import not_raised, refused_pin
from stadtdraht.texts.staff.crisis.alert_lint import field_of, sentence
from stadtdraht.usecases.crisis.alert_wording import issuer_of, wording
from stadtdraht.usecases.crisis.lint_alert import fit_words, lint_choices, lint_words

if TYPE_CHECKING:
    from stadtdraht.ports.crisis import Alerts, Holders
    from stadtdraht.ports.delivery import SliceQueue

DRILL_WORD = "Übung"  # typed instead of the town's name, so that hand and head know the difference
END_IS_NEWS_FOR_MIN = 12 * 60  # the longest that Meta delivers a utility template


@dataclass(frozen=True, slots=True)
class Press:
    """What was posted."""

    scenario: str
    districts: tuple[str, ...]
    """Ids; empty means the whole town."""
    valid_for_min: int
    languages: tuple[str, ...]
    """Empty means all we have."""
    pin: str
    confirm: str
    """What was typed to confirm: `expected_words`."""
    spends: tuple[str, ...]
    """The page's nonce, already checked against the link, and what a machine calls its request: each raises one alert
    at the most."""
    pin_mark: str
    """A keyed hash of the PIN, that tells guesses apart."""
    kind: AlertKind = AlertKind.ALERT
    follows: str = ""
    """The alert that this one updates, ends or repeats; scenario and place of an end are then those of that alert."""
    detail: str | None = None
    """The exact place or a hint, tidied; None: as of the alert that this one follows."""
    undo: timedelta = timedelta(0)
    """For so long nothing is sent, and the press can be taken back."""


@dataclass(frozen=True, slots=True)
class Rejected:
    """Nothing happened."""

    field: str
    """What to correct."""
    text: str
    """How, in German."""
    locks: bool = False
    """The PIN was wrong once too often, and its link takes none for a while."""
    tries_left: int | None = None
    """How many PINs the link still takes; None where the PIN is not what is wrong."""
    locked_until: datetime | None = None
    stands: str = ""
    """The alert that took the place of the one that was to be followed."""


PressOutcome = Raised | AlreadyRaised | Rejected


def press(
    what: Press,
    link: CrisisLink,
    town: Town,
    now: datetime,
    *,
    alerts: Alerts,
    holders: Holders,
    queue: SliceQueue,
    pin_matches: Callable[[str, str], bool],
    random: str,
    public_url: str,
) -> PressOutcome:
    """Raises the alert, or shows the one that stands. Repeating it after a lost answer is harmless and completes it."""
    before = followed_alert(what.kind, what.follows, link, alerts)
    posted, what = what, _inherit_from_followed(what, before, now)
    if rejected := _check_followed(what, before) or _check_choices(what, town):
        return rejected
    trigger = build_trigger(what, link, town, now, before, random=random, public_url=public_url)
    if rejected := (
        first_rejection(lint_words(town, trigger.alert.wording, what.kind).errors)
        or _check_confirmation(what, link, town)
        or _check_pin(what, link, town, now, holders, pin_matches)
    ):
        return rejected
    outcome = _raise(replace(trigger, choices=_choices(posted)), town, now, alerts, queue)
    holders.clear_wrong_pins(link)  # only now: nobody is warned any later for it
    return outcome


def _raise(trigger: Trigger, town: Town, now: datetime, alerts: Alerts, queue: SliceQueue) -> PressOutcome:
    outcome = alerts.raise_once(trigger)
    if isinstance(outcome, Raised):
        queue.put([(work_slice, 0) for work_slice in trigger.slices])
        return outcome
    current = alerts.get(outcome.alert_id)
    if isinstance(outcome, SpentOnOthers):
        return Rejected("nonce", not_raised.spent_on_others(current, town))
    if current is not None and current.sameness != trigger.alert.sameness:
        return Rejected("follows", not_raised.followed_by_another(current, town), stands=current.alert_id)
    if current is not None and not current.over(now):
        # The first press may have died between its transaction and the queue: slices of the same turn merge there.
        queue.put([(work_slice, 0) for work_slice in alert_slices(current, town)])
    return outcome


def _choices(what: Press) -> str:
    """Fingerprint of what was chosen; of an end that it is one, since the rest is that of the alert before."""
    chosen: tuple[object, ...] = (what.kind, what.follows)
    if what.kind not in BY_ROWS:
        chosen += (what.detail or "",) if what.detail else ()
        chosen += (what.scenario, sorted(what.districts), what.valid_for_min, sorted(what.languages))
    return hashlib.sha256(repr(chosen).encode()).hexdigest()[:32]


def followed_alert(kind: AlertKind, follows: str, link: CrisisLink, alerts: Alerts) -> Alert | None:
    """The alert that a follow-up is about; None for a new alert, and for one that this link has nothing to do with."""
    alert = alerts.get(follows) if follows and kind is not AlertKind.ALERT else None
    return alert if alert and not alert.undone_at and (alert.town, alert.mode) == (link.town, link.mode) else None


def validity_minutes(kind: AlertKind, before: Alert, now: datetime) -> int:
    """How long an end is news, or what is left of the alert that is repeated; 0 when that is over."""
    if kind is not AlertKind.REPEAT:
        return END_IS_NEWS_FOR_MIN
    return max(0, int((before.expires_at - now).total_seconds() // 60))


def _inherit_from_followed(what: Press, before: Alert | None, now: datetime) -> Press:
    """An end is about what it ends; whatever was posted beside it does not count."""
    if before is None:
        return replace(what, detail=what.detail or "")
    if what.kind is AlertKind.UPDATE:
        detail = before.detail if what.detail is None else what.detail
        return replace(what, scenario=before.scenario, detail=detail)
    return replace(
        what,
        scenario=before.scenario,
        districts=tuple(sorted(before.districts)),
        detail=before.detail,
        valid_for_min=validity_minutes(what.kind, before, now),
    )


def _check_followed(what: Press, before: Alert | None) -> Rejected | None:
    if (what.kind is AlertKind.ALERT) == (before is None) and bool(what.follows) == (before is not None):
        return None
    return Rejected("follows", "Diese Warnung gibt es nicht. Bitte öffnen Sie ihre Stand-Seite noch einmal.")


def alert_slices(alert: Alert, town: Town) -> tuple[Slice, ...]:
    """One slice per lane over its whole key range: no list of recipients is built, and a lane starts at once."""
    lanes = lanes_for(town.number.rate_mps)
    slices = []
    for lane in range(lanes):
        shards = shards_of(lane, lanes)
        end = SHARDS.find(shards[-1]) + 1
        upto = SHARDS[end] if end < len(SHARDS) else BEHIND_ALL
        slices.append(
            Slice(
                town=alert.town,
                cause=alert.alert_id,
                purpose=Purpose.CRISIS,
                phone_number_id=town.number.phone_number_id,
                lane=lane,
                lanes=lanes,
                seq=0,
                after=shards[0],
                upto=upto,
                count=0,
            )
        )
    return tuple(slices)


def expected_words(link: CrisisLink, town: Town) -> str:
    """What must be typed to confirm."""
    return town.name if link.mode is LinkMode.LIVE else DRILL_WORD


def _check_choices(what: Press, town: Town) -> Rejected | None:
    findings = lint_choices(what.scenario, what.districts, what.valid_for_min, what.languages, town, what.detail or "")
    # An end is about an alert that went out, be it without a detail that is asked for today.
    return first_rejection([it for it in findings if what.kind not in BY_ROWS or field_of(it) != "detail"])


def first_rejection(findings: Sequence[AlertFinding]) -> Rejected | None:
    """What to correct first, at the field that can mend it."""
    return Rejected(field_of(findings[0]), sentence(findings[0])) if findings else None


def _check_confirmation(what: Press, link: CrisisLink, town: Town) -> Rejected | None:
    if same_words(what.confirm, expected_words(link, town)):
        return None
    return Rejected("confirm", f"Bitte tippen Sie zur Bestätigung „{expected_words(link, town)}“ ein.")


def _check_pin(
    what: Press, link: CrisisLink, town: Town, now: datetime, holders: Holders, pin_matches: Callable[[str, str], bool]
) -> Rejected | None:
    holder = holders.get(link.town, link.holder)
    if holder is None:
        return Rejected("holder", refused_pin.UNKNOWN_HOLDER.format(holder=link.holder, town=town.name))
    most = holder.guesses_at_a_link(now)
    # The guess is taken before the PIN is looked at: a thousand of them at once are still five.
    if not holders.may_guess(link, what.pin_mark, most, now):
        free_at = holders.guesses(link).locked_until or now + LOCK
        return Rejected("pin", refused_pin.locked(free_at, town), tries_left=0, locked_until=free_at)
    if not pin_matches(what.pin, holder.pin_hash):
        left = holders.count_wrong_pin(link, now).left(most)
        until = None if left else now + LOCK
        text = refused_pin.wrong(left, until, town)
        return Rejected("pin", text, locks=not left, tries_left=left, locked_until=until)
    return None


def build_trigger(
    what: Press,
    link: CrisisLink,
    town: Town,
    now: datetime,
    before: Alert | None = None,
    *,
    random: str,
    public_url: str,
) -> Trigger:
    """Everything one press puts down. The link says who presses, and whether it is a drill."""
    alert_id = new_cause(town.id, ALERT if link.mode is LinkMode.LIVE else DRILL, now, random)
    scenario = SCENARIOS[what.scenario]
    expires_at = now + timedelta(minutes=what.valid_for_min)
    words = wording(
        town,
        scenario,
        what.districts,
        now if what.kind in ENDS else expires_at,  # "holds until": what has ended does so now
        issuer=issuer_of(town),
        check_url=f"{public_url}/a/{alert_id}",
        languages=what.languages,
        kind=what.kind,
        detail=what.detail or "",
    )
    alert = Alert(
        alert_id=alert_id,
        town=town.id,
        mode=link.mode,
        scenario=scenario.id,
        districts=frozenset(what.districts),
        raised_at=now,
        expires_at=expires_at,
        holder=link.holder,
        issuer=issuer_of(town),
        detail=what.detail or "",
        wording=fit_words(town, words, what.kind),
        kind=what.kind,
        follows=before.alert_id if before else "",
        also_for=before.audience if before else None,
        sends_at=now + what.undo if what.undo else None,
    )
    until = alert.takes_effect_at + LEASE
    return Trigger(alert, what.spends, alert_slices(alert, town), town.number.phone_number_id, until)
