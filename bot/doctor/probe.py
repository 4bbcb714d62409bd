"""Send one GET request, and explain to the operator why it was not answered.

Uses aiohttp; does not depend on what is requested. Errors:
https://docs.aiohttp.org/en/stable/client_reference.html#hierarchy-of-exceptions
"""

import socket
import ssl
from collections.abc import Mapping
from dataclasses import dataclass

import aiohttp
from yarl import URL

LARGEST = 1_000_000  # bytes; the longest document that is read has about 100 kB


@dataclass(frozen=True, slots=True)
class ProbeAnswer:
    """The status, headers (names in lower case) and body of an answer."""

    status: int
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class ProbeFailure:
    """The reason why there is no answer, and how to mend it."""

    what: str
    mend: str


_NO_ADDRESS = ProbeFailure("its address is not valid", "Correct the address in the settings.")


@dataclass(frozen=True, slots=True)
class Probe:
    """Read public documents; send no token and follow no redirect.

    `proxied`: the environment names a proxy. This program connects directly, so a failure mentions it to the operator
    who set the proxy.
    """

    session: aiohttp.ClientSession
    seconds: float = 10.0
    proxied: bool = False

    async def get(self, url: str | URL) -> ProbeAnswer | ProbeFailure:
        """Return the answer at `url`, or why there is none; raises nothing."""
        timeout = aiohttp.ClientTimeout(total=self.seconds)
        try:
            url = URL(url)
            host, port = url.host or "", url.port or 443
        except ValueError:
            return _NO_ADDRESS
        try:
            async with self.session.get(url, timeout=timeout, allow_redirects=False) as response:
                body = bytearray()
                async for portion in response.content.iter_any():
                    body += portion
                    if len(body) > LARGEST:
                        break
                headers = {name.lower(): value for name, value in response.headers.items()}
                return ProbeAnswer(response.status, headers, bytes(body[:LARGEST]))
        except (aiohttp.ClientError, OSError, ValueError) as error:  # OSError includes TimeoutError
            return self._failure(error, host, port)

    def _failure(self, error: Exception, host: str, port: int) -> ProbeFailure:
        failure = _trouble(error, host, port, self.seconds)
        if not self.proxied or isinstance(_cause(error), ssl.SSLError):
            return failure
        return ProbeFailure(
            failure.what,
            f"{failure.mend} A proxy is set in the environment (HTTPS_PROXY), which the bot does not use: it connects "
            "directly.",
        )


def _trouble(error: Exception, host: str, port: int, seconds: float) -> ProbeFailure:
    cause = _cause(error)
    if isinstance(cause, ssl.SSLError):
        return _tls(cause, host)
    if isinstance(cause, socket.gaierror):
        return ProbeFailure(
            f"the name {host} cannot be looked up (DNS)",
            "Check its spelling, and that this machine's name server resolves public names.",
        )
    if isinstance(cause, TimeoutError):
        return ProbeFailure(f"{host} does not answer within {seconds:g} seconds", _let_out(host, port))
    if isinstance(error, aiohttp.InvalidURL | ValueError):
        return _NO_ADDRESS
    if isinstance(cause, OSError):
        why = cause.strerror or type(cause).__name__
        return ProbeFailure(f"port {port} of {host} cannot be reached: {why}", _let_out(host, port))
    return ProbeFailure(
        f"{host} hung up or answered something that is not HTTP ({type(error).__name__})",
        f"Something between here and {host} may interfere. {_let_out(host, port)}",
    )


def _tls(cause: ssl.SSLError, host: str) -> ProbeFailure:
    if isinstance(cause, ssl.SSLCertVerificationError):
        return ProbeFailure(
            f"the certificate of {host} is not trusted (TLS): {cause.verify_message}",
            "If your network opens TLS connections, exempt the host or install your network's root certificate on this "
            "machine; if the certificate has expired, check this machine's date.",
        )
    return ProbeFailure(
        f"no TLS connection to {host}: {(cause.reason or 'it failed').replace('_', ' ').lower()}",
        "Check that the port serves https, and that nothing in between interferes.",
    )


def _cause(error: BaseException) -> BaseException:
    """Return the system's error that aiohttp's error was raised for."""
    inner = getattr(error, "os_error", None) or getattr(error, "certificate_error", None)
    return inner if isinstance(inner, BaseException) else error


def _let_out(host: str, port: int) -> str:
    return f"Let this machine connect to {host}, port {port}."
