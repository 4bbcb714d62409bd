"""What everybody in a shared conversation may read.

That is answers, and what the bot says to all.
"""

from types import UnionType
from typing import get_args

import pytest

from bot.teams.turn.public_views import is_for_everybody
from cards.views.answer_views import (
    AccountView,
    CancelledView,
    HelloView,
    ListView,
    ProgressView,
    SignInView,
    UsageView,
    View,
)
from cards.views.audience_views import PrivateNoteView
from cards.views.digest_views import DigestView
from cards.views.kinds.kind_digest_view import KindDigestView
from cards.views.kinds.selling_views import CallsView, RenewalsView
from cards.views.kinds.sold_use_view import SoldUseView
from cards.views.kinds.trend_view import TrendView

ANSWERS = {UsageView, ListView, TrendView, RenewalsView, CallsView, SoldUseView}
PUBLIC = {*ANSWERS, DigestView, KindDigestView, ProgressView, CancelledView, PrivateNoteView}
# Whether everybody may read them is decided by what is in them.
DEPENDS = {AccountView, HelloView, SignInView}


@pytest.mark.parametrize("kind", sorted(set(get_args(View)) - DEPENDS, key=lambda each: each.__name__))
def test_answers_are_for_everybody_and_all_else_is_for_the_asker(kind: type) -> None:
    assert isinstance(View, UnionType)
    assert is_for_everybody(kind.__new__(kind), "message") is (kind in PUBLIC)


@pytest.mark.parametrize("state", ["signed_in", "not_signed_in", "signed_out", "forgotten", "answered_there"])
def test_what_the_bot_knows_of_a_person_is_for_that_person(state: str) -> None:
    assert not is_for_everybody(AccountView(state), "message")
    assert is_for_everybody(AccountView("shared"), "message")


def test_greeting_is_for_everybody_when_the_bot_was_added() -> None:
    assert is_for_everybody(HelloView("", ()), "installationUpdate")
    assert not is_for_everybody(HelloView("Ada", ()), "message")


def test_sign_in_is_for_the_asker_and_the_way_to_the_chat_is_not() -> None:
    assert not is_for_everybody(SignInView("not_signed_in"), "message")
    assert is_for_everybody(SignInView("not_signed_in", link=""), "message")
