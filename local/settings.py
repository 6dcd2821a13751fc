"""What `make run` may be told by environment variables (README); the one place of local/ that reads them."""

import os
import re
import socket
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Self
from urllib.parse import urlsplit

from local.aws.account import TransactionKeys

LARGEST_PORT = 65_535


class WrongSetting(ValueError):
    """A variable holds something that cannot work; the text says which, in German and English."""


@dataclass(frozen=True)
class LocalSettings:
    """One local system. Two with different ports and state folders run side by side."""

    app_port: int
    whatsapp_port: int
    aws_port: int
    state: Path
    sample_day: bool
    graph_api_url: str | None  # another Graph API; None: the simulated WhatsApp
    graph_api_rate: float | None  # messages per number and second that the other Graph API allows
    web_detour: str  # host=address:port of a web server that plays one host of the public web; "": none
    web_detour_authority: str  # PEM file that its certificate is from
    transaction_keys: TransactionKeys  # what the rows' keys are when an item of a transaction is judged

    @classmethod
    def from_mapping(cls, values: Mapping[str, str], folder: Path) -> Self:
        """Read the variables; `folder` is where a relative state folder starts. Raises `WrongSetting`."""
        settings = cls(
            app_port=_port(values, "STADTDRAHT_PORT", 8700),
            whatsapp_port=_port(values, "WHATSAPP_PORT", 8701),
            aws_port=_port(values, "AWS_PORT", 8702),
            state=(folder / (values.get("STADTDRAHT_STATE") or ".local")).resolve(),
            sample_day=_switch(values, "STADTDRAHT_SAMPLE_DAY"),
            graph_api_url=_url(values, "GRAPH_API_URL"),
            graph_api_rate=_rate(values, "GRAPH_API_RATE"),
            web_detour=_detour(values, "WEB_DETOUR"),
            web_detour_authority=values.get("WEB_DETOUR_AUTHORITY") or "",
            transaction_keys=_transaction_keys(values, "TRANSACTION_KEYS"),
        )
        if bool(settings.web_detour) != bool(settings.web_detour_authority):
            raise WrongSetting(
                "WEB_DETOUR und WEB_DETOUR_AUTHORITY gehören zusammen. / "
                "WEB_DETOUR and WEB_DETOUR_AUTHORITY go together."
            )
        if len({settings.app_port, settings.whatsapp_port, settings.aws_port}) < len(settings.ports):
            raise WrongSetting(
                "STADTDRAHT_PORT, WHATSAPP_PORT und AWS_PORT müssen verschieden sein. / "
                "STADTDRAHT_PORT, WHATSAPP_PORT and AWS_PORT must differ."
            )
        return settings

    @classmethod
    def from_environment(cls, folder: Path) -> Self:
        """The settings of this start. Raises `WrongSetting`."""
        return cls.from_mapping(os.environ, folder)  # noqa: TID251 - here, and nowhere else in local/

    @property
    def ports(self) -> dict[str, int]:
        """Every port the system listens on, by the variable that moves it."""
        return {
            "STADTDRAHT_PORT": self.app_port,
            "WHATSAPP_PORT": self.whatsapp_port,
            "AWS_PORT": self.aws_port,
        }

    @property
    def app(self) -> str:
        """Where the product answers."""
        return f"http://127.0.0.1:{self.app_port}"

    @property
    def graph(self) -> str:
        """The Graph API in use: the simulated one, or the one it was told."""
        return self.graph_api_url or f"http://127.0.0.1:{self.whatsapp_port}"

    @property
    def product_addresses(self) -> dict[str, str]:
        """What only this machine knows of the product's settings, by the names of its environment variables."""
        files = f"http://127.0.0.1:{self.aws_port}"
        addresses = {
            "PUBLIC_URL": self.app,
            "WEBHOOK_URL": f"{self.app}/webhooks/whatsapp",
            "GRAPH_API_URL": self.graph,
            "MEDIA_ORIGIN": files,
        }
        if self.web_detour:
            addresses |= {"WEB_DETOUR": self.web_detour, "WEB_DETOUR_AUTHORITY": self.web_detour_authority}
        return addresses

    def refuse_busy_ports(self) -> None:
        """Raises `WrongSetting` for a port that someone else listens on."""
        for variable, port in self.ports.items():
            if variable == "WHATSAPP_PORT" and self.graph_api_url:
                continue
            if not is_free(port):
                raise WrongSetting(
                    f"Port {port} ist belegt; mit {variable} lässt sich ein anderer wählen. / "
                    f"Port {port} is taken; choose another with {variable}."
                )


def is_free(port: int) -> bool:
    """Whether nobody listens on 127.0.0.1:`port`."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True


def _port(values: Mapping[str, str], name: str, default: int) -> int:
    text = values.get(name) or str(default)
    if not text.isdecimal() or not 0 < int(text) <= LARGEST_PORT:
        raise _wrong(name, text, "eine Portnummer von 1 bis 65535", "a port from 1 to 65535")
    return int(text)


def _switch(values: Mapping[str, str], name: str) -> bool:
    text = values.get(name) or "1"
    if text not in {"0", "1"}:
        raise _wrong(name, text, "0 oder 1", "0 or 1")
    return text == "1"


def _url(values: Mapping[str, str], name: str) -> str | None:
    text = values.get(name)
    if not text:
        return None
    parts = urlsplit(text)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise _wrong(name, text, "eine Adresse wie http://127.0.0.1:9443", "a URL like http://127.0.0.1:9443")
    return text.rstrip("/")


def _rate(values: Mapping[str, str], name: str) -> float | None:
    text = values.get(name)
    if not text:
        return None
    try:
        rate = float(text)
    except ValueError:
        rate = 0.0
    if not 0 < rate <= 1_000:  # noqa: PLR2004 - Meta's upper throughput, 2025-11-21
        raise _wrong(name, text, "Nachrichten je Sekunde, größer als 0", "messages per second above 0")
    return rate


def _transaction_keys(values: Mapping[str, str], name: str) -> TransactionKeys:
    text = values.get(name) or TransactionKeys.ALL
    if text not in set(TransactionKeys):
        raise _wrong(name, text, "all, own oder none", "all, own or none")
    return TransactionKeys(text)


def _detour(values: Mapping[str, str], name: str) -> str:
    text = values.get(name) or ""
    if text and not re.fullmatch(r"[a-z0-9.-]+=[0-9.]+:\d{1,5}", text):
        raise _wrong(name, text, "rechner.example=127.0.0.1:9443", "host.example=127.0.0.1:9443")
    return text


def _wrong(name: str, text: str, german: str, english: str) -> WrongSetting:
    return WrongSetting(f"{name}={text}: erwartet wird {german}. / {name}={text}: expected {english}.")
