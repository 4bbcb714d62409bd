"""Which port to listen on: the one asked for, or the usual one, or else any that is free."""

import socket
from collections.abc import Collection

from bot.errors import AddressInUseError

HOST = "127.0.0.1"
BOT_PORT = 3978
"""Where Microsoft's samples listen, and where its clients look first."""
CLIENT_PORT = 56150
"""The Playground's own default."""


def free_port(usual: int, others: Collection[int] = ()) -> int:
    """`usual` where nothing listens there and it is none of `others`, which are promised already; else another."""
    found = usual
    while found in others or not is_free(found):
        found = _any()
    return found


def require_free(port: int) -> int:
    """`port`; AddressInUseError where something listens there."""
    if not is_free(port):
        raise AddressInUseError(HOST, port)
    return port


def is_free(port: int) -> bool:
    """Whether a server could listen there now, on this machine's address and on all of them."""
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
