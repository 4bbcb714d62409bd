"""What a run does, step by step. Decides by the words of its steps only, so that it decides the same after a crash."""

from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

import structlog

from bot.concurrency.store_retry import persist
from bot.digests.runs import step_result as words
from bot.digests.runs.run_id import RunId
from bot.digests.runs.step_context import StepContext
from bot.errors import StoreError
from bot.store.digests.occurrence import OccurrenceState

log = structlog.get_logger(__name__)

Step = Callable[..., Coroutine[Any, Any, str]]
# Runs a step for the run, with what else it takes, and keeps under its name what it came to.
Checkpoint = Callable[..., Awaitable[str]]

INTERNAL = "internal"


class RunWorkflow:
    """`steps` by name, in order: each comes to a word, and all but `words.ON` end the run.

    `tell` and `hand_on` are the steps of those that end with `words.tell` and `words.again`.
    """

    def __init__(self, parts: StepContext, steps: dict[str, Step], tell: Step, hand_on: Step) -> None:
        self._parts = parts
        self._steps = {name: self._guarded(name, step) for name, step in steps.items()}
        self._tell = self._guarded("tell", tell)
        self._hand_on = self._guarded("hand_on", hand_on)

    async def __call__(self, checkpoint: Checkpoint) -> str:
        """The word it came to."""
        word = words.ON
        for name, step in self._steps.items():
            word = await checkpoint(name, step)
            if word != words.ON:
                break
        if words.wait_of(word) is not None:
            await checkpoint("hand_on", self._hand_on, word)
        elif words.notices_of(word)[0]:
            await checkpoint("tell", self._tell, word)
        return word

    def _guarded(self, name: str, step: Step) -> Step:
        """A step that waits while the store fails, and that no mistake of ours leaves hanging."""

        async def guarded(run: RunId, *given: str) -> str:
            async def attempt() -> str:
                try:
                    return await step(run, *given)
                except StoreError:
                    self._parts.standings.forget(run)
                    raise

            try:
                return await persist(attempt, digest=run.number, step=name)
            except Exception as error:  # noqa: BLE001  # one digest's, and of no matter to the others
                # What it says, and where, may name a customer.
                log.error("digest_step_failed", digest=run.number, step=name, problem=type(error).__name__)  # noqa: TRY400
            return await persist(lambda: self._failed(run), digest=run.number, step=name)

        return guarded

    async def _failed(self, run: RunId) -> str:
        if await self._parts.standings.advance(
            run, {OccurrenceState.SENDING}, OccurrenceState.UNKNOWN, problem=INTERNAL
        ):
            self._parts.happened(OccurrenceState.UNKNOWN.value)
            return words.ON
        return await self._parts.fail(run, INTERNAL)
