"""What everybody in a shared conversation may read. Pure.

Answers, and what the bot says to all. Anything else concerns the person who asked, and is for them alone: a view that
is new is private until it is named here.
"""

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

FOR_EVERYBODY = (
    UsageView,
    ListView,
    DigestView,
    KindDigestView,
    TrendView,
    RenewalsView,
    SoldUseView,
    CallsView,
    ProgressView,
    CancelledView,
    PrivateNoteView,
)
# They say who can read the answers of this conversation.
STATES = frozenset({"shared"})
# The bot was added: no person has asked, and the greeting names no person.
GREETINGS = frozenset({"installationUpdate", "conversationUpdate"})


def is_for_everybody(view: View, activity_type: str) -> bool:
    """Return True if every member may read `view`.

    It answers an activity of this type.
    """
    if isinstance(view, HelloView):
        return activity_type in GREETINGS
    if isinstance(view, SignInView):  # no sign-in, but the way to the 1:1 chat
        return view.link is not None
    if isinstance(view, AccountView):
        return view.state in STATES
    return isinstance(view, FOR_EVERYBODY)
