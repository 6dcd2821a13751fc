"""How an alert stands, in a few words of German for duty officers."""

from datetime import datetime

from stadtdraht.domain.crisis.alert import ENDS, Alert


def state(alert: Alert, now: datetime) -> str:
    """Whether it holds. An all-clear is not said to be over: that a danger is over stays true."""
    if alert.undone_at:
        return "zurückgenommen"
    if alert.can_be_undone(now):
        return "geht gleich hinaus"
    if alert.kind in ENDS:
        return "beendet die Warnung davor"
    if alert.followed_by and alert.over(now):
        return "abgelöst"
    return "abgelaufen" if alert.over(now) else "gilt"
