"""Lets MSAL, which insists on https authorities, talk to a simulated one on loopback. Synchronous, as MSAL is.

MSAL takes any HTTP client with `get`, `post` and `close`; this one sends what is meant for `https://<authority>` to
the simulator, and lets the simulator's own addresses look like the authority's in the answers.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlencode, urlsplit


@dataclass(frozen=True, slots=True)
class AuthorityResponse:
    """What MSAL reads of a response."""

    status_code: int
    text: str
    headers: Mapping[str, str]

    def raise_for_status(self) -> None:
        """OSError for a failure."""
        if self.status_code >= 400:
            raise OSError(f"status {self.status_code}")


class LoopbackAuthority:
    """For `http_client=`: `base` is the simulator's root ("http://127.0.0.1:1234"). `requests` lists what was asked."""

    def __init__(self, base: str, *, authority: str = "https://login.microsoftonline.com", seconds: float = 5) -> None:
        self._base = base
        self._authority = authority
        self._seconds = seconds
        self.requests: list[str] = []

    def get(self, url: str, params: Mapping[str, str] | None = None, headers: Any = None, **_: Any) -> Any:
        """A GET, as `requests` would make it."""
        return self._send("GET", url, params, None, headers)

    def post(self, url: str, params: Any = None, data: Any = None, headers: Any = None, **_: Any) -> Any:
        """A POST of a form, as `requests` would make it."""
        return self._send("POST", url, params, urlencode(data) if isinstance(data, Mapping) else data, headers)

    def close(self) -> None:
        """Nothing is kept open."""

    def _send(self, method: str, url: str, params: Any, body: str | None, headers: Any) -> AuthorityResponse:
        asked, base = urlsplit(url), urlsplit(self._base)
        query = "&".join(part for part in (asked.query, urlencode(params or {})) if part)
        self.requests.append(f"{method} {asked.path}")
        connection = HTTPConnection(base.hostname or "", base.port, timeout=self._seconds)
        try:
            form = {"Content-Type": "application/x-www-form-urlencoded"} if body is not None else {}
            target = f"{asked.path}?{query}" if query else asked.path
            connection.request(method, target, body, {**form, **(headers or {})})
            response = connection.getresponse()
            text = response.read().decode("utf-8").replace(self._base, self._authority)
            return AuthorityResponse(response.status, text, dict(response.headers))
        finally:
            connection.close()
