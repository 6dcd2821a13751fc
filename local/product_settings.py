"""The product's settings on this machine, by the names of its environment variables."""

from collections.abc import Mapping
from dataclasses import fields

from local.settings import LocalSettings
from stadtdraht.settings import Settings


def named_as_settings(outputs: Mapping[str, str]) -> dict[str, str]:
    """The stack's outputs under the names the product reads; CloudFormation allows no underscore in theirs."""
    by_plain_name = {name.replace("_", "").lower(): value for name, value in outputs.items()}
    names = [field.name for field in fields(Settings)]
    return {name.upper(): by_plain_name[plain] for name in names if (plain := name.replace("_", "")) in by_plain_name}


def local_addresses(settings: LocalSettings) -> dict[str, str]:
    """What only this machine knows."""
    graph = settings.graph_api_url or f"http://127.0.0.1:{settings.whatsapp_port}"
    return {"PUBLIC_URL": f"http://127.0.0.1:{settings.app_port}", "GRAPH_API_URL": graph}
