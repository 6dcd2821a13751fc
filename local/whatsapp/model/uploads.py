"""Resumable uploads: files that media headers show as their example, and the handles they are known by."""

import secrets
from collections.abc import Iterable, Mapping
from typing import Any, Final

from local.whatsapp.model.errors import Refused

_SHOWS_A_FILE: Final = {"IMAGE", "VIDEO", "DOCUMENT"}


class Uploads:
    """Uploads that have begun, by id; and the handles of those that were finished."""

    def __init__(self) -> None:
        self._begun: dict[str, int] = {}
        self._handles: set[str] = set()

    def begin(self, length_bytes: int) -> str:
        upload = f"upload:{secrets.token_urlsafe(24)}"
        self._begun[upload] = length_bytes
        return upload

    def finish(self, upload: str, content: bytes, offset: str) -> str:
        """Raises `Refused` for an upload that never began, an offset that is not 0, or another length than said."""
        if upload not in self._begun:
            raise Refused(100, "No such upload session.")
        if offset != "0":
            raise Refused(100, "The header file_offset must be 0.")
        if len(content) != self._begun[upload]:
            raise Refused(100, f"The file has {len(content)} bytes; file_length said {self._begun[upload]}.")
        del self._begun[upload]
        handle = f"4:{secrets.token_urlsafe(48)}"
        self._handles.add(handle)
        return handle

    def check_examples(self, components: Iterable[Mapping[str, Any]]) -> None:
        """Raises `Refused` for a header whose example is no handle of an upload."""
        for part in components:
            if str(part.get("format", "")).upper() in _SHOWS_A_FILE:
                for handle in (part.get("example") or {}).get("header_handle") or ():
                    if handle not in self._handles:
                        raise Refused(100, "header_handle: not the handle of a finished upload.")
