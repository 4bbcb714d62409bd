"""What a failed delivery means for a digest, by the table that Microsoft publishes."""

import pytest

from bot.digests.runs.delivery_failure import Fate, verdict
from bot.errors import DeliveryError, NoTokenError, NotSentError, PlaceRefusedError


@pytest.mark.parametrize("status", [412, 429, 502, 503, 504])
def test_what_teams_asks_to_be_repeated_is_repeated_later(status: int) -> None:
    found = verdict(DeliveryError(status, "refused", 90.0))
    assert (found.fate, found.notice, found.retry_after) == (Fate.RETRY_LATER, "", 90.0)


@pytest.mark.parametrize("error", [NotSentError(None, "no connection"), NoTokenError(None, "no token")])
def test_what_was_never_sent_is_sent_later(error: DeliveryError) -> None:
    assert verdict(error).fate is Fate.RETRY_LATER


@pytest.mark.parametrize("status", [None, 500, 501, 505, 599, 307, 408])
def test_where_nobody_knows_it_is_never_repeated(status: int | None) -> None:
    assert verdict(DeliveryError(status, "no answer in time")).fate is Fate.UNKNOWN


@pytest.mark.parametrize(
    ("status", "code", "fate", "notice"),
    [
        (403, "BotNotInConversationRoster", Fate.SUSPEND, "suspended"),
        (403, "BotDisabledByAdmin", Fate.SUSPEND, "suspended"),
        (403, "ForbiddenOperationException", Fate.SUSPEND, "suspended"),
        (403, "", Fate.SUSPEND, "suspended"),
        (403, "ConversationBlockedByUser", Fate.DROP, "blocked"),
        (403, "messagewritesblocked", Fate.DROP, "blocked"),
        (404, "ConversationNotFound", Fate.DROP, "removed"),
        (404, "", Fate.FAILED, "failed"),  # a proxy's, perhaps: no reason to drop anything
        (403, "InvalidBotApiHost", Fate.FAILED, "failed"),
        (403, "NotEnoughPermissions", Fate.FAILED, "failed"),
        (400, "Bad Argument", Fate.FAILED, "failed"),
        (401, "BotNotRegistered", Fate.FAILED, "failed"),
        (413, "MessageSizeTooBig", Fate.FAILED, "failed"),
    ],
)
def test_a_refusal_decides_by_its_code(status: int, code: str, fate: Fate, notice: str) -> None:
    found = verdict(DeliveryError(status, code or "refused", code=code))
    assert (found.fate, found.notice, found.retry_after) == (fate, notice, None)
    assert str(status) in found.problem
    assert code in found.problem


def test_a_place_the_bot_may_not_talk_to_is_not_tried_again() -> None:
    found = verdict(PlaceRefusedError(None, "the service URL is not in the list of allowed hosts"))
    assert found.fate is Fate.FAILED
    assert "allowed" in found.problem
