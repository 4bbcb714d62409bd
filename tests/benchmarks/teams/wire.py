"""A load generator and a connector on bare sockets.

They are so fast that the bots are measured and not these two.
"""

import asyncio
from collections import deque

CREATED = b'HTTP/1.1 201 Created\r\nContent-Type: application/json\r\nContent-Length: 10\r\n\r\n{"id":"1"}'


def message_end(data: bytearray) -> int:
    """Return where the HTTP message in `data` ends; 0 if it is incomplete."""
    head = data.find(b"\r\n\r\n")
    if head < 0:
        return 0
    length = 0
    for line in bytes(data[:head]).split(b"\r\n")[1:]:
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            length = int(value)
    return head + 4 + length if len(data) >= head + 4 + length else 0


class Connector(asyncio.Protocol):
    """Answers every request with 201.

    `taken` counts messages, `largest` is the size of the longest body in bytes.
    """

    taken = 0
    largest = 0
    connections = 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        Connector.connections += 1
        self.transport = transport
        self.data = bytearray()

    def data_received(self, data: bytes) -> None:
        self.data += data
        while end := message_end(self.data):
            body = end - self.data.find(b"\r\n\r\n") - 4
            if b'"message"' in self.data[:end]:
                Connector.taken += 1
                Connector.largest = max(Connector.largest, body)
            del self.data[:end]
            assert isinstance(self.transport, asyncio.Transport)
            self.transport.write(CREATED)


class Client(asyncio.Protocol):
    """Sends prepared requests over one connection, one at a time."""

    def __init__(self) -> None:
        self.data = bytearray()
        self.waiting: asyncio.Future[int] | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport

    def connection_lost(self, exc: Exception | None) -> None:
        if self.waiting is not None and not self.waiting.done():
            self.waiting.set_exception(exc or ConnectionError("the bot hung up"))

    def data_received(self, data: bytes) -> None:
        self.data += data
        if (end := message_end(self.data)) and self.waiting is not None:
            status = int(self.data[9:12])
            del self.data[:end]
            self.waiting.set_result(status)

    async def send(self, request: bytes) -> int:
        """Send a request and return the status of the response."""
        self.waiting = asyncio.get_running_loop().create_future()
        self.transport.write(request)
        return await self.waiting


async def fire(port: int, requests: list[bytes], side_by_side: int) -> float:
    """Send all `requests`, `side_by_side` at a time, and return the seconds it took.

    Each one must be answered with a status of success.
    """
    loop = asyncio.get_running_loop()
    clients = [(await loop.create_connection(Client, "127.0.0.1", port))[1] for _ in range(side_by_side)]
    queue = deque(requests)

    async def work(client: Client) -> None:
        while queue:
            status = await client.send(queue.popleft())
            assert status in {200, 201, 202}, status

    start = loop.time()
    await asyncio.gather(*(work(client) for client in clients))
    spent = loop.time() - start
    for client in clients:
        client.transport.close()
    return spent
