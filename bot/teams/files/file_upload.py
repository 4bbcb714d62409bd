"""Send a file to an upload session in a person's OneDrive.

One PUT with all bytes, without any token: the address itself is the permission.
https://learn.microsoft.com/en-us/graph/api/driveitem-createuploadsession#upload-bytes-to-the-upload-session
"""

import asyncio

import aiohttp
from yarl import URL

SECONDS = 60.0  # of one attempt
ATTEMPTS = 2
WAIT = 1.0  # seconds between two attempts
DONE = frozenset({200, 201})
AGAIN = frozenset({429, 500, 502, 503, 504})
LONGEST_ANSWER = 8_192


class FileUploads:
    """Sends files.

    `session` is the bot's, which follows no redirect; the caller closes it.
    """

    def __init__(self, session: aiohttp.ClientSession, *, seconds: float = SECONDS, wait: float = WAIT) -> None:
        self._session = session
        self._timeout = aiohttp.ClientTimeout(total=seconds, sock_connect=seconds / 3)
        self._wait = wait

    async def send(self, address: str, content: bytes, content_type: str) -> str:
        """Send all bytes to `address`, which must be an allowed one.

        Return "" if they were taken, else why not: a text for the log, without the address.
        """
        problem = ""
        for attempt in range(ATTEMPTS):
            if attempt:
                await asyncio.sleep(self._wait)
            status, problem = await self._once(address, content, content_type)
            if status in DONE:
                return ""
            if status is not None and status not in AGAIN:
                break
        return problem

    async def _once(self, address: str, content: bytes, content_type: str) -> tuple[int | None, str]:
        """Return the status, None without an answer, and what to log."""
        headers = {"Content-Range": f"bytes 0-{len(content) - 1}/{len(content)}", "Content-Type": content_type}
        try:
            async with self._session.put(
                URL(address, encoded=True),
                data=content,
                headers=headers,
                timeout=self._timeout,
                allow_redirects=False,
            ) as response:
                await response.content.read(LONGEST_ANSWER)
                return response.status, f"status {response.status}"
        except TimeoutError:
            return None, "no answer in time"
        except aiohttp.ClientError as error:
            return None, type(error).__name__
