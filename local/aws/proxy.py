"""The product's port: hands every request on to the HTTP API in the local AWS, byte for byte.

The API is found by its host name, which no browser resolves; so this small reverse proxy says that name.
"""

import time
from io import BytesIO

from aiohttp import ClientError, ClientSession, ClientTimeout, DummyCookieJar, TCPConnector, web
from multidict import CIMultiDict, CIMultiDictProxy
from yarl import URL

from local.watch.collecting import ApiLog

BODY_LIMIT_BYTES = 10_485_760  # 10 MB; AWS, HTTP API quotas, 2026-11-23
ANSWER_WITHIN_S = 30  # integration timeout of an HTTP API
HOP_BY_HOP = {"connection", "keep-alive", "proxy-connection", "te", "trailer", "transfer-encoding", "upgrade"}
OURS = HOP_BY_HOP | {"host", "content-length", "x-forwarded-for", "x-forwarded-port", "x-forwarded-proto"}
THEIRS = HOP_BY_HOP | {"content-length", "date", "server"}


class ApiProxy:
    """Listens on one port for one HTTP API."""

    def __init__(self, *, port: int, endpoint: str, api_id: str, log: ApiLog | None = None) -> None:
        self._port = port
        self._log = log
        self._endpoint = endpoint
        self._host = f"{api_id}.execute-api.localhost:{URL(endpoint).port}"
        self._runner = web.ServerRunner(web.Server(self._answer, access_log=None), shutdown_timeout=3)
        self._session: ClientSession | None = None

    async def start(self) -> None:
        """Listen on 127.0.0.1. Raises OSError when the port is taken."""
        self._session = ClientSession(
            auto_decompress=False,
            cookie_jar=DummyCookieJar(),
            connector=TCPConnector(limit=0, force_close=True),  # a kept connection may close under a POST
            timeout=ClientTimeout(total=ANSWER_WITHIN_S),
        )
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", self._port).start()

    async def close(self) -> None:
        """Finish what is under way and stop listening."""
        await self._runner.cleanup()
        if self._session:
            await self._session.close()

    async def _answer(self, request: web.BaseRequest) -> web.StreamResponse:
        began_s = time.monotonic()
        answer = await self._pass_on(request)
        if self._log:
            request_id = answer.headers.get("Apigw-Requestid", "")
            self._log.answered(request.method, request.path, answer.status, time.monotonic() - began_s, request_id)
        return answer

    async def _pass_on(self, request: web.BaseRequest) -> web.StreamResponse:
        if _is_of_the_emulator(request.path):
            return _message(404, "Not Found")
        body = await _read(request)
        if body is None:
            return _message(413, "Request Too Long")
        assert self._session
        try:
            async with self._session.request(
                request.method,
                URL(self._endpoint + request.raw_path, encoded=True),
                headers=self._request_headers(request),
                data=BytesIO(body) if body else None,
                allow_redirects=False,
                skip_auto_headers=("User-Agent", "Accept", "Accept-Encoding", "Content-Type"),
            ) as answer:
                return web.Response(
                    status=answer.status,
                    reason=answer.reason,
                    body=await answer.read(),
                    headers=_without(answer.headers, THEIRS),
                )
        except (ClientError, TimeoutError):
            return _message(503, "Service Unavailable")

    def _request_headers(self, request: web.BaseRequest) -> CIMultiDict[str]:
        headers = _without(request.headers, OURS)
        headers["Host"] = self._host
        headers["X-Forwarded-For"] = request.remote or "127.0.0.1"
        headers["X-Forwarded-Port"] = str(self._port)
        headers["X-Forwarded-Proto"] = "http"
        return headers


def _is_of_the_emulator(path: str) -> bool:
    """MiniStack answers these itself, whatever the host; one of them resets everything."""
    return path.startswith("/_") or path == "/health"


async def _read(request: web.BaseRequest) -> bytes | None:
    """The raw body; None when it is too long."""
    if (request.content_length or 0) > BODY_LIMIT_BYTES:
        return None
    chunks = bytearray()
    async for chunk in request.content.iter_any():
        chunks += chunk
        if len(chunks) > BODY_LIMIT_BYTES:
            return None
    return bytes(chunks)


def _without(headers: CIMultiDictProxy[str] | CIMultiDict[str], names: set[str]) -> CIMultiDict[str]:
    return CIMultiDict((name, value) for name, value in headers.items() if name.lower() not in names)


def _message(status: int, text: str) -> web.Response:
    return web.json_response({"message": text}, status=status)
