"""A running system: what everything that works on it is given."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from local.aws.account import LocalAccount
from local.aws.deploy import Deployment
from local.secrets import LocalSecrets
from local.settings import LocalSettings
from stadtdraht.settings import Settings

REPOSITORY = Path(__file__).resolve().parent.parent

Say = Callable[[str], None]


@dataclass
class System:
    """A running system, as the steps after the deployment see it."""

    settings: LocalSettings
    secrets: LocalSecrets
    account: LocalAccount
    deployment: Deployment
    say: Say
    repository: Path = REPOSITORY
    stopping: threading.Event = field(default_factory=threading.Event)
    """Set when the system is asked to end: a step that takes long looks at it."""

    @property
    def app(self) -> str:
        return self.settings.app

    @property
    def graph(self) -> str:
        """The Graph API in use: the simulated one, or the one it was told."""
        return self.settings.graph

    @property
    def product_settings(self) -> dict[str, str]:
        """What `stadtdraht.settings.Settings.from_mapping` takes: the stack's outputs and this machine's addresses."""
        return {**Settings.named(self.deployment.outputs), **self.settings.product_addresses}
