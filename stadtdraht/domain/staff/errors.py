"""What stops who keeps the staff of a town. The texts are for them to read."""

from stadtdraht.domain.errors import StadtdrahtError, ToldToStaff, german


class NotOfStaff(StadtdrahtError):
    """Nobody of that name works in the town's console."""

    def __init__(self, town: str, who: str) -> None:
        super().__init__(f"{who} hat in {town} keinen Zugang.")
        self.town, self.who = town, who


class LastAdmin(ToldToStaff):
    """Without an administrator nobody could invite anybody any more."""

    def __init__(self, town: str) -> None:
        super().__init__(
            german("Das ist der letzte Zugang mit der Rolle Verwaltung. Geben Sie die Rolle zuerst jemand anderem.")
        )
        self.town = town


class WrongInvitation(ToldToStaff):
    """What was typed makes no invitation; `field` is the one to mend."""

    def __init__(self, field: str, text: str) -> None:
        super().__init__(text)
        self.field = field


class RenewedAlready(StadtdrahtError):
    """The same form was posted before. Whether its mail arrived is not known here."""


class MailRefused(StadtdrahtError):
    """A mail did not go out. Names no address."""

    def __init__(self, why: str) -> None:
        super().__init__(f"Die E-Mail konnte nicht verschickt werden ({why}).")
        self.why = why
