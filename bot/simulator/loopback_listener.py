"""Serve an aiohttp application on a loopback port, whatever it serves."""

import errno
import ipaddress
import socket
import ssl
from dataclasses import dataclass

from aiohttp import web

from bot.errors import AddressInUseError, SettingsError


@dataclass(frozen=True, slots=True)
class Listening:
    """A server that runs until `close()`. `url` does not end in a slash."""

    host: str
    port: int
    runner: web.AppRunner
    scheme: str = "http"

    @property
    def url(self) -> str:
        """Return `http://host:port`, with the brackets that an IPv6 address needs."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}:{self.port}"

    async def close(self) -> None:
        """Stop listening and close the connections. May be called more than once."""
        await self.runner.cleanup()


async def listen(
    app: web.Application,
    *,
    host: str = "127.0.0.1",
    port: int = 0,
    reserved: socket.socket | None = None,
    shutdown_timeout: float = 2.0,
    tls: ssl.SSLContext | None = None,
) -> Listening:
    """Serve `app` on this machine only; port 0 takes any free one.

    `reserved` is a socket on a loopback address that listens already; it is closed with the server.
    `shutdown_timeout` (seconds) is how long `close()` waits for requests that are being answered.
    With `tls` it is served over https.

    Raises AddressInUseError if another program listens on the port, SettingsError for a host that others could reach (a
    simulator issues tokens to any caller) or a port that cannot be used.
    """
    if not _is_loopback(host):
        raise SettingsError("host", f"{host!r} can be reached from other machines; use 127.0.0.1")
    if not 0 <= port <= 65_535:
        raise SettingsError("port", f"{port} is not between 0 and 65535")
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=shutdown_timeout)
    await runner.setup()
    try:
        await _site(runner, host, port, reserved, tls).start()
    except OSError as problem:
        await runner.cleanup()
        if problem.errno == errno.EADDRINUSE:
            raise AddressInUseError(host, port) from None
        raise SettingsError("port", f"cannot listen on {host}:{port}: {problem.strerror}") from problem
    return Listening(host, int(runner.addresses[0][1]), runner, "https" if tls else "http")


def _site(
    runner: web.AppRunner, host: str, port: int, reserved: socket.socket | None, tls: ssl.SSLContext | None
) -> web.BaseSite:
    if reserved is not None:
        return web.SockSite(runner, reserved, ssl_context=tls)
    # "localhost" has an IPv4 and an IPv6 address, which with port 0 would get two different ports.
    return web.TCPSite(runner, "127.0.0.1" if host.lower() == "localhost" else host, port, ssl_context=tls)


def _is_loopback(host: str) -> bool:
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
