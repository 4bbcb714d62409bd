"""The way from MSAL to a simulator: requests to Entra's host go to loopback instead. Knows requests.

MSAL takes no authority but https, and any synchronous client with `get`, `post` and `close`:
https://msal-python.readthedocs.io/en/latest/#msal.ClientApplication.params.http_client
"""

from typing import Any
from urllib.parse import urlsplit

import requests

HOST = "https://login.microsoftonline.com"  # documents and issuers name it, whatever address a simulator listens on


class LoopbackAuthority(requests.Session):
    """A session that takes `https://login.microsoftonline.com/…` to the simulator at `base` and goes nowhere else.

    `requests` lists what was asked, as "GET /path".
    """

    def __init__(self, base: str, *, seconds: float = 5.0) -> None:
        super().__init__()
        self.trust_env = False
        self.headers["Connection"] = "close"  # whoever forgets to close the session leaves no socket open
        self.requests: list[str] = []
        self._base = base
        self._seconds = seconds

    def request(self, method: str, url: str, *args: Any, **kwargs: Any) -> requests.Response:  # type: ignore[override]
        """As `requests` does it, elsewhere. Raises ConnectionError for any other host."""
        if url.startswith(HOST + "/"):
            url = self._base + url.removeprefix(HOST)
        elif not url.startswith(self._base + "/"):
            raise requests.ConnectionError("the simulated sign-in leads nowhere else")
        self.requests.append(f"{method.upper()} {urlsplit(url).path}")
        kwargs.setdefault("timeout", self._seconds)
        return super().request(method, url, *args, **kwargs)
