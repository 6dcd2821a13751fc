"""What AWS refuses, as an error of ours with AWS's own text: for who looks at a deployment, and goes on."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

from botocore.exceptions import BotoCoreError, ClientError

from stadtdraht.domain.operations.finding import CloudRefused

P = ParamSpec("P")
R = TypeVar("R")


@contextmanager
def refusals_told() -> Iterator[None]:
    """Raises CloudRefused for what AWS refuses, or does not answer."""
    try:
        yield
    except (ClientError, BotoCoreError) as why:
        raise CloudRefused(str(why)) from why


def said_by_aws(ask: Callable[Concatenate[Any, P], R]) -> Callable[Concatenate[Any, P], R]:
    """The same, for methods that ask AWS."""

    @wraps(ask)
    def asked(self: Any, /, *args: P.args, **kwargs: P.kwargs) -> R:
        with refusals_told():
            return ask(self, *args, **kwargs)

    return asked


class _Told:
    """A port of which every method tells AWS's refusals so."""

    def __init__(self, port: Any) -> None:
        self._port = port

    def __getattr__(self, name: str) -> Any:
        method = getattr(self._port, name)

        def asked(*args: Any, **named: Any) -> Any:
            with refusals_told():
                return method(*args, **named)

        return asked


def telling(port: R) -> R:
    """The port as it is, but for what AWS refuses: CloudRefused. Methods only, and none that answers piece by piece."""
    return cast("R", _Told(port))
