"""The product's settings on this machine, by the names of its environment variables."""

from local.settings import LocalSettings


def local_addresses(settings: LocalSettings) -> dict[str, str]:
    """What only this machine knows."""
    graph = settings.graph_api_url or f"http://127.0.0.1:{settings.whatsapp_port}"
    addresses = {"PUBLIC_URL": f"http://127.0.0.1:{settings.app_port}", "GRAPH_API_URL": graph}
    if settings.web_detour:
        addresses |= {"WEB_DETOUR": settings.web_detour, "WEB_DETOUR_AUTHORITY": settings.web_detour_authority}
    return addresses
