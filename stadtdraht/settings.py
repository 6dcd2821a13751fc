"""The only reader and writer of os.environ. What each variable holds, and which function gets it: infra/features/."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Self

GRAPH_API_URL = "https://graph.facebook.com"
REGION = "eu-central-1"  # where deployments stand: what citizens write stays in the EU
GRAPH_API_VERSION = "v26.0"  # released 2026-07-29, no end date set; Meta, Versions, 2026-09-11


@dataclass(frozen=True, slots=True)
class Settings:
    """Names of this deployment's parts. A function is given only what it uses; the rest is "".

    Each field is the environment variable of the same name in capitals, and an output of the stack; but for the
    last three, which only the local system has; of the detour: stadtdraht/adapters/web/public_web.py.
    """

    stage: str = ""
    table_name: str = ""
    newsletter_queue_url: str = ""
    crisis_queue_url: str = ""
    crisis_recheck_queue_url: str = ""
    answers_queue_url: str = ""
    inbound_retry_queue_url: str = ""
    second_names_queue_url: str = ""
    media_queue_url: str = ""
    erasure_queue_url: str = ""
    inbound_stream_dead_queue_url: str = ""
    events_dead_queue_url: str = ""
    media_bucket: str = ""
    meta_app_secret_id: str = ""
    link_keys_secret_id: str = ""
    pepper_secret_id: str = ""
    town_secret_prefix: str = ""
    open311_secret_prefix: str = ""
    broadcast_start_function: str = ""
    broadcast_errand_function: str = ""
    crisis_send_function: str = ""
    crisis_page_function: str = ""
    scheduler_group: str = ""
    scheduler_role_arn: str = ""
    call_remind_function: str = ""
    call_scheduler_group: str = ""
    call_scheduler_role_arn: str = ""
    staff_pool_id: str = ""
    staff_client_id: str = ""
    office_role_arn: str = ""
    console_remind_function: str = ""
    mail_sender: str = ""
    webhook_client: str = ""
    """Name in the certificate that Meta's webhooks have to bring; "": none is asked for."""
    public_url: str = ""
    webhook_url: str = ""
    graph_api_url: str = GRAPH_API_URL
    graph_api_version: str = GRAPH_API_VERSION
    media_origin: str = ""
    """Where citizens' files are loaded from, when that is not over https: the local system."""
    web_detour: str = ""
    web_detour_authority: str = ""

    @property
    def dead_links_refuse(self) -> bool:
        """Whether a newsletter with a link to a page that is gone is held back. The local system has no readers, and
        the stories of its sample towns are made up, unless a web was made for it too.
        """
        return self.graph_api_url == GRAPH_API_URL or bool(self.web_detour)

    @classmethod
    def from_mapping(cls, values: Mapping[str, str]) -> Self:
        """Settings from names in capitals; what is missing keeps its default."""
        known = {name: values[name.upper()] for name in (f.name for f in fields(cls)) if name.upper() in values}
        return cls(**known)

    @classmethod
    def named(cls, outputs: Mapping[str, str]) -> dict[str, str]:
        """Outputs of the stack under the names of the environment variables; CloudFormation allows no underscore."""
        by_plain_name = {name.replace("_", "").lower(): value for name, value in outputs.items()}
        names = [(f.name, f.name.replace("_", "")) for f in fields(cls)]
        return {name.upper(): by_plain_name[plain] for name, plain in names if plain in by_plain_name}

    @classmethod
    def from_environment(cls) -> Self:
        """Settings of the running function."""
        return cls.from_mapping(os.environ)  # noqa: TID251  # here, and nowhere else


def environment(name: str, default: str = "") -> str:
    """One variable of the operator's shell (the command line reads STADTDRAHT_STATE, AWS_PROFILE and few others)."""
    return os.environ.get(name, default)  # noqa: TID251  # here, and nowhere else


def set_environment(values: Mapping[str, str]) -> None:
    """For the command line, which wires itself as functions do: from the environment."""
    os.environ.update(values)  # noqa: TID251  # here, and nowhere else
