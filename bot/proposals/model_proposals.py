"""Ask an endpoint with the protocol of chat completions what a sentence means.

Whatever goes wrong there changes nothing: then there is no proposal.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import aiohttp
import structlog

from bot.commands.command import Command
from bot.proposals.proposal_answer import proposal_in
from bot.proposals.proposal_request import LONGEST_SENTENCE, proposal_request

log = structlog.get_logger(__name__)

PATH = "/chat/completions"
LARGEST = 65_536  # bytes of an answer
# An endpoint that fails so often in a row is left alone for a while: no sentence waits for it.
FAILURES = 3
PAUSE = 60.0  # seconds
_OK = 200


@dataclass(frozen=True, slots=True)
class ModelEndpoint:
    """Where the model is.

    `url` ends before `/chat/completions`, such as https://models.contoso.com/v1. `seconds` is how long a
    sentence waits for it.
    """

    url: str
    model: str
    key: str
    seconds: float

    def __repr__(self) -> str:
        """Return a text without the key."""
        return f"ModelEndpoint(url={self.url!r}, model={self.model!r})"


class ModelProposals:
    """Proposals of a model. `clock` returns seconds that only grow."""

    def __init__(self, session: aiohttp.ClientSession, endpoint: ModelEndpoint, clock: Callable[[], float]) -> None:
        self._session = session
        self._endpoint = endpoint
        self._clock = clock
        self._failed = 0
        self._quiet_until = 0.0

    async def propose(self, sentence: str, language: str, today: date) -> Command | None:
        """Return what the model makes of `sentence`, None if nothing. Never raises."""
        if not sentence.strip() or len(sentence) > LONGEST_SENTENCE or self._clock() < self._quiet_until:
            return None
        try:
            async with asyncio.timeout(self._endpoint.seconds):
                proposed = proposal_in(await self._answer(sentence, language, today))
        except (TimeoutError, aiohttp.ClientError, ValueError, OSError) as error:
            self._missed(error)
            return None
        self._failed = 0
        return proposed

    async def _answer(self, sentence: str, language: str, today: date) -> bytes:
        asked = proposal_request(self._endpoint.model, sentence, language, today)
        headers = {"Authorization": f"Bearer {self._endpoint.key}"} if self._endpoint.key else {}
        async with self._session.post(self._endpoint.url + PATH, json=asked, headers=headers) as answered:
            if answered.status != _OK:
                raise ValueError(f"status {answered.status}")
            body = bytearray()
            async for chunk in answered.content.iter_chunked(LARGEST):
                body += chunk
                if len(body) > LARGEST:
                    raise ValueError("an answer that is too long")
            return bytes(body)

    def _missed(self, error: Exception) -> None:
        self._failed += 1
        if self._failed >= FAILURES:
            self._quiet_until = self._clock() + PAUSE
            self._failed = 0
        # The text of an error may hold what the endpoint sent.
        log.warning("proposal_failed", error=type(error).__name__)
