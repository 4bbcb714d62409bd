"""Choose the port to listen on: the one asked for, the usual one, or any free one."""

import contextlib
import socket
from collections.abc import Collection

from bot.errors import AddressInUseError

HOST = "127.0.0.1"
BOT_PORT = 3978
"""The port of Microsoft's samples, which its clients try first."""
CLIENT_PORT = 56150
"""The Playground's own default."""


def free_port(usual: int, others: Collection[int] = ()) -> int:
    """Return `usual` if nothing listens there and it is not in `others`.

    `others` are ports that are reserved already. Otherwise another free port is returned.
    """
    found = usual
    while found in others or not is_free(found):
        found = _any()
    return found


def reserve(port: int) -> socket.socket:
    """Return a socket that listens on `port` already.

    No program that starts now can take the port. Requests wait in the socket until a server reads them. Raises
    AddressInUseError if another program was faster.
    """
    reserved = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    reserved.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        reserved.bind((HOST, port))
        reserved.listen(128)
    except OSError:
        reserved.close()
        raise AddressInUseError(HOST, port) from None
    return reserved


def reserve_usual(usual: int, others: Collection[int] = ()) -> socket.socket:
    """Return a socket that listens on `free_port(usual, others)`.

    It does so even if another program asks for that port at the same time.
    """
    while True:
        with contextlib.suppress(AddressInUseError):
            return reserve(free_port(usual, others))


def require_free(port: int) -> int:
    """Return `port`; raises AddressInUseError if something listens there."""
    if not is_free(port):
        raise AddressInUseError(HOST, port)
    return port


def is_free(port: int) -> bool:
    """Return True if a server could listen on `port` now.

    Both this machine's address and all of its addresses are tried.
    """
    for host in (HOST, "0.0.0.0"):  # noqa: S104  # only tried, closed at once
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as attempt:
            attempt.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                attempt.bind((host, port))
            except OSError:
                return False
    return True


def _any() -> int:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as attempt:
        attempt.bind((HOST, 0))
        return int(attempt.getsockname()[1])
