"""The HTTP client for MSAL.

Each call has a deadline, each answer a limit; status and Retry-After are recorded, because MSAL hides those of a
failure. MSAL's own HTTP cache repeats a refusal for 60 seconds even if the person has fixed the cause, and it repeats
one person's 503 to everyone who requests the same scope. So every call gets its own cache, and only the public
discovery documents are cached for longer, in this module. Depends on requests.
"""

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import requests

from bot.errors import UsageBotError
from bot.identity.entra.call_deadline import CallDeadline

KEPT = 24 * 3600.0  # seconds; MSAL caches discovery documents for the same time
LONGEST_WAIT = 3600.0
LARGEST = 2**20  # bytes of an answer; Entra's have some kilobytes
PORTION = 64 * 1024


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
        answer = self._send("GET", url, params=params, headers=headers)
        if answer.status_code == 200 and not params:
            self._discovery.keep(url, answer)
        return answer

    def post(self, url: str, params: Any = None, data: Any = None, headers: Any = None, **_: Any) -> MsalResponse:
        """Send a token request."""
        answer = self._send("POST", url, params=params, data=data, headers=headers)
        self.status = answer.status_code
        self.retry_after = _seconds(answer.headers.get("retry-after"))
        return answer

    def close(self) -> None:
        """Do nothing: the session is used by later calls."""

    def _send(self, method: str, url: str, **parts: Any) -> MsalResponse:
        """Send a request and read its answer.

        Raises TimeoutError after `seconds`, requests.RequestException, and OversizedAnswerError.
        """
        with CallDeadline(self._seconds):
            response = self._session.request(
                method, url, timeout=self._seconds, allow_redirects=False, stream=True, **parts
            )
            with response:
                text = _read(response).decode(response.encoding or "utf-8", "replace")
        headers = {name.lower(): value for name, value in response.headers.items()}
        return MsalResponse(response.status_code, text, headers)


class OversizedAnswerError(UsageBotError):
    """An answer has more than LARGEST bytes."""

    def __init__(self) -> None:
        super().__init__(f"the answer has more than {LARGEST} bytes")


def _read(response: requests.Response) -> bytes:
    body = bytearray()
    for portion in response.iter_content(PORTION):
        body += portion
        if len(body) > LARGEST:
            raise OversizedAnswerError
    return bytes(body)


def _seconds(text: str | None) -> float | None:
    """Return Retry-After in seconds, at most an hour; None if absent.

    Entra never sends the date form.
    """
    if text is None or not text.isascii() or not text.isdigit() or len(text) > 9:
        return None
    return min(float(text), LONGEST_WAIT)
