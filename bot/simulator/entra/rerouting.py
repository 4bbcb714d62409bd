"""The way from MSAL to the simulator: requests to Entra's host go to loopback instead. Knows requests.

MSAL takes any synchronous client with `get`, `post` and `close`:
https://msal-python.readthedocs.io/en/latest/#msal.ClientApplication.params.http_client
"""

from typing import Any

import requests

from bot.simulator.entra.issuer_keys import HOST


class Rerouting(requests.Session):
    """A session that takes `https://login.microsoftonline.com/…` to the simulator at `url` and goes nowhere else."""

    def __init__(self, url: str, *, seconds: float = 5.0) -> None:
        super().__init__()
        self.trust_env = False
        self._url = url
        self._seconds = seconds

    def request(self, method: str, url: str, *args: Any, **kwargs: Any) -> requests.Response:  # type: ignore[override]
        """As `requests` does it, elsewhere. Raises ConnectionError for any other host."""
        if url.startswith(HOST + "/"):
            url = self._url + url.removeprefix(HOST)
        elif not url.startswith(self._url + "/"):
            raise requests.ConnectionError("the simulated sign-in leads nowhere else")
        kwargs.setdefault("timeout", self._seconds)
        return super().request(method, url, *args, **kwargs)
