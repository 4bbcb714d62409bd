"""A notice to the owner of a digest, and which event it is about. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from bot.commands.command import DigestAction, HandleDigest
from bot.digests.content.digest_line import DigestLines
from bot.digests.content.digest_owner import owner_of
from bot.store.digests.digest_record import Digest
from bot.usage.command_buttons import ask_button
from cards.views.digest_views import DigestNoticeView

# The button that lets the owner solve the problem, by notice.
MENDS: Mapping[str, DigestAction] = MappingProxyType(
    {
        "paused_misses": DigestAction.RESUME,
        "unreadable": DigestAction.STOP,
        "failed": DigestAction.RUN,
        "failed_once": DigestAction.RUN,
        "gone": DigestAction.RESUME,
        "refused": DigestAction.RESUME,
        "blocked": DigestAction.RESUME,
        "left": DigestAction.RESUME,
    }
)
# The bot cannot post in a conversation, and can again. The one ends the other.
CLOSED, OPENED = "closed", "restored"
ENDS: Mapping[str, str] = MappingProxyType({CLOSED: OPENED, OPENED: CLOSED})
_OF_PLACES: Mapping[str, str] = MappingProxyType(
    {
        "suspended": CLOSED,
        "gone": CLOSED,
        "refused": CLOSED,
        "blocked": CLOSED,
        "restored": OPENED,
        "left": "left",
        "outsiders": "outsiders",
    }
)
_FAILED = {"failed_once": "failed"}


@dataclass(frozen=True, slots=True)
class Notice:
    """What happened to a digest.

    `name` is `DigestNoticeView.notice`, `problem` its reason. `refused`: the reason is that Teams refused the message.
    """

    name: str
    digest: Digest
    problem: str = ""
    refused: bool = False

    @property
    def place(self) -> str:
        """Return the team or the conversation of the digest."""
        return self.digest.team_id or self.digest.conversation_id

    @property
    def event(self) -> tuple[str, str]:
        """Return the event: its notices say the same thing.

        The second value is the place, or the problem without its code for support.
        """
        if (kind := CLOSED if self.refused else _OF_PLACES.get(self.name)) is not None:
            return kind, self.place
        return _FAILED.get(self.name, self.name), self.problem.partition(" ")[0]

    def view(self, more: int, *, last: bool) -> DigestNoticeView:
        """Return the notice as its owner sees it."""
        act = MENDS.get(self.name)
        again = None if act is None else ask_button(HandleDigest(act, self.digest.number))
        line = DigestLines(owner_of(self.digest)).line(self.digest)
        return DigestNoticeView(self.name, line, self.problem, again, more, last)
