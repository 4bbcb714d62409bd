"""The replies to typeahead: `application/search` invokes while a person types.

The names are those that the person who types can see with their own token. The HTTP status is always 200,
whatever the `statusCode` in the body.
https://learn.microsoft.com/en-us/microsoftteams/platform/task-modules-and-cards/cards/dynamic-search
"""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from bot.domain.licensing import Dimension, Entry
from bot.teams.activity.http_reply import Reply
from bot.teams.activity.turn_limits import TurnLimits
from bot.teams.running.background_turns import BackgroundTurns
from bot.teams.running.limited_wait import within
from bot.teams.turn.answering_port import Answering
from bot.teams.turn.button_invokes import error_reply
from bot.teams.turn.turn import Turn
from cards.parts.literal_text import literal
from cards.views.answer_views import ErrorView

NAME = "application/search"
RESPONSE = "application/vnd.microsoft.search.searchResponse"
MOST = 15  # choices that Teams shows
FURTHEST = 1_000  # choices that a client may skip
LONGEST = 200  # characters of a name


class SearchOptions(msgspec.Struct, frozen=True):
    """Which of the results are wanted."""

    skip: int = 0
    top: int = MOST


class Search(msgspec.Struct, frozen=True, rename="camel"):
    """The value of the invoke, as far as it is used."""

    dataset: Dimension
    query_text: str = ""
    query_options: SearchOptions | None = None


class SearchInvokes:
    """Answers the invokes; none of them raises because of its value."""

    def __init__(self, answers: Answering, background: BackgroundTurns, limits: TurnLimits) -> None:
        self._answers = answers
        self._background = background
        self._limits = limits

    async def respond(self, turn: Turn) -> Reply:
        """Return the reply to the invoke: at most 15 names, or why there are none."""
        wanted = read(turn.incoming.value)
        if wanted is None:
            return error_reply(turn, 400, "BadRequest", ErrorView("expired"))
        if turn.caller is None:
            return error_reply(turn, 400, "Unidentified", turn.no_caller)
        if turn.busy:
            return error_reply(turn, 500, "Busy", ErrorView("busy"))
        start, end = window(wanted)
        work = self._answers.complete(wanted.dataset, wanted.query_text, turn.caller, end)
        found = await within(turn.left(self._limits.search_within), work, self._background, turn.caller.object_id)
        if found is None:
            return error_reply(turn, 500, "Late", ErrorView("names_are_loading"))
        if isinstance(found, ErrorView):
            return error_reply(turn, 400, "NoNames", found)
        return Reply.of({"statusCode": 200, "type": RESPONSE, "value": {"results": options(found[start:])}})


def read(value: object) -> Search | None:
    """Return what is searched; None for any value that no card of the bot leads to."""
    try:
        wanted = msgspec.convert(value, Search)
        wanted.query_text.encode()
    except (msgspec.ValidationError, UnicodeEncodeError, RecursionError):
        return None
    return wanted if len(wanted.query_text) <= LONGEST else None


def window(wanted: Search) -> tuple[int, int]:
    """Return the first of the results that are wanted, and the one after the last."""
    asked = wanted.query_options or SearchOptions()
    start = min(max(asked.skip, 0), FURTHEST)
    return start, start + (min(asked.top, MOST) if asked.top > 0 else MOST)


def options(entries: Sequence[Entry]) -> list[Mapping[str, Any]]:
    """Return the choices as Teams takes them."""
    return [{"title": shown, "value": entry.id} for entry in entries if (shown := literal(entry.label))]
