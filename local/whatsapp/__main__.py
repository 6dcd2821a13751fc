"""`python -m local.whatsapp --port 8701 --webhook-url … --app-secret … --verify-token … --state FOLDER`."""

import argparse
import logging
from pathlib import Path

from aiohttp import web

from local.whatsapp.config import Config
from local.whatsapp.server import create_app


def _config() -> Config:
    wanted = argparse.ArgumentParser(prog="python -m local.whatsapp", description="A simulated WhatsApp.")
    wanted.add_argument("--port", type=int, default=Config.port)
    wanted.add_argument("--webhook-url", required=True, help="where webhooks are posted")
    wanted.add_argument("--app-secret", required=True, help="signs every webhook")
    wanted.add_argument("--verify-token", default="", help="for the handshake of the callback")
    wanted.add_argument("--mails-url", default="", help="where the mail server lists what it sent")
    wanted.add_argument("--dashboards-url", default="", help="where the dashboards are answered")
    wanted.add_argument("--state", type=Path, help="folder that keeps people, chats, numbers and templates")
    wanted.add_argument("--template-approval-s", type=float, default=Config.template_approval_s)
    wanted.add_argument(
        "--everyone-exists", action=argparse.BooleanOptionalAction, default=Config.everyone_exists,
        help="any plausible number has WhatsApp",
    )  # fmt: skip
    wanted.add_argument("--sent-after-ms", type=int, default=Config.sent_after_ms)
    wanted.add_argument("--delivered-after-ms", type=int, default=Config.delivered_after_ms)
    wanted.add_argument("--read-after-ms", type=int, default=Config.read_after_ms)
    wanted.add_argument("--statuses-per-post", type=int, default=Config.statuses_per_post)
    wanted.add_argument("--flush-every-ms", type=int, default=Config.flush_every_ms)
    wanted.add_argument("--posts-in-flight", type=int, default=Config.posts_in_flight)
    wanted.add_argument("--webhook-timeout-s", type=float, default=Config.webhook_timeout_s)
    wanted.add_argument("--seed", type=int, help="makes every dice roll repeatable")
    return Config(**vars(wanted.parse_args()))


def main() -> None:
    """Serve on 127.0.0.1 until SIGINT or SIGTERM; then keep the state and stop."""
    logging.basicConfig(level=logging.WARNING)
    config = _config()
    app = create_app(config)
    web.run_app(app, host="127.0.0.1", port=config.port, access_log=None, shutdown_timeout=2.0, print=lambda _: None)


if __name__ == "__main__":
    main()
