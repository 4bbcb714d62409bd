"""Whoever signs in while a run finds out that they have not waits for nothing."""

from typing import Any

from bot.domain.conversation import Caller
from bot.errors import NotSignedInError
from tests.integration.digests.stage import SignIns


class JustNow(SignIns):
    """Signed in a moment after the first time somebody asked."""

    asked = 0

    async def admit(self, caller: Caller) -> None:
        self.asked += 1
        if self.asked == 1:
            raise NotSignedInError("not signed in")


async def test_the_digest_comes_all_the_same(scene: Any) -> None:
    await scene.digest()
    async with scene.engine(sign_ins=JustNow(), waits=(0.2, 0.2)):
        assert (await scene.come_to("sent")).attempt == 2
    assert scene.posted() == {1: 1}
