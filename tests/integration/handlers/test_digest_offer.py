"""An answer offers a digest only if the bot can post digests."""

from dataclasses import replace

from bot.commands.command import Name, NewDigest, Usage
from bot.domain.licensing import Dimension
from bot.handlers.dispatcher import Dispatcher
from bot.usage.command_buttons import PressedButton, ask_button
from cards.views.answer_views import UsageView

BY_CUSTOMER = Usage(by=(Dimension.CUSTOMER,))


class UnusedDigests:
    """A DigestPort that is never called."""

    async def set_up(self, command, caller, names, here):
        raise NotImplementedError

    async def handle(self, command, caller, here):
        raise NotImplementedError

    async def question(self, number, caller, here):
        raise NotImplementedError

    async def forget(self, caller):
        raise NotImplementedError


def with_digests(desk):
    return Dispatcher(replace(desk.engine.services, posts_digests=True), UnusedDigests())


async def test_answer_offers_digest_when_bot_posts_digests(desk):
    answers = with_digests(desk)
    view = await answers.answer("usage for TEST COMPANY on Exchange as of 2018-10-14", desk.ann)
    assert isinstance(view, UsageView)
    assert view.digest == ask_button(
        NewDigest(Usage((Name("TEST COMPANY", id="0112A436-B14E-4888-967B-CA4BB2CF1234"),), (Name("Exchange"),)))
    )
    more = await answers.press(PressedButton(BY_CUSTOMER, 24), desk.ann)
    assert isinstance(more, UsageView)
    assert more.digest == ask_button(NewDigest(BY_CUSTOMER))


async def test_answer_offers_no_digest_when_bot_posts_none(desk):
    view = await desk.ask("usage for TEST COMPANY on Exchange")
    assert view.digest is None
