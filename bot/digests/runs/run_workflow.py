"""The steps of a run, in order.

The workflow decides by the results of its steps only, so that it decides the same after a crash.
"""

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
# Runs a step with its arguments, and stores the result under the step's name.
Checkpoint = Callable[..., Awaitable[str]]

INTERNAL = "internal"


class RunWorkflow:
    """Runs the steps of a run.

    `steps` by name, in order: each returns a result, and all results except `words.ON` end the run. `tell` is the step
    for the result `words.tell`, `hand_on` the one for `words.again`.
    """

    def __init__(self, parts: StepContext, steps: dict[str, Step], tell: Step, hand_on: Step) -> None:
        self._parts = parts
        self._steps = {name: self._guarded(name, step) for name, step in steps.items()}
        self._tell = self._guarded("tell", tell)
        self._hand_on = self._guarded("hand_on", hand_on)

    async def __call__(self, checkpoint: Checkpoint) -> str:
        """Run the steps and return the result of the last one."""
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
        """Wrap a step: it is repeated while the store fails, and a bug in it ends the run instead of blocking it."""

        async def guarded(run: RunId, *given: str) -> str:
            async def attempt() -> str:
                try:
                    return await step(run, *given)
                except StoreError:
                    self._parts.standings.forget(run)
                    raise

            try:
                return await persist(attempt, digest=run.number, step=name)
            except Exception as error:  # noqa: BLE001  # a bug that concerns one digest must not stop the others
                # The message and the traceback may contain the name of a customer.
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
