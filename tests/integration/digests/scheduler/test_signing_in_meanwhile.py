"""An owner who signs in during the check of the sign-in still gets the digest."""

from typing import Any

from bot.domain.conversation import Caller
from bot.errors import NotSignedInError
from tests.integration.digests.stage import SignIns


class JustNow(SignIns):
    """The owner signs in right after the first check."""

    asked = 0

    async def admit(self, caller: Caller) -> None:
        self.asked += 1
        if self.asked == 1:
            raise NotSignedInError("not signed in")


async def test_digest_is_posted_when_the_owner_signs_in_during_the_check(scene: Any) -> None:
    await scene.digest()
    async with scene.engine(sign_ins=JustNow(), waits=(0.2, 0.2)):
        assert (await scene.come_to("sent")).attempt == 2
    assert scene.posted() == {1: 1}
