"""Run a Python program for which FOREIGN_HOSTS ("name=port …") are hosts on this machine: routed.py PROGRAM ARGUMENTS.

Every other host name is unknown to it.
"""

import os
import runpy
import socket
import sys
from collections.abc import Callable, Mapping
from typing import Any

OWN = ("127.0.0.1", "localhost", "0.0.0.0", "::1", None)  # what one listens on, and localhost
FIRST = "127.77.0."
"""The names get addresses of this machine on which nobody listens: some libraries connect to the address that they
looked up, but always to the port that they were asked for."""


class Routes:
    """What this process is told about hosts."""

    def __init__(self, ports: Mapping[str, int]) -> None:
        self._addresses = {name: f"{FIRST}{number}" for number, name in enumerate(ports, 1)}
        self._ports = {self._addresses[name]: port for name, port in ports.items()}
        self._lookup, self._connect = socket.getaddrinfo, socket.socket.connect

    def getaddrinfo(self, host: Any, port: Any, *args: Any, **kwargs: Any) -> Any:
        """Look up a name of the routes, or an address of this machine."""
        name = host.decode() if isinstance(host, bytes) else host
        address = self._addresses.get(name, name)
        if address not in OWN and address not in self._ports:
            raise socket.gaierror(socket.EAI_NONAME, f"{name} is no host of this test")
        return self._lookup(address, port, *args, **kwargs)

    def connect(self, connecting: socket.socket, address: Any) -> None:
        """Connect to the port of the name behind this address."""
        port = self._ports.get(address[0]) if isinstance(address, tuple) else None
        return self._connect(connecting, address if port is None else ("127.0.0.1", port))


def install(ports: Mapping[str, int], put: Callable[[object, str, object], None] = setattr) -> None:
    """Route what this process connects to from now on; `put` sets an attribute."""
    routes = Routes(ports)
    put(socket, "getaddrinfo", routes.getaddrinfo)

    def connect(connecting: socket.socket, address: Any) -> None:  # a method of sockets, which a bound one would not be
        routes.connect(connecting, address)

    put(socket.socket, "connect", connect)


def named(text: str) -> dict[str, int]:
    """Return the ports by name."""
    return {name: int(port) for name, _, port in (each.partition("=") for each in text.split())}


if __name__ == "__main__":
    install(named(os.environ["FOREIGN_HOSTS"]))
    sys.argv = sys.argv[1:]
    runpy.run_path(sys.argv[0], run_name="__main__")
