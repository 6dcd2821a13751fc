"""What to do next about an error: rules and use cases say what stops them and which, the command line names a command.

Placeholders in braces are attributes of the error, so an advice can name the id in question.
"""

from collections.abc import Mapping

from stadtdraht.domain.errors import NoSecret, StadtdrahtError, UnknownTown
from stadtdraht.usecases.broadcast.start_broadcast import NoSuchBroadcast

ADVICE: Mapping[type[StadtdrahtError], str] = {
    UnknownTown: "`stadtdraht town list` shows those that are.",
    NoSecret: "`stadtdraht doctor` says more.",
    # broadcast
    NoSuchBroadcast: "`stadtdraht broadcast list --town …` shows the latest.",
}


def advice_for(error: StadtdrahtError) -> str:
    """The advice for its class, else for the nearest class that it derives from; "" when the error says it all."""
    for kind in type(error).__mro__:
        if kind in ADVICE:
            return ADVICE[kind].format_map(vars(error))
    return ""


def with_advice(error: StadtdrahtError) -> str:
    """The error's own text, and on a line of its own what to do next."""
    return "\n".join(filter(None, (str(error), advice_for(error))))
