"""What the simulated WhatsApp is started with."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Config:
    """Settings of one simulated WhatsApp."""

    webhook_url: str
    app_secret: str
    verify_token: str = ""
    mails_url: str = ""
    """Where the mail server lists what it was given to send; "": there is none."""
    dashboards_url: str = ""
    """Where the dashboards of this machine are answered; "": nowhere."""
    port: int = 8701
    state: Path | None = None
    """Folder for people, chats, numbers and templates; None: everything is kept in memory only."""
    everyone_exists: bool = True
    template_approval_s: float = 0.0
    sent_after_ms: int = 60
    delivered_after_ms: int = 450
    read_after_ms: int = 2500
    statuses_per_post: int = 50
    flush_every_ms: int = 200
    posts_in_flight: int = 4
    webhook_timeout_s: float = 10.0
    seed: int | None = None
    """Makes every dice roll (read receipts, faults, shuffles) repeatable."""
