"""End a synchronous HTTP call at its deadline, whatever the other side sends.

The timeout of requests is one for each read: a server that sends a byte now and then holds the thread for hours.
https://requests.readthedocs.io/en/latest/user/quickstart/#timeouts
"""

import contextlib
import socket
import threading
from contextvars import ContextVar, Token
from types import TracebackType
from typing import Self


class CallDeadline:
    """A context for one call in one thread; after `seconds`, its connection is cut.

    The thread then continues at once, and the context raises TimeoutError.
    """

    def __init__(self, seconds: float) -> None:
        self._timer = threading.Timer(seconds, self._expire)
        self._timer.daemon = True
        self._lock = threading.Lock()
        self._connection: socket.socket | None = None
        self._expired = False
        self._token: Token[CallDeadline | None]

    def __enter__(self) -> Self:
        self._token = _RUNNING.set(self)
        self._timer.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        _RUNNING.reset(self._token)
        self._timer.cancel()
        with self._lock:
            self._connection = None
            if self._expired:
                raise TimeoutError("the call took too long") from error

    def watch(self, connection: socket.socket) -> None:
        """Cut this connection at the deadline."""
        with self._lock:
            self._connection = connection
            if self._expired:
                _cut(connection)

    def _expire(self) -> None:
        with self._lock:
            self._expired = True
            if self._connection is not None:
                _cut(self._connection)


_RUNNING: ContextVar[CallDeadline | None] = ContextVar("deadline of the HTTP call", default=None)


def watch(connection: socket.socket | None) -> None:
    """Cut `connection` at the deadline of the call that this thread makes, if any."""
    deadline = _RUNNING.get()
    if connection is not None and deadline is not None:
        deadline.watch(connection)


def _cut(connection: socket.socket) -> None:
    # Not the method of SSLSocket: it changes the object that the other thread reads from.
    with contextlib.suppress(OSError):
        socket.socket.shutdown(connection, socket.SHUT_RDWR)
