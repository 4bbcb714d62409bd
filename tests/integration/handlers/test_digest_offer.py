"""An answer offers to become a digest where there is a room for digests, and only there."""

from dataclasses import replace

from bot.handlers.dispatcher import Dispatcher
from cards.views.answer_views import UsageView
from cards.views.button_payload import AskButton, MoreButton


class Room:
    """Digests as the answers need them to be there at all."""

    async def set_up(self, command, caller, names, here):
        raise NotImplementedError

    async def handle(self, command, caller, here):
        raise NotImplementedError

    async def question(self, number, caller, here):
        raise NotImplementedError

    async def forget(self, caller):
        raise NotImplementedError


def with_digests(desk):
    return Dispatcher(replace(desk.engine.services, posts_digests=True), Room())


async def test_where_digests_are_kept_an_answer_can_become_one(desk):
    answers = with_digests(desk)
    view = await answers.answer("usage for TEST COMPANY on Exchange as of 2018-10-14", desk.ann)
    assert isinstance(view, UsageView)
    assert view.digest == AskButton("digest usage for TEST COMPANY on Exchange")
    more = await answers.press(MoreButton("usage by customer", 24), desk.ann)
    assert isinstance(more, UsageView)
    assert more.digest == AskButton("digest usage by customer")


async def test_where_nothing_can_be_posted_later_nothing_is_offered(desk):
    view = await desk.ask("usage for TEST COMPANY on Exchange")
    assert view.digest is None
