"""The common base of the simulated services: a server on loopback."""

import ssl
from abc import ABC, abstractmethod
from types import TracebackType
from typing import Self

from aiohttp import web

from bot.simulator.loopback_listener import Listening, listen


class SimulatedServer(ABC):
    """Listens between `start()` and `close()`, or as an async context.

    `port` 0 takes any free one; with `tls` it is served over https.
    """

    def __init__(self, port: int, tls: ssl.SSLContext | None = None) -> None:
        self._port = port
        self._tls = tls
        self._listening: Listening | None = None

    @abstractmethod
    def application(self) -> web.Application:
        """Return the application that answers."""

    async def start(self) -> Self:
        """Listen. Raises AddressInUseError if the port is taken."""
        self._listening = await listen(self.application(), port=self._port, tls=self._tls)
        return self

    async def close(self) -> None:
        """Stop listening."""
        if self._listening is not None:
            await self._listening.close()

    async def __aenter__(self) -> Self:
        return await self.start()

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    @property
    def url(self) -> str:
        """Return the server's root, without a slash at the end."""
        if self._listening is None:
            raise RuntimeError("the simulated service has not been started")
        return self._listening.url
