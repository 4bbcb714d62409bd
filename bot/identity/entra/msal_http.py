"""The HTTP client for MSAL.

A session with timeouts, and a record of status and Retry-After per call. MSAL's own HTTP cache repeats a refusal for 60
seconds even if the person has fixed the cause, and it repeats one person's 503 to everyone who requests the same scope.
So every call gets its own cache, and only the public discovery documents are cached for longer, in this module. MSAL
hides the status and Retry-After of a failure; MsalHttpClient records them. Depends on requests.
"""

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from http.cookiejar import DefaultCookiePolicy
from typing import Any

import requests

KEPT = 24 * 3600.0  # seconds; MSAL caches discovery documents for the same time
LONGEST_WAIT = 3600.0


def make_session() -> requests.Session:
    """Return a session that keeps no cookies and reads no environment.

    A cookie would belong to one person.
    """
    session = requests.Session()
    session.trust_env = False
    session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
    return session


def hush_msal() -> None:
    """Set MSAL's log level to INFO.

    At DEBUG it logs token requests with authorization code and PKCE verifier.
    """
    logging.getLogger("msal").setLevel(logging.INFO)


@dataclass(frozen=True, slots=True)
class MsalResponse:
    """The parts of an HTTP answer that MSAL reads."""

    status_code: int
    text: str
    headers: dict[str, str]

    def raise_for_status(self) -> None:
        """Raise HTTPError for 4xx and 5xx."""
        if self.status_code >= 400:
            raise requests.HTTPError(f"status {self.status_code}")


class DiscoveryCache:
    """Caches the public documents that MSAL's constructor requests, for all calls.

    Thread-safe.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._kept: dict[str, tuple[MsalResponse, float]] = {}
        self._lock = threading.Lock()

    def find(self, url: str) -> MsalResponse | None:
        """Return the document at `url` if it was fetched within a day, else None."""
        with self._lock:
            found = self._kept.get(url)
        return found[0] if found is not None and self._clock() < found[1] else None

    def keep(self, url: str, answer: MsalResponse) -> None:
        """Store a document."""
        with self._lock:
            self._kept[url] = (answer, self._clock() + KEPT)


class MsalHttpClient:
    """The `http_client` of one MSAL call.

    `status` and `retry_after` (seconds) are those of its last POST.
    """

    def __init__(self, session: requests.Session, discovery: DiscoveryCache, seconds: float) -> None:
        self._session = session
        self._discovery = discovery
        self._seconds = seconds
        self.status: int | None = None
        self.retry_after: float | None = None

    def get(self, url: str, params: Any = None, headers: Any = None, **_: Any) -> MsalResponse:
        """Fetch a document, or return it from the cache if it is fresh."""
        kept = self._discovery.find(url) if not params else None
        if kept is not None:
            return kept
        answer = self._read(self._session.get(url, params=params, headers=headers, **self._options()))
        if answer.status_code == 200 and not params:
            self._discovery.keep(url, answer)
        return answer

    def post(self, url: str, params: Any = None, data: Any = None, headers: Any = None, **_: Any) -> MsalResponse:
        """Send a token request."""
        answer = self._read(self._session.post(url, params=params, data=data, headers=headers, **self._options()))
        self.status = answer.status_code
        self.retry_after = _seconds(answer.headers.get("retry-after"))
        return answer

    def close(self) -> None:
        """Do nothing: the session is used by later calls."""

    def _options(self) -> dict[str, Any]:
        return {"timeout": self._seconds, "allow_redirects": False}

    @staticmethod
    def _read(response: requests.Response) -> MsalResponse:
        headers = {name.lower(): value for name, value in response.headers.items()}
        return MsalResponse(response.status_code, response.text, headers)


def _seconds(text: str | None) -> float | None:
    """Return Retry-After in seconds, at most an hour; None if absent.

    Entra never sends the date form.
    """
    if text is None or not text.isascii() or not text.isdigit() or len(text) > 9:
        return None
    return min(float(text), LONGEST_WAIT)
