"""Every view has a kind in the JSON that programs read."""

from typing import get_args

from bot.programs.view_json import KINDS
from cards.views.answer_views import SignInView, View


def test_kinds_have_every_view() -> None:
    assert set(KINDS) == {*get_args(View), SignInView}
