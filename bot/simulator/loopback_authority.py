"""An HTTP client with which MSAL talks to a simulated authority on loopback.

Depends on requests. MSAL accepts https authorities only, and any synchronous client with `get`, `post` and `close`:
https://msal-python.readthedocs.io/en/latest/#msal.ClientApplication.params.http_client
"""

from typing import Any
from urllib.parse import urlsplit

import requests

from bot.domain.entra_cloud import LOGIN_URL

HOST = LOGIN_URL  # in documents and issuers, whatever address a simulator listens on


class LoopbackAuthority(requests.Session):
    """A session that sends Entra's requests to the simulator at `base` only.

    `requests` lists the requests that were sent, as "GET /path".
    """

    def __init__(self, base: str, *, seconds: float = 5.0) -> None:
        super().__init__()
        self.trust_env = False
        self.headers["Connection"] = "close"  # a session that is not closed leaves no socket open
        self.requests: list[str] = []
        self._base = base
        self._seconds = seconds

    def request(self, method: str, url: str, *args: Any, **kwargs: Any) -> requests.Response:  # type: ignore[override]
        """Send the request to the simulator. Raises ConnectionError for any other host."""
        own = self._base.replace("http://", "https://", 1)  # MSAL asks with https, whatever the address is
        if (asked := next((each for each in (HOST, own) if url.startswith(each + "/")), None)) is not None:
            url = self._base + url.removeprefix(asked)
        elif not url.startswith(self._base + "/"):
            raise requests.ConnectionError("the simulated sign-in leads nowhere else")
        self.requests.append(f"{method.upper()} {urlsplit(url).path}")
        kwargs.setdefault("timeout", self._seconds)
        return super().request(method, url, *args, **kwargs)
